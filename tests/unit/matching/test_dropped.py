"""A later inventory does not name a need any more: nobody is asked for it, even while a partner helps."""

from typing import Any
from uuid import UUID

import pytest

from services.matching.commands import ConfirmOutcome, DeliverHelp, FailHelp, StartHelp
from services.matching.handlers.cases import go_on, propose_partners, stop_for_closing
from services.matching.handlers.progress import confirm_outcome, deliver_help, fail_help, start_help
from shared.events.case_codes import CloseReason
from shared.events.intake import CaseClosed, CaseReopened
from shared.events.matching import PartnerActivated, ReferralWithdrawn
from shared.events.referral_codes import FailureReason, Outcome, WithdrawReason
from tests.unit.matching.city import NOON, World, assessed, named, need
from tests.unit.matching.given import CONTACT, JUF, TODAY, delivered, met

CASE: dict[str, Any] = {"subject": named("case"), "occurred_at": NOON}
WHOSE: dict[str, Any] = {**CASE, "case_code": "AC34-DEFG", "ambassador_id": named("juf")}


async def dropped(world: World) -> int:
    """The next inventory names sport only. Returns how many partners were asked."""
    async with world.units.begin() as unit:
        await propose_partners(assessed(need("sport")), unit)
    return len(world.published(PartnerActivated))


async def helped() -> tuple[World, UUID]:
    world, referral_id = await met(need("bike"), need("sport"))
    async with world.units.begin() as unit:
        await start_help(StartHelp(referral_id, TODAY, CONTACT), unit)
    return world, referral_id


@pytest.mark.parametrize("reason", list(FailureReason))
async def test_dropped_need_whose_help_stops_is_asked_for_no_more(reason: FailureReason) -> None:
    world, referral_id = await helped()
    before = await dropped(world)

    async with world.units.begin() as unit:
        await fail_help(FailHelp(referral_id, reason, CONTACT), unit)
        closed = CaseClosed(**WHOSE, closed_by=named("regie"), reason=CloseReason.MOVED_AWAY)
        await stop_for_closing(closed, unit)
        await go_on(CaseReopened(**CASE, reopened_by=named("regie")), unit)

    assert [fact.category for fact in world.published(PartnerActivated)[before:]] == ["sport"]


async def test_dropped_need_whose_help_did_not_help_is_asked_for_no_more() -> None:
    world, referral_id = await delivered(need("bike"), need("sport"))
    before = await dropped(world)

    async with world.units.begin() as unit:
        await confirm_outcome(ConfirmOutcome(referral_id, Outcome.NOT_HELPED, JUF), unit)

    assert len(world.published(PartnerActivated)) == before


async def test_dropped_need_that_is_named_again_after_its_help_was_given_holds_up_no_other() -> None:
    world, referral_id = await helped()
    await dropped(world)
    async with world.units.begin() as unit:
        await deliver_help(DeliverHelp(referral_id, TODAY, CONTACT), unit)

    async with world.units.begin() as unit:
        await propose_partners(assessed(need("bike"), need("sport", name="later", after=("bike",))), unit)

    assert world.published(PartnerActivated)[-1].need_id == named("need later")


async def test_inventory_that_drops_a_need_takes_its_question_back() -> None:
    world = await World().with_partners("fietsbende", categories=("bike", "sport"))
    async with world.units.begin() as unit:
        await propose_partners(assessed(need("bike"), need("sport")), unit)

    async with world.units.begin() as unit:
        await propose_partners(assessed(need("sport")), unit)

    [withdrawn] = world.published(ReferralWithdrawn)
    assert (withdrawn.need_id, withdrawn.reason) == (named("need bike"), WithdrawReason.NEED_GONE)
