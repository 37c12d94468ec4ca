"""Files with a map that the desk sends, what they do, and which offers stand in no file any more."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables. Of what stands on the map nobody knows of which file it came: that begins with the next one."""
    op.add_column("services", sa.Column("missing_since", sa.Date))
    _add("services", sa.Column("missing_from", sa.Text, nullable=False, server_default=""))
    _add("taken_rows", sa.Column("source", sa.Text, nullable=False, server_default=""))
    for name in ("missing", "ended"):
        _add("taken_rows", sa.Column(name, sa.Boolean, nullable=False, server_default="false"))
    op.create_index("taken_rows_source", "taken_rows", ["source"])
    _files()
    _lines()


def _add(table: str, column: sa.Column[str] | sa.Column[bool]) -> None:
    op.add_column(table, column)
    op.alter_column(table, column.name, server_default=None)


def _files() -> None:
    op.create_table(
        "map_imports",
        sa.Column("id", sa.Uuid, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("filename", "source")),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("sent_by", sa.Uuid, nullable=False),
        sa.Column("sent_at", _AT, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("rows", "done", "part")),
        sa.Column("taken_by", sa.Uuid),
        sa.Column("taken_at", _AT),
        sa.Column("undone_by", sa.Uuid),
        sa.Column("undone_at", _AT),
    )
    op.create_index(
        "map_imports_one_at_a_time",
        "map_imports",
        [sa.text("(true)")],
        unique=True,
        postgresql_where=sa.text("state IN ('taking', 'undoing')"),
    )
    op.create_table(
        "map_import_parts",
        *_of_an_import(),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )


def _lines() -> None:
    op.create_table(
        "map_import_lines",
        *_of_an_import(),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("kind", "verdict", "outcome")),
        sa.Column("subject_id", sa.Uuid),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("line", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("place", "problem", "example")),
        sa.Column("changes", JSONB, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index("map_import_lines_subject", "map_import_lines", ["import_id", "subject_id"], unique=True)
    found_by = ["import_id", "verdict", "outcome", "number"]
    op.create_index("map_import_lines_verdict", "map_import_lines", found_by)


def _of_an_import() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("import_id", sa.Uuid, sa.ForeignKey("map_imports.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    )
