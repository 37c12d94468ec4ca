"""Intake's cases and keys in PostgreSQL, and the unit of work over them."""

from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, Table, delete, func, tuple_
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.intake.domain.api_key import ApiKey
from services.intake.domain.case import Case
from services.intake.domain.case_state import ENDED, KEPT, OPEN, CaseState
from services.intake.domain.listing import CaseOrder, CaseSearch, Position
from services.intake.ports import Codes
from services.intake.ports.erasing import Ledger
from services.intake.store.accepted import PostgresAccepted
from services.intake.store.alike import PostgresAlike
from services.intake.store.child_marks import KeyedChildMarks
from services.intake.store.consents import PostgresConsents
from services.intake.store.drafts import PostgresDrafts
from services.intake.store.erasing import PostgresUnconfirmed
from services.intake.store.family import PostgresFamilyDoor, PostgresFamilyVoice
from services.intake.store.read_models import PostgresNetwork, PostgresTimeline
from services.intake.store.readers import PostgresReaders
from services.intake.store.rows import case_of, row_of, text_row_of
from services.intake.store.same_child import PostgresSameChildren
from services.intake.store.signals import PostgresSignals
from services.intake.store.tables import ApiKeyRow, CaseRow, TimelineEntryRow
from services.intake.store.trainings import PostgresTrainings
from services.intake.store.vault import PostgresVault
from shared.access.limits import PostgresLimits
from shared.access.members import PostgresMembers
from shared.access.replies import PostgresReplies
from shared.events.base import ConsentGiver
from shared.events.referral_number import as_referral_number
from shared.messaging.postgres_unit import PostgresUnit, UnitContext
from shared.privacy.marks import Marks, NoMarks
from shared.privacy.sealed import Sealing
from shared.storage.bulk_insert import columns_of, insert_many

CASES: Final[Table] = CaseRow.metadata.tables["cases"]
_MOMENT: Final = {
    CaseOrder.NEWEST: col(CaseRow.received_at),
    CaseOrder.OLDEST: col(CaseRow.received_at),
    CaseOrder.CHANGED: col(CaseRow.changed_at),
}
# Many requests in one statement, straight through the driver: the way that must stay fast.
_ADD: Final = insert_many(CASES, "ON CONFLICT (code) DO NOTHING RETURNING id")


class LedgerClosed(Exception):
    """This process erases nothing: it was not given the folder of who was erased."""


class PostgresCases:
    """The table `cases`."""

    def __init__(self, context: UnitContext, unit: PostgresUnit) -> None:
        self._connection = context.connection
        self._unit = unit

    async def add(self, cases: Sequence[Case]) -> set[UUID]:
        stored = await _ADD.rows(self._connection, columns_of(CASES, [text_row_of(case) for case in cases]))
        return {case.id for case in cases} - {case_id for (case_id,) in stored}

    async def get(self, case_id: UUID) -> Case | None:
        return await self._one(select(CaseRow).where(CaseRow.id == case_id).with_for_update())

    async def read(self, case_id: UUID) -> Case | None:
        return await self._one(select(CaseRow).where(CaseRow.id == case_id))

    async def get_household(self, household_id: UUID) -> list[Case]:
        return await self._family(_of_household(household_id).with_for_update())

    async def list_household(self, household_id: UUID) -> list[Case]:
        return await self._family(_of_household(household_id))

    async def save(self, case: Case) -> None:
        await self._unit.session.merge(CaseRow(**row_of(case)))

    async def find(self, search: CaseSearch, after: Position | None, limit: int) -> list[Case]:
        return [case_of(row) for row in await self._unit.session.exec(page_of(search, after, limit))]

    async def count(self, search: CaseSearch) -> dict[CaseState, int]:
        query = select(CaseRow.state, func.count()).where(*_looked_for(search)).group_by(CaseRow.state)
        return {CaseState(state): number for state, number in await self._unit.session.exec(query)}

    async def list_ended(self, state: CaseState, limit: int) -> list[UUID]:
        ended = col(CaseRow.state) == state, col(CaseRow.erase_on).is_(None)
        order = col(CaseRow.changed_at), col(CaseRow.id)
        return await self._ids(select(CaseRow.id).where(*ended).order_by(*order).limit(limit))

    async def list_due(self, day: date, limit: int) -> list[UUID]:
        due = col(CaseRow.state).in_(ENDED), col(CaseRow.erase_on) <= day
        return await self._ids(select(CaseRow.id).where(*due).order_by(col(CaseRow.id)).limit(limit))

    async def list_growing(self, after: UUID | None, limit: int) -> list[UUID]:
        query = select(CaseRow.id).where(
            col(CaseRow.state).in_(sorted(OPEN)), col(CaseRow.consent_given_by) != ConsentGiver.YOUNG_PERSON
        )
        further = query.where(col(CaseRow.id) > after) if after else query
        return await self._ids(further.order_by(col(CaseRow.id)).limit(limit))

    async def list_erasing(self, limit: int) -> list[UUID]:
        erasing = select(CaseRow.id).where(CaseRow.state == CaseState.ERASING)
        return await self._ids(erasing.order_by(col(CaseRow.id)).limit(limit))

    async def forget(self, case_id: UUID) -> None:
        await self._unit.session.exec(delete(CaseRow).where(col(CaseRow.id) == case_id))

    async def _ids(self, query: SelectOfScalar[UUID]) -> list[UUID]:
        return list(await self._unit.session.exec(query))

    async def _one(self, query: SelectOfScalar[CaseRow]) -> Case | None:
        return next(iter(await self._family(query)), None)

    async def _family(self, query: SelectOfScalar[CaseRow]) -> list[Case]:
        # What this unit read before may have been changed by another since then.
        fresh = query.execution_options(populate_existing=True)
        return [case_of(row) for row in await self._unit.session.exec(fresh)]


