"""Marks of children and pairs of cases, in memory: the twin of `services.intake.store.same_child`."""

from copy import copy
from itertools import combinations
from uuid import UUID

from services.intake.domain.case import Case
from services.intake.domain.same_child import PairState, SameChild
from tests.twins.tables import MemoryTables


class InMemorySameChildren:
    """Both in dicts."""

    def __init__(self, tables: MemoryTables) -> None:
        self._marks: dict[UUID, bytes] = tables.table("child_marks")
        self._rows: dict[UUID, SameChild] = tables.table("same_children")
        self._cases: dict[UUID, Case] = tables.table("cases")

    async def mark(self, case_id: UUID, mark: bytes | None) -> None:
        self._marks.pop(case_id, None)
        if mark is not None:
            self._marks[case_id] = mark

    async def find_new(self, limit: int) -> list[tuple[UUID, UUID]]:
        known = {(row.older, row.younger) for row in self._rows.values()}
        cases = sorted(self._cases.values(), key=lambda case: (case.received_at, case.id))
        found = [(one, other) for one, other in combinations(cases, 2) if self._may_be_one(one, other)]
        found.sort(key=lambda pair: (pair[1].received_at, pair[1].id, pair[0].id))
        return [(one.id, other.id) for one, other in found if (one.id, other.id) not in known][:limit]

    async def add(self, pair: SameChild) -> bool:
        if any((row.older, row.younger) == (pair.older, pair.younger) for row in self._rows.values()):
            return False
        self._rows[pair.id] = copy(pair)
        return True

    async def get(self, pair_id: UUID) -> SameChild | None:
        return copy(self._rows[pair_id]) if pair_id in self._rows else None

    async def save(self, pair: SameChild) -> None:
        self._rows[pair.id] = copy(pair)

    async def list_of_case(self, case_id: UUID) -> list[SameChild]:
        return self._list([row for row in self._rows.values() if case_id in {row.older, row.younger}])

    async def list_joined(self) -> list[SameChild]:
        return self._list([row for row in self._rows.values() if row.state is PairState.JOINED])

    async def list_alone(self) -> list[UUID]:
        joined = {one for row in await self.list_joined() for one in (row.older, row.younger)}
        going = [case for case in self._cases.values() if case.is_open and case.hold is None and case.elsewhere]
        return sorted(case.id for case in going if case.id not in joined)

    async def list_asked(self) -> list[SameChild]:
        return self._list([row for row in self._rows.values() if row.state is PairState.ASKED])

    def forget(self, case_id: UUID) -> None:
        """As the database does with what hangs on the key of a case."""
        self._marks.pop(case_id, None)
        for key in [key for key, row in self._rows.items() if case_id in {row.older, row.younger}]:
            del self._rows[key]

    def _list(self, rows: list[SameChild]) -> list[SameChild]:
        return [copy(row) for row in sorted(rows, key=lambda row: (row.found_at, row.id))]

    def _may_be_one(self, one: Case, other: Case) -> bool:
        mark, families = self._marks.get(one.id), {one.opening.household_id, other.opening.household_id}
        relatives = [case for case in self._cases.values() if case.opening.household_id in families]
        shut = any(case.hold is not None or case.opening.address_is_secret for case in relatives)
        same = mark is not None and mark == self._marks.get(other.id)
        return same and one.is_open and other.is_open and len(families) > 1 and not shut
