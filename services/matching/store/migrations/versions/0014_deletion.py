"""When a partner was asked to delete what it wrote down, and when it said that this is done."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the columns: until now nobody was asked to tell."""
    for name in ("deletion_asked_at", "deleted_at"):
        op.add_column("referrals", sa.Column(name, sa.DateTime(timezone=True)))
