"""The social map on PostgreSQL: Dutch stems, trigrams for what the stemmer misses, and our own synonyms."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Label, Select, and_, cast, func, literal, or_, select, true, update
from sqlalchemy.dialects.postgresql import REGCONFIG
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from services.matching.domain.network import Organisation, Service
from services.matching.domain.rules import Offer
from services.matching.domain.search import is_unreadable, meanings, text_of, words_of
from services.matching.ports import Found, MapQuery
from services.matching.store.rows import organisation_of, service_of, values_of
from services.matching.store.statements import ORGANISATIONS, SERVICES, upsert

DUTCH = cast(literal("dutch"), REGCONFIG)
# How alike a typed word and the map must be, as a part of a word ("fiets" finds "kinderfiets") or as a whole word
# ("dipoma" still finds "diploma", but "fiets" does not find "iets leuks").
PART_ALIKE, WORD_ALIKE = 0.6, 0.45
SHORTEST_FOR_TRIGRAMS = 4
_PREFIX = "of_"


class PostgresServices:
    """The table `services`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, service_id: UUID) -> Service | None:
        row = (
            (await self._connection.execute(select(SERVICES).where(SERVICES.c.id == service_id)))
            .mappings()
            .one_or_none()
        )
        return service_of(row) if row else None

    async def offer(self, service_id: UUID) -> Offer | None:
        row = (await self._connection.execute(_offers().where(SERVICES.c.id == service_id))).mappings().one_or_none()
        return _offer_of(row) if row else None

    async def save(self, service: Service) -> None:
        owner = select(ORGANISATIONS.c.name).where(ORGANISATIONS.c.id == service.organisation_id)
        name = (await self._connection.execute(owner)).scalar_one()
        await self._connection.execute(upsert(SERVICES, values_of(service) | _index(text_of(service, name))))

    async def for_category(self, category: str) -> list[Offer]:
        query = _offers().where(SERVICES.c.categories.contains([category])).order_by(SERVICES.c.id)
        return [_offer_of(row) for row in (await self._connection.execute(query)).mappings()]

    async def search(self, query: MapQuery) -> Found:
        if is_unreadable(query.text):
            return Found((), 0)
        words = words_of(query.text)
        wanted = and_(true(), *_filters(query), *map(_says, words))
        total = (await self._connection.execute(select(func.count()).select_from(SERVICES).where(wanted))).scalar_one()
        order = (*([_closeness(words).desc()] if words else []), SERVICES.c.name, SERVICES.c.id)
        offset = (query.page - 1) * query.per_page
        page = _offers().where(wanted).order_by(*order).limit(query.per_page).offset(offset)
        rows = (await self._connection.execute(page)).mappings()
        return Found(tuple(_offer_of(row) for row in rows), total)


async def index_again(connection: AsyncConnection, owner: Organisation) -> None:
    """A service is found by its organisation's name too, so a new name goes into the index of all its services."""
    of_owner = select(SERVICES).where(SERVICES.c.organisation_id == owner.id)
    for row in (await connection.execute(of_owner)).mappings().all():
        text = text_of(service_of(row), owner.name)
        if text != row["search_text"]:
            await connection.execute(update(SERVICES).where(SERVICES.c.id == row["id"]).values(_index(text)))


def _index(text: str) -> dict[str, Any]:
    return {"search_text": text, "search": func.to_tsvector(DUTCH, text)}


def _offers() -> Select[tuple[object, ...]]:
    owner: list[Label[object]] = [column.label(_PREFIX + column.name) for column in ORGANISATIONS.columns]
    return select(SERVICES, *owner).join(ORGANISATIONS, ORGANISATIONS.c.id == SERVICES.c.organisation_id)


def _offer_of(row: RowMapping) -> Offer:
    owner = {column.name: row[_PREFIX + column.name] for column in ORGANISATIONS.columns}
    return Offer(service_of(row), organisation_of(owner))


def _filters(query: MapQuery) -> list[ColumnElement[bool]]:
    columns = SERVICES.c
    found: list[ColumnElement[bool]] = []
    if not query.include_inactive:
        found.append(columns.active.is_(True))
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
    if query.organisation_id is not None:
        found.append(columns.organisation_id == query.organisation_id)
    return found


def _says(word: str) -> ColumnElement[bool]:
    stems = SERVICES.c.search.bool_op("@@")(_stems(word))
    if len(word) < SHORTEST_FOR_TRIGRAMS:
        return stems
    return or_(
        stems,
        func.word_similarity(word, SERVICES.c.search_text) >= PART_ALIKE,
        func.strict_word_similarity(word, SERVICES.c.search_text) >= WORD_ALIKE,
    )


def _stems(word: str) -> ColumnElement[object]:
    """The word, words that begin with it, and its synonyms. Words hold letters and digits only, so this is safe."""
    return func.to_tsquery(DUTCH, " | ".join([f"{word}:*", *meanings(word)[1:]]))


def _closeness(words: list[str]) -> ColumnElement[float]:
    parts = [
        func.ts_rank(SERVICES.c.search, _stems(word)) + func.word_similarity(word, SERVICES.c.name) for word in words
    ]
    closeness: ColumnElement[float] = parts[0]
    for part in parts[1:]:
        closeness = closeness + part
    return closeness
