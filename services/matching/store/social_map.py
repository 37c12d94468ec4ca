"""The social map on PostgreSQL."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select, true
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
from services.matching.store.map_index import MapIndex
from services.matching.store.map_search import find, words_alike, words_wanted
from services.matching.store.network_rows import service_of, service_values
from services.matching.store.network_tables import ServiceRow
from services.matching.store.offer_rows import read_offers
from services.matching.store.ranked_offers import RankedOffers
from services.matching.store.service_rows import put_services
from services.matching.store.shortlist import choose
from services.matching.store.tables import ORGANISATIONS, SERVICES, one_of
from shared.messaging.postgres_unit import PostgresUnit, UnitContext
from shared.storage.statements import planned_each_time, planned_once


class PostgresServices:
    """The table `services`. Ranking reads all of a category, an import tens of thousands: over the connection."""

    def __init__(self, context: UnitContext, unit: PostgresUnit) -> None:
        self._connection, self._unit = context.connection, unit
        self._city = context.city
        self._index = MapIndex(context.connection, context.ids)
        self._words = PostgresEverydayWords(context, unit)
        self._ranked = RankedOffers(context.connection)

    async def get(self, service_id: UUID) -> Service | None:
        query = select(SERVICES).where(SERVICES.c.id == service_id).with_for_update()
        row = (await self._connection.execute(query)).one_or_none()
        return service_of(row) if row else None

    async def read(self, service_id: UUID) -> Service | None:
        row = (await self._connection.execute(select(SERVICES).where(SERVICES.c.id == service_id))).one_or_none()
        return service_of(row) if row else None

    async def hold_many(self, service_ids: Collection[UUID]) -> dict[UUID, Service]:
        query = select(SERVICES).where(one_of(SERVICES.c.id, service_ids)).order_by(SERVICES.c.id).with_for_update()
        async with planned_each_time(self._connection):
            return {row.id: service_of(row) for row in await self._connection.execute(query)}

    async def read_names(self, service_ids: Collection[UUID]) -> dict[UUID, str]:
        named = select_models(ServiceRow.id, ServiceRow.name).where(col(ServiceRow.id).in_(service_ids))
        return dict((await self._unit.session.exec(named)).all())

    async def read_offer(self, service_id: UUID) -> Offer | None:
        found = await read_offers(self._connection, [service_id])
        return found[0] if found else None

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
        indexes = await self._index.found_by([(one, names[one.organisation_id]) for one in ordered])
        rows = [service_values(one) | found for one, found in zip(ordered, indexes, strict=True)]
        await put_services(self._connection, rows)
        await self._ranked.renew([one.id for one in ordered])

    async def shortlist(self, need: CaseNeed, situation: Situation, most: int, skip: int = 0) -> Shortlist:
        async with planned_once(self._connection):
            chosen = await choose(self._connection, need, situation, self._city, most, skip)
            offers = await read_offers(self._connection, chosen.load)
        return Shortlist(offers, chosen.load, chosen.candidates, chosen.passed)

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
            found = await find(self._connection, asked, stage, query)
            if found.total:
                offers = await read_offers(self._connection, found.ids)
                return replace(result(reading, asked, offers, found.total, stage.how), kinds=found.kinds)
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
        ids = (await self._connection.execute(page)).scalars().all()
        how = How.ALL_WORDS if total else How.NOTHING
        kinds = await self._kinds(wanted) if query.counts_kinds else {}
        return SearchResult(await read_offers(self._connection, ids), total, how, kinds=kinds)

    async def _kinds(self, wanted: ColumnElement[bool]) -> dict[str, int]:
        code = func.unnest(SERVICES.c.categories).label("code")
        counted = select(code, func.count().label("number")).where(wanted).group_by(code)
        return {row.code: row.number for row in await self._connection.execute(counted)}
