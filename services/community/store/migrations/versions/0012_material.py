"""What people read with a gathering, what it prepares, which holiday it avoids; and who agreed with a place."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the columns; a default is for the rows that are there."""
    op.add_column("gatherings", sa.Column("materials", JSONB(none_as_null=True), nullable=False, server_default="[]"))
    op.alter_column("gatherings", "materials", server_default=None)
    op.add_column("gatherings", sa.Column("prepares_id", sa.Uuid))
    op.add_column("gatherings", sa.Column("holiday_on", sa.Date))
    op.create_index("gatherings_prepares", "gatherings", ["prepares_id"])
    op.add_column("places", sa.Column("agreed_by", sa.Uuid))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("places", "agreed_by")
    op.drop_column("gatherings", "holiday_on")
    op.drop_column("gatherings", "prepares_id")
    op.drop_column("gatherings", "materials")
