"""How the help goes after a yes: handed over, started, delivered, failed, and the family's word."""

from datetime import timedelta

import pytest

from services.matching.commands import (
    AcceptReferral,
    ConfirmHandover,
    ConfirmOutcome,
    DeliverHelp,
    FailHelp,
)
from services.matching.domain.case import NeedState
from services.matching.domain.errors import DayOutOfRange, StepNotPossible
from services.matching.handlers.cases import propose_partners
from services.matching.handlers.family_wish import search_further, stop_search
from services.matching.handlers.handover import confirm_handover
from services.matching.handlers.partner_answers import accept_referral
from services.matching.handlers.progress import confirm_outcome, deliver_help, fail_help
from shared.events.matching import NoPartnerFound, OutcomeConfirmed, PartnerActivated, SearchStopped
from shared.events.referral_codes import FailureReason, Outcome, Party, RestOfNeed
from tests.unit.matching.city import World, assessed, named, need
from tests.unit.matching.given import CONTACT, JUF, TODAY, TOMORROW, accepted, asked, delivered, met


async def test_help_goes_from_handover_to_the_familys_word() -> None:
    world, referral_id = await delivered()

    async with world.units.begin() as unit:
        await confirm_outcome(ConfirmOutcome(referral_id, Outcome.HELPED, JUF), unit)

    assert world.published_names[2:] == [
        "HandoverConfirmed", "HandoverConfirmed", "WarmHandoverCompleted", "HelpStarted", "HelpDelivered",
        "OutcomeConfirmed",
    ]  # fmt: skip
    [confirmed] = world.published(OutcomeConfirmed)
    assert (confirmed.outcome, confirmed.confirmed_by, confirmed.open_needs) == (Outcome.HELPED, JUF, 0)


@pytest.mark.parametrize("days", [-400, -1, 1])
async def test_step_is_reported_for_a_day_since_the_question_and_before_tomorrow(days: int) -> None:
    world, referral_id = await accepted()

    step = ConfirmHandover(referral_id, Party.PARTNER, TODAY + timedelta(days=days), CONTACT)
    async with world.units.begin() as unit:
        with pytest.raises(DayOutOfRange):
            await confirm_handover(step, unit)


async def test_outcome_says_how_many_needs_still_wait() -> None:
    world, referral_id = await delivered(need("bike"), need("sport"), need("debt"))

    async with world.units.begin() as unit:
        await confirm_outcome(ConfirmOutcome(referral_id, Outcome.PARTLY, JUF, RestOfNeed.ENOUGH_FOR_NOW), unit)

    assert world.published(OutcomeConfirmed)[0].open_needs == 2


async def test_outcome_not_helped_opens_the_need_again_and_asks_the_next() -> None:
    world, referral_id = await delivered()

    async with world.units.begin() as unit:
        await confirm_outcome(ConfirmOutcome(referral_id, Outcome.NOT_HELPED, JUF), unit)

    assert world.published(OutcomeConfirmed)[0].open_needs == 1
    assert world.published(PartnerActivated)[-1].organisation_id == named("rijwielhulp")


@pytest.mark.parametrize(("outcome", "asked"), [(Outcome.HELPED, 1), (Outcome.NOT_HELPED, 2)])
async def test_outcome_confirmed_twice_is_said_once(outcome: Outcome, asked: int) -> None:
    world, referral_id = await delivered()

    for _ in range(2):
        async with world.units.begin() as unit:
            await confirm_outcome(ConfirmOutcome(referral_id, outcome, JUF), unit)

    assert world.published_names.count("OutcomeConfirmed") == 1
    assert len(world.published(PartnerActivated)) == asked


async def test_outcome_cannot_be_changed_by_another_word() -> None:
    world, referral_id = await delivered()
    async with world.units.begin() as unit:
        await confirm_outcome(ConfirmOutcome(referral_id, Outcome.HELPED, JUF), unit)

    with pytest.raises(StepNotPossible):
        async with world.units.begin() as unit:
            await confirm_outcome(ConfirmOutcome(referral_id, Outcome.NOT_HELPED, JUF), unit)


async def test_outcome_cannot_be_confirmed_before_help_began() -> None:
    world, referral_id = await accepted()

    with pytest.raises(StepNotPossible):
        async with world.units.begin() as unit:
            await confirm_outcome(ConfirmOutcome(referral_id, Outcome.HELPED, JUF), unit)


async def test_help_that_the_family_stopped_is_left_to_a_person() -> None:
    world, referral_id = await accepted()

    async with world.units.begin() as unit:
        await fail_help(FailHelp(referral_id, FailureReason.FAMILY_STOPPED, CONTACT), unit)
        case = await unit.cases.read(named("case"))

    assert case is not None
    assert case.needs[named("need bike")].state is NeedState.FAMILY_DECIDES


@pytest.mark.parametrize("reason", list(FailureReason))
async def test_help_that_stops_asks_nobody_before_the_family_wants_it(reason: FailureReason) -> None:
    world, referral_id = await accepted()

    for _ in range(2):
        async with world.units.begin() as unit:
            await fail_help(FailHelp(referral_id, reason, CONTACT), unit)
    async with world.units.begin() as unit:
        # Not even when the inventory names the need once more.
        await propose_partners(assessed(), unit)

    assert world.published_names[2:] == ["HelpFailed"]


