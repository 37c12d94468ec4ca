"""What a file said of each offer when it was last taken over, and of a large map how many a ranking does not show."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, and count."""
    op.create_table(
        "taken_rows",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("people", sa.Integer, nullable=False),
    )
    for name in ("more_candidates", "more_passed"):
        op.add_column("rankings", sa.Column(name, sa.Integer, nullable=False, server_default="0"))
        op.alter_column("rankings", name, server_default=None)
