"""The twins of `services.intake.store.drafts`, `signals` and `trainings`."""

from collections.abc import Collection
from copy import copy
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from services.intake.domain.draft import Draft
from services.intake.domain.signal import Signal
from tests.twins.tables import MemoryTables


class InMemoryDrafts:
    """Drafts in a dict; nothing is sealed."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Draft] = tables.table("drafts")

    async def add(self, draft: Draft) -> bool:
        return self._rows.setdefault(draft.id, draft) is draft

    async def get(self, draft_id: UUID, owner_id: UUID) -> Draft | None:
        draft = self._rows.get(draft_id)
        return draft if draft and draft.owner_id == owner_id else None

    async def read(self, draft_id: UUID, owner_id: UUID) -> Draft | None:
        return await self.get(draft_id, owner_id)

    async def save(self, draft: Draft) -> None:
        self._rows[draft.id] = draft

    async def list_of(self, owner_id: UUID) -> list[Draft]:
        own = [draft for draft in self._rows.values() if draft.owner_id == owner_id]
        return sorted(own, key=lambda draft: (draft.saved_at, draft.id), reverse=True)

    async def forget(self, draft_ids: Collection[UUID]) -> None:
        for draft_id in draft_ids:
            self._rows.pop(draft_id, None)

    async def forget_of_case(self, case_id: UUID) -> None:
        await self.forget([draft.id for draft in self._rows.values() if draft.case_id == case_id])

    async def forget_before(self, instant: datetime) -> None:
        await self.forget([draft.id for draft in self._rows.values() if draft.saved_at < instant])


class InMemorySignals:
    """Signals in a dict; nothing is sealed."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Signal] = tables.table("signals")
        self._remarks: dict[UUID, str] = tables.table("signal_remarks")

    async def add(self, signal: Signal, remark: str | None) -> bool:
        if signal.id in self._rows or signal.code in {row.code for row in self._rows.values()}:
            return False
        self._rows[signal.id] = copy(signal)
        if remark:
            self._remarks[signal.id] = remark
        return True

    async def get(self, signal_id: UUID, ambassador_id: UUID) -> Signal | None:
        row = self._rows.get(signal_id)
        return copy(row) if row and row.ambassador_id == ambassador_id else None

    async def read(self, signal_id: UUID, ambassador_id: UUID) -> Signal | None:
        return await self.get(signal_id, ambassador_id)

    async def save(self, signal: Signal) -> None:
        self._rows[signal.id] = copy(signal)
        if not signal.is_open:
            await self.forget_remark(signal.id)

    async def forget_remark(self, signal_id: UUID) -> None:
        self._remarks.pop(signal_id, None)

    async def list_passed_on(self, person_id: UUID, limit: int) -> list[Signal]:
        theirs = [copy(row) for row in self._rows.values() if row.passed_on_by == person_id]
        return sorted(theirs, key=lambda row: (row.raised_at, row.id), reverse=True)[:limit]

    async def list_open(self, ambassador_id: UUID) -> list[Signal]:
        own = [copy(row) for row in self._rows.values() if row.ambassador_id == ambassador_id and row.is_open]
        return sorted(own, key=lambda row: (row.raised_at, row.id), reverse=True)

    async def list_due(self, at: datetime, limit: int) -> list[Signal]:
        due = [copy(row) for row in self._rows.values() if row.is_open and _next_at(row) <= at]
        return sorted(due, key=lambda row: (_next_at(row), row.id))[:limit]

    async def remark_of(self, signal_id: UUID) -> str | None:
        return self._remarks.get(signal_id)

    async def forget_district(self, case_id: UUID) -> list[UUID]:
        of_case = [row for row in self._rows.values() if row.case_id == case_id]
        for row in of_case:
            self._rows[row.id] = replace(row, district=None)
        return [row.id for row in of_case]

    async def forget_of_case(self, case_id: UUID) -> list[UUID]:
        gone = [row.id for row in self._rows.values() if row.case_id == case_id]
        for signal_id in gone:
            del self._rows[signal_id]
        return gone


def _next_at(signal: Signal) -> datetime:
    return signal.question_at if signal.asked_at is None else signal.ends_at


class InMemoryTrainings:
    """The last day of each, by person."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, date] = tables.table("trainings")

    async def save(self, person_id: UUID, valid_until: date) -> None:
        self._rows[person_id] = valid_until

    async def read(self, person_id: UUID) -> date | None:
        return self._rows.get(person_id)

    async def remove(self, person_id: UUID) -> None:
        self._rows.pop(person_id, None)
