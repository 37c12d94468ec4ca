"""The social map on PostgreSQL: Dutch stems, trigrams for what the stemmer misses, and the city's words."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Label,
    Row,
    Select,
    and_,
    bindparam,
    case,
    cast,
    false,
    func,
    literal,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import REGCONFIG
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col
from sqlmodel import select as select_models

from services.matching.domain.case import CaseNeed
from services.matching.domain.map_query import How, MapQuery, SearchResult
from services.matching.domain.network import Organisation, Service
from services.matching.domain.ranking import Offer, Shortlist
from services.matching.domain.rules import Situation
from services.matching.domain.search import Codes, Vocabulary, is_unreadable, text_of, vocabulary_of, words_of
from services.matching.store.map_copies import filters_of_copies
from services.matching.store.network_rows import organisation_of, service_of, service_values
from services.matching.store.network_tables import ServiceRow
from services.matching.store.shortlist import choose
from services.matching.store.tables import ORGANISATIONS, SERVICES, one_of, upsert
from shared.messaging.postgres_unit import PostgresUnit, UnitContext
from shared.storage.statements import Statement

DUTCH = cast(literal("dutch"), REGCONFIG)
# How alike a typed word and the map must be, as a part of a word ("fiets" finds "kinderfiets") or as a whole word
# ("dipoma" still finds "diploma", but "fiets" does not find "iets leuks").
PART_ALIKE, WORD_ALIKE = 0.6, 0.45
SHORTEST_FOR_TRIGRAMS = 4
# A service whose code is meant is as close as one that names the word once (`ts_rank`).
CODE_IS_MEANT = 0.06
_CODES_CALLED = Statement(
    f"""
    WITH label AS MATERIALIZED (
        SELECT number, text, to_tsvector('dutch', text) AS stems
        FROM unnest(CAST(:labels AS text[])) WITH ORDINALITY AS one(text, number)
    )
    SELECT asked.number - 1, label.number - 1
    FROM unnest(CAST(:words AS text[]), CAST(:stems AS text[]), CAST(:known AS boolean[])) WITH ORDINALITY
             AS asked(word, stems, known, number), label
    WHERE label.stems @@ to_tsquery('dutch', asked.stems)
       OR length(asked.word) >= {SHORTEST_FOR_TRIGRAMS}
          AND (word_similarity(asked.word, label.text) >= {PART_ALIKE}
               -- A word that the city knows is no typing mistake.
               OR NOT asked.known AND strict_word_similarity(asked.word, label.text) >= {WORD_ALIKE})
    """  # noqa: S608 - our own numbers
)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word that was typed, and the codes that it may mean."""

    text: str
    stems: str
    codes: Codes


