"""The partner's answer, and how the help goes after it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.matching.commands import (
    AcceptReferral,
    ConfirmHandover,
    DeclineReferral,
    NewContact,
)
from services.matching.domain.errors import (
    AnswerIsFinal,
    ContactUnknown,
    DayOutOfRange,
    FirstContactOutOfRange,
    ReferralNotOpen,
    ReferralUnknown,
)
from services.matching.domain.referral_state import ReferralState
from services.matching.handlers.handover import confirm_handover
from services.matching.handlers.partner_answers import accept_referral, decline_referral, revert_acceptance
from services.matching.handlers.stopping import stop_for_withdrawal
from shared.events.directory import PersonListed
from shared.events.matching import (
    AcceptanceReverted,
    HandoverConfirmed,
    PartnerAccepted,
    PartnerActivated,
    PartnerDeclined,
)
from shared.events.referral_codes import DeclineReason, Party
from tests.unit.matching.city import NOON, World, contact, named, organisation, withdrawn
from tests.unit.matching.given import CONTACT, JUF, TODAY, TOMORROW, accepted, asked, state_of


async def test_partner_accepts_with_a_known_contact() -> None:
    world, referral_id = await accepted()

    [fact] = world.published(PartnerAccepted)
    assert (fact.contact_id, fact.ambassador_id, fact.first_contact_on) == (CONTACT, JUF, TOMORROW)
    assert await state_of(world, referral_id) is ReferralState.ACCEPTED


async def test_partner_accepts_twice_with_the_same_answer_and_says_it_once() -> None:
    world, referral_id = await accepted()

    async with world.units.begin() as unit:
        await accept_referral(AcceptReferral(referral_id, CONTACT, TOMORROW, CONTACT), unit)

    assert len(world.published(PartnerAccepted)) == 1


async def test_partner_accepts_with_an_address_that_we_know_and_nobody_joins() -> None:
    world, referral_id = await asked()
    typed = NewContact("Contact", "CONTACT@fietsbende.example")

    async with world.units.begin() as unit:
        await accept_referral(AcceptReferral(referral_id, typed, TOMORROW, CONTACT), unit)

    assert world.published(PersonListed) == []
    assert world.published(PartnerAccepted)[0].contact_id == CONTACT


async def test_partner_cannot_name_somebody_of_another_organisation() -> None:
    world, referral_id = await asked()

    async with world.units.begin() as unit:
        with pytest.raises(ContactUnknown):
            await accept_referral(AcceptReferral(referral_id, named("contact of rijwielhulp"), TOMORROW, CONTACT), unit)

    assert await state_of(world, referral_id) is ReferralState.ACTIVATED


@pytest.mark.parametrize("days", [-1, 31])
async def test_partner_cannot_promise_a_first_contact_out_of_range(days: int) -> None:
    world, referral_id = await asked()

    with pytest.raises(FirstContactOutOfRange):
        async with world.units.begin() as unit:
            await accept_referral(AcceptReferral(referral_id, CONTACT, TODAY + timedelta(days=days), CONTACT), unit)


async def test_first_contact_today_is_judged_by_the_day_in_amsterdam() -> None:
    world, referral_id = await asked()
    world.later(hours=11, minutes=30)  # 22:30 UTC is half past eleven in the evening there
    async with world.units.begin() as unit:
        await accept_referral(AcceptReferral(referral_id, CONTACT, TODAY, CONTACT), unit)
    world.later(minutes=31)  # two minutes past midnight in Amsterdam, still 2 March in UTC

    met_on = [ConfirmHandover(referral_id, Party.PARTNER, TODAY + timedelta(days=days), CONTACT) for days in (2, 1)]
    with pytest.raises(DayOutOfRange):
        async with world.units.begin() as unit:
            await confirm_handover(met_on[0], unit)
    async with world.units.begin() as unit:
        await confirm_handover(met_on[1], unit)

    assert world.published(HandoverConfirmed)[0].on == TOMORROW


async def test_partner_declines_and_the_next_one_is_asked_at_once() -> None:
    world, referral_id = await asked()

    async with world.units.begin() as unit:
        await decline_referral(DeclineReferral(referral_id, DeclineReason.NO_CAPACITY), unit)

    assert world.published_names[1:] == ["PartnerDeclined", "PartnerActivated"]
    assert world.published(PartnerDeclined)[0].reason is DeclineReason.NO_CAPACITY
    assert world.published(PartnerActivated)[1].organisation_id == named("rijwielhulp")


async def test_partner_declines_twice_and_says_it_once() -> None:
    world, referral_id = await asked()

    for _ in range(2):
        async with world.units.begin() as unit:
            await decline_referral(DeclineReferral(referral_id, DeclineReason.OTHER), unit)

    assert len(world.published(PartnerDeclined)) == 1
    assert len(world.published(PartnerActivated)) == 2


async def test_acceptance_can_be_taken_back_within_half_an_hour() -> None:
    world, referral_id = await accepted()
    world.later(minutes=29)

    async with world.units.begin() as unit:
        await revert_acceptance(referral_id, unit)

    assert world.published(AcceptanceReverted)[0].previous_answer_at == NOON
    assert await state_of(world, referral_id) is ReferralState.ACTIVATED


async def test_acceptance_taken_back_twice_is_said_once() -> None:
    world, referral_id = await accepted()

    for _ in range(2):
        async with world.units.begin() as unit:
            await revert_acceptance(referral_id, unit)

    assert len(world.published(AcceptanceReverted)) == 1
    assert await state_of(world, referral_id) is ReferralState.ACTIVATED


async def test_acceptance_is_final_after_half_an_hour() -> None:
    world, referral_id = await accepted()
    world.later(minutes=30)

    with pytest.raises(AnswerIsFinal):
        async with world.units.begin() as unit:
            await revert_acceptance(referral_id, unit)


async def test_answer_to_a_withdrawn_referral_changes_nothing() -> None:
    world, referral_id = await asked()
    async with world.units.begin() as unit:
        await stop_for_withdrawal(withdrawn(), unit)
    before = world.published_names

    with pytest.raises(ReferralNotOpen):
        async with world.units.begin() as unit:
            await accept_referral(AcceptReferral(referral_id, CONTACT, TOMORROW, CONTACT), unit)

    assert world.published_names == before


async def test_answer_to_an_unknown_referral_is_refused() -> None:
    world = World()

    with pytest.raises(ReferralUnknown):
        async with world.units.begin() as unit:
            await decline_referral(DeclineReferral(named("nothing"), DeclineReason.OTHER), unit)


async def test_contact_who_left_cannot_be_named() -> None:
    world, referral_id = await asked()
    async with world.units.begin() as unit:
        left = contact("fietsbende")
        await unit.organisations.save(organisation("fietsbende"))
        await unit.people.save(replace(left, active=False))

    with pytest.raises(ContactUnknown):
        async with world.units.begin() as unit:
            await accept_referral(AcceptReferral(referral_id, CONTACT, TOMORROW, CONTACT), unit)