async def test_family_that_wants_somebody_else_gets_the_next_partner_once() -> None:
    world, referral_id = await accepted()
    async with world.units.begin() as unit:
        await fail_help(FailHelp(referral_id, FailureReason.NO_CONTACT, CONTACT), unit)

    for _ in range(2):
        async with world.units.begin() as unit:
            await search_further(referral_id, unit)

    assert world.published_names[2:] == ["HelpFailed", "PartnerActivated"]
    assert world.published(PartnerActivated)[-1].organisation_id == named("rijwielhulp")


async def test_family_that_wants_nobody_else_is_told_as_a_fact_and_its_need_waits_no_more() -> None:
    world, referral_id = await accepted()
    async with world.units.begin() as unit:
        await fail_help(FailHelp(referral_id, FailureReason.NO_CONTACT, CONTACT), unit)

    for _ in range(2):
        async with world.units.begin() as unit:
            await stop_search(referral_id, JUF, unit)
    async with world.units.begin() as unit:
        case = await unit.cases.read(named("case"))

    [fact] = world.published(SearchStopped)
    assert (fact.case_code, fact.need_id, fact.stopped_by) == ("AC34-DEFG", named("need bike"), JUF)
    assert case is not None
    assert case.open_needs == 0
    assert len(world.published(PartnerActivated)) == 1


async def test_family_is_asked_for_its_wish_only_when_help_stopped() -> None:
    world, referral_id = await accepted()
    async with world.units.begin() as unit:
        for wish in (search_further(referral_id, unit), stop_search(referral_id, JUF, unit)):
            with pytest.raises(StepNotPossible):
                await wish


async def test_help_that_stopped_holds_up_no_other_need() -> None:
    world, referral_id = await accepted(need("bike"), need("sport", after=("bike",)))

    async with world.units.begin() as unit:
        await fail_help(FailHelp(referral_id, FailureReason.FAMILY_STOPPED, CONTACT), unit)

    assert [fact.category for fact in world.published(PartnerActivated)] == ["bike", "sport"]


async def test_family_that_wants_somebody_else_where_nobody_is_left_ends_on_the_coordinators_list() -> None:
    world = await World().with_partners("fietsbende")
    async with world.units.begin() as unit:
        await propose_partners(assessed(), unit)
    referral_id = world.published(PartnerActivated)[0].referral_id
    async with world.units.begin() as unit:
        await accept_referral(AcceptReferral(referral_id, CONTACT, TOMORROW, CONTACT), unit)
        await fail_help(FailHelp(referral_id, FailureReason.PARTNER_STOPPED, CONTACT), unit)
        await search_further(referral_id, unit)

    assert world.published(NoPartnerFound)[0].asked == 1


async def test_help_delivered_starts_the_need_that_waited_for_it() -> None:
    world, referral_id = await met(need("bike"), need("sport", after=("bike",)))
    assert [fact.category for fact in world.published(PartnerActivated)] == ["bike"]

    async with world.units.begin() as unit:
        await deliver_help(DeliverHelp(referral_id, TODAY, CONTACT), unit)

    assert [fact.category for fact in world.published(PartnerActivated)] == ["bike", "sport"]


async def test_course_is_asked_for_once_the_language_is_learnt_and_work_after_the_course() -> None:
    path = ("language-learning", "study", "work")
    world = await World().with_partners("fietsbende", categories=path)
    needs = (need(path[0]), need(path[1], after=path[:1]), need(path[2], after=path[1:2]))
    async with world.units.begin() as unit:
        await propose_partners(assessed(*needs), unit)

    for known in (1, 2, 3):
        asked_for = world.published(PartnerActivated)
        assert [fact.category for fact in asked_for] == list(path[:known])
        referral_id = asked_for[-1].referral_id
        async with world.units.begin() as unit:
            await accept_referral(AcceptReferral(referral_id, CONTACT, TODAY, CONTACT), unit)
            for party, who in ((Party.PARTNER, CONTACT), (Party.AMBASSADOR, JUF)):
                await confirm_handover(ConfirmHandover(referral_id, party, TODAY, who), unit)
            await deliver_help(DeliverHelp(referral_id, TODAY, CONTACT), unit)


async def test_help_that_runs_goes_on_when_the_family_does_not_want_who_gives_it() -> None:
    world, _ = await delivered()
    before = world.published_names

    async with world.units.begin() as unit:
        await propose_partners(assessed(unwanted=(named("fietsbende"),)), unit)

    assert world.published_names == before


async def test_step_is_not_possible_before_an_answer() -> None:
    world, referral_id = await asked()

    with pytest.raises(StepNotPossible):
        async with world.units.begin() as unit:
            await confirm_handover(ConfirmHandover(referral_id, Party.PARTNER, TODAY, CONTACT), unit)


async def test_handover_reported_twice_is_said_once() -> None:
    world, referral_id = await met()

    for _ in range(2):
        async with world.units.begin() as unit:
            await confirm_handover(ConfirmHandover(referral_id, Party.AMBASSADOR, TODAY, JUF), unit)

    assert world.published_names.count("WarmHandoverCompleted") == 1