class PostgresServices:
    """The table `services`. Ranking reads all of a category, an import tens of thousands: over the connection."""

    def __init__(self, context: UnitContext, unit: PostgresUnit) -> None:
        self._connection, self._unit = context.connection, unit
        self._city = context.city
        self._vocabulary = vocabulary_of(context.city)

    async def get(self, service_id: UUID) -> Service | None:
        query = select(SERVICES).where(SERVICES.c.id == service_id).with_for_update()
        row = (await self._connection.execute(query)).one_or_none()
        return service_of(row) if row else None

    async def read(self, service_id: UUID) -> Service | None:
        row = (await self._connection.execute(select(SERVICES).where(SERVICES.c.id == service_id))).one_or_none()
        return service_of(row) if row else None

    async def read_many(self, service_ids: Collection[UUID]) -> dict[UUID, Service]:
        query = select(SERVICES).where(one_of(SERVICES.c.id, service_ids))
        return {row.id: service_of(row) for row in await self._connection.execute(query)}

    async def read_names(self, service_ids: Collection[UUID]) -> dict[UUID, str]:
        named = select_models(ServiceRow.id, ServiceRow.name).where(col(ServiceRow.id).in_(service_ids))
        return dict((await self._unit.session.exec(named)).all())

    async def read_offer(self, service_id: UUID) -> Offer | None:
        row = (await self._connection.execute(_offers().where(SERVICES.c.id == service_id))).one_or_none()
        return _offer_of(row) if row else None

    async def hold_next(self, after: UUID, limit: int) -> list[Service]:
        query = select(SERVICES).where(SERVICES.c.id > after).order_by(SERVICES.c.id).limit(limit)
        return [service_of(row) for row in await self._connection.execute(query.with_for_update(read=True))]

    async def save(self, service: Service) -> None:
        await self.save_all([service])

    async def save_all(self, services: Sequence[Service]) -> None:
        owners = select(ORGANISATIONS.c.id, ORGANISATIONS.c.name)
        owners = owners.where(one_of(ORGANISATIONS.c.id, {one.organisation_id for one in services}))
        names = {row.id: row.name for row in await self._connection.execute(owners)}
        rows = [
            service_values(one) | {"indexed": text_of(one, names[one.organisation_id])}
            for one in sorted(services, key=lambda one: one.id)
        ]
        await self._connection.execute(upsert(SERVICES).values(_index(bindparam("indexed"))), rows)

    async def shortlist(self, need: CaseNeed, situation: Situation, most: int) -> Shortlist:
        chosen = await choose(self._connection, need, situation, self._city, most)
        rows = await self._connection.execute(_offers().where(one_of(SERVICES.c.id, chosen.load)))
        return Shortlist(tuple(map(_offer_of, rows)), chosen.load, chosen.candidates, chosen.passed)

    async def list_of_organisation(self, organisation_id: UUID) -> list[Service]:
        of_organisation = select(SERVICES).where(SERVICES.c.organisation_id == organisation_id)
        rows = await self._connection.execute(of_organisation.order_by(SERVICES.c.name, SERVICES.c.id))
        return [service_of(row) for row in rows]

    async def list_public_of(self, organisation_ids: Collection[UUID]) -> list[Service]:
        of_them = and_(SERVICES.c.organisation_id.in_(organisation_ids), *_filters(MapQuery()))
        rows = await self._connection.execute(select(SERVICES).where(of_them).order_by(SERVICES.c.name, SERVICES.c.id))
        return [service_of(row) for row in rows]

    async def search(self, query: MapQuery) -> SearchResult:
        if is_unreadable(query.text):
            return SearchResult((), 0)
        words = await self._words(query.text)
        wanted = and_(true(), *_filters(query), *map(_says, words))
        total = (await self._connection.execute(select(func.count()).select_from(SERVICES).where(wanted))).scalar_one()
        closest = [_closeness(words).desc()] if words else []
        order: list[ColumnElement[Any]] = [*_unsure_last(query), *closest, SERVICES.c.name, SERVICES.c.id]
        offset = (query.page - 1) * query.per_page
        # Only the rows of this page are read whole: the pages before it come out of the index of names.
        page = select(SERVICES.c.id).where(wanted).order_by(*order).limit(query.per_page).offset(offset)
        rows = await self._connection.execute(_offers().where(SERVICES.c.id.in_(page)).order_by(*order))
        how = How.ALL_WORDS if total else How.NOTHING
        return SearchResult(tuple(_offer_of(row) for row in rows), total, how, tuple(words_of(query.text)))

    async def _words(self, question: str) -> list[_Word]:
        known = self._vocabulary
        words = words_of(question)
        stems = [_stems(word, known) for word in words]
        meant = [known.categories(word) for word in words]
        if words:
            asked = {"words": words, "stems": stems, "known": [known.knows(word) for word in words]}
            asked |= {"labels": [label.text for label in known.labels]}
            for word, label in await _CODES_CALLED.rows(self._connection, asked):
                meant[word] |= known.labels[label].codes
        return [_Word(*each) for each in zip(words, stems, meant, strict=True)]


async def index_again(connection: AsyncConnection, owners: Sequence[Organisation]) -> None:
    """A service is found by its organisation's name too, so a new name goes into the index of all its services."""
    names = {owner.id: owner.name for owner in owners}
    of_owners = select(SERVICES).where(one_of(SERVICES.c.organisation_id, names)).order_by(SERVICES.c.id)
    texts = [(row, text_of(service_of(row), names[row.organisation_id])) for row in await connection.execute(of_owners)]
    if changed := [{"of_id": row.id, "indexed": text} for row, text in texts if text != row.search_text]:
        again = update(SERVICES).where(SERVICES.c.id == bindparam("of_id")).values(_index(bindparam("indexed")))
        await connection.execute(again, changed)


