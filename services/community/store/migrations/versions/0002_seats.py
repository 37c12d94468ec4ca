"""Seats, and what is told with them, sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make their tables."""
    op.add_column("gatherings", sa.Column("contact_person_id", sa.Uuid))
    op.create_table(
        "seats",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("gathering_id", sa.Uuid, sa.ForeignKey("gatherings.id", ondelete="CASCADE"), nullable=False),
        sa.Column("requested_at", _AT, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("number", sa.Integer),
        sa.Column("offered_until", _AT),
        sa.Column("in_calendar", sa.Boolean, nullable=False),
        sa.Column("address_digest", sa.LargeBinary, nullable=False),
    )
    op.create_index("seats_gathering", "seats", ["gathering_id", "number"])
    still_there = sa.text("state NOT IN ('passed', 'cancelled')")
    once = ["gathering_id", "address_digest"]
    op.create_index("seats_once", "seats", once, unique=True, postgresql_where=still_there)
    op.create_table(
        "seat_keys",
        sa.Column("seat_id", sa.Uuid, sa.ForeignKey("seats.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("wrapped", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "sign_ups",
        sa.Column("seat_id", sa.Uuid, sa.ForeignKey("seat_keys.seat_id", ondelete="CASCADE"), primary_key=True),
        *(sa.Column(fact, sa.LargeBinary, nullable=False) for fact in _FACTS),
    )


_FACTS = ("name", "email", "organisation", "topic", "needs")


def downgrade() -> None:
    """Drop them."""
    for table in ("sign_ups", "seat_keys", "seats"):
        op.drop_table(table)
    op.drop_column("gatherings", "contact_person_id")
