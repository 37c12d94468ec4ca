"""Messages, people, ended cases."""

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
    op.create_table(
        "people",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("organisation_id", sa.Uuid, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
    )
    op.create_table(
        "ended_cases",
        sa.Column("case_id", sa.Uuid, primary_key=True),
        sa.Column("reason", sa.Text, nullable=False),
    )


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
        sa.Column("correlation_id", sa.Uuid),
        sa.Column("causation_id", sa.Uuid),
        sa.Column("traceparent", sa.Text),
        sa.UniqueConstraint("occasion", "template", "recipient_id", name="messages_once"),
    )
    due, settled = sa.text("due_at IS NOT NULL"), sa.text("settled_at IS NOT NULL")
    op.create_index("messages_due", "messages", ["priority", "due_at"], postgresql_where=due)
    op.create_index("messages_case", "messages", ["case_id"])
    op.create_index("messages_about", "messages", ["about_id"])
    op.create_index("messages_state", "messages", ["state", "queued_at"])
    op.create_index("messages_settled", "messages", ["settled_at"], postgresql_where=settled)
