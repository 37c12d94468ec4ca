"""The tables that every service's database has. Migrated by `shared.storage.migrations`."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Identity,
    Index,
    Integer,
    Interval,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

PLUMBING = MetaData()
_NOW = text("now()")


def _at(name: str, *, nullable: bool = False, default: bool = False) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=nullable, server_default=_NOW if default else None)


outbox = Table(
    "outbox",
    PLUMBING,
    Column("position", BigInteger, Identity(always=True), primary_key=True),
    Column("id", Uuid, nullable=False, unique=True),
    Column("subject", Uuid, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("type", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("occurred_at", DateTime(timezone=True), nullable=False),
    Column("correlation_id", Uuid, nullable=False),
    Column("causation_id", Uuid),
    Column("traceparent", Text),
    Column("data", Text, nullable=False),
    _at("appended_at", default=True),
    _at("published_at", nullable=True),
)
Index("outbox_waiting", outbox.c.topic, outbox.c.position, postgresql_where=outbox.c.published_at.is_(None))
Index("outbox_subject_sequence", outbox.c.subject, outbox.c.sequence, unique=True)

# The last version given to an event of each subject; its row is locked until that transaction ends.
subject_versions = Table(
    "subject_versions",
    PLUMBING,
    Column("subject", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
)

inbox = Table(
    "inbox",
    PLUMBING,
    Column("event_id", Uuid, primary_key=True),
    _at("claimed_at", default=True),
)
Index("inbox_claimed_at", inbox.c.claimed_at)

inbox_positions = Table(
    "inbox_positions",
    PLUMBING,
    Column("service", Text, nullable=False),
    Column("subject", Uuid, nullable=False),
    Column("sequence", Integer, nullable=False),
    PrimaryKeyConstraint("service", "subject"),
)

# Of whom everything was deleted: a tombstone each, for ever.
erased = Table(
    "erased",
    PLUMBING,
    Column("subject", Uuid, primary_key=True),
    Column("erased_on", Date, nullable=False),
)

parked_events = Table(
    "parked_events",
    PLUMBING,
    Column("event_id", Text, primary_key=True),
    Column("service", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("type", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("value", LargeBinary, nullable=False),
    Column("headers", JSONB, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("parked_at", DateTime(timezone=True), nullable=False),
)
Index("parked_events_subject", parked_events.c.service, parked_events.c.subject, parked_events.c.sequence)

timers = Table(
    "timers",
    PLUMBING,
    Column("key", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("subject", Uuid, nullable=False),
    Column("due_at", DateTime(timezone=True), nullable=False),
    Column("data", JSONB, nullable=False),
    # What it was set by.
    Column("correlation_id", Uuid),
    Column("causation_id", Uuid),
    Column("traceparent", Text, nullable=False),
    _at("set_at", default=True),
    # A timer that failed is tried again at `retry_at`; its due time stays as it was.
    Column("retry_at", DateTime(timezone=True)),
    Column("attempts", SmallInteger, nullable=False, server_default=text("0")),
    Column("last_error", Text),
)
Index("timers_due", text("coalesce(retry_at, due_at)"), _table=timers)
Index("timers_subject", timers.c.subject)

link_tokens = Table(
    "link_tokens",
    PLUMBING,
    Column("id", Uuid, primary_key=True),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("code_hash", LargeBinary, nullable=False, unique=True),
    Column("purpose", Text, nullable=False),
    Column("subject_id", Uuid, nullable=False),
    Column("holder_id", Uuid, nullable=False),
    Column("organisation_id", Uuid),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    _at("created_at", default=True),
)
Index("link_tokens_subject", link_tokens.c.subject_id)

idempotency_replies = Table(
    "idempotency_replies",
    PLUMBING,
    Column("scope", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("status", Integer, nullable=False),
    Column("body", Text, nullable=False),
    _at("created_at", default=True),
    PrimaryKeyConstraint("scope", "key"),
)
Index("idempotency_replies_created_at", idempotency_replies.c.created_at)

# Who is in the network and may do what, as matching publishes it: never a name or an address.
members = Table(
    "members",
    PLUMBING,
    Column("person_id", Uuid, primary_key=True),
    Column("memberships", JSONB, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("deputy_id", Uuid),
    Column("away_from", Date),
    Column("away_until", Date),
)
Index(
    "members_memberships",
    members.c.memberships,
    postgresql_using="gin",
    postgresql_ops={"memberships": "jsonb_path_ops"},
)

# Who has enough to do, as it was published: nobody asks them anything new.
people_at_limit = Table("people_at_limit", PLUMBING, Column("person_id", Uuid, primary_key=True))

# Who read or changed what. The service's role may add and read, and nothing else: see the migration.
audit_lines = Table(
    "audit_lines",
    PLUMBING,
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("id", Uuid, nullable=False, unique=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("person_id", Uuid),
    Column("via", Text, nullable=False),
    Column("via_id", Text),
    Column("role", Text),
    Column("organisation_id", Uuid),
    Column("in_place_of", Uuid),
    Column("action", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("about_id", Uuid),
    Column("case_id", Uuid),
    Column("fields", JSONB, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("reason", Text),
    Column("outcome", Text, nullable=False),
    Column("trace_id", Text),
    Column("previous_hash", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
)
Index("audit_lines_about", audit_lines.c.about_id, audit_lines.c.position)
Index("audit_lines_case", audit_lines.c.case_id, postgresql_where=audit_lines.c.case_id.is_not(None))
# Lines come in the order of time: a few blocks are read for the last hour.
Index("audit_lines_at", audit_lines.c.at, postgresql_using="brin")
Index("audit_lines_person", audit_lines.c.person_id, audit_lines.c.at)

# One row. Zero everywhere but in a demo or a test, where `schakel clock forward` moves it.
clock_offset = Table(
    "clock_offset",
    PLUMBING,
    Column("one_row", Boolean, primary_key=True, server_default=text("true")),
    Column("ahead", Interval, nullable=False, server_default=text("interval '0'")),
    CheckConstraint("one_row", name="clock_offset_one_row"),
)
