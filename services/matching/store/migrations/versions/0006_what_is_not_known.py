"""An offer can say that it is for the whole city, and what nobody said of it is not known.

Until now nothing filled in was shown as the whole city, all ages and free. Where somebody of the organisation said
that this is right, they said so of that too; what only a file was silent about, nobody knows.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column, and say what is known."""
    op.add_column("services", sa.Column("whole_city", sa.Boolean, nullable=False, server_default=sa.false()))
    op.alter_column("services", "whole_city", server_default=None)
    op.alter_column("services", "is_free", nullable=True)
    op.execute("UPDATE services SET whole_city = true WHERE districts = '{}' AND verified_at IS NOT NULL")
    op.execute(
        "UPDATE services SET minimum_age = 0"
        " WHERE minimum_age IS NULL AND maximum_age IS NULL AND verified_at IS NOT NULL"
    )
    op.execute("UPDATE services SET is_free = NULL WHERE is_free AND verified_at IS NULL")
