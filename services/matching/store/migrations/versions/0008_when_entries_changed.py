"""When an entry last changed, so that others can ask for what is new; and its pages by name are read from an index."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the column, from the last moment that is known."""
    for table in ("organisations", "services"):
        op.add_column(table, sa.Column("changed_at", _AT))
        op.execute(sa.text(f"UPDATE {table} SET changed_at = greatest(listed_at, verified_at, hidden_at)"))  # noqa: S608 - our own names
    op.create_index("services_name", "services", ["name", "id"])
    op.create_index("services_changed", "services", ["changed_at"])
