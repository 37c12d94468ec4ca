"""Tables at a gathering, whom people would like to meet, appointments, and organisations that want to meet."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make their tables."""
    # What is told is sealed, and nothing can be added to it here: who signed up before this, signs up again.
    op.execute("DELETE FROM seats")
    op.add_column("sign_ups", sa.Column("table_wish", sa.LargeBinary, nullable=False))
    op.create_table(
        "table_plans",
        sa.Column("gathering_id", sa.Uuid, _of("gatherings"), primary_key=True),
        sa.Column("arrangement", sa.Text, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
    )
    op.create_table(
        "table_seats",
        sa.Column("seat_id", sa.Uuid, _of("seats"), primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
    )
    _make_appointments()
    _make_introductions()


def _make_appointments() -> None:
    op.create_table(
        "appointments",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("gathering_id", sa.Uuid, _of("gatherings"), nullable=False),
        sa.Column("seat_id", sa.Uuid, _of("seats"), nullable=False),
        sa.Column("with_seat_id", sa.Uuid, _of("seats"), nullable=False),
        sa.Column("starts_at", _AT, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("changed_at", _AT, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("in_calendar", sa.Boolean, nullable=False),
    )
    op.create_index("appointments_seat", "appointments", ["seat_id"])
    op.create_index("appointments_with_seat", "appointments", ["with_seat_id"])


def _make_introductions() -> None:
    op.create_table(
        "introductions",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("from_id", sa.Uuid, nullable=False),
        sa.Column("to_id", sa.Uuid, nullable=False),
        sa.Column("asked_by", sa.Uuid, nullable=False),
        sa.Column("asked_at", _AT, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("answered_by", sa.Uuid),
    )
    op.create_index("introductions_once", "introductions", ["from_id", "to_id"], unique=True)
    op.create_index("introductions_to", "introductions", ["to_id"])
    op.create_index("introductions_asked_at", "introductions", ["asked_at"])


def _of(table: str) -> sa.ForeignKey:
    return sa.ForeignKey(f"{table}.id", ondelete="CASCADE")


def downgrade() -> None:
    """Drop them."""
    for table in ("introductions", "appointments", "table_seats", "table_plans"):
        op.drop_table(table)
    op.drop_column("sign_ups", "table_wish")
