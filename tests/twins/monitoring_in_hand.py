"""How many families wait for whom, worked out from the watches in memory."""

from collections import Counter
from datetime import datetime
from uuid import UUID

from services.monitoring.domain.in_hand import InHand, in_hand_of, is_heavy
from services.monitoring.domain.watch import Watch
from tests.twins.tables import MemoryTables


class InMemoryFamiliesInHand:
    """What was told, and what is planned."""

    def __init__(self, tables: MemoryTables) -> None:
        self._watches: dict[UUID, Watch] = tables.table("watches")
        self._told: dict[UUID, InHand] = tables.table("families_told")
        self._check_ins: dict[UUID, datetime] = tables.table("check_ins")

    async def list_changed(self, many_needs: int, limit: int) -> list[InHand]:
        families: Counter[UUID] = Counter()
        heavy: Counter[UUID] = Counter()
        for watch in self._watches.values():
            if (whose := in_hand_of(watch)) is not None:
                families[whose] += 1
                heavy[whose] += is_heavy(watch, many_needs)
        now = {one: InHand(one, families[one], heavy[one]) for one in families.keys() | self._told.keys()}
        changed = [each for one, each in now.items() if each != self._told.get(one, InHand(one))]
        return sorted(changed, key=lambda each: each.person_id)[:limit]

    async def tell(self, told: InHand) -> None:
        self._told.pop(told.person_id, None)
        if told.families:
            self._told[told.person_id] = told

    async def plan_check_in(self, person_id: UUID, due_at: datetime) -> None:
        self._check_ins.setdefault(person_id, due_at)

    async def take_check_ins(self, now: datetime, limit: int) -> list[UUID]:
        due = sorted((at, one) for one, at in self._check_ins.items() if at <= now)[:limit]
        for _, one in due:
            del self._check_ins[one]
        return sorted(one for _, one in due)