def _index(text: str | BindParameter[str]) -> dict[str, Any]:
    return {"search_text": text, "search": func.to_tsvector(DUTCH, text)}


def _offers() -> Select[Any]:
    """Services with their organisation, whose columns begin with `of_`."""
    owner: list[Label[object]] = [column.label(f"of_{column.name}") for column in ORGANISATIONS.columns]
    return select(SERVICES, *owner).join(ORGANISATIONS, ORGANISATIONS.c.id == SERVICES.c.organisation_id)


def _offer_of(row: Row[Any]) -> Offer:
    owner = SimpleNamespace(**{one.name: getattr(row, f"of_{one.name}") for one in ORGANISATIONS.columns})
    return Offer(service_of(row), organisation_of(owner))


def _filters(query: MapQuery) -> list[ColumnElement[bool]]:
    columns = SERVICES.c
    found: list[ColumnElement[bool]] = [columns.on_map.is_(True), *filters_of_copies(query)]
    if not query.include_inactive:
        found.append(columns.active.is_(True))
    if not query.include_hidden:
        found.append(columns.hidden_at.is_(None))
    if query.category:
        found.append(columns.categories.contains([query.category]))
    if query.district:
        found.append(or_(columns.districts == [], columns.districts.contains([query.district])))
    if query.language:
        found.append(columns.languages.contains([query.language]))
    if query.age is not None:
        found.append(func.coalesce(columns.minimum_age, 0) <= query.age)
        found.append(or_(columns.maximum_age.is_(None), columns.maximum_age >= query.age))
    if query.free_only:
        found.append(columns.is_free.is_(True))
    if query.access:
        found.append(columns.access.contains(list(query.access)))
    if query.organisation_id is not None:
        found.append(columns.organisation_id == query.organisation_id)
    return found


def _unsure_last(query: MapQuery) -> list[ColumnElement[bool]]:
    """What does not say where it helps, or whom, may fit: it stands after what says so."""
    columns = SERVICES.c
    unsure = [
        *([~columns.whole_city & (columns.districts == [])] if query.district else []),
        *([columns.minimum_age.is_(None) & columns.maximum_age.is_(None)] if query.age is not None else []),
    ]
    return [or_(*unsure)] if unsure else []


def _says(word: _Word) -> ColumnElement[bool]:
    found = [SERVICES.c.search.bool_op("@@")(_query(word)), *_has_one_of(word.codes)]
    if len(word.text) >= SHORTEST_FOR_TRIGRAMS:
        found.append(_is_alike(word, SERVICES.c.search_text))
    return or_(*found)


def _is_alike(word: _Word, text: ColumnElement[str]) -> ColumnElement[bool]:
    part, whole = func.word_similarity(word.text, text), func.strict_word_similarity(word.text, text)
    return or_(part >= PART_ALIKE, whole >= WORD_ALIKE)


def _has_one_of(codes: Codes) -> list[ColumnElement[bool]]:
    columns = SERVICES.c
    lists = (
        (columns.categories, codes.categories),
        (columns.districts, codes.districts),
        (columns.languages, codes.languages),
    )
    return [column.overlap(sorted(meant)) for column, meant in lists if meant]


def _stems(word: str, known: Vocabulary) -> str:
    """The word, words that begin with it, and its synonyms. Words hold letters and digits only, so this is safe."""
    return " | ".join([f"{word}:*", *known.meanings(word)[1:]])


def _query(word: _Word) -> ColumnElement[object]:
    return func.to_tsquery(DUTCH, word.stems)


def _closeness(words: list[_Word]) -> ColumnElement[float]:
    parts: list[ColumnElement[float]] = [
        func.ts_rank(SERVICES.c.search, _query(word))
        # A letter or two in common is chance: "eten" is no nearer to "Een jaar bij de club" than to anything else.
        + case((_is_alike(word, SERVICES.c.name), func.word_similarity(word.text, SERVICES.c.name)), else_=0.0)
        + case((or_(false(), *_has_one_of(word.codes)), CODE_IS_MEANT), else_=0.0)
        for word in words
    ]
    return reduce(add, parts)
