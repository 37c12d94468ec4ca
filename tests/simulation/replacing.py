"""People who make way for others: another ambassador for a family, another contact for a question."""

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

from services.intake.commands import HandOver
from services.intake.domain.rules import Viewer
from services.intake.handlers.handing_over import hand_over
from services.matching.handlers.passing_on import pass_question
from shared.events.base import Role
from tests.simulation.doing import Doing

NOBODY = Viewer(UUID(int=1), Role.COORDINATOR, UUID(int=2))


class Replacing(Doing):
    """Somebody of the desk, or whoever it was before, passes it on."""

    coordinator = NOBODY

    async def hand_over(self, case_id: UUID, now: Viewer, ambassadors: Sequence[Viewer]) -> None:
        """A colleague is the family's ambassador from now on."""
        to = self.random.choice([one for one in ambassadors if one != now])
        told_on = self.random.choice([None, self.world.today])
        command = HandOver(
            case_id=case_id, ambassador_id=to.person_id, organisation_id=to.organisation_id, told_on=told_on
        )
        by = self.random.choice([now, self.coordinator])
        await self.do(self.world.intake, "gets another ambassador", case_id, lambda unit: hand_over(command, unit, by))

    async def pass_question(self) -> None:
        """A colleague at the partner speaks for it from now on."""
        tables = self.world.matching.truth.tables
        open_ = [one for one in tables.table("referrals").values() if one.is_active]
        if not open_:
            return
        one = self.random.choice(open_)
        there: list[Any] = [
            each
            for each in tables.table("people").values()
            if each.works_for(one.organisation_id) and each.id != one.contact_id
        ]
        to = self.random.choice(there).id
        work = partial(pass_question, one.id, to, by=self.coordinator.person_id)
        await self.do(self.world.matching, "gets another contact", one.case_id, work)
