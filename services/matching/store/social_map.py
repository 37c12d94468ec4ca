"""The social map on PostgreSQL."""

from collections.abc import Collection, Sequence
from types import SimpleNamespace
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ARRAY, Label, Row, Select, Uuid, and_, any_, bindparam, func, select, true
from sqlmodel import col
from sqlmodel import select as select_models

from services.matching.domain.answering import result, stages
from services.matching.domain.asking import Asked, Reading
from services.matching.domain.case import CaseNeed
from services.matching.domain.map_query import How, MapQuery, SearchResult
from services.matching.domain.network import Service
from services.matching.domain.ranking import Offer, Shortlist
from services.matching.domain.rules import Situation
from services.matching.domain.search import is_unreadable
from services.matching.domain.spelling import keys_of
from services.matching.store.everyday_words import PostgresEverydayWords, read_vocabulary
from services.matching.store.map_filters import filters, unsure_last
from services.matching.store.map_index import INDEXED, MapIndex
from services.matching.store.map_search import find, words_alike, words_wanted
from services.matching.store.network_rows import organisation_of, service_of, service_values
from services.matching.store.network_tables import ServiceRow
from services.matching.store.shortlist import choose
from services.matching.store.tables import ORGANISATIONS, SERVICES, one_of, upsert
from shared.messaging.postgres_unit import PostgresUnit, UnitContext


class PostgresServices:
    """The table `services`. Ranking reads all of a category, an import tens of thousands: over the connection."""

    def __init__(self, context: UnitContext, unit: PostgresUnit) -> None:
        self._connection, self._unit = context.connection, unit
        self._city = context.city
        self._index = MapIndex(context.connection, context.ids)
        self._words = PostgresEverydayWords(context, unit)

    async def get(self, service_id: UUID) -> Service | None:
        query = select(SERVICES).where(SERVICES.c.id == service_id).with_for_update()
        row = (await self._connection.execute(query)).one_or_none()
        return service_of(row) if row else None

    async def read(self, service_id: UUID) -> Service | None:
        row = (await self._connection.execute(select(SERVICES).where(SERVICES.c.id == service_id))).one_or_none()
        return service_of(row) if row else None

    async def hold_many(self, service_ids: Collection[UUID]) -> dict[UUID, Service]:
        query = select(SERVICES).where(one_of(SERVICES.c.id, service_ids)).order_by(SERVICES.c.id).with_for_update()
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
        ordered = sorted(services, key=lambda one: one.id)
        indexes = await self._index.lexemes_of([(one, names[one.organisation_id]) for one in ordered])
        rows = [service_values(one) | {"lexemes": found} for one, found in zip(ordered, indexes, strict=True)]
        await self._connection.execute(upsert(SERVICES).values(INDEXED), rows)

    async def shortlist(self, need: CaseNeed, situation: Situation, most: int) -> Shortlist:
        chosen = await choose(self._connection, need, situation, self._city, most)
        rows = await self._connection.execute(_offers().where(one_of(SERVICES.c.id, chosen.load)))
        return Shortlist(tuple(map(_offer_of, rows)), chosen.load, chosen.candidates, chosen.passed)

    async def list_of_organisation(self, organisation_id: UUID) -> list[Service]:
        of_organisation = select(SERVICES).where(SERVICES.c.organisation_id == organisation_id)
        rows = await self._connection.execute(of_organisation.order_by(SERVICES.c.name, SERVICES.c.id))
        return [service_of(row) for row in rows]

    async def list_public_of(self, organisation_ids: Collection[UUID]) -> list[Service]:
        of_them = and_(SERVICES.c.organisation_id.in_(organisation_ids), *filters(MapQuery()))
        rows = await self._connection.execute(select(SERVICES).where(of_them).order_by(SERVICES.c.name, SERVICES.c.id))
        return [service_of(row) for row in rows]

    async def search(self, query: MapQuery) -> SearchResult:
        if is_unreadable(query.text):
            return SearchResult((), 0)
        reading = Reading(query.text, await read_vocabulary(self._connection, self._city, self._words))
        if not reading.words:
            return await self._all(query)
        asked = await self._asked(reading)
        for stage in stages(asked):
            total, ids = await find(self._connection, asked, stage, query)
            if total:
                return result(reading, asked, await self._offers(ids), total, stage.how)
        return result(reading, asked)

    async def index_older(self, limit: int) -> int:
        return await self._index.index_older(limit)

    async def tidy_words(self) -> None:
        await self._index.tidy_words()

    async def _asked(self, reading: Reading) -> Asked:
        """The question, with the words of the map."""
        on_map = await words_wanted(self._connection, reading.lemmas, reading.stems)
        asked = reading.asked(on_map)
        unknown = reading.unknown(asked, on_map)
        if not unknown:
            return asked
        keys = frozenset().union(*map(keys_of, unknown))
        return reading.guessed(asked, unknown, await words_alike(self._connection, keys))

    async def _all(self, query: MapQuery) -> SearchResult:
        """Everything that passes the filters, by name."""
        wanted = and_(true(), *filters(query))
        total = (await self._connection.execute(select(func.count()).select_from(SERVICES).where(wanted))).scalar_one()
        order = (*unsure_last(query), SERVICES.c.name, SERVICES.c.id)
        offset = (query.page - 1) * query.per_page
        # Only the rows of this page are read whole: the pages before it come out of the index of names.
        page = select(SERVICES.c.id).where(wanted).order_by(*order).limit(query.per_page).offset(offset)
        rows = await self._connection.execute(_offers().where(SERVICES.c.id.in_(page)).order_by(*order))
        how = How.ALL_WORDS if total else How.NOTHING
        return SearchResult(tuple(_offer_of(row) for row in rows), total, how)

    async def _offers(self, service_ids: Collection[UUID]) -> tuple[Offer, ...]:
        rows = await self._connection.execute(_OF_PAGE, {"ids": list(service_ids)})
        found = {row.id: _offer_of(row) for row in rows}
        return tuple(found[service_id] for service_id in service_ids)


def _offers() -> Select[Any]:
    """Services with their organisation, whose columns begin with `of_`."""
    owner: list[Label[object]] = [column.label(f"of_{column.name}") for column in ORGANISATIONS.columns]
    return select(SERVICES, *owner).join(ORGANISATIONS, ORGANISATIONS.c.id == SERVICES.c.organisation_id)


def _offer_of(row: Row[Any]) -> Offer:
    owner = SimpleNamespace(**{one.name: getattr(row, f"of_{one.name}") for one in ORGANISATIONS.columns})
    return Offer(service_of(row), organisation_of(owner))


# Put together once: it is asked with every search.
_OF_PAGE: Final = _offers().where(SERVICES.c.id == any_(bindparam("ids", type_=ARRAY(Uuid))))
