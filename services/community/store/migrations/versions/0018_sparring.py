"""Questions to colleagues: who wants to be asked, what is asked of whom, and what was answered."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_AT = sa.DateTime(timezone=True)
_TEXTS = sa.ARRAY(sa.Text)


def upgrade() -> None:
    """Make their tables."""
    op.create_table(
        "sparring_partners",
        sa.Column("person_id", sa.Uuid, primary_key=True),
        sa.Column("categories", _TEXTS, nullable=False),
        sa.Column("districts", _TEXTS, nullable=False),
        sa.Column("languages", _TEXTS, nullable=False),
        sa.Column("paused_until", sa.Date),
    )
    _make_questions()
    op.create_table(
        "sparring_asks",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("question_id", sa.Uuid, _of_question(), nullable=False),
        sa.Column("person_id", sa.Uuid, nullable=False),
        sa.Column("asked_at", _AT, nullable=False),
        sa.Column("passed_by", sa.Uuid),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reminded", sa.Boolean, nullable=False),
    )
    op.create_index("sparring_asks_question", "sparring_asks", ["question_id"])
    op.create_index("sparring_asks_person", "sparring_asks", ["person_id"])
    _make_answers()


def _make_questions() -> None:
    op.create_table(
        "sparring_questions",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("person_id", sa.Uuid),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("category", sa.Text, nullable=False),
        sa.Column("asked_in", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("anonymous", sa.Boolean, nullable=False),
        sa.Column("asked_at", _AT, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("at_desk_since", _AT),
    )
    op.create_index("sparring_questions_person", "sparring_questions", ["person_id"])
    op.create_index("sparring_questions_asked_at", "sparring_questions", ["asked_at"])


def _make_answers() -> None:
    op.create_table(
        "sparring_answers",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("question_id", sa.Uuid, _of_question(), nullable=False),
        sa.Column("person_id", sa.Uuid),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("placed_at", _AT, nullable=False),
        sa.Column("for_article", sa.Boolean, nullable=False),
        sa.Column("offered", sa.Boolean, nullable=False),
    )
    op.create_index("sparring_answers_question", "sparring_answers", ["question_id"])
    op.create_index("sparring_answers_person", "sparring_answers", ["person_id"])


def _of_question() -> sa.ForeignKey:
    return sa.ForeignKey("sparring_questions.id", ondelete="CASCADE")


def downgrade() -> None:
    """Drop them."""
    for table in ("sparring_answers", "sparring_asks", "sparring_questions", "sparring_partners"):
        op.drop_table(table)
