"""The audit log in memory, asked about those who read: the twin of `services.intake.store.readers`."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from services.intake.domain.audited import LIST, TOLD_DESK
from services.intake.domain.case import Case
from services.intake.domain.case_state import ENDED
from services.intake.ports.readers import Reader
from shared.events.case_codes import UnusualReading
from shared.privacy.audit import About, Action, AuditEntry, Outcome
from shared.privacy.audit_chain import AuditLine
from tests.twins.tables import MemoryTables


class InMemoryReaders:
    """Lines in a dict."""

    def __init__(self, tables: MemoryTables) -> None:
        self._lines: dict[int, AuditLine] = tables.table("audit_lines")
        self._cases: dict[UUID, Case] = tables.table("cases")

    async def list_busy(self, since: datetime, most: int) -> list[Reader]:
        return [one for one in _readers(self._readings(since)) if one.families > most]

    async def list_without_task(self, since: datetime) -> list[Reader]:
        return _readers(one for one in self._readings(since) if one.actor.in_place_of and self._was_over(one))

    async def last_told(self, person_id: UUID, kind: UnusualReading) -> datetime | None:
        about = About.PERSON, person_id, TOLD_DESK, kind.value
        return max((one.at for one in self._entries() if _told(one) == about), default=None)

    async def list_of_case(self, case_id: UUID, limit: int) -> list[AuditEntry]:
        newest = [self._lines[position].entry for position in sorted(self._lines, reverse=True)]
        return [one for one in newest if (one.about, one.about_id) == (About.CASE, case_id)][:limit]

    async def last_reason(self, case_id: UUID, person_id: UUID) -> datetime | None:
        given = [one for one in self._entries() if one.action is Action.BREAK_GLASS and one.about_id == case_id]
        return max((one.at for one in given if one.actor.person_id == person_id), default=None)

    def _entries(self) -> list[AuditEntry]:
        return [line.entry for line in self._lines.values()]

    def _readings(self, since: datetime) -> list[AuditEntry]:
        return [
            one
            for one in self._entries()
            if one.at >= since
            and (one.action, one.about, one.outcome) == (Action.READ, About.CASE, Outcome.DONE)
            and one.fields
            and one.purpose != LIST
        ]

    def _was_over(self, one: AuditEntry) -> bool:
        case = self._cases.get(one.about_id) if one.about_id else None
        return case is not None and case.state in ENDED and case.changed_at < one.at


def _readers(readings: Iterable[AuditEntry]) -> list[Reader]:
    found: dict[UUID, list[AuditEntry]] = {}
    for one in readings:
        if one.actor.person_id:
            found.setdefault(one.actor.person_id, []).append(one)
    return [
        Reader(person, len({one.about_id for one in lines}), min(one.at for one in lines))
        for person, lines in sorted(found.items())
    ]


def _told(one: AuditEntry) -> tuple[About, UUID | None, str, str | None]:
    return one.about, one.about_id, one.purpose, one.reason
