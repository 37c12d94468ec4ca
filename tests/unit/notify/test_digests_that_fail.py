"""Given that the attempt of a digest fails, or its case ends in between: what becomes of each part."""

from datetime import UTC, datetime, timedelta

import pytest

from services.notify.domain.errors import NotRetryable
from services.notify.domain.mails.digests import CASE_NEWS, DESK_DIGEST
from services.notify.domain.message import Message, MessageState
from services.notify.domain.outcome import Accepted, AttemptOutcome, Deferred, Reason, Refused, Unknown
from services.notify.handlers.messages import retry_message
from shared.events import monitoring
from shared.events.notify import RefusalKind
from tests.unit.notify import builders
from tests.unit.notify.builders import AMBASSADOR, COORDINATOR, NOW
from tests.unit.notify.twin import Notify

AN_HOUR = timedelta(hours=1)
# NOW is ten o'clock on a Monday, by the clocks of the city.
EIGHT_NEXT_DAY = datetime(2026, 3, 3, 7, 0, tzinfo=UTC)
NEXT_ASKED = builders.partner_activated(attempt=2, referral_id=builders.POINT, contact_id=builders.COLLEAGUE)


def of(notify: Notify, reader: object) -> list[Message]:
    return [message for message in notify.messages() if message.draft.recipient_id == reader]


async def test_digest_that_waits_for_the_server_keeps_its_parts_and_one_that_is_refused_says_so_of_each(
    notify: Notify,
) -> None:
    await notify.given(builders.partner_declined(), NEXT_ASKED)
    await notify.all_arrive()
    await notify.time_passes(AN_HOUR)
    (news,) = await notify.claim()
    await notify.ends(news, Deferred(Reason.MAIL_SERVER_AWAY))
    assert [part.state for part in of(notify, AMBASSADOR)[:2]] == [MessageState.HELD] * 2

    await notify.time_passes(timedelta(minutes=1))
    (news,) = await notify.claim()
    await notify.ends(news, Refused(RefusalKind.REFUSED_BY_SERVER, 550, address_at_fault=True))

    assert {part.state for part in of(notify, AMBASSADOR)} == {MessageState.REFUSED}
    assert notify.published().count("message-refused") == 3
    assert notify.published().count("address-flagged") == 1


async def test_digest_in_doubt_is_sent_once_more_with_its_parts(notify: Notify) -> None:
    await notify.given(builders.partner_declined(), NEXT_ASKED)
    await notify.all_arrive()
    await notify.time_passes(AN_HOUR)
    (news,) = await notify.claim()
    await notify.ends(news, Unknown())
    await notify.time_passes(timedelta(minutes=1))

    (copy,) = await notify.claim()
    assert (copy.id, len(copy.parts)) == (news.id, 2)
    await notify.ends(copy, Accepted())
    assert {part.state for part in of(notify, AMBASSADOR)} == {MessageState.ACCEPTED}


async def test_digest_of_a_sender_that_died_is_sent_once_more(notify: Notify) -> None:
    await notify.given(builders.partner_declined(), NEXT_ASKED)
    await notify.all_arrive()
    await notify.time_passes(AN_HOUR)
    await notify.claim()
    await notify.time_passes(timedelta(minutes=1))
    assert await notify.claim() == [], "first it is known that the attempt broke off"
    await notify.time_passes(timedelta(minutes=1))

    (copy,) = await notify.claim()
    assert len(copy.parts) == 2


async def test_withdrawn_case_takes_the_parts_of_a_digest_back_and_what_is_left_of_it(notify: Notify) -> None:
    await notify.given(builders.partner_declined(), NEXT_ASKED)
    await notify.all_arrive()
    await notify.time_passes(AN_HOUR)
    await notify.given(builders.case_withdrawn())

    assert CASE_NEWS not in {message.draft.mail for message in await notify.claim()}
    (digest,) = [message for message in notify.messages() if message.draft.mail is CASE_NEWS]
    assert digest.state is MessageState.WITHDRAWN


@pytest.mark.parametrize("ended", [Unknown(), Refused(RefusalKind.GAVE_UP), None])
async def test_withdrawn_case_is_in_no_further_copy_of_a_digest(notify: Notify, ended: AttemptOutcome | None) -> None:
    await notify.given(builders.person_joined(COORDINATOR), builders.point(monitoring.EscalationRaised))
    await notify.time_passes(EIGHT_NEXT_DAY - NOW)
    (digest,) = await notify.claim()
    if ended is not None:
        await notify.ends(digest, ended)
    await notify.given(builders.case_withdrawn())
    await notify.time_passes(timedelta(minutes=1))
    if ended is None:
        assert DESK_DIGEST not in {message.draft.mail for message in await notify.claim()}, "the sender died"
        await notify.time_passes(timedelta(minutes=1))
    if isinstance(ended, Refused):
        with pytest.raises(NotRetryable):
            async with notify.units.begin() as unit:
                await retry_message(digest.id, unit)

    assert DESK_DIGEST not in {message.draft.mail for message in await notify.all_arrive()}


async def test_point_of_a_digest_that_failed_stands_in_its_copy_when_its_case_opens_again(notify: Notify) -> None:
    await notify.given(builders.person_joined(COORDINATOR), builders.point(monitoring.EscalationRaised))
    await notify.time_passes(EIGHT_NEXT_DAY - NOW)
    (digest,) = await notify.claim()
    await notify.ends(digest, Unknown())
    await notify.given(builders.case_closed(), builders.case_reopened())
    await notify.time_passes(timedelta(minutes=1))

    assert DESK_DIGEST in {message.draft.mail for message in await notify.all_arrive()}
