"""The skills passport of a few people."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make its tables."""
    op.create_table(
        "passports",
        sa.Column("person_id", sa.Uuid, primary_key=True),
        sa.Column("on_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("helped", sa.Text),
    )
    op.create_table(
        "passport_keys",
        sa.Column("person_id", sa.Uuid, _of("passports"), primary_key=True),
        sa.Column("wrapped", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "passport_skills",
        sa.Column("person_id", sa.Uuid, _of("passport_keys"), primary_key=True),
        sa.Column("skills", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "passport_questions",
        sa.Column("endorsement_id", sa.Uuid, primary_key=True),
        sa.Column("person_id", sa.Uuid, _of("passports"), nullable=False),
    )
    op.create_index("passport_questions_person", "passport_questions", ["person_id"])


def _of(table: str) -> sa.ForeignKey:
    return sa.ForeignKey(f"{table}.person_id", ondelete="CASCADE")


def downgrade() -> None:
    """Drop them."""
    for table in ("passport_questions", "passport_skills", "passport_keys", "passports"):
        op.drop_table(table)
