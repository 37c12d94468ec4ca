"""What cannot wait for the inventory is asked now, and a family that rests is left alone."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.matching.commands import DeclineReferral
from services.matching.domain.case import CaseState, NeedState
from services.matching.domain.referral_state import ReferralState
from services.matching.handlers.cases import (
    ask_before_inventory,
    await_inventory,
    go_on,
    go_on_after_rest,
    propose_partners,
    rest,
    stop_for_closing,
)
from services.matching.handlers.partner_answers import decline_referral
from services.matching.handlers.stopping import stop_for_withdrawal
from shared.events.base import Beneficiary, Horizon, Need, Urgency
from shared.events.case_codes import CloseReason, NeedResult, PauseWish
from shared.events.intake import (
    CaseClosed,
    CasePaused,
    CaseReopened,
    CaseResumed,
    ClosedNeed,
    NewQuestionRaised,
    UrgentNeedRaised,
)
from shared.events.matching import PartnerActivated, ReferralWithdrawn
from shared.events.referral_codes import DeclineReason
from tests.unit.matching.city import NOON, World, assessed, contact, named, need, withdrawn
from tests.unit.matching.given import accepted, asked, met

CASE: dict[str, Any] = {"subject": named("case"), "occurred_at": NOON}
WHOSE: dict[str, Any] = {**CASE, "case_code": "AC34-DEFG", "ambassador_id": named("juf")}
RESTS = CasePaused(**WHOSE, until=date(2026, 4, 1), wished_by=PauseWish.FAMILY)
WOKEN = CaseResumed(**WHOSE)


def urgent(*needs: Need) -> UrgentNeedRaised:
    facts = assessed(*needs).model_dump()
    return UrgentNeedRaised.model_validate({name: facts[name] for name in UrgentNeedRaised.model_fields})


async def test_urgent_need_asks_a_partner_before_the_inventory_and_once() -> None:
    world = await World().with_partners("fietsbende", "rijwielhulp", categories=("bike", "sport"))
    today = need("bike", urgency=Urgency.TODAY)

    for _ in range(2):
        async with world.units.begin() as unit:
            await ask_before_inventory(urgent(today), unit)
    async with world.units.begin() as unit:
        # The inventory names it again under the same id, with what came up besides.
        await propose_partners(assessed(today, need("sport")), unit)

    assert [fact.category for fact in world.published(PartnerActivated)] == ["bike", "sport"]


async def test_urgent_need_of_a_family_that_stopped_asks_nobody() -> None:
    world, _ = await asked()
    async with world.units.begin() as unit:
        await stop_for_withdrawal(withdrawn(), unit)
        await ask_before_inventory(urgent(need("sport", urgency=Urgency.TODAY)), unit)

    assert len(world.published(PartnerActivated)) == 1


@pytest.mark.parametrize("later", [need(urgency=Urgency.TODAY), need(urgency=Urgency.SOON)])
async def test_need_that_becomes_more_urgent_brings_the_last_moment_forward(later: Need) -> None:
    world, _ = await asked()
    [before] = await world.referrals()

    async with world.units.begin() as unit:
        await propose_partners(assessed(later), unit)

    [after] = await world.referrals()
    assert after.answer_by < before.answer_by
    async with world.units.begin() as unit:
        await propose_partners(assessed(), unit)
    assert (await world.referrals())[0].answer_by == after.answer_by


async def test_question_says_for_whom_and_until_when_and_who_else_may_answer() -> None:
    world = await World().with_partners("fietsbende")
    async with world.units.begin() as unit:
        service = await unit.services.read(named("service fietsbende"))
        assert service is not None
        deputy = replace(contact("fietsbende"), id=named("deputy"), email="deputy@fietsbende.example")
        await unit.people.save(deputy)
        await unit.services.save(replace(service, contact_ids=(*service.contact_ids, deputy.id)))
        long_one = need(beneficiary=Beneficiary.HOUSEHOLD).model_copy(update={"horizon": Horizon.LONG})
        await propose_partners(assessed(long_one), unit)

    [fact] = world.published(PartnerActivated)
    assert (fact.beneficiary, fact.horizon, fact.deputy_id) == (Beneficiary.HOUSEHOLD, Horizon.LONG, named("deputy"))
    # Asked on Monday at noon; without hurry that is six working days.
    assert fact.answer_by.astimezone(world.city.zone).isoformat() == "2026-03-10T12:00:00+01:00"


async def test_contact_who_left_is_passed_over_for_the_next_of_the_service() -> None:
    world = await World().with_partners("fietsbende")
    async with world.units.begin() as unit:
        service = await unit.services.read(named("service fietsbende"))
        assert service is not None
        await unit.people.save(replace(contact("fietsbende"), active=False))
        await unit.people.save(replace(contact("fietsbende"), id=named("deputy"), email="deputy@fietsbende.example"))
        await unit.services.save(replace(service, contact_ids=(*service.contact_ids, named("deputy"))))
        await propose_partners(assessed(), unit)

    [fact] = world.published(PartnerActivated)
    assert (fact.contact_id, fact.deputy_id) == (named("deputy"), None)


async def test_nobody_new_is_asked_while_a_family_rests_and_then_it_goes_on() -> None:
    world, referral_id = await asked()
    async with world.units.begin() as unit:
        await rest(RESTS, unit)
        await decline_referral(DeclineReferral(referral_id, DeclineReason.OTHER), unit)
        await propose_partners(assessed(need("bike"), need("sport")), unit)
    assert len(world.published(PartnerActivated)) == 1

    for _ in range(2):
        async with world.units.begin() as unit:
            await go_on_after_rest(WOKEN, unit)

    assert sorted(fact.category for fact in world.published(PartnerActivated)) == ["bike", "bike", "sport"]


async def test_rest_leaves_help_that_runs_alone_and_a_closed_case_closed() -> None:
    world, _ = await accepted()
    async with world.units.begin() as unit:
        await rest(RESTS, unit)
        await stop_for_closing(CaseClosed(**WHOSE, closed_by=named("regie"), reason=CloseReason.MOVED_AWAY), unit)
        await go_on_after_rest(WOKEN, unit)
        case = await unit.cases.read(named("case"))

    assert case is not None
    assert case.state is CaseState.CLOSED
    assert len(world.published(ReferralWithdrawn)) == 1


@pytest.mark.parametrize(
    ("result", "state", "goes_on"),
    [
        (NeedResult.MET, NeedState.MET, True),
        (NeedResult.PARTLY, NeedState.WITH_PARTNER, True),
        (NeedResult.NOT_MET, NeedState.WITH_PARTNER, False),
        (NeedResult.NO_LONGER_WANTED, NeedState.STOPPED, False),
        (NeedResult.ELSEWHERE, NeedState.MET, False),
    ],
)
async def test_closing_says_what_became_of_a_need(result: NeedResult, state: NeedState, *, goes_on: bool) -> None:
    world, referral_id = await met()
    results = (ClosedNeed(need_id=named("need bike"), result=result),)
    closed = CaseClosed(**WHOSE, closed_by=named("regie"), reason=CloseReason.OTHER_SUPPORT, needs=results)
    async with world.units.begin() as unit:
        await stop_for_closing(closed, unit)
        await go_on(CaseReopened(**CASE, reopened_by=named("regie")), unit)
        case = await unit.cases.read(named("case"))
        referral = await unit.referrals.read(referral_id)

    assert case is not None
    assert referral is not None
    assert case.needs[named("need bike")].state is state
    assert (referral.state is ReferralState.HANDED_OVER) == goes_on


async def test_new_question_leaves_a_need_with_the_partner_that_went_on_after_closing() -> None:
    world, _ = await met()
    results = (ClosedNeed(need_id=named("need bike"), result=NeedResult.PARTLY),)
    closed = CaseClosed(**WHOSE, closed_by=named("regie"), reason=CloseReason.OTHER_SUPPORT, needs=results)
    async with world.units.begin() as unit:
        await stop_for_closing(closed, unit)
        await await_inventory(NewQuestionRaised(**CASE, raised_by=named("juf")), unit)
        case = await unit.cases.read(named("case"))

    assert case is not None
    assert case.needs[named("need bike")].state is NeedState.WITH_PARTNER
