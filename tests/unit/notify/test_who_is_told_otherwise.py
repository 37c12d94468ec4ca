"""Given that a yes does not hold: who is told that it was taken back, and who is asked to stop."""

from datetime import timedelta

import pytest

from services.notify.domain.mails.answers import ACCEPTANCE_REVERTED, PARTNER_ACCEPTED
from services.notify.domain.mails.partners import QUESTION_WITHDRAWN
from services.notify.domain.message import Message, MessageState
from services.notify.domain.outcome import Accepted, AttemptOutcome, Deferred, Reason, Refused, Unknown
from services.notify.handlers.messages import KEEP_SETTLED_FOR, forget_old_messages, retry_message
from shared.events.base import Event
from shared.events.notify import RefusalKind
from shared.events.referral_codes import WithdrawReason
from tests.unit.notify import builders
from tests.unit.notify.builders import AMBASSADOR, CODE, CONTACT, NOW
from tests.unit.notify.twin import Notify

YES_AGAIN = builders.partner_accepted(NOW + timedelta(minutes=6))


def to_ambassador(notify: Notify) -> list[Message]:
    """What the ambassador is told; that the partner gets its yes confirmed stands apart."""
    return [one for one in notify.messages() if one.draft.recipient_id == AMBASSADOR]


def corrections(notify: Notify) -> list[Message]:
    return [one for one in notify.messages() if one.draft.mail is ACCEPTANCE_REVERTED]


async def told_and_corrected(notify: Notify) -> None:
    """The ambassador read the yes, which was taken back; the correction is queued."""
    await notify.given(builders.partner_accepted())
    await notify.ends(await notify.claimed(PARTNER_ACCEPTED), Accepted())
    notify.clock.forward(timedelta(minutes=5))
    await notify.given(builders.acceptance_reverted())
    notify.clock.forward(timedelta(minutes=1))


def stops(notify: Notify) -> list[Message]:
    return [one for one in notify.messages() if one.draft.mail is QUESTION_WITHDRAWN]


async def test_yes_that_was_taken_back_before_its_mail_left_is_not_told(notify: Notify) -> None:
    await notify.given(builders.partner_accepted(), builders.acceptance_reverted())

    assert [(one.state, one.reason) for one in to_ambassador(notify)] == [(MessageState.WITHDRAWN, Reason.OVERTAKEN)]


@pytest.mark.parametrize("outcome", [Accepted(), Unknown()])
async def test_yes_that_was_taken_back_after_its_mail_left_is_corrected(
    notify: Notify, outcome: AttemptOutcome
) -> None:
    await notify.given(builders.partner_accepted())
    await notify.ends(await notify.claimed(PARTNER_ACCEPTED), outcome)
    await notify.given(builders.acceptance_reverted(), builders.acceptance_reverted())

    (correction,) = corrections(notify)
    assert (correction.draft.recipient_id, correction.draft.case_code) == (AMBASSADOR, CODE)
    assert correction.state is MessageState.QUEUED


async def test_yes_that_was_taken_back_while_its_mail_is_in_hand_is_corrected(notify: Notify) -> None:
    await notify.given(builders.partner_accepted())
    await notify.claim()
    await notify.given(builders.acceptance_reverted())

    assert len(corrections(notify)) == 1


async def test_correction_is_still_told_when_the_partner_then_says_no(notify: Notify) -> None:
    await notify.given(builders.partner_accepted())
    await notify.attempt(Accepted())
    await notify.given(builders.acceptance_reverted(), builders.partner_declined())

    assert [one.state for one in corrections(notify)] == [MessageState.QUEUED]


async def test_correction_that_waits_is_not_told_any_more_when_the_partner_says_yes_after_all(notify: Notify) -> None:
    await told_and_corrected(notify)
    await notify.ends(await notify.claimed(ACCEPTANCE_REVERTED), Deferred(Reason.MAIL_SERVER_BUSY, 451))
    await notify.given(YES_AGAIN)

    assert [(one.state, one.reason) for one in to_ambassador(notify)[1:]] == [
        (MessageState.WITHDRAWN, Reason.YES_AFTER_ALL),
        (MessageState.QUEUED, None),
    ]


async def test_correction_in_hand_is_not_repeated_when_the_partner_says_yes_after_all(notify: Notify) -> None:
    await told_and_corrected(notify)
    correction = await notify.claimed(ACCEPTANCE_REVERTED)
    await notify.given(YES_AGAIN)
    await notify.ends(correction, Deferred(Reason.MAIL_SERVER_BUSY, 451))

    assert [one.state for one in corrections(notify)] == [MessageState.WITHDRAWN]


async def test_yes_that_was_told_is_corrected_also_when_a_second_yes_never_left(notify: Notify) -> None:
    await told_and_corrected(notify)
    await notify.given(YES_AGAIN, builders.acceptance_reverted(NOW + timedelta(minutes=8)))

    assert [one.state for one in to_ambassador(notify)[1:]] == [
        MessageState.WITHDRAWN,
        MessageState.WITHDRAWN,
        MessageState.QUEUED,
    ]


