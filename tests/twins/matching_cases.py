"""Cases in memory, as matching knows them."""

from copy import deepcopy
from uuid import UUID

from services.matching.domain.case import CaseFile, CaseState
from services.matching.domain.disclosure import Alike
from tests.twins.tables import MemoryTables


class InMemoryCases:
    """Cases in a dict."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, CaseFile] = tables.table("cases")

    async def get(self, case_id: UUID) -> CaseFile | None:
        return deepcopy(self._rows.get(case_id))

    async def read(self, case_id: UUID) -> CaseFile | None:
        return deepcopy(self._rows.get(case_id))

    async def find_by_need(self, need_id: UUID) -> UUID | None:
        return next((case.id for case in self._rows.values() if need_id in case.needs), None)

    async def count_alike(self, case: CaseFile) -> Alike:
        near = [
            one
            for one in self._rows.values()
            if one.age_band == case.age_band
            and one.state is not CaseState.WITHDRAWN
            and case.district in (None, one.district)
        ]
        schools = {one.household_id or one.id for one in near if one.organisation_id == case.organisation_id}
        languages = {one.household_id or one.id for one in near if one.language == case.language}
        both = {
            one.household_id or one.id
            for one in near
            if one.language == case.language and one.organisation_id == case.organisation_id
        }
        return Alike(len(schools), len(languages), len(both))

    async def add(self, case: CaseFile) -> None:
        self._rows.setdefault(case.id, deepcopy(case))

    async def save(self, case: CaseFile) -> None:
        self._rows[case.id] = deepcopy(case)

    async def forget(self, case_id: UUID) -> None:
        self._rows.pop(case_id, None)
