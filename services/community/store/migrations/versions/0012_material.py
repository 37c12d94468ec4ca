"""What people can read with a gathering."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column; its default is for the rows that are there."""
    op.add_column("gatherings", sa.Column("materials", JSONB(none_as_null=True), nullable=False, server_default="[]"))
    op.alter_column("gatherings", "materials", server_default=None)


def downgrade() -> None:
    """Drop it."""
    op.drop_column("gatherings", "materials")
