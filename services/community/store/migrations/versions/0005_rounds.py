"""What people wish for at a gathering, and what becomes of it."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make their tables."""
    op.create_table(
        "subjects",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("gathering_id", sa.Uuid, sa.ForeignKey("gatherings.id", ondelete="CASCADE"), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("votes", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("due_on", sa.Date),
    )
    op.create_table(
        "wishes",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("gathering_id", sa.Uuid, sa.ForeignKey("gatherings.id", ondelete="CASCADE"), nullable=False),
        sa.Column("asks_for", sa.Text, nullable=False),
        sa.Column("way", sa.Text, nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("subject_id", sa.Uuid, sa.ForeignKey("subjects.id", ondelete="CASCADE")),
    )
    op.create_index("subjects_gathering", "subjects", ["gathering_id"])
    op.create_index("wishes_gathering", "wishes", ["gathering_id"])


def downgrade() -> None:
    """Drop them."""
    for table in ("wishes", "subjects"):
        op.drop_table(table)
