"""Examples for the table of a gathering."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make their tables."""
    op.create_table(
        "examples",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("categories", sa.ARRAY(sa.Text), nullable=False),
        sa.Column("aged", sa.Text),
        sa.Column("lives_in", sa.Text),
        sa.Column("speaks", sa.Text),
        sa.Column("children", sa.Text),
        sa.Column("called", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("written_by", sa.Uuid),
        sa.Column("kept_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("approved_by", sa.Uuid),
    )
    op.create_index("examples_kept_from", "examples", ["kept_from"])
    op.create_table(
        "example_gatherings",
        sa.Column("example_id", sa.Uuid, sa.ForeignKey("examples.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("gathering_id", sa.Uuid, sa.ForeignKey("gatherings.id", ondelete="CASCADE"), primary_key=True),
    )
    op.create_index("example_gatherings_gathering", "example_gatherings", ["gathering_id"])


def downgrade() -> None:
    """Drop them."""
    for table in ("example_gatherings", "examples"):
        op.drop_table(table)
