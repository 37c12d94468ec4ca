"""The twin of the families that look alike."""

from collections.abc import Iterator
from uuid import UUID

from services.intake.domain.alike import COUNTED, AlikeSearch
from services.intake.domain.case import Case
from services.intake.domain.same_child import PairState, SameChild
from shared.events.alike_families import Children, HomeLanguage
from tests.twins.tables import MemoryTables


class InMemoryAlike:
    """By the cases of the other twins."""

    def __init__(self, tables: MemoryTables) -> None:
        self._cases: dict[UUID, Case] = tables.table("cases")
        self._pairs: dict[UUID, SameChild] = tables.table("same_children")

    async def are_at_least(self, number: int, search: AlikeSearch) -> bool:
        found = {case.opening.household_id for case in self._counted() if self._looks_like(case, search)}
        return len(found) >= number

    def _counted(self) -> Iterator[Case]:
        twins = {pair.younger for pair in self._pairs.values() if pair.state in {PairState.ASKED, PairState.JOINED}}
        for case in self._cases.values():
            if case.state in COUNTED and case.hold is None and case.id not in twins:
                yield case

    def _looks_like(self, case: Case, search: AlikeSearch) -> bool:
        shape, opening = search.shape, case.opening
        is_own = opening.family_language == search.language
        several = any(
            other.opening.household_id == opening.household_id and other.id != case.id for other in self._counted()
        )
        return (
            search.since <= case.received_at < search.until
            and {need.category for need in case.needs} >= set(shape.categories)
            and shape.age_band in {None, opening.age_band}
            and shape.district in {None, opening.district}
            and shape.home_language in {None, HomeLanguage.OF_THE_CITY if is_own else HomeLanguage.ANOTHER}
            and shape.children in {None, Children.SEVERAL if several else Children.ONE}
        )
