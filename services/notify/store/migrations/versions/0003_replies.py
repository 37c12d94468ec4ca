"""Replies by mail: what a mail may be answered about, what was received, and what waits to be placed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the column and the tables."""
    op.add_column("messages", sa.Column("replies_about", sa.Uuid))
    op.create_table(
        "received_mails",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("mark", sa.LargeBinary, nullable=False),
        sa.Column("received_at", _AT, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("about_id", sa.Uuid),
        sa.Column("person_id", sa.Uuid),
        sa.UniqueConstraint("mark", name="received_mails_once"),
    )
    op.create_index("received_mails_at", "received_mails", ["received_at"])
    op.create_table(
        "reply_drafts",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("about_id", sa.Uuid, nullable=False),
        sa.Column("person_id", sa.Uuid, nullable=False),
        sa.Column("made_at", _AT, nullable=False),
        sa.Column("wrapped", sa.LargeBinary, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
    )
    op.create_index("reply_drafts_about", "reply_drafts", ["about_id", "person_id"])
    op.create_index("reply_drafts_made", "reply_drafts", ["made_at"])
    op.create_table(
        "closed_questions",
        sa.Column("about_id", sa.Uuid, primary_key=True),
        sa.Column("closed_at", _AT, nullable=False),
    )
