"""Calendars that people subscribe to, what was in the calendar of whoever hosts, invitations, and votes."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make their tables."""
    op.create_table(
        "feeds",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid),
        sa.Column("address_digest", sa.LargeBinary),
    )
    op.create_table(
        "feed_seats",
        sa.Column("seat_id", sa.Uuid, sa.ForeignKey("seats.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("feed_id", sa.Uuid, sa.ForeignKey("feeds.id", ondelete="CASCADE"), nullable=False),
    )
    op.create_table(
        "invitations",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("gathering_id", sa.Uuid, sa.ForeignKey("gatherings.id", ondelete="CASCADE"), nullable=False),
        sa.Column("person_id", sa.Uuid, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reminded", sa.Boolean, nullable=False),
    )
    op.create_index("invitations_once", "invitations", ["gathering_id", "person_id"], unique=True)
    op.create_index("invitations_person", "invitations", ["person_id"])
    op.create_table(
        "votings",
        sa.Column("gathering_id", sa.Uuid, sa.ForeignKey("gatherings.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("is_open", sa.Boolean, nullable=False),
    )
    op.create_table(
        "votes",
        sa.Column("seat_id", sa.Uuid, sa.ForeignKey("seats.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("subject_id", sa.Uuid, sa.ForeignKey("subjects.id", ondelete="CASCADE"), primary_key=True),
    )
    op.create_index("votes_subject", "votes", ["subject_id"])
    op.add_column("subjects", sa.Column("given", sa.Integer, nullable=False, server_default="0"))
    op.alter_column("subjects", "given", server_default=None)
    op.add_column("host_turns", sa.Column("in_calendar", sa.Boolean, nullable=False, server_default=sa.false()))
    op.alter_column("host_turns", "in_calendar", server_default=None)
    op.create_index("feeds_person", "feeds", ["person_id"], unique=True)
    op.create_index("feeds_address", "feeds", ["address_digest"], unique=True)
    op.create_index("feed_seats_feed", "feed_seats", ["feed_id"])


def downgrade() -> None:
    """Drop them."""
    op.drop_column("host_turns", "in_calendar")
    op.drop_column("subjects", "given")
    for table in ("votes", "votings", "invitations", "feed_seats", "feeds"):
        op.drop_table(table)
