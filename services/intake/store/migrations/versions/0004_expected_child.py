"""A child that is not born yet: the month in which it is expected."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A sealed fact more."""
    op.add_column("vault", sa.Column("expected_month", sa.LargeBinary, nullable=True))


def downgrade() -> None:
    """Forget it."""
    op.drop_column("vault", "expected_month")
