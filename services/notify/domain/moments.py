"""When a message that waits leaves: by the city's clock, and as its reader prefers."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from uuid import UUID

from services.notify.domain.draft import MessageDraft
from services.notify.domain.mail import Bundle
from shared.kernel.city import City
from shared.kernel.working_time import WorkingTime

# What else happens in this time is told in the same mail.
NEWS_GATHERS_FOR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Preferences:
    """How a professional likes to get mail. Quiet hours may run over midnight; `codes_only`: no links in mails."""

    person_id: UUID
    digest_at: time | None = None
    quiet_from: time | None = None
    quiet_until: time | None = None
    codes_only: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """Until when a message waits, and with what."""

    bundle: Bundle
    until: datetime


def waiting(draft: MessageDraft, preferences: Preferences, now: datetime, clock: WorkingTime) -> Waiting | None:
    """Whether this message waits. The desk's list has its own time; "vandaag" and what a person waits for never wait.

    News of a case, which waits for more of it, does not wait twice: a reader who prefers a digest finds it there.
    """
    if draft.bundle is Bundle.DESK:
        return Waiting(Bundle.DESK, next_desk_digest(now, clock))
    if draft.mail.never_waits or draft.mail.has_appointment or draft.at_once:
        return None
    if preferences.digest_at is not None:
        return Waiting(Bundle.DAY, next_at(preferences.digest_at, now, clock.city))
    gathered = news_moment(now, clock) if draft.bundle is Bundle.CASE else now
    loud = end_of_quiet(preferences, gathered, clock.city)
    if draft.bundle is Bundle.CASE:
        return Waiting(Bundle.CASE, loud)
    return Waiting(Bundle.DAY, loud) if loud > now else None


def news_moment(now: datetime, clock: WorkingTime, *, told_today: bool = False) -> datetime:
    """An hour after the first news, while people work; else, and after today's mail, the next working morning."""
    terms, city = clock.city.terms, clock.city
    gathered = now + NEWS_GATHERS_FOR
    local = gathered.astimezone(city.zone)
    works = clock.calendar.is_working_day(local.date()) and terms.points.digest_at <= local.time()
    if works and local.time() <= terms.office_closes_at and not told_today:
        return gathered
    return next_desk_digest(now, clock)


def next_desk_digest(now: datetime, clock: WorkingTime) -> datetime:
    """The next moment of the desk's digest, on a working day."""
    day = clock.city.day_of(now)
    while True:
        day = clock.first_day_from(day)
        moment = clock.city.instant_of(day, clock.city.terms.points.digest_at)
        if moment > now:
            return moment
        day += DAY


def next_at(at: time, now: datetime, city: City) -> datetime:
    """The next time that clocks in the city show this."""
    today = city.day_of(now)
    moment = city.instant_of(today, at)
    return moment if moment > now else city.instant_of(today + DAY, at)


def end_of_quiet(preferences: Preferences, now: datetime, city: City) -> datetime:
    """When the reader's quiet hours, in which `now` falls, are over; `now` itself when it falls in none."""
    begins, ends = preferences.quiet_from, preferences.quiet_until
    if begins is None or ends is None or begins == ends:
        return now
    local = now.astimezone(city.zone).time()
    is_quiet = begins <= local < ends if begins < ends else local >= begins or local < ends
    return next_at(ends, now, city) if is_quiet else now
