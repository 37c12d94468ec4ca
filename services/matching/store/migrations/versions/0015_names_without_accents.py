"""What an organisation is called and says of itself, as it is searched: folded."""

import sqlalchemy as sa
from alembic import op

from services.matching.domain.search import searched_as

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_KEPT = sa.text("SELECT id, name, description FROM organisations")
_PUT = sa.text("UPDATE organisations SET searched_as = :name, says_searched_as = :says WHERE id = :id")


def upgrade() -> None:
    """Make the columns, and fill them for those that are there."""
    for name in ("searched_as", "says_searched_as"):
        op.add_column("organisations", sa.Column(name, sa.Text, nullable=False, server_default=""))
        op.alter_column("organisations", name, server_default=None)
    connection = op.get_bind()
    folded = [
        {"id": row.id, "name": searched_as(row.name), "says": searched_as(row.description)}
        for row in connection.execute(_KEPT)
    ]
    if folded:
        connection.execute(_PUT, folded)
