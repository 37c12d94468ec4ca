"""A mail that reminds an ambassador of several cases: what becomes of it when one of them is no longer to be said."""

from datetime import timedelta

import pytest

from services.notify.domain.mails.ambassadors import AMBASSADOR_REMINDED
from services.notify.domain.message import Message, MessageState
from services.notify.domain.moments import Preferences
from services.notify.domain.outcome import Accepted, Deferred, Reason, Refused
from services.notify.handlers.messages import retry_message, send_again
from services.notify.handlers.people import set_preferences
from shared.events.base import Event
from shared.events.notify import RefusalKind
from shared.kernel.errors import Refusal
from tests.unit.notify import builders, network
from tests.unit.notify.builders import AMBASSADOR, CODE, COLLEAGUE, NOW, OTHER_CASE, OTHER_CODE
from tests.unit.notify.twin import Notify

ENDS = [builders.case_withdrawn(), builders.case_closed(), builders.case_rests(), builders.case_erased()]
REPLACED = network.ambassador_replaced()
both = pytest.mark.parametrize("end", [*ENDS, REPLACED], ids=lambda one: type(one).__name__)


def reminders(notify: Notify) -> list[Message]:
    return [one for one in notify.messages() if one.draft.mail is AMBASSADOR_REMINDED]


def unsaid(notify: Notify) -> list[tuple[str, str]]:
    """Which numbers are still to be said, by whose reminder."""
    names = {AMBASSADOR: "ambassador", COLLEAGUE: "colleague"}
    waits = [one for one in reminders(notify) if one.is_underway and one.recalled is None]
    return sorted((names[one.draft.recipient_id], one.draft.facts["codes"]) for one in waits)


async def wants_one_mail_a_day(notify: Notify) -> None:
    async with notify.units.begin() as unit:
        await set_preferences(Preferences(AMBASSADOR, digest_at=(NOW + timedelta(hours=6)).time()), unit)


@both
async def test_reminder_that_waits_names_a_case_no_more_that_is_not_to_be_asked_about(
    notify: Notify, end: Event
) -> None:
    await wants_one_mail_a_day(notify)
    await notify.given(builders.request_received(), network.ambassador_reminded(CODE, OTHER_CODE), end)

    taken_over = [("colleague", CODE)] if end is REPLACED else []
    assert unsaid(notify) == [("ambassador", OTHER_CODE), *taken_over]
    waiting = [one for one in reminders(notify) if one.draft.recipient_id == AMBASSADOR and one.is_underway]
    assert [one.state for one in waiting] == [MessageState.HELD]


@both
async def test_reminder_of_one_case_is_dropped_with_it(notify: Notify, end: Event) -> None:
    await notify.given(builders.request_received(), network.ambassador_reminded(CODE), end)

    assert unsaid(notify) == ([("colleague", CODE)] if end is REPLACED else [])


async def test_reminder_shrinks_case_by_case_until_nothing_is_left(notify: Notify) -> None:
    other = builders.case_withdrawn(OTHER_CASE, OTHER_CODE)
    await notify.given(network.ambassador_reminded(CODE, OTHER_CODE), builders.case_closed(), other)

    assert unsaid(notify) == []
    assert {one.state for one in reminders(notify)} == {MessageState.WITHDRAWN}


@pytest.mark.parametrize("end", ENDS[:3], ids=lambda one: type(one).__name__)
async def test_reminder_in_an_attempt_that_gets_nowhere_is_not_repeated_with_the_case(
    notify: Notify, end: Event
) -> None:
    await notify.given(network.ambassador_reminded(CODE, OTHER_CODE))
    in_hand = await notify.claimed(AMBASSADOR_REMINDED)
    await notify.given(end)
    await notify.ends(in_hand, Deferred(Reason.MAIL_SERVER_BUSY))

    assert unsaid(notify) == [("ambassador", OTHER_CODE)]


@pytest.mark.parametrize("outcome", [Accepted(), Refused(RefusalKind.REFUSED_BY_SERVER)])
@pytest.mark.parametrize("end", [ENDS[0], REPLACED], ids=lambda one: type(one).__name__)
async def test_reminder_that_left_is_not_sent_again_by_a_person_once_a_case_of_it_is_over(
    notify: Notify, outcome: Accepted | Refused, end: Event
) -> None:
    await notify.given(network.ambassador_reminded(CODE, OTHER_CODE))
    gone = await notify.attempt(outcome)
    await notify.given(end)

    again = send_again if isinstance(outcome, Accepted) else retry_message
    with pytest.raises(Refusal, match="niet opnieuw"):
        async with notify.units.begin() as unit:
            await again(gone.id, unit)


@pytest.mark.parametrize("end", ENDS, ids=lambda one: type(one).__name__)
async def test_reminder_that_comes_after_the_end_of_a_case_does_not_name_it(notify: Notify, end: Event) -> None:
    """Monitoring heard of the end later than notify did."""
    await notify.given(end, network.ambassador_reminded(CODE, OTHER_CODE), network.ambassador_reminded(CODE))

    assert unsaid(notify) == [("ambassador", OTHER_CODE)]


async def test_case_that_goes_on_is_reminded_of_as_before(notify: Notify) -> None:
    await notify.given(builders.case_closed(), builders.case_reopened(), network.ambassador_reminded(CODE))

    assert unsaid(notify) == [("ambassador", CODE)]
