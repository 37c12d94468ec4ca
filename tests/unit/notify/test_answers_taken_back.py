"""Given that a partner takes its no back: the question is asked after all, and the news is put right."""

from datetime import timedelta

import pytest

from services.notify.domain.mails.news import PARTNER_DECLINED
from services.notify.domain.mails.partners import PARTNER_ACTIVATED
from services.notify.domain.message import MessageState
from services.notify.domain.outcome import Accepted, Deferred, Overtaken, Reason
from shared.events import matching
from shared.events.base import Event
from tests.unit.notify import builders
from tests.unit.notify.builders import NOW
from tests.unit.notify.twin import Notify

NO_AFTER_ALL = builders.referral(matching.DeclineReverted, NOW + timedelta(minutes=5), answer_by=builders.ANSWER_BY)


@pytest.mark.parametrize(
    ("answer", "taken_back"),
    [(builders.partner_declined(), NO_AFTER_ALL), (builders.partner_accepted(), builders.acceptance_reverted())],
)
@pytest.mark.parametrize("left_before", [True, False])
async def test_question_that_is_open_again_is_mailed_after_all_when_its_mail_never_left(
    notify: Notify, answer: Event, taken_back: Event, *, left_before: bool
) -> None:
    await notify.given(builders.partner_activated())
    if left_before:
        await notify.ends(await notify.claimed(PARTNER_ACTIVATED), Accepted())
    await notify.given(answer, taken_back, taken_back)

    asked = [one for one in notify.messages() if one.draft.mail is PARTNER_ACTIVATED]
    states = [MessageState.ACCEPTED] if left_before else [MessageState.WITHDRAWN, MessageState.QUEUED]
    assert [one.state for one in asked] == states
    assert len({one.draft.facts["how_soon"] for one in asked}) == 1


async def test_question_in_hand_at_the_no_is_sent_again_when_the_no_is_taken_back(notify: Notify) -> None:
    await notify.given(builders.partner_activated())
    question = await notify.claimed(PARTNER_ACTIVATED)
    await notify.given(builders.partner_declined(), NO_AFTER_ALL)
    await notify.ends(question, Deferred(Reason.MAIL_SERVER_BUSY, 451))

    assert [one.state for one in notify.messages() if one.draft.mail is PARTNER_ACTIVATED] == [MessageState.QUEUED]


@pytest.mark.parametrize("answers", [
    (builders.partner_declined(), NO_AFTER_ALL), (builders.partner_accepted(), builders.acceptance_reverted()),
])  # fmt: skip
async def test_question_that_was_closed_for_a_moment_while_its_link_was_asked_for_is_sent_after_all(
    notify: Notify, answers: tuple[Event, ...]
) -> None:
    await notify.given(builders.partner_activated())
    question = await notify.claimed(PARTNER_ACTIVATED)
    await notify.given(*answers)
    await notify.ends(question, Overtaken())

    assert [one.state for one in notify.messages() if one.draft.mail is PARTNER_ACTIVATED] == [MessageState.QUEUED]


async def test_no_that_is_taken_back_leaves_the_news_of_the_other_partners(notify: Notify) -> None:
    other = {"referral_id": builders.POINT, "organisation_id": builders.SCHOOL}
    await notify.given(builders.referral(matching.PartnerDeclined, NOW, reason="no-capacity", **other))
    await notify.given(builders.partner_declined(), NO_AFTER_ALL)

    noes = [one for one in notify.messages() if one.draft.mail is PARTNER_DECLINED]
    assert [one.state for one in noes] == [MessageState.HELD, MessageState.WITHDRAWN]
