"""The number by which a partner knows a referral, to be found by; it follows from the id."""

import sqlalchemy as sa
from alembic import op

from shared.events.referral_number import referral_number

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column, and number what is there."""
    op.add_column("referrals", sa.Column("number", sa.Text, nullable=False, server_default=""))
    connection = op.get_bind()
    for (id_,) in connection.execute(sa.text("SELECT id FROM referrals")).all():
        numbered = sa.text("UPDATE referrals SET number = :number WHERE id = :id")
        connection.execute(numbered, {"id": id_, "number": referral_number(id_)})
    op.alter_column("referrals", "number", server_default=None)
    op.create_index("referrals_number", "referrals", ["number"], postgresql_ops={"number": "text_pattern_ops"})
