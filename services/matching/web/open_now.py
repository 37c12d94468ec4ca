"""Whether an offer is open now, as a page says it: Nu gesloten, morgen weer vanaf 9 uur."""

from datetime import date, datetime
from typing import Final

from babel.dates import format_date

from services.matching.domain.network import Service
from services.matching.domain.opening_hours import DAY, OpeningHours
from services.matching.web.words import weekday
from shared.kernel.city import City
from shared.web.languages import PAGE_LANGUAGE, gettext, listed, reading

_A_WEEK: Final = 7


def is_open(service: Service, city: City, now: datetime) -> bool:
    """Whether it says that it is open at this moment."""
    return service.hours.open_span(now.astimezone(city.zone)) is not None


def today(service: Service, city: City, now: datetime) -> str:
    """Nu open. Vandaag open van 9 tot 17 uur. Empty where nobody can tell."""
    local, hours = now.astimezone(city.zone), service.hours
    if not hours.are_known:
        return ""
    spans, span = hours.spans_on(local.date()), hours.open_span(local)
    if span and span[0] < 0:
        return gettext("Nu open, tot %(closes)s uur.", closes=_clock(span[1]))
    if span or (spans and spans[-1][0] > local.hour * 60 + local.minute):
        said = listed(
            gettext("van %(opens)s tot %(closes)s uur", opens=_clock(opens), closes=_clock(closes))
            for opens, closes in spans
        )
        now_so = gettext("Nu open.") if span else gettext("Nu gesloten.")
        opens_today = gettext("Vandaag open %(hours)s.", hours=said)
        return f"{now_so} {opens_today}"
    if hours.is_unsure_on(local.date()):
        return gettext("Vandaag is een feestdag. Bel eerst of het open is.")
    return _opens_again(hours, local)


def _opens_again(hours: OpeningHours, local: datetime) -> str:
    coming = hours.opens_next(local)
    if coming is None:
        return gettext("Nu gesloten.")
    day, opens = coming[0], _clock(coming[1])
    if (day - local.date()).days == 1:
        return gettext("Nu gesloten, morgen weer vanaf %(opens)s uur.", opens=opens)
    return gettext("Nu gesloten, %(day)s weer vanaf %(opens)s uur.", day=_named(day, local.date()), opens=opens)


def _named(day: date, now: date) -> str:
    """Donderdag; further away with its date."""
    near = (day - now).days < _A_WEEK
    return format_date(day, "EEEE", locale=reading().locale) if near else weekday(day)


def _clock(minute: int) -> str:
    """9, or 9.30; elsewhere than in Dutch 9:00."""
    hours, minutes = divmod(minute if minute == DAY else minute % DAY, 60)
    if reading().language != PAGE_LANGUAGE:
        return f"{hours}:{minutes:02}"
    return f"{hours}.{minutes:02}" if minutes else str(hours)
