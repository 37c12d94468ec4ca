"""Given that mail waits for each other: what leaves together, when, and what becomes of each part."""

from datetime import UTC, datetime, time, timedelta

import pytest

from services.notify.domain.mails.answers import PARTNER_ACCEPTED
from services.notify.domain.mails.desk import DESK_POINT
from services.notify.domain.mails.digests import CASE_NEWS, DAY_DIGEST, DESK_DIGEST
from services.notify.domain.mails.news import PARTNER_ASKED, PARTNER_DECLINED
from services.notify.domain.mails.partners import PARTNER_ACTIVATED
from services.notify.domain.message import Message, MessageState
from services.notify.domain.moments import Preferences
from services.notify.domain.outcome import Reason
from services.notify.handlers.people import set_preferences
from shared.events import matching, monitoring
from shared.events.base import Urgency
from tests.unit.notify import builders
from tests.unit.notify.builders import AMBASSADOR, CONTACT, COORDINATOR, NOW
from tests.unit.notify.post import Post
from tests.unit.notify.twin import Notify

AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
# NOW is ten o'clock on a Monday, by the clocks of the city.
EIGHT_NEXT_DAY = datetime(2026, 3, 3, 7, 0, tzinfo=UTC)
NEXT_ASKED = builders.partner_activated(attempt=2, referral_id=builders.POINT, contact_id=builders.COLLEAGUE)


async def prefers(notify: Notify, preferences: Preferences) -> None:
    async with notify.units.begin() as unit:
        await set_preferences(preferences, unit)


def of(notify: Notify, reader: object) -> list[Message]:
    return [message for message in notify.messages() if message.draft.recipient_id == reader]


async def test_a_no_and_who_is_asked_next_leave_as_one_mail_after_an_hour(notify: Notify) -> None:
    await notify.given(builders.partner_declined(), NEXT_ASKED)
    assert [message.draft.recipient_id for message in await notify.all_arrive()] == [builders.COLLEAGUE]

    await notify.time_passes(AN_HOUR - timedelta(seconds=1))
    assert await notify.all_arrive() == []
    await notify.time_passes(timedelta(seconds=1))

    (news,) = await notify.all_arrive()
    assert (news.draft.mail, news.draft.recipient_id) == (CASE_NEWS, AMBASSADOR)
    assert [part.draft.mail for part in news.parts] == [PARTNER_DECLINED, PARTNER_ASKED]
    assert {message.state for message in notify.messages()} == {MessageState.ACCEPTED}


async def test_news_that_comes_alone_leaves_as_its_own_mail(notify: Notify) -> None:
    await notify.given(builders.partner_declined())
    await notify.time_passes(AN_HOUR)

    assert [message.draft.mail for message in await notify.all_arrive()] == [PARTNER_DECLINED]


async def test_second_news_of_a_day_waits_for_the_next_working_morning(notify: Notify) -> None:
    await notify.given(builders.partner_declined())
    await notify.time_passes(AN_HOUR)
    await notify.all_arrive()
    await notify.given(builders.referral(matching.ReferralExpired, activated_at=NOW))

    assert of(notify, AMBASSADOR)[-1].held_until == EIGHT_NEXT_DAY


async def test_news_of_the_evening_waits_for_the_morning(notify: Notify) -> None:
    notify.clock.forward(timedelta(hours=10))
    await notify.given(builders.partner_declined())

    assert of(notify, AMBASSADOR)[-1].held_until == EIGHT_NEXT_DAY


async def test_a_yes_goes_at_once_and_makes_the_news_of_its_need_old(notify: Notify) -> None:
    await notify.given(builders.partner_declined(), builders.partner_accepted())

    declined, yes = of(notify, AMBASSADOR)
    assert (declined.state, declined.reason) == (MessageState.WITHDRAWN, Reason.OVERTAKEN)
    assert (yes.draft.mail, yes.state) == (PARTNER_ACCEPTED, MessageState.QUEUED)
    await notify.time_passes(A_DAY)
    assert CASE_NEWS not in {message.draft.mail for message in notify.messages()}


async def test_points_leave_in_one_mail_on_a_working_morning_without_those_that_were_resolved(notify: Notify) -> None:
    await notify.given(builders.person_joined(COORDINATOR), builders.point(monitoring.EscalationRaised))
    other = builders.point(monitoring.EscalationRaised, escalation_id=builders.SIGNAL)
    again = builders.point(monitoring.EscalationRepeated, escalation_id=builders.DEPUTY, level=2)
    await notify.given(other, again, builders.point_resolved())
    assert await notify.all_arrive() == []
    await notify.time_passes(EIGHT_NEXT_DAY - NOW)

    (digest,) = await notify.all_arrive()
    assert (digest.draft.mail, digest.draft.recipient_id) == (DESK_DIGEST, COORDINATOR)
    assert [part.draft.about_id for part in digest.parts] == [builders.SIGNAL, builders.DEPUTY]


