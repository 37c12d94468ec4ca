"""Search by words: what services are found by, the words of the map and of the desk, and those that found nothing."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_TEXTS = ARRAY(sa.Text)
_FOUND = "on_map IS TRUE AND active IS TRUE AND hidden_at IS NULL"


def upgrade() -> None:
    """Make the tables; services answer by the words of their text until each is indexed anew, by itself."""
    op.drop_index("services_search_text", "services")
    op.add_column("services", sa.Column("index_version", sa.SmallInteger, nullable=False, server_default="0"))
    op.alter_column("services", "index_version", server_default=None)
    op.execute("""
        UPDATE services SET search = array_to_tsvector(ARRAY(
            SELECT word FROM regexp_split_to_table(search_text, '[^[:alnum:]]+') AS word WHERE word <> ''
            UNION SELECT '@c' || code FROM unnest(categories) AS code
            UNION SELECT '@d' || code FROM unnest(districts) AS code
            UNION SELECT '@l' || code FROM unnest(languages) AS code
        ))
    """)
    op.drop_column("services", "search_text")
    op.create_index("services_found", "services", ["name", "id"], postgresql_where=sa.text(_FOUND))
    op.create_index("services_index_version", "services", ["index_version", "id"])
    _words()


def _words() -> None:
    op.create_table(
        "map_words",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("word", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text(collation="C"), nullable=False) for name in ("lemma", "backwards")),
        sa.Column("keys", _TEXTS, nullable=False),
    )
    for name in ("word", "lemma", "backwards"):
        op.create_index(f"map_words_{name}", "map_words", [name])
    op.create_index("map_words_keys", "map_words", ["keys"], postgresql_using="gin")
    op.create_table(
        "everyday_words",
        sa.Column("id", sa.Uuid, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("word", "searched_as")),
        sa.Column("categories", _TEXTS, nullable=False),
        sa.Column("changed_by", sa.Uuid, nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("removed", sa.Boolean, nullable=False),
    )
    op.create_index(
        "everyday_words_once", "everyday_words", ["searched_as"], unique=True, postgresql_where=sa.text("NOT removed")
    )
    op.create_table(
        "missed_words",
        sa.Column("digest", sa.Text, primary_key=True),
        sa.Column("on_day", sa.Date, primary_key=True),
        sa.Column("times", sa.Integer, nullable=False),
        sa.Column("word", sa.Text, nullable=False),
    )
