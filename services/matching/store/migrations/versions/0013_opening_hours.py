"""What can be read of when an offer is open; the job that indexes again fills it in. Which children are one family."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the columns, empty: nothing is known to be open."""
    op.add_column("services", sa.Column("open_hours", JSONB, nullable=False, server_default=sa.text("'{}'::jsonb")))
    op.alter_column("services", "open_hours", server_default=None)
    op.add_column("cases", sa.Column("household_id", sa.Uuid))
