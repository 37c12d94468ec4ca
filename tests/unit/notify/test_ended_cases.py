"""Given that a case was withdrawn, closed or erased, and perhaps opens again: what is still told."""

from datetime import date, timedelta

import pytest

from services.notify.commands import RecordOutcome
from services.notify.domain.mails.cases import CASE_CLOSED, CASE_WITHDRAWN, ERASURE_PLANNED
from services.notify.domain.mails.follow_ups import FOLLOW_UP
from services.notify.domain.mails.news import PARTNER_DECLINED
from services.notify.domain.mails.partners import PARTNER_ACTIVATED
from services.notify.domain.mails.requests import REQUEST_RECEIVED
from services.notify.domain.mails.unmet_needs import NOBODY_FOUND
from services.notify.domain.message import GIVE_UP_AFTER, Message, MessageState
from services.notify.domain.outcome import Accepted, Deferred, Reason
from services.notify.handlers.messages import record_outcomes
from shared.events import intake, matching
from shared.events.base import Event
from tests.unit.notify import builders, network
from tests.unit.notify.twin import Notify


def but_that_it_is_closed(notify: Notify) -> list[Message]:
    """What else is told."""
    return [message for message in notify.messages() if message.draft.mail is not CASE_CLOSED]


async def test_withdrawn_case_drops_its_waiting_mail_visibly_and_queues_no_more(notify: Notify) -> None:
    await notify.given(builders.request_received(), builders.case_withdrawn(), builders.partner_activated())

    message, told = notify.messages()
    assert (message.state, message.reason) == (MessageState.WITHDRAWN, Reason.CASE_WITHDRAWN)
    assert (told.draft.mail, told.state) == (CASE_WITHDRAWN, MessageState.QUEUED)


async def test_closed_case_holds_its_mail_back_visibly(notify: Notify) -> None:
    await notify.given(builders.request_received(), builders.case_closed(), builders.partner_activated())

    told = [message for message in notify.messages() if message.draft.mail is not CASE_CLOSED]
    assert [(message.draft.mail, message.state, message.reason) for message in told] == [
        (REQUEST_RECEIVED, MessageState.WITHDRAWN, Reason.CASE_CLOSED),
        (PARTNER_ACTIVATED, MessageState.WITHDRAWN, Reason.CASE_CLOSED),
    ]
    assert [message.draft.mail for message in await notify.claim()] == [CASE_CLOSED]


async def test_that_a_case_is_closed_is_not_told_any_more_when_the_family_withdraws(notify: Notify) -> None:
    await notify.given(builders.request_received(), builders.case_closed(), builders.case_withdrawn())

    assert [message.draft.mail for message in await notify.claim()] == [CASE_WITHDRAWN]


async def test_mail_in_hand_when_the_case_is_withdrawn_is_not_tried_again(notify: Notify) -> None:
    await notify.given(builders.request_received())
    (message,) = await notify.claim()
    await notify.given(builders.case_withdrawn())

    async with notify.units.begin() as unit:
        outcome = Deferred(Reason.MAIL_SERVER_AWAY)
        await record_outcomes([RecordOutcome(message.id, 1, outcome, 0.0)], unit)

    (first, *_) = notify.messages()
    assert (first.state, first.reason) == (MessageState.WITHDRAWN, Reason.CASE_WITHDRAWN)


@pytest.mark.parametrize("opening", [builders.case_reopened(), builders.new_question_raised()])
async def test_closed_case_that_opens_again_gets_mail_again(notify: Notify, opening: Event) -> None:
    await notify.given(builders.case_closed(), opening, builders.partner_activated())

    assert [message.state for message in but_that_it_is_closed(notify)] == [MessageState.QUEUED]


@pytest.mark.parametrize("before_closing", [True, False])
async def test_question_heard_before_the_case_opened_again_goes_out_after_all(
    notify: Notify, *, before_closing: bool
) -> None:
    first = [builders.partner_activated(), builders.case_closed()]
    await notify.given(*(first if before_closing else reversed(first)), builders.new_question_raised())

    message = await notify.attempt(Accepted())
    assert (message.draft.mail, message.state) == (PARTNER_ACTIVATED, MessageState.ACCEPTED)


