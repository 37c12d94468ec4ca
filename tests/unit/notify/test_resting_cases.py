"""Given that a family rests: nobody asks them or their ambassador anything, and what was held back is asked after."""

from datetime import date, timedelta

import pytest

from services.notify.domain.mails import MAILS
from services.notify.domain.mails.cases import CASE_PAUSED, CASE_RESUMED
from services.notify.domain.message import Message, MessageState
from services.notify.domain.outcome import Accepted, Reason
from shared.events import intake, matching, monitoring, referral_codes, referral_terms
from shared.events.base import Event
from shared.events.vocabulary import Audience
from tests.unit.notify import builders
from tests.unit.notify.builders import CONTACT
from tests.unit.notify.test_standing_still import LIFTED, SET
from tests.unit.notify.twin import Notify

DAY = date(2026, 3, 20)
RESTS = builders.case_rests()
GOES_ON = builders.of_case(intake.CaseResumed)
GIVEN = builders.referral(matching.HelpDelivered, on=DAY, reported_by=CONTACT)
QUESTION = builders.referral(matching.InformationRequested, question_id=builders.POINT)
MET = builders.referral(matching.HandoverConfirmed, on=DAY, party=referral_codes.Party.PARTNER, confirmed_by=CONTACT)
REMINDER = builders.of_case(monitoring.InventoryReminderDue, urgency="soon", number=1, due_at=builders.NOW)


def told(notify: Notify, *templates: str) -> list[Message]:
    return [one for one in notify.messages() if one.draft.mail.template in templates]


@pytest.mark.parametrize(
    ("question", "template"),
    [(GIVEN, "help-delivered"), (QUESTION, "question-asked"), (MET, "handover-confirm")],
)
@pytest.mark.parametrize("before", [True, False])
async def test_question_is_held_back_while_the_family_rests_and_asked_when_the_rest_is_over(
    notify: Notify, question: Event, template: str, *, before: bool
) -> None:
    await notify.given(*([question, RESTS] if before else [RESTS, question]))

    (held,) = told(notify, template)
    assert (held.state, held.reason) == (MessageState.WITHDRAWN, Reason.CASE_RESTS)

    await notify.given(GOES_ON)
    (asked,) = told(notify, template)
    assert (asked.state, asked.reason) == (MessageState.QUEUED, None)


@pytest.mark.parametrize(
    ("question", "template"), [(REMINDER, "inventory-reminder"), (builders.follow_up_due(), "follow-up")]
)
async def test_what_a_clock_asks_again_after_the_rest_is_not_asked_twice(
    notify: Notify, question: Event, template: str
) -> None:
    await notify.given(question, RESTS, GOES_ON)

    assert [one.state for one in told(notify, template)] == [MessageState.WITHDRAWN]


async def test_ambassador_hears_of_help_that_runs_while_the_family_rests(notify: Notify) -> None:
    began = builders.referral(matching.HelpStarted, on=DAY, reported_by=CONTACT)
    await notify.given(RESTS, began)

    states = {one.draft.mail.template: one.state for one in notify.messages()}
    assert states == dict.fromkeys(("case-paused", "help-started"), MessageState.QUEUED)


TO_PARTNERS = (builders.partner_activated(), builders.partner_accepted(), GIVEN)


@pytest.mark.parametrize("before", [True, False], ids=["waits", "comes-meanwhile"])
async def test_partner_gets_the_same_mails_whether_a_family_rests_or_stands_still_for_safety(*, before: bool) -> None:
    told = []
    for pauses, goes_on in ((RESTS, GOES_ON), (SET, LIFTED)):
        notify = Notify()
        await notify.given(*([*TO_PARTNERS, pauses] if before else [pauses, *TO_PARTNERS]))
        meanwhile = await arrived(notify)
        notify.clock.forward(timedelta(days=3))
        answer_by = notify.clock.now() + timedelta(days=9)
        await notify.given(goes_on, builders.referral(referral_terms.AnswerTermRenewed, answer_by=answer_by))
        at_once = await arrived(notify)
        await notify.time_passes(timedelta(days=4))
        told.append((meanwhile, at_once, await arrived(notify)))

    assert told[0] == told[1]
    assert told[0][0] == []
    assert "partner-activated" in told[0][1] + told[0][2]


async def arrived(notify: Notify) -> list[str]:
    """What leaves for partners now."""
    mails = [one.draft.mail for one in await notify.all_arrive()]
    return sorted(mail.template for mail in mails if mail.audience is Audience.PARTNER)


async def test_question_held_back_is_not_asked_any_more_when_the_family_withdraws(notify: Notify) -> None:
    await notify.given(RESTS, GIVEN, builders.case_withdrawn(), GOES_ON)

    assert [(one.state, one.reason) for one in told(notify, "help-delivered")] == [
        (MessageState.WITHDRAWN, Reason.CASE_WITHDRAWN)
    ]


async def test_rest_of_a_case_that_is_closed_opens_nothing(notify: Notify) -> None:
    await notify.given(builders.case_closed(), RESTS, GOES_ON, GIVEN)

    assert [one.reason for one in told(notify, "help-delivered")] == [Reason.CASE_CLOSED]


async def test_rest_that_ends_before_it_was_told_is_not_told_at_all(notify: Notify) -> None:
    await notify.given(RESTS, GOES_ON)

    assert [(one.draft.mail, one.state) for one in notify.messages()] == [(CASE_PAUSED, MessageState.WITHDRAWN)]


async def test_end_of_a_rest_that_was_told_is_told(notify: Notify) -> None:
    await notify.given(RESTS)
    await notify.attempt(Accepted())
    notify.clock.forward(timedelta(days=1))
    await notify.given(GOES_ON)

    assert [one.state for one in told(notify, CASE_RESUMED.template)] == [MessageState.QUEUED]


def test_every_mail_that_rests_asks_the_ambassador() -> None:
    assert {name for name, mail in MAILS.items() if mail.rests} == {
        "inventory-reminder", "request-returned", "follow-up", "question-asked", "help-delivered", "handover-confirm",
        "ambassador-reminded", "same-child",
    }  # fmt: skip
    assert {mail.audience.value for mail in MAILS.values() if mail.rests} == {"ambassador"}
