"""The number by which a partner knows what a message is about, to be found by."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column; what was queued before it says no number to a partner."""
    op.add_column("messages", sa.Column("referral_number", sa.Text))
    has_one = sa.text("referral_number IS NOT NULL")
    op.create_index("messages_number", "messages", ["referral_number"], postgresql_where=has_one)
