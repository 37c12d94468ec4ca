"""With which organisations the family stopped: they are not asked for this case again."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column: until now nobody could stop with one of them."""
    ids = postgresql.ARRAY(sa.Uuid)
    op.add_column("cases", sa.Column("stopped", ids, nullable=False, server_default="{}"))
    op.alter_column("cases", "stopped", server_default=None)
