"""The tables of looking for words: those of the map, those of the desk, and those that found nothing."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Column, Date, Index, Text, text
from sqlmodel import Field

from services.matching.store.network_tables import MatchingTable
from shared.storage import columns
from shared.storage.columns import CityCodes

ONCE: Final = "everyday_words_once"


def _in_order() -> Column[str]:
    """Words by their letters, in every database alike: what begins with these letters is one stretch of the index."""
    return Column(Text(collation="C"), nullable=False)


class MapWordRow(MatchingTable, table=True):
    """A word that the map says, as a dictionary has it, and the keys of what looks like it (`domain.spelling`).

    Nothing makes a word unique, so that nobody waits for an import that brings the same word; twice is no harm.
    """

    __tablename__ = "map_words"
    __table_args__ = (
        Index("map_words_word", "word"),
        Index("map_words_lemma", "lemma"),
        Index("map_words_backwards", "backwards"),
        Index("map_words_keys", "keys", postgresql_using="gin"),
    )

    id: UUID = columns.key()
    word: str = columns.text()
    lemma: str = Field(sa_column=_in_order())
    backwards: str = Field(sa_column=_in_order())
    keys: list[str] = columns.texts()


class EverydayWordRow(MatchingTable, table=True):
    """An everyday word of the desk; `searched_as` is the word, folded. One that was removed stays in the table."""

    __tablename__ = "everyday_words"
    __table_args__ = (Index(ONCE, "searched_as", unique=True, postgresql_where=text("NOT removed")),)

    id: UUID = columns.key()
    word: str = columns.text()
    searched_as: str = columns.text()
    categories: list[str] = columns.texts(codes=CityCodes("categories"))
    changed_by: UUID = columns.uuid()
    changed_at: datetime = columns.moment()
    version: int = columns.integer()
    removed: bool = columns.flag()


class MissedWordRow(MatchingTable, table=True):
    """How often a word found nothing on a day. `word` is empty until so many asked it that it names nobody."""

    __tablename__ = "missed_words"

    digest: str = Field(sa_column=Column(Text, primary_key=True))
    on_day: date = Field(sa_column=Column(Date, primary_key=True))
    times: int = columns.integer()
    word: str = columns.text()
