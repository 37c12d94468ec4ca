"""Unusual reading that nobody looked into yet."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0001"
branch_labels = None
depends_on = None

_AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make its table."""
    op.create_table(
        "reading_points",
        sa.Column("point_id", sa.Uuid, primary_key=True),
        sa.Column("reader_id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("families", sa.Integer, nullable=False),
        sa.Column("since", _AT, nullable=False),
        sa.Column("raised_at", _AT, nullable=False),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("reading_points")