async def test_mail_in_hand_when_the_case_closed_and_opened_again_is_tried_again(notify: Notify) -> None:
    await notify.given(builders.request_received())
    (message,) = await notify.claim()
    await notify.given(builders.case_closed(), builders.new_question_raised())

    async with notify.units.begin() as unit:
        await record_outcomes([RecordOutcome(message.id, 1, Deferred(Reason.MAIL_SERVER_AWAY), 0.0)], unit)

    assert [(m.state, m.reason) for m in notify.messages()] == [
        (MessageState.QUEUED, Reason.MAIL_SERVER_AWAY),
        (MessageState.WITHDRAWN, Reason.OVERTAKEN),
    ]


async def test_mail_held_back_stays_here_when_it_was_overtaken_or_grew_old(notify: Notify) -> None:
    await notify.given(builders.case_closed(), builders.partner_activated(), builders.partner_declined())
    await notify.given(builders.no_partner_found(), builders.follow_up_due())
    notify.clock.forward(GIVE_UP_AFTER)
    await notify.given(builders.new_question_raised())

    told = [message for message in but_that_it_is_closed(notify) if message.draft.mail is not PARTNER_DECLINED]
    assert [(message.draft.mail, message.state, message.reason) for message in told] == [
        (PARTNER_ACTIVATED, MessageState.WITHDRAWN, Reason.OVERTAKEN),
        (NOBODY_FOUND, MessageState.WITHDRAWN, Reason.CASE_CLOSED),
        (FOLLOW_UP, MessageState.QUEUED, None),
    ]


@pytest.mark.parametrize(
    ("after", "state"),
    [
        (timedelta(days=2) - timedelta(seconds=1), MessageState.QUEUED),
        (timedelta(days=2), MessageState.WITHDRAWN),
    ],
)
async def test_mail_held_back_goes_out_when_the_case_opens_within_two_days(
    notify: Notify, after: timedelta, state: MessageState
) -> None:
    await notify.given(builders.case_closed(), builders.no_partner_found())
    notify.clock.forward(after)
    await notify.given(builders.new_question_raised())

    assert [message.state for message in but_that_it_is_closed(notify)] == [state]


async def test_news_of_before_the_closing_does_not_leave_when_the_case_opens_again(notify: Notify) -> None:
    later = builders.referral(matching.PartnerWaitlisted, from_day=date(2026, 4, 1))
    await notify.given(builders.partner_declined(), later)
    notify.clock.forward(timedelta(minutes=5))
    await notify.given(builders.case_closed(), builders.new_question_raised())

    assert [message.state for message in but_that_it_is_closed(notify)] == [MessageState.WITHDRAWN] * 2


async def test_news_that_overtook_the_opening_of_its_case_leaves_after_all(notify: Notify) -> None:
    await notify.given(builders.case_closed())
    notify.clock.forward(timedelta(minutes=5))
    await notify.given(builders.partner_declined(), builders.case_reopened())

    assert [message.state for message in but_that_it_is_closed(notify)] == [MessageState.QUEUED]


async def test_that_a_case_is_closed_is_told_to_its_ambassador_though_nothing_was_told_before(notify: Notify) -> None:
    await notify.given(builders.case_closed())

    (told,) = notify.messages()
    assert (told.draft.mail, told.draft.recipient_id, told.draft.case_code) == (
        CASE_CLOSED,
        builders.AMBASSADOR,
        builders.CODE,
    )


async def test_closed_case_that_is_withdrawn_opens_nothing(notify: Notify) -> None:
    await notify.given(
        builders.case_closed(), builders.partner_activated(), builders.case_withdrawn(), builders.case_reopened()
    )

    (first, *_) = notify.messages()
    assert (first.state, first.reason) == (MessageState.WITHDRAWN, Reason.CASE_WITHDRAWN)


