"""How busy people are, who looks after whom, and who thanked whom."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make their tables."""
    op.create_table(
        "loads",
        sa.Column("person_id", sa.Uuid, primary_key=True),
        sa.Column("families", sa.Integer, nullable=False),
        sa.Column("heavy", sa.Integer, nullable=False),
        sa.Column("limit", sa.Integer),
        sa.Column("paused_until", sa.Date),
        sa.Column("told", sa.Text, nullable=False),
    )
    op.create_table(
        "check_ins",
        sa.Column("person_id", sa.Uuid, primary_key=True),
        sa.Column("asked_id", sa.Uuid),
        sa.Column("asked_at", _AT, nullable=False),
    )
    op.create_table(
        "thanks",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("person_id", sa.Uuid, nullable=False),
        sa.Column("from_id", sa.Uuid),
        sa.Column("helped_with", sa.Text, nullable=False),
        sa.Column("form", sa.Text, nullable=False),
        sa.Column("thanked_at", _AT, nullable=False),
    )
    op.create_index("thanks_person", "thanks", ["person_id"])
    op.create_table(
        "unthanked",
        sa.Column("person_id", sa.Uuid, primary_key=True),
        sa.Column("times", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    """Drop them."""
    for table in ("unthanked", "thanks", "check_ins", "loads"):
        op.drop_table(table)
