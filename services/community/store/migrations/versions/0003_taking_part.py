"""What somebody found at a place, the end of a series, how far an entry in a calendar is, and who reads who comes."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_NO_TEXTS = sa.text("ARRAY[]::text[]")


def upgrade() -> None:
    """Add their columns; the defaults are for the rows that are there, and not for new ones."""
    op.add_column("places", sa.Column("looked_on", sa.Date))
    op.add_column("places", sa.Column("found", sa.ARRAY(sa.Text), nullable=False, server_default=_NO_TEXTS))
    op.add_column("places", sa.Column("agreed", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("gatherings", sa.Column("walk_ins", sa.Integer))
    op.add_column("series", sa.Column("ended_on", sa.Date))
    op.add_column("seats", sa.Column("revision", sa.Integer, nullable=False, server_default="0"))
    # What is told is sealed, and cannot be put into other words here: who signed up before this, signs up again.
    # The seat goes too: it would hold the place and the address of somebody whom nobody can write to any more.
    op.execute("DELETE FROM seats")
    op.add_column("sign_ups", sa.Column("seen_by", sa.LargeBinary, nullable=False))
    for table, column in _FILLED:
        op.alter_column(table, column, server_default=None)


_FILLED = (("places", "found"), ("places", "agreed"), ("seats", "revision"))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("sign_ups", "seen_by")
    op.drop_column("gatherings", "walk_ins")
    for table, column in (
        ("seats", "revision"),
        ("series", "ended_on"),
        ("places", "agreed"),
        ("places", "found"),
        ("places", "looked_on"),
    ):
        op.drop_column(table, column)
