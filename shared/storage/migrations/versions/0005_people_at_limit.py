"""Who has enough to do."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table("people_at_limit", sa.Column("person_id", sa.Uuid, primary_key=True))
