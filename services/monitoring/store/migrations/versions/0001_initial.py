"""Watches, the timeline and the notes of each case, and the read model of the network."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_AT = sa.DateTime(timezone=True)
_ON_THE_BOARD = sa.text("phase = 'open'")


def upgrade() -> None:
    """Make monitoring's tables."""
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    _watches()
    op.create_table(
        "timeline",
        sa.Column("position", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("case_id", sa.Uuid, nullable=False),
        sa.Column("occurred_at", _AT, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("organisation_id", sa.Uuid),
        sa.Column("details", JSONB, nullable=False),
    )
    op.create_index("timeline_case", "timeline", ["case_id", "occurred_at", "position"])
    op.create_table(
        "notes",
        sa.Column("note_id", sa.Uuid, primary_key=True),
        sa.Column("case_id", sa.Uuid, nullable=False),
        sa.Column("written_by", sa.Uuid, nullable=False),
        sa.Column("written_at", _AT, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("pinned", sa.Boolean, nullable=False),
    )
    op.create_index("notes_case", "notes", ["case_id"])
    op.create_table(
        "reminders",
        sa.Column("ambassador_id", sa.Uuid, primary_key=True),
        sa.Column("reason", sa.Text, primary_key=True),
        sa.Column("asked_for", sa.Date, primary_key=True),
    )
    op.create_table(
        "organisations",
        sa.Column("organisation_id", sa.Uuid, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("searched_as", sa.Text, nullable=False),
    )
    op.create_index(
        "organisations_searched_as",
        "organisations",
        ["searched_as"],
        postgresql_using="gin",
        postgresql_ops={"searched_as": "gin_trgm_ops"},
    )
    _saved_views()


def _saved_views() -> None:
    op.create_table(
        "saved_views",
        sa.Column("view_id", sa.Uuid, primary_key=True),
        sa.Column("person_id", sa.Uuid, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("shared", sa.Boolean, nullable=False),
    )
    op.create_index("saved_views_person", "saved_views", ["person_id"])
    op.create_table(
        "default_views",
        sa.Column("person_id", sa.Uuid, primary_key=True),
        sa.Column("view_id", sa.Uuid, sa.ForeignKey("saved_views.view_id", ondelete="CASCADE"), nullable=False),
    )


def _watches() -> None:
    op.create_table(
        "watches",
        sa.Column("case_id", sa.Uuid, primary_key=True),
        sa.Column("document", JSONB, nullable=False),
        sa.Column("case_code", sa.Text, nullable=False),
        sa.Column("case_search", sa.Text, nullable=False),
        sa.Column("phase", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("lane_rank", sa.Integer, nullable=False),
        sa.Column("urgency", sa.Text),
        sa.Column("district", sa.Text),
        sa.Column("categories", ARRAY(sa.Text), nullable=False),
        sa.Column("beneficiaries", ARRAY(sa.Text), nullable=False),
        sa.Column("organisation_id", sa.Uuid),
        sa.Column("at_work", ARRAY(sa.Uuid), nullable=False),
        sa.Column("follow_up_ids", ARRAY(sa.Uuid), nullable=False),
        sa.Column("asked", ARRAY(sa.Uuid), nullable=False),
        sa.Column("next_action_at", _AT),
        sa.Column("next_action", sa.Text),
        sa.Column("open_escalations", sa.Integer, nullable=False),
        sa.Column("reasons", ARRAY(sa.Text), nullable=False),
        sa.Column("level", sa.Integer, nullable=False),
        sa.Column("owner_ids", ARRAY(sa.Uuid), nullable=False),
        sa.Column("without_owner", sa.Boolean, nullable=False),
        sa.Column("waits_until", sa.Date),
        sa.Column("call_id", sa.Uuid),
        sa.Column("urgency_rank", sa.Integer, nullable=False),
        sa.Column("waits_since", _AT, nullable=False),
        sa.Column("held_since", _AT),
        sa.Column("outgrown_since", _AT),
        sa.Column("out_of_sight_since", _AT),
        sa.Column("opened_at", _AT, nullable=False),
        sa.Column("first_answer_at", _AT),
        sa.Column("first_contact_at", _AT),
        sa.Column("first_help_at", _AT),
        sa.Column("warm_handovers", sa.Integer, nullable=False),
        sa.Column("cold_handovers", sa.Integer, nullable=False),
    )
    op.create_index(
        "watches_board",
        "watches",
        ["lane_rank", "urgency_rank", "waits_since", "case_id"],
        postgresql_where=_ON_THE_BOARD,
    )
    op.create_index("watches_organisation", "watches", ["organisation_id", "case_id"])
    op.create_index("watches_asked", "watches", ["asked"], postgresql_using="gin")
    op.create_index("watches_follow_ups", "watches", ["follow_up_ids"], postgresql_using="gin")


def downgrade() -> None:
    """Drop monitoring's tables."""
    tables = ("default_views", "saved_views", "organisations", "reminders", "notes", "timeline", "watches")
    for table in tables:
        op.drop_table(table)
