"""How partners were sought, in memory: the twin of `store.search_history`."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from services.matching.domain.rules import without_district
from services.matching.domain.search_history import Considered, DeskChoice, KeptRanking
from tests.twins.unit_of_work import MemoryContext


class InMemorySearchHistory:
    """Rankings and choices in dicts; the key of a ranking holds its case, its need and its number."""

    def __init__(self, context: MemoryContext) -> None:
        self._now = context.now
        self._rankings: dict[tuple[UUID, UUID, int], KeptRanking] = context.tables.table("rankings")
        self._choices: dict[UUID, DeskChoice] = context.tables.table("desk_choices")

    async def add_ranking(
        self, case_id: UUID, need_id: UUID, lines: Sequence[Considered], more: tuple[int, int] = (0, 0)
    ) -> None:
        number = len(await self.list_rankings(need_id)) + 1
        self._rankings[case_id, need_id, number] = KeptRanking(number, self._now, tuple(lines), *more)

    async def list_rankings(self, need_id: UUID) -> list[KeptRanking]:
        of_need = [ranking for (_, need, _), ranking in self._rankings.items() if need == need_id]
        return sorted(of_need, key=lambda ranking: -ranking.number)

    async def add_choice(self, choice: DeskChoice) -> None:
        self._choices[choice.id] = choice

    async def list_choices(self, need_id: UUID) -> list[DeskChoice]:
        of_need = (choice for choice in self._choices.values() if choice.need_id == need_id)
        return sorted(of_need, key=lambda choice: choice.id)

    async def forget_district(self, case_id: UUID) -> None:
        for key, kept in self._rankings.items():
            if key[0] == case_id:
                lines = tuple(replace(line, reasons=without_district(line.reasons)) for line in kept.lines)
                self._rankings[key] = replace(kept, lines=lines)

    async def forget_case(self, case_id: UUID) -> None:
        for key in [key for key in self._rankings if key[0] == case_id]:
            del self._rankings[key]
        for choice in [choice for choice in self._choices.values() if choice.case_id == case_id]:
            del self._choices[choice.id]
