"""Cases, the vault, the read models, API keys."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_AT = sa.DateTime(timezone=True)
_SEALED = (
    "first_name", "last_name", "birth_date", "contact_name", "phone", "email", "address", "story", "consent_name",
    "context", "bottlenecks", "effect_on_child", "preferred_name", "contact_wishes", "district",
)  # fmt: skip


def upgrade() -> None:
    """Make intake's tables."""
    _cases()
    _vault()
    _network()
    _timelines()
    _keys()
    _drafts()
    _signals()


def _cases() -> None:
    op.create_table(
        "cases",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("code", sa.Text, nullable=False, unique=True),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("ambassador_id", sa.Uuid, nullable=False),
        sa.Column("organisation_id", sa.Uuid, nullable=False),
        sa.Column("district", sa.Text),
        sa.Column("age_band", sa.Text, nullable=False),
        sa.Column("family_language", sa.Text, nullable=False),
        sa.Column("interpreter_needed", sa.Boolean, nullable=False),
        sa.Column("consent_given_by", sa.Text, nullable=False),
        sa.Column("consent_given_on", sa.Date, nullable=False),
        sa.Column("consent_text_version", sa.Text, nullable=False),
        sa.Column("needs_asked", JSONB, nullable=False),
        sa.Column("received_at", _AT, nullable=False),
        sa.Column("changed_at", _AT, nullable=False),
        sa.Column("acknowledged_at", _AT),
        sa.Column("needs_found", JSONB),
        sa.Column("discussed_on", sa.Date),
        sa.Column("excluded_organisations", JSONB, nullable=False),
        sa.Column("raised_needs", JSONB, nullable=False),
        sa.Column("home_visit_on", sa.Date),
        sa.Column("home_visit_at", _AT),
        sa.Column("home_visit_interpreter", sa.Boolean, nullable=False),
        sa.Column("home_visit_took_place", sa.Boolean),
        sa.Column("paused_until", sa.Date),
        sa.Column("paused_by_wish_of", sa.Text),
        sa.Column("missing_parts", JSONB, nullable=False),
        sa.Column("follow_up_rhythm", sa.Text, nullable=False),
        sa.Column("second_reader_id", sa.Uuid),
        sa.Column("results", JSONB),
        sa.Column("filed_by", sa.Uuid),
        sa.Column("previous_ambassador_id", sa.Uuid),
        sa.Column("family_told_on", sa.Date),
        sa.Column("erase_on", sa.Date),
        sa.Column("erased_because", sa.Text),
        sa.Column("erasure_asked_by", sa.Uuid),
        sa.Column("held_at", _AT),
        sa.Column("held_by", sa.Uuid),
        sa.Column("lift_asked_by", sa.Uuid),
        sa.Column("lift_asked_as", sa.Text),
        sa.Column("consent_asked_of", sa.Text),
    )
    op.create_index("cases_newest", "cases", ["received_at", "id"])
    op.create_index("cases_newest_of_organisation", "cases", ["organisation_id", "received_at", "id"])
    op.create_index("cases_newest_of_ambassador", "cases", ["ambassador_id", "received_at", "id"])
    op.create_index("cases_changed", "cases", ["changed_at", "id"])
    ended = sa.text("state IN ('closed', 'withdrawn', 'erasing')")
    op.create_index("cases_ended", "cases", ["state", "changed_at"], postgresql_where=ended)
    op.create_table(
        "unconfirmed_erasures",
        sa.Column("case_id", sa.Uuid, primary_key=True),
        sa.Column("since", _AT, nullable=False),
        sa.Column("waits_for", sa.ARRAY(sa.Text), nullable=False),
    )


