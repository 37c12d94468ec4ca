"""What happens to open questions when a case stops, changes or goes on."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest

from services.matching.commands import ConfirmOutcome, DeclineReferral, WriteWords
from services.matching.domain.referral_state import ReferralState
from services.matching.handlers.cases import (
    await_inventory,
    erase_case,
    go_on,
    propose_partners,
    remember_case,
    stop_for_closing,
)
from services.matching.handlers.partner_answers import ask_next_after_silence, decline_referral, revert_acceptance
from services.matching.handlers.progress import confirm_outcome
from services.matching.handlers.questions import answer_question, ask_first
from services.matching.handlers.stopping import stop_for_withdrawal
from shared.events.base import ConsentGiver, Event
from shared.events.case_codes import CloseReason
from shared.events.intake import CaseClosed, CaseErased, CaseReopened, NewQuestionRaised, RequestReceived
from shared.events.matching import NoPartnerFound, PartnerActivated, ReferralsErased, ReferralWithdrawn
from shared.events.referral_codes import DeclineReason, Outcome, WithdrawReason
from tests.unit.matching.city import NOON, World, assessed, named, need, withdrawn
from tests.unit.matching.given import CONTACT, JUF, accepted, asked, delivered, expiry

CASE: dict[str, Any] = {"subject": named("case"), "occurred_at": NOON}
WHOSE: dict[str, Any] = {**CASE, "case_code": "AC34-DEFG", "ambassador_id": named("juf")}
CLOSED = CaseClosed(**WHOSE, closed_by=named("regie"), reason=CloseReason.MOVED_AWAY)


async def test_case_withdrawn_takes_back_every_open_referral() -> None:
    world = await World().with_partners("fietsbende", categories=("bike", "sport"))
    async with world.units.begin() as unit:
        await propose_partners(assessed(need("bike"), need("sport")), unit)

    async with world.units.begin() as unit:
        await stop_for_withdrawal(withdrawn(), unit)

    assert [fact.reason for fact in world.published(ReferralWithdrawn)] == [WithdrawReason.CASE_WITHDRAWN] * 2
    assert {referral.state for referral in await world.referrals()} == {ReferralState.WITHDRAWN}


@pytest.mark.parametrize(("given", "must_stop"), [(asked, False), (accepted, True), (delivered, True)])
async def test_referral_that_is_taken_back_says_whether_somebody_must_stop(
    given: Callable[[], Awaitable[tuple[World, UUID]]],
    must_stop: bool,  # noqa: FBT001 - a column of the table
) -> None:
    world, _ = await given()
    async with world.units.begin() as unit:
        await stop_for_withdrawal(withdrawn(), unit)

    [fact] = world.published(ReferralWithdrawn)
    assert (fact.was_helping, fact.contact_id, fact.case_code) == (must_stop, CONTACT, "AC34-DEFG")


async def test_withdrawn_case_keeps_no_word_that_anybody_wrote_about_it() -> None:
    world, referral_id = await asked()
    async with world.units.begin() as unit:
        await ask_first(WriteWords(referral_id, "Welke maat fiets is nodig?", CONTACT), unit)
        await answer_question(WriteWords(referral_id, "Maat 24 inch past goed.", JUF), unit)
        no = DeclineReferral(referral_id, DeclineReason.OTHER, "Onze fietsenmaker is ziek.")
        await decline_referral(no, unit)
        await stop_for_withdrawal(withdrawn(), unit)

    async with world.units.begin() as unit:
        assert await unit.referrals.list_questions(referral_id) == []
        kept = await unit.referrals.list_of_case(named("case"))
    assert {one.explanation for one in kept} == {""}


async def test_partner_that_took_its_yes_back_has_nothing_to_stop() -> None:
    world, referral_id = await accepted()
    async with world.units.begin() as unit:
        await revert_acceptance(referral_id, unit)
        await stop_for_withdrawal(withdrawn(), unit)

    assert [fact.was_helping for fact in world.published(ReferralWithdrawn)] == [False]


async def test_case_withdrawn_stays_so_when_an_inventory_comes_late() -> None:
    world = await World().with_partners("fietsbende")
    async with world.units.begin() as unit:
        await propose_partners(assessed(), unit)
        await stop_for_withdrawal(withdrawn(), unit)
    before = world.published_names

    async with world.units.begin() as unit:
        await propose_partners(assessed(), unit)

    assert world.published_names == before


async def test_case_closed_takes_back_open_referrals_and_asks_nobody_else() -> None:
    world = await World().with_partners("fietsbende", "rijwielhulp")
    async with world.units.begin() as unit:
        await propose_partners(assessed(), unit)

    async with world.units.begin() as unit:
        await stop_for_closing(CLOSED, unit)
        await ask_next_after_silence(expiry(world), unit)

    assert world.published_names[1:] == ["ReferralWithdrawn"]


async def test_case_reopened_asks_again_for_what_is_still_needed() -> None:
    world = await World().with_partners("fietsbende")
    async with world.units.begin() as unit:
        await propose_partners(assessed(need("bike"), need("debt")), unit)
        await stop_for_closing(CLOSED, unit)
        await go_on(CaseReopened(**CASE, reopened_by=named("regie")), unit)

    assert [fact.need_id for fact in world.published(PartnerActivated)] == [named("need bike")] * 2
    assert [fact.need_id for fact in world.published(NoPartnerFound)] == [named("need debt")] * 2


async def test_case_reopened_twice_asks_once() -> None:
    world = await World().with_partners("fietsbende")
    async with world.units.begin() as unit:
        await propose_partners(assessed(), unit)
        await stop_for_closing(CLOSED, unit)
    for _ in range(2):
        async with world.units.begin() as unit:
            await go_on(CaseReopened(**CASE, reopened_by=named("regie")), unit)

    assert len(world.published(PartnerActivated)) == 2


@pytest.mark.parametrize("name", ["bike", "second"])
async def test_new_question_of_a_closed_case_asks_again_at_the_next_inventory(name: str) -> None:
    world = await World().with_partners("fietsbende")
    async with world.units.begin() as unit:
        await propose_partners(assessed(), unit)
        await stop_for_closing(CLOSED, unit)
        await await_inventory(NewQuestionRaised(**CASE, raised_by=named("juf")), unit)
    assert len(world.published(PartnerActivated)) == 1

    async with world.units.begin() as unit:
        await propose_partners(assessed(need(name=name)), unit)

    assert [fact.need_id for fact in world.published(PartnerActivated)] == [named("need bike"), named(f"need {name}")]


async def test_new_question_of_a_closed_case_asks_nobody_before_its_inventory() -> None:
    world, referral_id = await delivered(need("bike"), need("sport"))
    async with world.units.begin() as unit:
        await stop_for_closing(CLOSED, unit)
        await await_inventory(NewQuestionRaised(**CASE, raised_by=named("juf")), unit)
    before = len(world.published(PartnerActivated))

    async with world.units.begin() as unit:
        await confirm_outcome(ConfirmOutcome(referral_id, Outcome.HELPED, named("juf")), unit)
    assert len(world.published(PartnerActivated)) == before

    async with world.units.begin() as unit:
        await propose_partners(assessed(need("bike"), need("sport")), unit)
    assert [fact.category for fact in world.published(PartnerActivated)[before:]] == ["sport"]


async def test_new_question_that_is_closed_and_reopened_asks_again_for_what_was_needed() -> None:
    world = await World().with_partners("fietsbende")
    async with world.units.begin() as unit:
        await propose_partners(assessed(), unit)
        await stop_for_closing(CLOSED, unit)
        await await_inventory(NewQuestionRaised(**CASE, raised_by=named("juf")), unit)
        await stop_for_closing(CLOSED, unit)
        await go_on(CaseReopened(**CASE, reopened_by=named("regie")), unit)
    assert len(world.published(PartnerActivated)) == 2


async def test_case_erased_leaves_a_tombstone_only_and_is_confirmed() -> None:
    world = await World().with_partners("fietsbende")
    async with world.units.begin() as unit:
        await propose_partners(assessed(), unit)

    async with world.units.begin() as unit:
        await erase_case(CaseErased(**CASE), unit)

    async with world.units.begin() as unit:
        assert await unit.cases.get(named("case")) is None
        assert await unit.erased.find([named("case")]) == {named("case"): NOON.date()}
        assert await unit.referrals.list_of_case(named("case")) == []
        assert await unit.history.list_rankings(named("need bike")) == []
    # Nothing that was said of it before is kept to be said again.
    assert [type(event) for event in world.published(Event) if event.subject == named("case")] == [ReferralsErased]


async def test_partner_that_the_family_does_not_want_after_all_makes_way_for_the_next() -> None:
    world = await World().with_partners("fietsbende", "rijwielhulp")
    async with world.units.begin() as unit:
        await propose_partners(assessed(), unit)

    async with world.units.begin() as unit:
        await propose_partners(assessed(unwanted=(named("fietsbende"),)), unit)

    [withdrawn] = world.published(ReferralWithdrawn)
    assert (withdrawn.organisation_id, withdrawn.reason) == (named("fietsbende"), WithdrawReason.REPLACED)
    assert world.published(PartnerActivated)[-1].organisation_id == named("rijwielhulp")


async def test_need_that_turns_out_to_be_something_else_is_asked_for_anew() -> None:
    world = await World().with_partners("fietsbende", categories=("bike", "sport"))
    async with world.units.begin() as unit:
        await propose_partners(assessed(need("bike")), unit)

    async with world.units.begin() as unit:
        await propose_partners(assessed(need("sport")), unit)

    assert world.published_names[1:] == ["ReferralWithdrawn", "PartnerActivated"]
    assert world.published(PartnerActivated)[-1].category == "sport"


async def test_request_asks_nobody_before_its_inventory() -> None:
    world = await World().with_partners("fietsbende")
    received = RequestReceived(**assessed().model_dump(exclude={"left_out"}), consent_given_by=ConsentGiver.GUARDIAN)

    async with world.units.begin() as unit:
        await remember_case(received, unit)
    assert world.published_names == []
    async with world.units.begin() as unit:
        await propose_partners(assessed(), unit)

    [activated] = world.published(PartnerActivated)
    assert activated.ambassador_id == named("juf")