async def test_point_that_comes_back_takes_the_place_of_the_one_that_waits(notify: Notify) -> None:
    first, louder = (builders.point(monitoring.EscalationRaised, level=level) for level in (1, 2))
    await notify.given(builders.person_joined(COORDINATOR), first, louder)

    assert [(one.state, one.draft.facts["times"]) for one in notify.messages()] == [
        (MessageState.WITHDRAWN, "1"),
        (MessageState.HELD, "2"),
    ]


async def test_friday_evening_point_waits_for_monday_and_nothing_to_tell_is_no_mail(notify: Notify) -> None:
    notify.clock.forward(timedelta(days=4, hours=10))
    await notify.given(builders.person_joined(COORDINATOR), builders.point(monitoring.EscalationRaised))
    assert notify.messages()[0].held_until == EIGHT_NEXT_DAY + timedelta(days=6)
    await notify.given(builders.point_resolved())
    await notify.time_passes(timedelta(days=7))

    assert await notify.all_arrive() == []


async def test_point_that_cannot_wait_leaves_at_once(notify: Notify) -> None:
    urgent = builders.point(monitoring.EscalationRaised, at_once=True, urgency=Urgency.TODAY)
    await notify.given(builders.person_joined(COORDINATOR), urgent)

    assert [message.draft.mail for message in await notify.all_arrive()] == [DESK_POINT]


async def test_reader_of_a_digest_gets_all_of_a_day_in_one_mail_at_the_hour_of_choice(notify: Notify) -> None:
    await prefers(notify, Preferences(AMBASSADOR, digest_at=time(16)))
    await notify.given(builders.partner_declined(), builders.follow_up_due(), builders.no_partner_found())
    await notify.time_passes(timedelta(hours=6) - timedelta(seconds=1))
    assert await notify.all_arrive() == []
    await notify.time_passes(timedelta(seconds=1))

    (digest,) = await notify.all_arrive()
    assert digest.draft.mail is DAY_DIGEST
    assert len(digest.parts) == 2, "the news of a no is old when nobody was found"


async def test_what_is_needed_today_and_a_sign_in_code_do_not_wait_for_a_digest(notify: Notify) -> None:
    for reader in (CONTACT, AMBASSADOR):
        await prefers(notify, Preferences(reader, digest_at=time(16), quiet_from=time(0), quiet_until=time(23)))
    await notify.given(builders.partner_activated(Urgency.TODAY), builders.sign_in_requested())

    assert len(await notify.all_arrive()) == 2


@pytest.mark.parametrize(
    ("begins", "ends", "waits_until"),
    [
        (time(9), time(12), NOW.replace(hour=11)),
        (time(22), time(11), NOW.replace(hour=10)),
        (time(18), time(8), None),
        (time(10), time(10), None),
    ],
)
async def test_mail_waits_for_the_end_of_quiet_hours(
    notify: Notify, begins: time, ends: time, waits_until: datetime | None
) -> None:
    await prefers(notify, Preferences(CONTACT, quiet_from=begins, quiet_until=ends))
    await notify.given(builders.partner_activated())

    (message,) = notify.messages()
    assert message.held_until == waits_until
    assert message.state is (MessageState.HELD if waits_until else MessageState.QUEUED)


async def test_timer_that_fires_twice_sends_nothing_twice(notify: Notify) -> None:
    await notify.given(builders.partner_declined(), NEXT_ASKED)
    timers = dict(notify.units.tables.table("timers"))
    await notify.time_passes(AN_HOUR)
    notify.units.tables.table("timers").update(timers)
    await notify.time_passes(AN_HOUR)

    assert [message.draft.mail for message in notify.messages()].count(CASE_NEWS) == 1


async def test_digest_is_one_letter_with_the_link_of_each_part(notify: Notify, post: Post) -> None:
    await prefers(notify, Preferences(CONTACT, digest_at=time(16)))
    await notify.given(builders.partner_activated(), NEXT_ASKED.model_copy(update={"contact_id": CONTACT}))
    await notify.time_passes(timedelta(hours=6))
    await post.sender.send_due()

    (letter,) = [letter for letter in post.letters() if letter.subject == DAY_DIGEST.template]
    assert letter.text.count(PARTNER_ACTIVATED.template) == 2
    assert letter.text.count("https://schakel.example/antwoord/x") == 2
