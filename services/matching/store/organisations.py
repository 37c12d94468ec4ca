"""Organisations on PostgreSQL."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select, true

from services.matching.domain.map_query import OrganisationQuery
from services.matching.domain.network import Organisation
from services.matching.domain.search import is_unreadable, words_of_name
from services.matching.store.map_index import MapIndex
from services.matching.store.network_rows import organisation_of, organisation_values
from services.matching.store.ranked_offers import RankedOffers
from services.matching.store.tables import ORGANISATIONS, SERVICES, one_of
from shared.messaging.postgres_unit import UnitContext
from shared.storage.bulk_insert import document_of, insert_document, taking_over
from shared.storage.statements import Statement

_HOLD: Final = Statement("SELECT 1 FROM organisations WHERE id = ANY(CAST(:ids AS uuid[])) ORDER BY id FOR UPDATE")
_NAMES: Final = Statement("SELECT id, name FROM organisations WHERE id = ANY(CAST(:ids AS uuid[]))")
_PUT: Final = insert_document(ORGANISATIONS, taking_over(ORGANISATIONS))


class PostgresOrganisations:
    """The table `organisations`. What an import does tens of thousands of times goes over the connection."""

    def __init__(self, context: UnitContext) -> None:
        self._connection = context.connection
        self._index = MapIndex(context.connection, context.ids)

    async def get(self, organisation_id: UUID) -> Organisation | None:
        query = select(ORGANISATIONS).where(ORGANISATIONS.c.id == organisation_id).with_for_update()
        row = (await self._connection.execute(query)).one_or_none()
        return organisation_of(row) if row else None

    async def read(self, organisation_id: UUID) -> Organisation | None:
        query = select(ORGANISATIONS).where(ORGANISATIONS.c.id == organisation_id)
        row = (await self._connection.execute(query)).one_or_none()
        return organisation_of(row) if row else None

    async def hold(self, organisation_ids: Collection[UUID]) -> None:
        await _HOLD.rows(self._connection, {"ids": list(organisation_ids)})

    async def hold_many(self, organisation_ids: Collection[UUID]) -> dict[UUID, Organisation]:
        columns = ORGANISATIONS.c
        query = select(ORGANISATIONS).where(one_of(columns.id, organisation_ids)).order_by(columns.id)
        return {row.id: organisation_of(row) for row in await self._connection.execute(query.with_for_update())}

    async def read_names(self, organisation_ids: Collection[UUID]) -> dict[UUID, str]:
        return {row[0]: row[1] for row in await _NAMES.rows(self._connection, {"ids": list(organisation_ids)})}

    async def list_ids(self) -> list[UUID]:
        return list(await self._connection.scalars(select(ORGANISATIONS.c.id)))

    async def search(self, query: OrganisationQuery) -> tuple[list[Organisation], int]:
        columns, wanted = ORGANISATIONS.c, and_(true(), *_filters(query))
        counted = select(func.count()).select_from(ORGANISATIONS).where(wanted)
        total = (await self._connection.execute(counted)).scalar_one()
        page = select(ORGANISATIONS).where(wanted).order_by(columns.name, columns.id)
        page = page.limit(query.per_page).offset((query.page - 1) * query.per_page)
        return [organisation_of(row) for row in await self._connection.execute(page)], total

    async def hold_next(self, after: UUID, limit: int) -> list[Organisation]:
        columns = ORGANISATIONS.c
        query = select(ORGANISATIONS).where(columns.id > after).order_by(columns.id).limit(limit)
        return [organisation_of(row) for row in await self._connection.execute(query.with_for_update(read=True))]

    async def save(self, organisation: Organisation) -> None:
        await self.save_all([organisation])

    async def save_all(self, organisations: Sequence[Organisation]) -> None:
        rows = [organisation_values(one) for one in sorted(organisations, key=lambda one: one.id)]
        await _PUT.rows(self._connection, document_of(rows))
        await self._index.index_again(organisations)
        await RankedOffers(self._connection).renew_of([one.id for one in organisations])

    async def list_to_hide(self, before: datetime, asked_more_than: int, limit: int) -> list[Organisation]:
        columns, offer = ORGANISATIONS.c, SERVICES.c
        since = func.coalesce(offer.verified_at, offer.listed_at)
        old = _has_offer(offer.on_map.is_(True), offer.hidden_at.is_(None), since <= before)
        query = select(ORGANISATIONS).where(columns.active.is_(True), columns.checks_asked > asked_more_than, old)
        rows = await self._connection.execute(query.order_by(columns.id).limit(limit).with_for_update(skip_locked=True))
        return [organisation_of(row) for row in rows]

    async def list_in_doubt(self, limit: int) -> list[Organisation]:
        columns, offer = ORGANISATIONS.c, SERVICES.c
        said = func.cardinality(offer.reported) > 0
        is_said = (offer.doubted_at, offer.hidden_at, offer.missing_since)
        in_doubt = or_(*(moment.is_not(None) for moment in is_said), said)
        doubtful = _has_offer(offer.on_map.is_(True), in_doubt)
        query = select(ORGANISATIONS).where(doubtful).order_by(columns.name, columns.id).limit(limit)
        return [organisation_of(row) for row in await self._connection.execute(query)]

    async def list_unchecked(self, before: datetime, asked_before: datetime, limit: int) -> list[Organisation]:
        columns = ORGANISATIONS.c
        since = func.coalesce(columns.verified_at, columns.listed_at)
        again = or_(columns.check_asked_at.is_(None), columns.check_asked_at <= asked_before)
        due = and_(columns.active.is_(True), columns.on_map.is_(True), since <= before, again, _has_offer())
        query = select(ORGANISATIONS).where(due).order_by(since, columns.id).limit(limit)
        rows = await self._connection.execute(query.with_for_update(skip_locked=True))
        return [organisation_of(row) for row in rows]


def _filters(query: OrganisationQuery) -> Iterator[ColumnElement[bool]]:
    columns = ORGANISATIONS.c
    if is_unreadable(query.text):
        yield false()
    read = (columns.searched_as, columns.says_searched_as) if query.in_description else (columns.searched_as,)
    for word in words_of_name(query.text):
        yield or_(*(column.contains(word, autoescape=True) for column in read))
    if query.kind:
        yield columns.kind == query.kind
    if query.categories:
        yield _offers_one_of(query.categories)
    if query.on_map:
        yield columns.on_map.is_(True)


def _offers_one_of(categories: frozenset[str]) -> ColumnElement[bool]:
    """Whether anyone can find something of this kind that it offers."""
    offer = SERVICES.c
    return _has_offer(offer.on_map.is_(True), offer.hidden_at.is_(None), offer.categories.overlap(sorted(categories)))


def _has_offer(*which: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether it offers something now for which all of this is so."""
    offer = SERVICES.c
    return exists().where(offer.organisation_id == ORGANISATIONS.c.id, offer.active.is_(True), *which)
