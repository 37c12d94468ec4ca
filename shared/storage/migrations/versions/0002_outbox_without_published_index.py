"""No index on when a row was published: every mark paid for it, and only the hourly tidying read it."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Drop it."""
    op.drop_index("outbox_published", "outbox")
