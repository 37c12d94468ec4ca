"""Outbox, inbox, tombstones, parked events, timers, link tokens, idempotency replies, audit log, clock offset."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_NOW = sa.text("now()")
_AT = sa.DateTime(timezone=True)
# Whoever is no owner of the table adds lines and reads them. The owner migrates, and no process connects as such.
_ADD_AND_READ_ONLY = """
DO $$
DECLARE given record;
BEGIN
    FOR given IN
        SELECT DISTINCT grantee::regrole AS role FROM pg_class, aclexplode(relacl)
        WHERE oid = 'audit_lines'::regclass AND grantee <> relowner AND grantee <> 0
    LOOP
        EXECUTE format('REVOKE ALL ON audit_lines FROM %s', given.role);
        EXECUTE format('GRANT SELECT, INSERT ON audit_lines TO %s', given.role);
    END LOOP;
END $$
"""


def upgrade() -> None:
    """Make the plumbing's tables."""
    _outbox()
    _inbox()
    _timers()
    _doors()
    _audit()


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("position", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("id", sa.Uuid, nullable=False, unique=True),
        sa.Column("subject", sa.Uuid, nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("occurred_at", _AT, nullable=False),
        sa.Column("correlation_id", sa.Uuid, nullable=False),
        sa.Column("causation_id", sa.Uuid),
        sa.Column("traceparent", sa.Text),
        sa.Column("data", sa.Text, nullable=False),
        sa.Column("appended_at", _AT, nullable=False, server_default=_NOW),
        sa.Column("published_at", _AT),
    )
    op.create_index("outbox_waiting", "outbox", ["position"], postgresql_where=sa.text("published_at IS NULL"))
    op.create_index("outbox_subject_sequence", "outbox", ["subject", "sequence"], unique=True)
    op.create_index(
        "outbox_published", "outbox", ["published_at"], postgresql_where=sa.text("published_at IS NOT NULL")
    )
    op.create_table(
        "subject_versions",
        sa.Column("subject", sa.Uuid, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.execute(
        "CREATE FUNCTION wake_relay() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN PERFORM pg_notify('outbox', ''); RETURN NULL; END $$"
    )
    op.execute(
        "CREATE TRIGGER outbox_wakes_relay AFTER INSERT ON outbox FOR EACH STATEMENT EXECUTE FUNCTION wake_relay()"
    )


def _inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("event_id", sa.Uuid, primary_key=True),
        sa.Column("claimed_at", _AT, nullable=False, server_default=_NOW),
    )
    op.create_index("inbox_claimed_at", "inbox", ["claimed_at"])
    op.create_table(
        "inbox_positions",
        sa.Column("service", sa.Text, primary_key=True),
        sa.Column("subject", sa.Uuid, primary_key=True),
        sa.Column("sequence", sa.Integer, nullable=False),
    )
    op.create_table(
        "erased",
        sa.Column("subject", sa.Uuid, primary_key=True),
        sa.Column("erased_on", sa.Date, nullable=False),
    )
    op.create_table(
        "parked_events",
        sa.Column("event_id", sa.Text, primary_key=True),
        sa.Column("service", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("value", sa.LargeBinary, nullable=False),
        sa.Column("headers", JSONB, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("parked_at", _AT, nullable=False),
    )
    op.create_index("parked_events_subject", "parked_events", ["service", "subject", "sequence"])


def _timers() -> None:
    op.create_table(
        "timers",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("subject", sa.Uuid, nullable=False),
        sa.Column("due_at", _AT, nullable=False),
        sa.Column("data", JSONB, nullable=False),
        sa.Column("correlation_id", sa.Uuid),
        sa.Column("causation_id", sa.Uuid),
        sa.Column("traceparent", sa.Text, nullable=False),
        sa.Column("set_at", _AT, nullable=False, server_default=_NOW),
        sa.Column("retry_at", _AT),
        sa.Column("attempts", sa.SmallInteger, nullable=False, server_default=sa.text("0")),
        sa.Column("last_error", sa.Text),
    )
    op.create_index("timers_due", "timers", [sa.text("coalesce(retry_at, due_at)")])
    op.create_index("timers_subject", "timers", ["subject"])
    op.create_table(
        "clock_offset",
        sa.Column("one_row", sa.Boolean, primary_key=True, server_default=sa.text("true")),
        sa.Column("ahead", sa.Interval, nullable=False, server_default=sa.text("interval '0'")),
        sa.CheckConstraint("one_row", name="clock_offset_one_row"),
    )


def _doors() -> None:
    op.create_table(
        "link_tokens",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("token_hash", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("code_hash", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("subject_id", sa.Uuid, nullable=False),
        sa.Column("holder_id", sa.Uuid, nullable=False),
        sa.Column("organisation_id", sa.Uuid),
        sa.Column("expires_at", _AT, nullable=False),
        sa.Column("created_at", _AT, nullable=False, server_default=_NOW),
    )
    op.create_index("link_tokens_subject", "link_tokens", ["subject_id"])
    op.create_table(
        "idempotency_replies",
        sa.Column("scope", sa.Text, primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.Column("status", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("created_at", _AT, nullable=False, server_default=_NOW),
    )
    op.create_index("idempotency_replies_created_at", "idempotency_replies", ["created_at"])


def _audit() -> None:
    op.create_table(
        "audit_lines",
        sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("id", sa.Uuid, nullable=False, unique=True),
        sa.Column("at", _AT, nullable=False),
        sa.Column("person_id", sa.Uuid),
        sa.Column("via", sa.Text, nullable=False),
        sa.Column("via_id", sa.Text),
        sa.Column("role", sa.Text),
        sa.Column("organisation_id", sa.Uuid),
        sa.Column("in_place_of", sa.Uuid),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("about_id", sa.Uuid),
        sa.Column("case_id", sa.Uuid),
        sa.Column("fields", JSONB, nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("trace_id", sa.Text),
        sa.Column("previous_hash", sa.LargeBinary, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
    )
    op.create_index("audit_lines_about", "audit_lines", ["about_id", "position"])
    op.create_index("audit_lines_case", "audit_lines", ["case_id"], postgresql_where=sa.text("case_id IS NOT NULL"))
    op.create_index("audit_lines_at", "audit_lines", ["at"], postgresql_using="brin")
    op.create_index("audit_lines_person", "audit_lines", ["person_id", "at"])
    op.execute(_ADD_AND_READ_ONLY)
