"""Given that a yes does not hold: who is told that it was taken back, and who is asked to stop."""

from datetime import timedelta

import pytest

from services.notify.commands import RetryMessage
from services.notify.domain.message import Message, MessageState, Template
from services.notify.domain.outcome import Accepted, Deferred, Outcome, Reason, Refused, Unknown
from services.notify.handlers import KEEP_SETTLED_FOR, forget_old_messages, retry_message
from shared.events.base import Event
from shared.events.matching import WithdrawReason
from shared.events.notify import RefusalKind
from tests.unit.notify import scenes
from tests.unit.notify.scenes import AMBASSADOR, CODE, CONTACT, NOW, Scene

YES_AGAIN = scenes.partner_accepted(NOW + timedelta(minutes=6))


def corrections(scene: Scene) -> list[Message]:
    return [one for one in scene.messages() if one.draft.template is Template.ACCEPTANCE_REVERTED]


async def told_and_corrected(scene: Scene) -> None:
    """The ambassador read the yes, which was taken back; the correction is queued."""
    await scene.given(scenes.partner_accepted())
    await scene.attempt(Accepted())
    scene.clock.forward(timedelta(minutes=5))
    await scene.given(scenes.acceptance_reverted())
    scene.clock.forward(timedelta(minutes=1))


def stops(scene: Scene) -> list[Message]:
    return [one for one in scene.messages() if one.draft.template is Template.QUESTION_WITHDRAWN]


async def test_yes_that_was_taken_back_before_its_mail_left_is_not_told(scene: Scene) -> None:
    await scene.given(scenes.partner_accepted(), scenes.acceptance_reverted())

    assert [(one.state, one.reason) for one in scene.messages()] == [(MessageState.WITHDRAWN, Reason.OVERTAKEN)]


@pytest.mark.parametrize("outcome", [Accepted(), Unknown()])
async def test_yes_that_was_taken_back_after_its_mail_left_is_corrected(scene: Scene, outcome: Outcome) -> None:
    await scene.given(scenes.partner_accepted())
    await scene.attempt(outcome)
    await scene.given(scenes.acceptance_reverted(), scenes.acceptance_reverted())

    (correction,) = corrections(scene)
    assert (correction.draft.recipient_id, correction.draft.case_code) == (AMBASSADOR, CODE)
    assert correction.state is MessageState.QUEUED


async def test_yes_that_was_taken_back_while_its_mail_is_in_hand_is_corrected(scene: Scene) -> None:
    await scene.given(scenes.partner_accepted())
    await scene.claim()
    await scene.given(scenes.acceptance_reverted())

    assert len(corrections(scene)) == 1


async def test_correction_is_still_told_when_the_partner_then_says_no(scene: Scene) -> None:
    await scene.given(scenes.partner_accepted())
    await scene.attempt(Accepted())
    await scene.given(scenes.acceptance_reverted(), scenes.partner_declined())

    assert [one.state for one in corrections(scene)] == [MessageState.QUEUED]


async def test_correction_that_waits_is_not_told_any_more_when_the_partner_says_yes_after_all(scene: Scene) -> None:
    await told_and_corrected(scene)
    await scene.attempt(Deferred(Reason.MAIL_SERVER_BUSY, 451))
    await scene.given(YES_AGAIN)

    assert [(one.state, one.reason) for one in scene.messages()[1:]] == [
        (MessageState.WITHDRAWN, Reason.YES_AFTER_ALL),
        (MessageState.QUEUED, None),
    ]


async def test_correction_in_hand_is_not_repeated_when_the_partner_says_yes_after_all(scene: Scene) -> None:
    await told_and_corrected(scene)
    (correction,) = await scene.claim()
    await scene.given(YES_AGAIN)
    await scene.ends(correction, Deferred(Reason.MAIL_SERVER_BUSY, 451))

    assert [one.state for one in corrections(scene)] == [MessageState.WITHDRAWN]


async def test_yes_that_was_told_is_corrected_also_when_a_second_yes_never_left(scene: Scene) -> None:
    await told_and_corrected(scene)
    await scene.given(YES_AGAIN, scenes.acceptance_reverted(NOW + timedelta(minutes=8)))

    assert [one.state for one in scene.messages()[1:]] == [
        MessageState.WITHDRAWN,
        MessageState.WITHDRAWN,
        MessageState.QUEUED,
    ]


async def test_correction_that_arrived_is_not_told_again_when_the_second_yes_never_left(scene: Scene) -> None:
    await told_and_corrected(scene)
    await scene.attempt(Accepted())
    await scene.given(YES_AGAIN, scenes.acceptance_reverted(NOW + timedelta(minutes=8)))

    assert [one.state for one in corrections(scene)] == [MessageState.ACCEPTED]


