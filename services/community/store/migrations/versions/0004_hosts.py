"""Who hosts, and whose turn it is."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make their tables."""
    op.create_table(
        "hosts",
        sa.Column("person_id", sa.Uuid, primary_key=True),
        sa.Column("organisation_id", sa.Uuid, nullable=False),
        sa.Column("paused_until", sa.Date),
    )
    op.create_table(
        "host_turns",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("gathering_id", sa.Uuid, sa.ForeignKey("gatherings.id", ondelete="CASCADE"), nullable=False),
        sa.Column("person_id", sa.Uuid, nullable=False),
        sa.Column("organisation_id", sa.Uuid, nullable=False),
        sa.Column("answer_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text, nullable=False),
    )
    op.create_index("host_turns_gathering", "host_turns", ["gathering_id"])
    op.create_index("host_turns_person", "host_turns", ["person_id"])


def downgrade() -> None:
    """Drop them."""
    for table in ("host_turns", "hosts"):
        op.drop_table(table)