async def test_correction_that_arrived_is_not_told_again_when_the_second_yes_never_left(notify: Notify) -> None:
    await told_and_corrected(notify)
    await notify.ends(await notify.claimed(ACCEPTANCE_REVERTED), Accepted())
    await notify.given(YES_AGAIN, builders.acceptance_reverted(NOW + timedelta(minutes=8)))

    assert [one.state for one in corrections(notify)] == [MessageState.ACCEPTED]


async def test_yes_heard_twice_still_goes_out_and_leaves_what_came_after_it(notify: Notify) -> None:
    await notify.given(builders.partner_accepted(), builders.partner_accepted())
    await notify.ends(await notify.claimed(PARTNER_ACCEPTED), Accepted())
    await notify.given(builders.acceptance_reverted(), builders.partner_accepted())

    assert [one.state for one in to_ambassador(notify)] == [MessageState.ACCEPTED, MessageState.QUEUED]


async def test_mail_in_hand_that_was_overtaken_stays_here_though_the_case_closes_and_opens_again(
    notify: Notify,
) -> None:
    await notify.given(builders.partner_activated())
    (question,) = await notify.claim()
    await notify.given(builders.partner_declined(), builders.case_closed(), builders.case_reopened())
    await notify.ends(question, Deferred(Reason.MAIL_SERVER_AWAY))

    first, *_ = notify.messages()
    assert (first.state, first.reason) == (MessageState.WITHDRAWN, Reason.OVERTAKEN)


@pytest.mark.parametrize(
    "events",
    [
        [builders.partner_accepted(), builders.case_withdrawn(), builders.referral_withdrawn()],
        [builders.partner_accepted(), builders.referral_withdrawn(), builders.case_withdrawn()],
        [builders.case_withdrawn(), builders.partner_accepted(), builders.referral_withdrawn()],
        [builders.partner_accepted(), builders.case_closed(), builders.referral_withdrawn(WithdrawReason.CASE_CLOSED)],
        [builders.case_closed(), builders.partner_accepted(), builders.referral_withdrawn(WithdrawReason.CASE_CLOSED)],
        [builders.partner_accepted(), builders.referral_withdrawn(WithdrawReason.NEED_GONE)],
    ],
)
async def test_partner_that_said_yes_is_asked_to_stop_once_in_whatever_order_it_is_heard(
    notify: Notify, events: list[Event]
) -> None:
    await notify.given(*events, events[-1])

    (stop,) = stops(notify)
    assert (stop.draft.recipient_id, stop.draft.case_code, stop.state) == (CONTACT, CODE, MessageState.QUEUED)


async def test_partner_whose_help_began_is_asked_to_stop(notify: Notify) -> None:
    await notify.given(builders.partner_activated())
    await notify.attempt(Accepted())
    await notify.given(builders.partner_accepted())
    await notify.claimed(PARTNER_ACCEPTED)
    await notify.given(builders.case_withdrawn(), builders.referral_withdrawn())

    stop = await notify.ends(await notify.claimed(QUESTION_WITHDRAWN), Accepted())
    assert stop.state is MessageState.ACCEPTED


async def test_partner_that_helps_for_half_a_year_is_asked_to_stop_though_its_yes_is_forgotten(notify: Notify) -> None:
    await notify.given(builders.partner_accepted())
    await notify.ends(await notify.claimed(PARTNER_ACCEPTED), Accepted())
    notify.clock.forward(KEEP_SETTLED_FOR + timedelta(days=1))
    async with notify.units.begin() as unit:
        await forget_old_messages(unit)
    await notify.given(builders.case_withdrawn(), builders.referral_withdrawn())

    (stop,) = stops(notify)
    assert stop.draft.recipient_id == CONTACT


async def test_partner_that_does_not_help_is_not_asked_to_stop(notify: Notify) -> None:
    await notify.given(builders.partner_activated(), builders.referral_withdrawn(was_helping=False))

    assert stops(notify) == []


async def test_erased_case_asks_nobody_to_stop(notify: Notify) -> None:
    await notify.given(builders.partner_accepted(), builders.referral_withdrawn(), builders.case_erased())
    await notify.given(builders.partner_accepted(), builders.referral_withdrawn())

    assert notify.messages() == []


async def test_partner_is_still_asked_to_stop_when_the_family_stops_while_that_mail_is_in_hand(notify: Notify) -> None:
    await notify.given(builders.partner_accepted(), builders.referral_withdrawn())
    message = await notify.claimed(QUESTION_WITHDRAWN)
    await notify.given(builders.case_withdrawn())
    await notify.ends(message, Deferred(Reason.MAIL_SERVER_AWAY))

    assert [one.state for one in stops(notify)] == [MessageState.QUEUED]


async def test_refused_mail_that_asks_to_stop_can_be_tried_again_though_the_case_is_over(notify: Notify) -> None:
    await notify.given(builders.case_withdrawn(), builders.partner_accepted(), builders.referral_withdrawn())
    refusal = Refused(RefusalKind.REFUSED_BY_SERVER, 550)
    refused = await notify.ends(await notify.claimed(QUESTION_WITHDRAWN), refusal)
    async with notify.units.begin() as unit:
        await retry_message(refused.id, unit)

    assert [one.state for one in stops(notify)] == [MessageState.QUEUED]
