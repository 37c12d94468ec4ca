"""Messages, how people like their mail, names of organisations, appointments, ended cases."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make notify's tables."""
    _messages()
    _preferences()
    _appointments()
    op.create_table(
        "ended_cases",
        sa.Column("case_id", sa.Uuid, primary_key=True),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_table("secret_addresses", sa.Column("case_id", sa.Uuid, primary_key=True))
    op.create_table(
        "heartbeats",
        sa.Column("job", sa.Text, primary_key=True),
        sa.Column("beat_at", _AT, nullable=False),
    )
    # From now on somebody must look: a worker that never starts is missed as well.
    op.execute("INSERT INTO heartbeats (job, beat_at) VALUES ('digests', now())")


def _preferences() -> None:
    op.create_table(
        "organisation_names",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
    )
    op.create_table(
        "preferences",
        sa.Column("person_id", sa.Uuid, primary_key=True),
        sa.Column("digest_at", sa.Text),
        sa.Column("quiet_from", sa.Text),
        sa.Column("quiet_until", sa.Text),
        sa.Column("codes_only", sa.Boolean, nullable=False),
    )


def _appointments() -> None:
    op.create_table(
        "appointments",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("about_id", sa.Uuid, nullable=False),
        sa.Column("case_id", sa.Uuid, nullable=False),
        sa.Column("reader_id", sa.Uuid, nullable=False),
        sa.Column("occasion", sa.Text, nullable=False),
        sa.Column("on_day", sa.Date, nullable=False),
        sa.Column("starts_at", _AT),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("is_cancelled", sa.Boolean, nullable=False),
        sa.UniqueConstraint("about_id", "reader_id", "occasion", name="appointments_once"),
    )
    op.create_index("appointments_case", "appointments", ["case_id"])


def _messages() -> None:
    op.create_table(
        "messages",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("template", sa.Text, nullable=False),
        sa.Column("recipient_id", sa.Uuid, nullable=False),
        sa.Column("occasion", sa.Text, nullable=False),
        sa.Column("about_id", sa.Uuid, nullable=False),
        sa.Column("case_id", sa.Uuid),
        sa.Column("case_code", sa.Text),
        sa.Column("facts", JSONB, nullable=False),
        sa.Column("useless_after", _AT),
        sa.Column("bundle", sa.Text, nullable=False),
        sa.Column("queued_at", _AT, nullable=False),
        sa.Column("give_up_at", _AT, nullable=False),
        sa.Column("next_attempt_at", _AT),
        sa.Column("lease_until", _AT),
        sa.Column("due_at", _AT),
        sa.Column("priority", sa.SmallInteger, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("waits", sa.Integer, nullable=False),
        sa.Column("doubts", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("reply_code", sa.Integer),
        sa.Column("recalled", sa.Text),
        sa.Column("settled_at", _AT),
        sa.Column("held_with", sa.Text),
        sa.Column("held_until", _AT),
        sa.Column("part_of", sa.Uuid),
        sa.Column("correlation_id", sa.Uuid),
        sa.Column("causation_id", sa.Uuid),
        sa.Column("traceparent", sa.Text),
        sa.UniqueConstraint("occasion", "template", "recipient_id", name="messages_once"),
    )
    due, settled = sa.text("due_at IS NOT NULL"), sa.text("settled_at IS NOT NULL")
    op.create_index("messages_due", "messages", ["priority", "due_at"], postgresql_where=due)
    op.create_index("messages_case", "messages", ["case_id"])
    op.create_index("messages_code", "messages", ["case_code", "queued_at"])
    op.create_index("messages_recipient", "messages", ["recipient_id", "queued_at"])
    op.create_index("messages_about", "messages", ["about_id"])
    op.create_index("messages_state", "messages", ["state", "queued_at"])
    held, parts = sa.text("held_with IS NOT NULL"), sa.text("part_of IS NOT NULL")
    op.create_index("messages_held", "messages", ["recipient_id", "held_with"], postgresql_where=held)
    op.create_index("messages_parts", "messages", ["part_of"], postgresql_where=parts)
    op.create_index("messages_settled", "messages", ["settled_at"], postgresql_where=settled)
