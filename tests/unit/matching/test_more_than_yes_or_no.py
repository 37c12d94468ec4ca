"""Between yes and no: later, not us but they, full until a day, a no taken back."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from services.matching.commands import DeclineReferral
from services.matching.domain.errors import (
    FullUntilOutOfRange,
    OfferUnknown,
    SomebodyElseWasAsked,
    StartDayOutOfRange,
    StepNotPossible,
)
from services.matching.domain.referral_state import ReferralState
from services.matching.handlers.cases import propose_partners
from services.matching.handlers.family_wish import prefer_another
from services.matching.handlers.partner_answers import (
    decline_referral,
    redirect_referral,
    revert_decline,
    wait_for_partner,
)
from shared.events.matching import (
    DeclineReverted,
    NoPartnerFound,
    PartnerActivated,
    PartnerDeclined,
    PartnerRedirected,
    PartnerWaitlisted,
    ReferralWithdrawn,
)
from shared.events.referral_codes import DeclineReason, WithdrawReason
from tests.unit.matching.city import NOON, World, assessed, contact, named, organisation, service
from tests.unit.matching.given import TODAY, asked, state_of

FULL = DeclineReason.NO_CAPACITY


async def test_partner_that_helps_later_keeps_the_need_and_nobody_else_is_asked() -> None:
    world, referral_id = await asked()

    for _ in range(2):
        async with world.units.begin() as unit:
            await wait_for_partner(referral_id, TODAY + timedelta(days=7), unit)

    [fact] = world.published(PartnerWaitlisted)
    assert fact.from_day == date(2026, 3, 9)
    assert len(world.published(PartnerActivated)) == 1
    assert await state_of(world, referral_id) is ReferralState.WAITLISTED


@pytest.mark.parametrize("days", [-1, 0, 91])
async def test_partner_cannot_promise_help_from_a_day_out_of_range(days: int) -> None:
    world, referral_id = await asked()

    with pytest.raises(StartDayOutOfRange):
        async with world.units.begin() as unit:
            await wait_for_partner(referral_id, TODAY + timedelta(days=days), unit)


async def test_family_that_will_not_wait_gets_another_partner_and_not_the_same_again() -> None:
    world, referral_id = await asked()
    async with world.units.begin() as unit:
        await wait_for_partner(referral_id, TODAY + timedelta(days=7), unit)
        await prefer_another(referral_id, unit)

    [fact] = world.published(ReferralWithdrawn)
    # It counts on helping, and so it is told.
    assert (fact.reason, fact.was_helping) == (WithdrawReason.REPLACED, True)
    assert [one.organisation_id for one in world.published(PartnerActivated)] == [
        named("fietsbende"),
        named("rijwielhulp"),
    ]
    with pytest.raises(StepNotPossible):
        async with world.units.begin() as unit:
            await prefer_another(referral_id, unit)


async def three_partners() -> World:
    """The first one is asked; the second would be next, and the third comes last. One is not wanted by the family."""
    world = await World().with_partners("fietsbende", "rijwielhulp", "trapkracht")
    async with world.units.begin() as unit:
        await unit.organisations.save(organisation("unwanted"))
    async with world.units.begin() as unit:
        await propose_partners(assessed(unwanted=(named("unwanted"),)), unit)
    return world


async def test_partner_that_is_named_by_another_is_asked_next() -> None:
    world = await three_partners()
    referral_id = world.published(PartnerActivated)[0].referral_id

    async with world.units.begin() as unit:
        await redirect_referral(referral_id, named("service trapkracht"), unit)
        ranking = (await unit.history.list_rankings(named("need bike")))[0].lines

    [fact] = world.published(PartnerRedirected)
    assert (fact.to_organisation_id, fact.to_service_id) == (named("trapkracht"), named("service trapkracht"))
    assert world.published(PartnerActivated)[-1].organisation_id == named("trapkracht")
    assert ranking[0].reasons[0] == "Genoemd door een andere partner"


@pytest.mark.parametrize("why", ["not for this", "not wanted", "full"])
async def test_partner_that_is_named_and_does_not_fit_is_passed_over(why: str) -> None:
    world = await three_partners()
    changes: dict[str, dict[str, Any]] = {
        "not for this": {"categories": ("food",)},
        "full": {"full_until": TODAY + timedelta(days=1)},
    }
    owner = "unwanted" if why == "not wanted" else "trapkracht"
    async with world.units.begin() as unit:
        await unit.organisations.save(organisation(owner))
        await unit.people.save(contact(owner))
        await unit.services.save(replace(service(owner), **changes.get(why, {})))

    async with world.units.begin() as unit:
        await redirect_referral(world.published(PartnerActivated)[0].referral_id, named(f"service {owner}"), unit)

    assert world.published(PartnerActivated)[-1].organisation_id == named("rijwielhulp")


@pytest.mark.parametrize("name", ["service fietsbende", "service nobody"])
async def test_partner_cannot_name_itself_or_nobody(name: str) -> None:
    world, referral_id = await asked()

    with pytest.raises(OfferUnknown):
        async with world.units.begin() as unit:
            await redirect_referral(referral_id, named(name), unit)

    assert await state_of(world, referral_id) is ReferralState.ACTIVATED


async def test_partner_that_is_full_is_not_asked_for_the_next_child_until_its_day() -> None:
    world, referral_id = await asked()
    async with world.units.begin() as unit:
        await decline_referral(DeclineReferral(referral_id, FULL, full_until=TODAY + timedelta(days=7)), unit)
    assert world.published(PartnerDeclined)[0].full_until == date(2026, 3, 9)

    async def asked_for(case: str) -> object:
        async with world.units.begin() as unit:
            from_now = assessed(case=case)
            need = from_now.needs[0].model_copy(update={"need_id": named(f"need of {case}")})
            await propose_partners(from_now.model_copy(update={"needs": (need,)}), unit)
        return world.published(PartnerActivated)[-1].organisation_id

    assert await asked_for("two seconds later") == named("rijwielhulp")
    async with world.units.begin() as unit:
        ranking = (await unit.history.list_rankings(named("need of two seconds later")))[0].lines
    assert [one.reasons for one in ranking if one.position == 0] == [("Heeft geen plek tot 09-03-2026",)]
    world.later(days=7)
    assert await asked_for("a week later") == named("fietsbende")


@pytest.mark.parametrize("days", [0, -1, 91])
async def test_partner_cannot_be_full_until_a_day_out_of_range(days: int) -> None:
    world, referral_id = await asked()

    with pytest.raises(FullUntilOutOfRange):
        async with world.units.begin() as unit:
            await decline_referral(DeclineReferral(referral_id, FULL, full_until=TODAY + timedelta(days=days)), unit)

    assert await state_of(world, referral_id) is ReferralState.ACTIVATED


async def test_no_can_be_taken_back_while_nobody_else_has_been_asked() -> None:
    world = await World().with_partners("fietsbende")
    async with world.units.begin() as unit:
        await propose_partners(assessed(), unit)
    referral_id = world.published(PartnerActivated)[0].referral_id
    async with world.units.begin() as unit:
        await decline_referral(DeclineReferral(referral_id, FULL), unit)
    assert len(world.published(NoPartnerFound)) == 1

    for _ in range(2):
        async with world.units.begin() as unit:
            await revert_decline(referral_id, unit)

    [fact] = world.published(DeclineReverted)
    assert fact.answer_by > NOON
    assert await state_of(world, referral_id) is ReferralState.ACTIVATED


async def test_no_that_is_taken_back_leaves_its_partner_with_a_place_for_the_next_child() -> None:
    world = await World().with_partners("fietsbende")
    async with world.units.begin() as unit:
        await propose_partners(assessed(), unit)
    referral_id = world.published(PartnerActivated)[0].referral_id
    async with world.units.begin() as unit:
        await decline_referral(DeclineReferral(referral_id, FULL, full_until=TODAY + timedelta(days=90)), unit)
        await revert_decline(referral_id, unit)
        again = await unit.services.read(named("service fietsbende"))

    assert again is not None
    assert again.full_until is None


async def test_no_cannot_be_taken_back_when_somebody_else_was_asked() -> None:
    world, referral_id = await asked()
    async with world.units.begin() as unit:
        await decline_referral(DeclineReferral(referral_id, FULL), unit)

    with pytest.raises(SomebodyElseWasAsked):
        async with world.units.begin() as unit:
            await revert_decline(referral_id, unit)
