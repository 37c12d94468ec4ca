"""How partners were sought: every ranking, and every choice of the desk."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_AT = sa.DateTime(timezone=True)
_TEXTS = ARRAY(sa.Text)


def upgrade() -> None:
    """Make both tables."""
    _rankings()
    _desk_choices()


def _must(name: str, kind: Any) -> sa.Column[Any]:  # noqa: ANN401 - any type of column
    return sa.Column(name, kind, nullable=False)


def _rankings() -> None:
    op.create_table(
        "rankings",
        sa.Column("id", sa.Uuid, primary_key=True),
        *(_must(name, sa.Uuid) for name in ("case_id", "need_id")),
        _must("number", sa.SmallInteger),
        _must("made_at", _AT),
        _must("lines", JSONB),
    )
    op.create_index("rankings_need", "rankings", ["need_id", "number"], unique=True)
    op.create_index("rankings_case", "rankings", ["case_id"])


def _desk_choices() -> None:
    op.create_table(
        "desk_choices",
        sa.Column("id", sa.Uuid, primary_key=True),
        *(_must(name, sa.Uuid) for name in ("case_id", "need_id", "chosen_by")),
        _must("kind", sa.Text),
        _must("chosen_at", _AT),
        sa.Column("reason", sa.Text),
        sa.Column("service_id", sa.Uuid),
        sa.Column("until", sa.Date),
        _must("against", _TEXTS),
    )
    op.create_index("desk_choices_need", "desk_choices", ["need_id"])
    op.create_index("desk_choices_case", "desk_choices", ["case_id"])
