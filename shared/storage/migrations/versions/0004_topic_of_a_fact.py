"""A fact knows the topic that it goes to: a service may have one for what comes in bulk."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add it; until now it followed from the service, which the type names."""
    op.add_column("outbox", sa.Column("topic", sa.Text))
    op.execute(r"UPDATE outbox SET topic = regexp_replace(type, '^nl\.(schakel\.[a-z]+)\..*$', '\1')")
    op.alter_column("outbox", "topic", nullable=False)
    op.drop_index("outbox_waiting", "outbox")
    op.create_index("outbox_waiting", "outbox", ["topic", "position"], postgresql_where=sa.text("published_at IS NULL"))
