"""What the page of notify reads, in memory: the twin of `store.overview`."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from services.notify.domain.message import Message, MessageState
from services.notify.domain.outcome import Reason
from services.notify.domain.wanted import Wanted
from services.notify.ports import StateCount
from tests.twins.tables import MemoryTables


class InMemoryOverview:
    """What the page reads."""

    def __init__(self, tables: MemoryTables) -> None:
        self._all: dict[UUID, Message] = tables.table("messages")
        self._ended: dict[UUID, Reason] = tables.table("ended_cases")

    @property
    def _rows(self) -> dict[UUID, Message]:
        """Without what is only for its reader, and what is about a case that stands still for safety."""
        held = {case_id for case_id, reason in self._ended.items() if reason is Reason.CASE_ON_HOLD}
        seen = (row for row in self._all.values() if not row.draft.mail.only_for_reader)
        return {row.id: row for row in seen if row.draft.case_id not in held}

    async def count_by_state(self) -> list[StateCount]:
        found: dict[MessageState, list[datetime]] = {}
        for row in self._all.values():
            found.setdefault(row.state, []).append(row.queued_at)
        return [StateCount(state, len(since), min(since)) for state, since in sorted(found.items())]

    async def list_in_need(self, limit: int) -> list[Message]:
        pressing = (MessageState.REFUSED, MessageState.UNKNOWN, MessageState.QUEUED, MessageState.SENDING)
        rows = sorted(self._rows.values(), key=lambda row: (row.queued_at, row.id))
        return [replace(row) for state in pressing for row in [row for row in rows if row.state is state][:limit]]

    async def list_in_state(self, state: MessageState, limit: int) -> list[Message]:
        rows = [replace(row) for row in self._rows.values() if row.state is state]
        return sorted(rows, key=lambda row: (row.queued_at, row.id), reverse=True)[:limit]

    async def list_found(self, wanted: Wanted, limit: int) -> list[Message]:
        rows = [replace(row) for row in self._rows.values() if _is_wanted(row, wanted)]
        return sorted(rows, key=lambda row: (row.queued_at, row.id), reverse=True)[:limit]

    async def read(self, message_id: UUID) -> Message | None:
        found = self._rows.get(message_id)
        if found is None:
            return None
        parts = [replace(row) for row in self._rows.values() if row.part_of == message_id]
        together = tuple(sorted(parts, key=lambda row: (row.queued_at, row.id)))
        return replace(found, parts=together if found.draft.mail.is_digest else ())

    async def list_reasons_to_wait(self) -> set[Reason]:
        return {row.reason for row in self._all.values() if row.state is MessageState.QUEUED and row.reason}


def _is_wanted(row: Message, wanted: Wanted) -> bool:
    asked = (
        (wanted.case_id, row.draft.case_id),
        (wanted.recipient_id, row.draft.recipient_id),
    )
    numbers = {None, row.draft.case_code, row.draft.referral_number}
    return wanted.number in numbers and all(found == value for value, found in asked if value is not None)
