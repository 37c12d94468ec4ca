"""The ambassador of a child that grew reads who must consent now, unless somebody did already."""

from services.notify.domain.mails.cases import CONSENT_OUTGROWN
from services.notify.domain.message import MessageState
from shared.events import intake
from shared.events.base import ConsentGiver
from tests.unit.notify import builders
from tests.unit.notify.twin import Notify

RENEWED = intake.ConsentRenewed(subject=builders.CASE, occurred_at=builders.NOW, given_by=ConsentGiver.YOUNG_PERSON)


async def test_ambassador_is_asked_for_the_consent_of_today(notify: Notify) -> None:
    await notify.given(builders.of_case(intake.ConsentOutgrown, asked_of=ConsentGiver.YOUNG_PERSON))
    (message,) = notify.messages()
    assert (message.draft.mail, message.draft.recipient_id) == (CONSENT_OUTGROWN, builders.AMBASSADOR)
    assert set(message.draft.facts) & {"alone", "together"} == {"alone"}


async def test_nobody_is_asked_for_a_consent_that_is_there(notify: Notify) -> None:
    await notify.given(builders.of_case(intake.ConsentOutgrown, asked_of=ConsentGiver.YOUNG_PERSON), RENEWED)
    assert [one.state for one in notify.messages()] == [MessageState.WITHDRAWN]
