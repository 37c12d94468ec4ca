"""Somebody worries about a child's safety, and later people let the case go on."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from services.intake.domain.rules import Viewer
from services.intake.handlers import safety
from shared.events.base import Role
from tests.simulation.addresses import Addresses
from tests.simulation.doing import Doing

WORRY_RATE = 0.25
HIDING_RATE = 0.3


class Worries(Doing):
    """The red button, pressed at any moment of a life. The school has no officer: ambassador and desk lift it."""

    async def worry_or_go_on(self, cases: list[UUID], ambassador: Viewer, coordinator: Viewer) -> None:
        """Most often one that stands still goes on; now and then another one stops."""
        if not cases:
            return
        case_id = self.random.choice(cases)
        if self.random.random() < HIDING_RATE:
            await Addresses(self.world).hide_or_show(case_id, ambassador)
        elif self.stands_still(case_id):
            await self.lift(case_id, ambassador, coordinator)
        elif self.random.random() < WORRY_RATE:
            who = self.random.choice([ambassador, coordinator])
            await self.do(self.world.intake, "worries", case_id, partial(safety.press, case_id, viewer=who))

    async def lift(self, case_id: UUID, ambassador: Viewer, coordinator: Viewer) -> None:
        """One asks, the other confirms; a connection that breaks in between is a reason to press again."""
        for who in self.random.sample([ambassador, coordinator], 2):
            work = partial(safety.let_go_on, case_id, viewer=who)
            await self.do(self.world.intake, f"{who.role} lifts", case_id, work, again=False)

    def stands_still(self, case_id: UUID) -> bool:
        """Whether intake knows it as such; of one that is erased it knows nothing."""
        case = self.world.intake.truth.tables.table("cases").get(case_id)
        return case is not None and case.hold is not None

    async def officer_lifts(self, case_id: UUID, school: UUID) -> None:
        """For the end of a life: whatever was asked before, the case goes on."""
        officer = Viewer(UUID(int=7), Role.SAFETY_OFFICER, school)
        await self.do(self.world.intake, "officer lifts", case_id, partial(safety.let_go_on, case_id, viewer=officer))

    async def let_all_go_on(self, cases: Sequence[UUID], school_id: UUID) -> None:
        """Whatever stands still goes on."""
        for case_id in cases:
            if self.stands_still(case_id):
                await self.officer_lifts(case_id, school_id)