def _vault() -> None:
    op.create_table(
        "case_keys",
        sa.Column("case_id", sa.Uuid, primary_key=True),
        sa.Column("wrapped", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "vault",
        sa.Column("case_id", sa.Uuid, sa.ForeignKey("case_keys.case_id", ondelete="CASCADE"), primary_key=True),
        *(sa.Column(name, sa.LargeBinary) for name in _SEALED),
    )
    op.create_table(
        "need_words",
        sa.Column("need_id", sa.Uuid, primary_key=True),
        sa.Column("case_id", sa.Uuid, sa.ForeignKey("case_keys.case_id", ondelete="CASCADE"), nullable=False),
        sa.Column("words", sa.LargeBinary),
        sa.Column("goal", sa.LargeBinary),
        sa.Column("target_on", sa.LargeBinary),
    )
    op.create_index("need_words_case", "need_words", ["case_id"])
    op.create_table(
        "case_notes",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("case_id", sa.Uuid, sa.ForeignKey("case_keys.case_id", ondelete="CASCADE"), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("written_by", sa.Uuid, nullable=False),
        sa.Column("written_at", _AT, nullable=False),
        sa.Column("words", sa.LargeBinary, nullable=False),
    )
    op.create_index("case_notes_case", "case_notes", ["case_id", "written_at", "id"])


def _network() -> None:
    op.create_table(
        "organisations",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
    )
    op.create_table(
        "services",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("organisation_id", sa.Uuid, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
    )


def _timelines() -> None:
    op.create_table(
        "timeline_entries",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("case_id", sa.Uuid, nullable=False),
        sa.Column("at", _AT, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("organisation_id", sa.Uuid),
        sa.Column("need_id", sa.Uuid),
        sa.Column("detail", sa.Text),
        sa.Column("on", sa.Date),
    )
    op.create_index("timeline_entries_case", "timeline_entries", ["case_id", "at", "id"])
    op.create_table(
        "need_progress",
        sa.Column("need_id", sa.Uuid, primary_key=True),
        sa.Column("case_id", sa.Uuid, nullable=False),
        sa.Column("progress", sa.Text, nullable=False),
        sa.Column("since", _AT, nullable=False),
        sa.Column("organisation_id", sa.Uuid),
        sa.Column("service_id", sa.Uuid),
        sa.Column("on", sa.Date),
        sa.Column("detail", sa.Text),
    )
    op.create_index("need_progress_case", "need_progress", ["case_id"])


def _keys() -> None:
    op.create_table(
        "api_keys",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("organisation_id", sa.Uuid, nullable=False),
        sa.Column("ambassador_id", sa.Uuid, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("created_at", _AT, nullable=False),
        sa.Column("revoked_at", _AT),
    )


def _drafts() -> None:
    op.create_table(
        "draft_keys",
        sa.Column("draft_id", sa.Uuid, primary_key=True),
        sa.Column("wrapped", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "drafts",
        sa.Column("id", sa.Uuid, sa.ForeignKey("draft_keys.draft_id", ondelete="CASCADE"), primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("owner_id", sa.Uuid, nullable=False),
        sa.Column("case_id", sa.Uuid),
        sa.Column("saved_at", _AT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("typed", sa.LargeBinary, nullable=False),
    )
    op.create_index("drafts_owner", "drafts", ["owner_id", "saved_at"])


def _signals() -> None:
    op.create_table(
        "signals",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("code", sa.Text, nullable=False, unique=True),
        sa.Column("ambassador_id", sa.Uuid, nullable=False),
        sa.Column("organisation_id", sa.Uuid, nullable=False),
        sa.Column("worries", sa.ARRAY(sa.Text), nullable=False),
        sa.Column("district", sa.Text),
        sa.Column("age_band", sa.Text),
        sa.Column("raised_at", _AT, nullable=False),
        sa.Column("question_at", _AT, nullable=False),
        sa.Column("ends_at", _AT, nullable=False),
        sa.Column("asked_at", _AT),
        sa.Column("end", sa.Text),
        sa.Column("ended_at", _AT),
        sa.Column("case_id", sa.Uuid),
        sa.Column("passed_on_by", sa.Uuid),
    )
    op.create_index("signals_ambassador", "signals", ["ambassador_id", "raised_at"])
    op.create_index("signals_passed_on", "signals", ["passed_on_by", "raised_at"])
    op.create_table(
        "signal_keys",
        sa.Column("signal_id", sa.Uuid, primary_key=True),
        sa.Column("wrapped", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "signal_remarks",
        sa.Column("signal_id", sa.Uuid, sa.ForeignKey("signal_keys.signal_id", ondelete="CASCADE"), primary_key=True),
        sa.Column("remark", sa.LargeBinary, nullable=False),
    )