async def test_erased_case_leaves_no_message_and_a_late_event_revives_nothing(notify: Notify) -> None:
    await notify.given(builders.request_received())
    await notify.attempt(Accepted())
    await notify.given(builders.partner_activated(), builders.case_erased(), builders.case_reopened())
    await notify.given(builders.no_partner_found())

    assert notify.messages() == []


async def test_erased_case_leaves_no_mail_that_names_it_among_others(notify: Notify) -> None:
    other = network.ambassador_reminded(builders.OTHER_CODE, at=builders.NOW + timedelta(minutes=1))
    await notify.given(builders.request_received(), network.ambassador_reminded(), other, builders.case_erased())

    assert [message.draft.facts["codes"] for message in notify.messages()] == [builders.OTHER_CODE] * 2


async def test_erased_case_leaves_no_digest_of_its_news(notify: Notify) -> None:
    other = builders.partner_activated(attempt=2, referral_id=builders.POINT, contact_id=builders.COLLEAGUE)
    await notify.given(builders.partner_declined(), other)
    await notify.time_passes(timedelta(hours=1))
    assert any(message.draft.mail.is_digest for message in notify.messages())

    await notify.given(builders.case_erased())

    assert notify.messages() == []


async def test_that_a_case_is_closed_is_not_told_any_more_once_it_is_withdrawn(notify: Notify) -> None:
    await notify.given(builders.request_received(), builders.case_closed(), builders.case_withdrawn())

    assert [message.draft.mail for message in await notify.claim()] == [CASE_WITHDRAWN]


@pytest.mark.parametrize("end", [builders.case_erased(), builders.case_withdrawn()])
@pytest.mark.parametrize("late", [builders.partner_accepted(), builders.handover_planned()])
async def test_appointment_that_is_heard_after_the_end_of_its_case_is_not_kept(
    notify: Notify, end: Event, late: Event
) -> None:
    await notify.given(end, late)

    assert list(notify.units.tables.table("appointments").values()) == []


def erasure_planned(day: date = date(2026, 12, 1)) -> intake.ErasurePlanned:
    return intake.ErasurePlanned(
        subject=builders.CASE,
        occurred_at=builders.NOW + timedelta(hours=1),
        case_code=builders.CODE,
        ambassador_id=builders.AMBASSADOR,
        erased_on=day,
    )


@pytest.mark.parametrize("end", [builders.case_closed(), builders.case_withdrawn()])
async def test_ambassador_reads_that_a_case_that_ended_is_erased_soon(notify: Notify, end: Event) -> None:
    await notify.given(builders.request_received(), end)
    await notify.all_arrive()

    await notify.given(erasure_planned())

    (mail,) = await notify.claim()
    assert (mail.draft.mail, mail.draft.recipient_id) == (ERASURE_PLANNED, builders.AMBASSADOR)
    assert ("closed" in mail.draft.facts) == isinstance(end, intake.CaseClosed)


@pytest.mark.parametrize("goes_on", [builders.case_reopened(), builders.case_withdrawn()])
async def test_that_a_case_is_erased_soon_is_not_told_when_it_is_not_so_any_more(
    notify: Notify, goes_on: Event
) -> None:
    await notify.given(builders.request_received(), builders.case_closed(), erasure_planned(), goes_on)

    assert ERASURE_PLANNED not in {message.draft.mail for message in await notify.claim()}


async def test_erased_case_is_confirmed_and_leaves_id_and_day_only(notify: Notify) -> None:
    await notify.given(builders.request_received(), builders.partner_declined(), builders.case_closed())
    await notify.given(builders.case_erased())

    assert notify.published()[-1] == "messages-erased"
    holding = {name for name, rows in notify.units.tables.tables.items() if str(builders.CASE) in repr(rows)}
    assert holding <= {"erased", "subject_versions", "outbox"}


async def test_mails_about_the_early_signal_that_became_the_case_go_with_it(notify: Notify) -> None:
    await notify.given(builders.signal_question())
    assert notify.messages()
    await notify.given(builders.case_erased().model_copy(update={"signals": (builders.SIGNAL,)}))
    assert notify.messages() == []
