"""The network, the social map, cases by their codes, referrals, questions and attempts to sign in."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TSVECTOR

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_AT = sa.DateTime(timezone=True)
_TEXTS = ARRAY(sa.Text)
_UUIDS = ARRAY(sa.Uuid)
_ACTIVE = sa.text(
    "state IN ('accepted', 'activated', 'delivered', 'handed_over', 'in_progress', 'on_hold', 'waitlisted')"
)


def upgrade() -> None:
    """Make matching's tables."""
    # Trusted since PostgreSQL 13: the owner of the database may make it.
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    _organisations()
    _services()
    _people()
    _cases()
    _referrals()
    _questions()
    _sign_ins()
    _second_factors()


def _must(name: str, kind: Any) -> sa.Column[Any]:  # noqa: ANN401 - any type of column
    return sa.Column(name, kind, nullable=False)


def _kept() -> tuple[sa.Column[Any], ...]:
    """Which version of an entry this is, who said when that it is right, and since when that is in doubt."""
    moments = (sa.Column(name, _AT) for name in ("listed_at", "verified_at", "doubted_at", "hidden_at"))
    return (_must("version", sa.Integer), *moments, sa.Column("verified_by", sa.Uuid))


def _organisations() -> None:
    texts = ("name", "kind", "description", "website", "email", "phone", "strengths", "limits")
    op.create_table(
        "organisations",
        sa.Column("id", sa.Uuid, primary_key=True),
        *(_must(name, sa.Text) for name in texts),
        _must("has_agreement", sa.Boolean),
        _must("on_map", sa.Boolean),
        _must("active", sa.Boolean),
        *_kept(),
        _must("checks_asked", sa.SmallInteger),
        sa.Column("check_asked_at", _AT),
    )
    op.create_index("organisations_name", "organisations", ["name", "id"])


def _services() -> None:
    op.create_table(
        "services",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("organisation_id", sa.Uuid, sa.ForeignKey("organisations.id"), nullable=False),
        _must("name", sa.Text),
        _must("categories", _TEXTS),
        _must("description", sa.Text),
        _must("districts", _TEXTS),
        _must("languages", _TEXTS),
        sa.Column("minimum_age", sa.SmallInteger),
        sa.Column("maximum_age", sa.SmallInteger),
        _must("is_free", sa.Boolean),
        _must("cost", sa.Text),
        _must("contact_ids", _UUIDS),
        *(
            _must(name, sa.Text)
            for name in ("phone", "email", "website", "address", "schedule", "contact_hours", "sign_up")
        ),
        _must("walk_in", sa.Boolean),
        _must("interpreter", sa.Boolean),
        sa.Column("capacity", sa.Integer),
        *(_must(name, sa.Text) for name in ("does", "does_not", "expects_from_referrer")),
        sa.Column("response_days", sa.SmallInteger),
        _must("active", sa.Boolean),
        sa.Column("full_until", sa.Date),
        _must("on_map", sa.Boolean),
        _must("access", _TEXTS),
        _must("sparring", sa.Boolean),
        *_kept(),
        _must("reported", _TEXTS),
        _must("search_text", sa.Text),
        _must("search", TSVECTOR),
    )
    op.create_index("services_organisation", "services", ["organisation_id"])
    op.create_index("services_categories", "services", ["categories"], postgresql_using="gin")
    op.create_index("services_search", "services", ["search"], postgresql_using="gin")
    op.create_index(
        "services_search_text",
        "services",
        ["search_text"],
        postgresql_using="gin",
        postgresql_ops={"search_text": "gin_trgm_ops"},
    )


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.Uuid, primary_key=True),
        *(_must(name, sa.Text) for name in ("name", "email", "email_key", "phone")),
        _must("memberships", JSONB),
        _must("active", sa.Boolean),
        *(_must(name, sa.Integer) for name in ("epoch", "version")),
        sa.Column("deputy_id", sa.Uuid),
        *(sa.Column(name, sa.Date) for name in ("away_from", "away_until", "leaves_on")),
        _must("kinds", _TEXTS),
    )
    op.create_index("people_email_key", "people", ["email_key"], unique=True)
    op.create_index(
        "people_memberships",
        "people",
        ["memberships"],
        postgresql_using="gin",
        postgresql_ops={"memberships": "jsonb_path_ops"},
    )


