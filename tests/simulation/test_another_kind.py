"""A need becomes another kind of thing while a partner works on it, or after it said no: over all four services."""

from functools import partial
from typing import Any
from uuid import UUID

from services.intake.commands import CompleteInventory, NeedAsked
from services.intake.handlers.inventory import complete_inventory
from services.matching import commands as ask
from services.matching.handlers import handover, partner_answers, progress
from services.monitoring.domain.need import NeedState as WatchedState
from shared.events.base import Urgency
from shared.events.referral_codes import ColdReason, DeclineReason, Outcome
from tests.simulation import promises
from tests.simulation.city import a_need, a_request
from tests.simulation.passing import settle
from tests.simulation.people import People
from tests.simulation.world import Node, World
from tests.unit.intake.builders import submit_request

SOON = Urgency.SOON


class Story:
    """One child, and what people do for it, one after the other and without faults."""

    def __init__(self) -> None:
        self.world = World(1, crash_rate=0.0)
        self.people = People(self.world)
        self.case_id = UUID(int=0)

    async def begins(self, category: str) -> UUID:
        """The school asks, and the inventory finds the same need. Returns its id."""
        await self.people.move_in()
        asked = a_request(self.people.ambassador, (a_need(category, SOON),))
        case = await self._do(self.world.intake, partial(submit_request, asked))
        self.case_id = case.id
        return (await self.finds(a_need(category, SOON, case.needs[0].need_id)))[0]

    async def finds(self, *needs: NeedAsked) -> list[UUID]:
        """An inventory; returns the ids of the needs."""
        command = CompleteInventory(case_id=self.case_id, needs=needs, discussed_on=self.world.today)
        case = await self._do(self.world.intake, lambda unit: complete_inventory(command, unit, self.people.ambassador))
        return [need.need_id for need in case.needs]

    async def hears(self, step: Any, make: Any, referral: Any, *more: Any) -> None:
        """A partner or the ambassador tells something."""
        await self._do(self.world.matching, partial(step, make(referral.id, *more)))

    async def helps(self, referral: Any) -> None:
        """This partner says yes, and begins."""
        today = self.world.today
        contact = referral.contact_id
        await self.hears(partner_answers.accept_referral, ask.AcceptReferral, referral, contact, today, contact)
        await self.hears(handover.hand_over_cold, ask.HandOverCold, referral, ColdReason.ONLY_GOODS, today, contact)
        await self.hears(progress.start_help, ask.StartHelp, referral, today, contact)

    async def ends(self, referral: Any, outcome: Outcome) -> None:
        """The help is given, and the family has its word."""
        today, juf = self.world.today, self.people.ambassador.person_id
        await self.hears(progress.deliver_help, ask.DeliverHelp, referral, today, juf)
        await self.hears(progress.confirm_outcome, ask.ConfirmOutcome, referral, outcome, juf)

    def asked_for(self, need_id: UUID) -> list[Any]:
        rows = self.world.matching.truth.tables.table("referrals").values()
        return [one for one in rows if one.need_id == need_id]

    def watched(self, need_id: UUID) -> WatchedState:
        state: WatchedState = self.world.monitoring.truth.tables.table("watches")[self.case_id].needs[need_id].stands
        return state

    async def _do(self, node: Node, work: Any) -> Any:
        async with node.truth.begin() as unit:
            result = await work(unit)
        await settle(self.world)
        if self.case_id.int:
            promises.at_rest(self.world, [self.case_id])
        return result


async def test_need_that_becomes_another_kind_while_its_help_runs_is_asked_for_at_once() -> None:
    story = Story()
    bike = await story.begins("bike")
    (helping,) = story.asked_for(bike)
    await story.helps(helping)

    (food,) = await story.finds(a_need("food", SOON, bike))
    assert [one.category for one in story.asked_for(food)] == ["food"]

    await story.ends(helping, Outcome.HELPED)
    assert (story.watched(bike), story.watched(food)) == (WatchedState.DONE, WatchedState.WITH_PARTNER)
    assert await story.finds(a_need("food", SOON, bike)) == [food]
    assert len(story.asked_for(food)) == 1


async def test_partner_that_said_no_to_one_kind_is_asked_for_another() -> None:
    story = Story()
    bike = await story.begins("bike")
    refused = []
    # Every partner that could help with the first kind says no.
    while story.asked_for(bike)[-1].is_active:
        refused.append(story.asked_for(bike)[-1].organisation_id)
        no = (
            partner_answers.decline_referral,
            ask.DeclineReferral,
            story.asked_for(bike)[-1],
            DeclineReason.NO_CAPACITY,
        )
        await story.hears(*no)
    assert story.watched(bike) is WatchedState.NOBODY

    (food,) = await story.finds(a_need("food", SOON, bike))
    (asked,) = story.asked_for(food)
    assert asked.organisation_id in refused
    assert story.watched(food) is WatchedState.WITH_PARTNER
