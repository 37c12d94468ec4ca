"""What a file said of an offer when it was last taken over, so that the same file again costs little."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "taken_rows",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("people", sa.Integer, nullable=False),
    )