def _cases() -> None:
    op.create_table(
        "cases",
        sa.Column("id", sa.Uuid, primary_key=True),
        _must("code", sa.Text),
        _must("ambassador_id", sa.Uuid),
        _must("organisation_id", sa.Uuid),
        sa.Column("district", sa.Text),
        *(_must(name, sa.Text) for name in ("age_band", "language")),
        _must("interpreter_needed", sa.Boolean),
        _must("excluded", _UUIDS),
        _must("state", sa.Text),
        _must("consent_outgrown", sa.Boolean),
    )
    op.create_index("cases_organisation", "cases", ["organisation_id"])
    op.create_index("cases_paused", "cases", ["id"], postgresql_where=sa.text("state IN ('on-hold', 'paused')"))
    op.create_table(
        "needs",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("case_id", sa.Uuid, sa.ForeignKey("cases.id"), nullable=False),
        *(_must(name, sa.Text) for name in ("category", "urgency", "beneficiary", "horizon")),
        _must("depends_on", _UUIDS),
        _must("state", sa.Text),
        sa.Column("postponed_until", sa.Date),
    )
    op.create_index("needs_case", "needs", ["case_id"])


def _referrals() -> None:
    ids = ("case_id", "need_id", "organisation_id", "service_id", "contact_id")
    op.create_table(
        "referrals",
        sa.Column("id", sa.Uuid, primary_key=True),
        *(_must(name, sa.Uuid) for name in ids),
        _must("case_code", sa.Text),
        _must("ambassador_id", sa.Uuid),
        _must("category", sa.Text),
        _must("attempt", sa.SmallInteger),
        _must("reasons", _TEXTS),
        _must("state", sa.Text),
        _must("beneficiary", sa.Text),
        _must("explanation", sa.Text),
        *(_must(name, _AT) for name in ("activated_at", "answer_by", "clock_since")),
        *(sa.Column(name, _AT) for name in ("answered_at", "planned_at")),
        *(sa.Column(name, sa.Uuid) for name in ("deputy_id", "answered_by", "redirected_to")),
        *(
            sa.Column(name, sa.Text)
            for name in ("decline_reason", "withdraw_reason", "failure_reason", "outcome", "rest")
        ),
        *(sa.Column(name, sa.Text) for name in ("met_said_by", "handover_kind", "cold_reason")),
        *(sa.Column(name, sa.Date) for name in ("first_contact_on", "from_day", "planned_on", "met_on")),
        *(sa.Column(name, sa.Date) for name in ("handed_over_on", "started_on", "delivered_on")),
    )
    # Promise P2: at most one active partner per need.
    op.create_index("referrals_one_active_per_need", "referrals", ["need_id"], unique=True, postgresql_where=_ACTIVE)
    op.create_index("referrals_need", "referrals", ["need_id"])
    op.create_index("referrals_case", "referrals", ["case_id"])
    op.create_index("referrals_organisation", "referrals", ["organisation_id"])
    op.create_index("referrals_case_code", "referrals", ["case_code"], postgresql_ops={"case_code": "text_pattern_ops"})
    op.create_index("referrals_load", "referrals", ["service_id"], postgresql_where=_ACTIVE)


def _questions() -> None:
    op.create_table(
        "questions",
        sa.Column("id", sa.Uuid, primary_key=True),
        *(_must(name, sa.Uuid) for name in ("case_id", "referral_id", "asked_by")),
        _must("asked_at", _AT),
        *(_must(name, sa.Text) for name in ("question", "answer")),
        sa.Column("answered_by", sa.Uuid),
        sa.Column("answered_at", _AT),
    )
    op.create_index("questions_referral", "questions", ["referral_id"])
    op.create_index("questions_case", "questions", ["case_id"])


def _sign_ins() -> None:
    op.create_table(
        "sign_ins",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("person_id", sa.Uuid, nullable=True),
        _must("expires_at", _AT),
        _must("tries", sa.SmallInteger),
        _must("used", sa.Boolean),
        _must("lane", sa.Text),
        sa.Column("code_id", sa.Uuid, nullable=True),
        _must("digits", sa.SmallInteger),
        _must("second_tries", sa.SmallInteger),
    )
    op.create_index("sign_ins_expires_at", "sign_ins", ["expires_at"])
    op.create_index("sign_ins_lane", "sign_ins", ["lane", "expires_at"])


def _second_factors() -> None:
    op.create_table(
        "second_factors",
        sa.Column("person_id", sa.Uuid, primary_key=True),
        _must("wrapped_key", sa.LargeBinary),
        _must("sealed_seed", sa.LargeBinary),
        _must("confirmed", sa.Boolean),
        _must("last_step", sa.Integer),
        _must("recovery_hashes", _TEXTS),
    )
