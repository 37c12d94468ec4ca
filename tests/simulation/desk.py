"""The desk at its list: somebody takes a point, gives it back, lets it wait, writes it down, or says what was done."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from services.monitoring.commands import (
    HandOverPoint,
    Point,
    PostponePoint,
    ResolveEscalation,
    TakePoint,
    WriteNote,
)
from services.monitoring.handlers import desk
from shared.events.desk_codes import Resolution, WaitReason
from tests.simulation.doing import Doing


class Desk(Doing):
    """One coordinator, `person_id`, of the desk."""

    person_id = UUID(int=1)

    async def work_on_a_point(self) -> bool:
        """Any open point, in any of these ways; False: there is none."""
        listed = [
            Point(watch.case_id, one.escalation_id, one.version)
            for watch in self.world.monitoring.truth.tables.table("watches").values()
            for one in watch.open_escalations
        ]
        if not listed:
            return False
        point = self.random.choice(listed)
        what, work = self.random.choice(self._ways(point))
        await self.do(self.world.monitoring, what, point.case_id, work)
        return True

    def _ways(self, point: Point) -> list[tuple[str, Callable[[Any], Any]]]:
        done = ResolveEscalation(
            point.case_id, point.escalation_id, self.random.choice(list(Resolution)), self.person_id
        )
        until = self.world.today + timedelta(days=self.random.choice([0, 3, 10, 30, 40]))
        note = WriteNote(
            point.case_id, self.person_id, "Morgen bellen.", note_id=UUID(int=self.random.getrandbits(128))
        )
        wait = PostponePoint(point, until, self.random.choice(list(WaitReason)), self.person_id)
        return [
            *([("resolves", partial(desk.resolve_escalation, done))] * 3),
            ("takes a point", partial(desk.take_point, TakePoint(point, self.person_id))),
            ("gives a point back", partial(desk.hand_over_point, HandOverPoint(point, self.person_id, None))),
            ("lets a point wait", partial(desk.postpone_point, wait)),
            ("writes down", partial(desk.write_note, note)),
        ]