class PostgresApiKeys:
    """The table `api_keys`."""

    def __init__(self, unit: PostgresUnit) -> None:
        self._unit = unit

    async def add(self, key: ApiKey) -> None:
        self._unit.session.add(_row_of(key))

    async def read_by_hash(self, key_hash: bytes) -> ApiKey | None:
        return await self._one(select(ApiKeyRow).where(ApiKeyRow.hash == key_hash))

    async def get(self, key_id: UUID) -> ApiKey | None:
        return await self._one(select(ApiKeyRow).where(ApiKeyRow.id == key_id).with_for_update())

    async def save(self, key: ApiKey) -> None:
        await self._unit.session.merge(_row_of(key))

    async def list_all(self) -> list[ApiKey]:
        query = select(ApiKeyRow).order_by(col(ApiKeyRow.created_at), col(ApiKeyRow.id))
        return [_key_of(row) for row in await self._unit.session.exec(query)]

    async def _one(self, query: SelectOfScalar[ApiKeyRow]) -> ApiKey | None:
        row = (await self._unit.session.exec(query)).one_or_none()
        return _key_of(row) if row else None


def page_of(search: CaseSearch, after: Position | None, limit: int) -> SelectOfScalar[CaseRow]:
    """The query of one page; it goes on from a position, so that the last page costs what the first one does."""
    at, down = _MOMENT[search.order], search.order.is_downward
    query, position = select(CaseRow).where(*_looked_for(search)), tuple_(at, col(CaseRow.id))
    if after is not None:
        here = (after.at, after.case_id)
        query = query.where(position < here if down else position > here)
    by = [at.desc(), col(CaseRow.id).desc()] if down else [at, col(CaseRow.id)]
    return query.order_by(*by).limit(limit)


def _of_household(household_id: UUID) -> SelectOfScalar[CaseRow]:
    """Always in the same order, so that two who lock one family wait for each other."""
    return select(CaseRow).where(CaseRow.household_id == household_id).order_by(col(CaseRow.id))


def _looked_for(search: CaseSearch) -> list[ColumnElement[bool]]:
    held_at = col(CaseRow.held_at)
    wanted: list[ColumnElement[bool]] = [
        col(CaseRow.state).in_(sorted(search.states & KEPT)),
        held_at.is_not(None) if search.on_hold else held_at.is_(None),
    ]
    if search.number:
        is_it = col(CaseRow.code).contains(search.number, autoescape=True)
        if number := as_referral_number(search.number):
            is_it |= col(CaseRow.id).in_(select(TimelineEntryRow.case_id).where(TimelineEntryRow.number == number))
        wanted.append(is_it)
    if search.organisations is not None:
        wanted.append(col(CaseRow.organisation_id).in_(search.organisations))
    if search.ambassadors is not None:
        wanted.append(col(CaseRow.ambassador_id).in_(search.ambassadors))
    if search.category is not None:
        needs = func.coalesce(col(CaseRow.needs_found), col(CaseRow.needs_asked), type_=JSONB)
        wanted.append(needs.contains([{"category": search.category}]))
    return wanted


def _row_of(key: ApiKey) -> ApiKeyRow:
    return ApiKeyRow(**{name: getattr(key, name) for name in ApiKey.__dataclass_fields__})


def _key_of(row: ApiKeyRow) -> ApiKey:
    return ApiKey(**{name: getattr(row, name) for name in ApiKey.__dataclass_fields__})


class PostgresIntakeUnit(PostgresUnit):
    """One transaction of intake."""

    def __init__(
        self,
        context: UnitContext,
        sealing: Sealing | None,
        codes: Codes,
        ledger: Ledger | None,
        marks: Marks | None = None,
    ) -> None:
        super().__init__(context)
        self.marks = marks or NoMarks()
        self.cases = PostgresCases(context, self)
        self.vault = PostgresVault(context, self, sealing)
        self.members = PostgresMembers(context.connection)
        self.network = PostgresNetwork(context, self)
        self.timeline = PostgresTimeline(context, self)
        self.keys = PostgresApiKeys(self)
        self.replies = PostgresReplies(context.connection, context.now)
        self.consents = PostgresConsents(self)
        self.accepted = PostgresAccepted(self)
        self.drafts = PostgresDrafts(self, sealing)
        self.signals = PostgresSignals(self, sealing)
        self.unconfirmed = PostgresUnconfirmed(self)
        self.readers = PostgresReaders(context)
        self.family_door = PostgresFamilyDoor(self, context.now)
        self.family_voice = PostgresFamilyVoice(self)
        self.same_children = PostgresSameChildren(self)
        self.child_marks = KeyedChildMarks(context.chain)
        self.codes = codes
        self._ledger = ledger

    @property
    def trainings(self) -> PostgresTrainings:
        return PostgresTrainings(self)

    @property
    def limits(self) -> PostgresLimits:
        return PostgresLimits(self._connection)

    @property
    def alike(self) -> PostgresAlike:
        return PostgresAlike(self)

    @property
    def ledger(self) -> Ledger:
        if self._ledger is None:
            raise LedgerClosed
        return self._ledger
