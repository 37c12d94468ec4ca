"""The twins of what erasing a case needs: who must confirm it, and the ledger, which no transaction takes back."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from services.intake.domain.erasure import Unconfirmed
from tests.twins.tables import MemoryTables


class InMemoryLedger:
    """Who was erased, in a dict."""

    def __init__(self) -> None:
        self.days: dict[UUID, date] = {}

    def add(self, case_id: UUID, day: date) -> None:
        self.days[case_id] = day

    def read(self) -> dict[UUID, date]:
        return dict(self.days)


class InMemoryUnconfirmed:
    """Erased cases that a service did not confirm yet, in a dict."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Unconfirmed] = tables.table("unconfirmed_erasures")

    async def await_all(self, case_id: UUID, services: Collection[str], since: datetime) -> None:
        self._rows[case_id] = Unconfirmed(case_id, since, sorted(services))

    async def confirm(self, case_id: UUID, service: str) -> None:
        if case_id not in self._rows:
            return
        left = [each for each in self._rows[case_id].waits_for if each != service]
        self._rows[case_id] = replace(self._rows[case_id], waits_for=left)
        if not left:
            del self._rows[case_id]

    async def read(self, case_id: UUID) -> Unconfirmed | None:
        return self._rows.get(case_id)

    async def list_since(self, before: datetime, limit: int) -> list[Unconfirmed]:
        old = [row for row in self._rows.values() if row.since < before]
        return sorted(old, key=lambda row: row.since)[:limit]