async def test_yes_heard_twice_still_goes_out_and_leaves_what_came_after_it(scene: Scene) -> None:
    await scene.given(scenes.partner_accepted(), scenes.partner_accepted())
    await scene.attempt(Accepted())
    await scene.given(scenes.acceptance_reverted(), scenes.partner_accepted())

    assert [one.state for one in scene.messages()] == [MessageState.ACCEPTED, MessageState.QUEUED]


async def test_mail_in_hand_that_was_overtaken_stays_here_though_the_case_closes_and_opens_again(scene: Scene) -> None:
    await scene.given(scenes.partner_activated())
    (question,) = await scene.claim()
    await scene.given(scenes.partner_declined(), scenes.case_closed(), scenes.case_reopened())
    await scene.ends(question, Deferred(Reason.MAIL_SERVER_AWAY))

    assert [(one.state, one.reason) for one in scene.messages()] == [(MessageState.WITHDRAWN, Reason.OVERTAKEN)]


@pytest.mark.parametrize(
    "heard",
    [
        [scenes.partner_accepted(), scenes.case_withdrawn(), scenes.referral_withdrawn()],
        [scenes.partner_accepted(), scenes.referral_withdrawn(), scenes.case_withdrawn()],
        [scenes.case_withdrawn(), scenes.partner_accepted(), scenes.referral_withdrawn()],
        [scenes.partner_accepted(), scenes.case_closed(), scenes.referral_withdrawn(WithdrawReason.CASE_CLOSED)],
        [scenes.case_closed(), scenes.partner_accepted(), scenes.referral_withdrawn(WithdrawReason.CASE_CLOSED)],
        [scenes.partner_accepted(), scenes.referral_withdrawn(WithdrawReason.NEED_GONE)],
    ],
)
async def test_partner_that_said_yes_is_asked_to_stop_once_in_whatever_order_it_is_heard(
    scene: Scene, heard: list[Event]
) -> None:
    await scene.given(*heard, heard[-1])

    (stop,) = stops(scene)
    assert (stop.draft.recipient_id, stop.draft.case_code, stop.state) == (CONTACT, CODE, MessageState.QUEUED)


async def test_partner_whose_help_began_is_asked_to_stop(scene: Scene) -> None:
    await scene.given(scenes.partner_activated())
    await scene.attempt(Accepted())
    await scene.given(scenes.partner_accepted())
    await scene.attempt(Accepted())
    await scene.given(scenes.case_withdrawn(), scenes.referral_withdrawn())

    assert (await scene.attempt(Accepted())).draft.template is Template.QUESTION_WITHDRAWN


async def test_partner_that_helps_for_half_a_year_is_asked_to_stop_though_its_yes_is_forgotten(scene: Scene) -> None:
    await scene.given(scenes.partner_accepted())
    await scene.attempt(Accepted())
    scene.clock.forward(KEEP_SETTLED_FOR + timedelta(days=1))
    async with scene.units.begin() as unit:
        await forget_old_messages(unit)
    await scene.given(scenes.case_withdrawn(), scenes.referral_withdrawn())

    (stop,) = scene.messages()
    assert (stop.draft.template, stop.draft.recipient_id) == (Template.QUESTION_WITHDRAWN, CONTACT)


async def test_partner_that_does_not_help_is_not_asked_to_stop(scene: Scene) -> None:
    await scene.given(scenes.partner_activated(), scenes.referral_withdrawn(contact=None))

    assert stops(scene) == []


async def test_erased_case_asks_nobody_to_stop(scene: Scene) -> None:
    await scene.given(scenes.partner_accepted(), scenes.referral_withdrawn(), scenes.case_erased())
    await scene.given(scenes.partner_accepted(), scenes.referral_withdrawn())

    assert scene.messages() == []


async def test_partner_is_still_asked_to_stop_when_the_family_stops_while_that_mail_is_in_hand(scene: Scene) -> None:
    await scene.given(scenes.partner_accepted(), scenes.referral_withdrawn())
    (message,) = await scene.claim()
    await scene.given(scenes.case_withdrawn())
    await scene.ends(message, Deferred(Reason.MAIL_SERVER_AWAY))

    assert [one.state for one in stops(scene)] == [MessageState.QUEUED]


async def test_refused_mail_that_asks_to_stop_can_be_tried_again_though_the_case_is_over(scene: Scene) -> None:
    await scene.given(scenes.case_withdrawn(), scenes.partner_accepted(), scenes.referral_withdrawn())
    refused = await scene.attempt(Refused(RefusalKind.REFUSED_BY_SERVER, 550))
    async with scene.units.begin() as unit:
        await retry_message(RetryMessage(refused.id), unit)

    assert [one.state for one in stops(scene)] == [MessageState.QUEUED]
