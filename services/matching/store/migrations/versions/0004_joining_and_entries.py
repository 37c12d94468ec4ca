"""Requests to join, and changes of entries that the desk looks at."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_AT = sa.DateTime(timezone=True)
_TEXTS = ARRAY(sa.Text)


def upgrade() -> None:
    """Make their tables."""
    _applications()
    _entry_changes()


def _must(name: str, kind: Any) -> sa.Column[Any]:  # noqa: ANN401 - any type of column
    return sa.Column(name, kind, nullable=False)


def _applications() -> None:
    texts = ("state", "name", "kind", "contact_name", "email", "phone", "offer", "does", "limits", "website")
    op.create_table(
        "applications",
        sa.Column("id", sa.Uuid, primary_key=True),
        *(_must(name, sa.Text) for name in texts),
        *(_must(name, _TEXTS) for name in ("categories", "districts", "languages")),
        *(sa.Column(name, sa.SmallInteger) for name in ("minimum_age", "maximum_age")),
        *(_must(name, sa.Boolean) for name in ("is_private", "asks_for_families")),
        _must("started_at", _AT),
        *(sa.Column(name, _AT) for name in ("applied_at", "settled_at")),
        *(sa.Column(name, sa.Uuid) for name in ("settled_by", "organisation_id")),
        sa.Column("refusal", sa.Text),
    )
    op.create_index("applications_state", "applications", ["state", "started_at"])


def _entry_changes() -> None:
    op.create_table(
        "entry_changes",
        sa.Column("id", sa.Uuid, primary_key=True),
        _must("organisation_id", sa.Uuid),
        sa.Column("service_id", sa.Uuid),
        *(_must(*of) for of in (("changes", JSONB), ("state", sa.Text), ("version", sa.Integer))),
        *(_must(*of) for of in (("proposed_by", sa.Uuid), ("proposed_at", _AT))),
        sa.Column("settled_by", sa.Uuid),
        sa.Column("settled_at", _AT),
        _must("is_new", sa.Boolean),
    )
    op.create_index("entry_changes_organisation", "entry_changes", ["organisation_id", "id"])
    waits = sa.text("state = 'waiting'")
    op.create_index("entry_changes_waiting", "entry_changes", ["id"], postgresql_where=waits)
