"""Given that a case stands still for safety: nothing about it leaves, and what was kept leaves the next morning."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from services.notify.domain.mails.desk import CASES_ON_HOLD
from services.notify.domain.message import Message, MessageState
from services.notify.domain.outcome import Reason
from services.notify.handlers.standing_still import tell_how_many
from shared.events import family_safety, monitoring, referral_terms
from shared.events.base import Event
from tests.unit.notify import builders, network
from tests.unit.notify.post import Post
from tests.unit.notify.twin import Notify

SET = family_safety.SafetyHoldSet(**builders.OF_CASE, occurred_at=builders.NOW, set_by=builders.AMBASSADOR)
LIFTED = family_safety.SafetyHoldLifted(
    subject=builders.CASE, occurred_at=builders.NOW, case_code=builders.CODE, lifted_by=builders.AMBASSADOR
)
EVERYTHING: list[Event] = [
    builders.request_received(),
    builders.partner_activated(),
    builders.partner_accepted(),
    builders.follow_up_due(),
    builders.child_out_of_sight(),
    builders.no_partner_found(),
    builders.handover_planned(),
]


def of_the_case(notify: Notify) -> list[Message]:
    return [one for one in notify.messages() if one.draft.case_id == builders.CASE]


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("event", EVERYTHING, ids=lambda event: type(event).__name__)
async def test_nothing_leaves_that_was_queued_before_or_is_told_meanwhile(
    notify: Notify, event: Event, *, before: bool
) -> None:
    await notify.given(builders.person_joined(builders.COORDINATOR))
    await notify.given(*([event, SET] if before else [SET, event]))
    assert of_the_case(notify)
    await notify.time_passes(timedelta(days=30))
    assert await notify.claim() == []
    assert {(one.state, one.reason) for one in of_the_case(notify)} == {(MessageState.WITHDRAWN, Reason.CASE_ON_HOLD)}


async def test_what_was_kept_leaves_from_the_next_working_morning_on(notify: Notify) -> None:
    await notify.given(builders.partner_accepted(), SET)
    await notify.time_passes(timedelta(days=30))
    await notify.given(LIFTED)
    assert await notify.claim() == []
    await notify.time_passes(timedelta(days=4))
    assert {one.draft.mail.template for one in await notify.claim()} & {"partner-accepted", "help-agreed"}


async def test_question_is_asked_anew_with_its_new_term_and_not_with_the_old_one(notify: Notify) -> None:
    await notify.given(builders.partner_activated(), SET)
    answer_by = builders.NOW + timedelta(days=40)
    renewed = builders.referral(referral_terms.AnswerTermRenewed, answer_by=answer_by)
    await notify.given(LIFTED, renewed)
    questions = [one for one in notify.messages() if one.draft.mail.template == "partner-activated"]
    asked = {one.draft.facts["answer_by"]: one.state for one in questions}
    assert asked[answer_by.isoformat()] is not MessageState.WITHDRAWN
    assert list(asked.values()).count(MessageState.WITHDRAWN) == 1
    assert questions[-1].draft.facts["need"] == questions[0].draft.facts["need"]


@pytest.mark.parametrize("lifted_first", [True, False])
async def test_question_with_its_new_term_is_asked_in_whichever_order_it_is_heard(
    notify: Notify, *, lifted_first: bool
) -> None:
    await notify.given(builders.partner_activated())
    await notify.time_passes(timedelta(hours=1))
    await notify.given(SET)
    await notify.time_passes(timedelta(days=30))
    answer_by = notify.clock.now() + timedelta(days=3)
    renewed = builders.referral(referral_terms.AnswerTermRenewed, answer_by=answer_by)
    await notify.given(*([LIFTED, renewed] if lifted_first else [renewed, LIFTED]))
    await notify.time_passes(timedelta(days=4))
    assert [one.draft.facts["answer_by"] for one in await notify.claim()] == [answer_by.isoformat()]


@pytest.mark.parametrize(
    "event", [builders.partner_activated(), builders.point(monitoring.EscalationRaised)], ids=["partner", "desk"]
)
async def test_what_was_said_after_the_lift_leaves_though_it_was_heard_before_it(notify: Notify, event: Event) -> None:
    await notify.given(builders.person_joined(builders.COORDINATOR), SET)
    await notify.time_passes(timedelta(days=30))
    await notify.given(event, LIFTED)
    assert await notify.claim() == []
    await notify.time_passes(timedelta(days=4))
    assert [one.draft.case_id for one in await notify.claim()] == [builders.CASE]


async def test_deputy_does_not_read_the_term_from_before_the_hold(notify: Notify) -> None:
    reminded = builders.response_reminder_due(deputy_id=builders.DEPUTY)
    await notify.given(builders.partner_activated(), SET, reminded, LIFTED)
    answer_by = builders.NOW + timedelta(days=40)
    await notify.given(builders.referral(referral_terms.AnswerTermRenewed, answer_by=answer_by))
    await notify.time_passes(timedelta(days=4))
    assert {one.draft.facts["answer_by"] for one in await notify.claim()} == {answer_by.isoformat()}


async def test_mail_that_names_the_case_among_others_leaves_without_it(notify: Notify) -> None:
    await notify.given(network.ambassador_reminded(), SET)
    assert builders.CODE in {one.case_code for one in network.ambassador_reminded().cases}
    leaving = await notify.claim()
    assert leaving, "the others of it are asked about all the same"
    assert all(builders.CODE not in one.draft.facts["codes"] for one in leaving)


async def test_new_question_that_is_heard_meanwhile_lets_nothing_out(notify: Notify) -> None:
    await notify.given(builders.partner_accepted(), SET, builders.new_question_raised())
    assert await notify.claim() == []


async def test_mail_that_was_claimed_a_second_before_does_not_leave(notify: Notify) -> None:
    await notify.given(builders.partner_accepted())
    post = Post(notify)
    whereto, asked, goes_on = post.addresses.delivery, asyncio.Event(), asyncio.Event()

    async def slowly(message: Message) -> Any:  # noqa: ANN401 - as the address book has it
        asked.set()
        await goes_on.wait()
        return await whereto(message)

    post.addresses.delivery = slowly  # type: ignore[method-assign]
    sending = asyncio.create_task(post.sender.send_due())
    await asked.wait()
    notify.clock.forward(timedelta(seconds=1))
    await notify.given(SET)
    goes_on.set()
    await sending
    assert post.letters() == []
    assert {one.reason for one in of_the_case(notify)} == {Reason.CASE_ON_HOLD}


async def test_desk_reads_once_a_week_how_many_and_nothing_else(notify: Notify) -> None:
    await notify.given(builders.person_joined(builders.COORDINATOR), SET)
    for _ in range(3):
        async with notify.units.begin() as unit:
            await tell_how_many(unit)
    (told,) = [one for one in notify.messages() if one.draft.mail is CASES_ON_HOLD]
    assert (told.draft.facts, told.draft.case_id, told.draft.case_code) == ({"count": "1"}, None, None)
    assert told.state is MessageState.HELD, "it waits for the digest of the desk"
    notify.clock.forward(timedelta(days=7))
    async with notify.units.begin() as unit:
        await tell_how_many(unit)
    assert len([one for one in notify.messages() if one.draft.mail is CASES_ON_HOLD]) == 2


async def test_desk_reads_nothing_when_nothing_stands_still(notify: Notify) -> None:
    await notify.given(builders.person_joined(builders.COORDINATOR), SET, LIFTED)
    async with notify.units.begin() as unit:
        await tell_how_many(unit)
    assert notify.messages() == []


async def test_page_of_messages_shows_none_of_it(notify: Notify) -> None:
    await notify.given(builders.partner_accepted(), SET)
    async with notify.units.begin() as unit:
        for state in MessageState:
            assert await unit.overview.list_in_state(state, 10) == []
        assert await unit.overview.read(of_the_case(notify)[0].id) is None
