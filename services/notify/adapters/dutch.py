"""A message's codes, numbers and moments in Dutch: Schakel's own words, and those of the city."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from babel.dates import format_date, format_time

from services.notify.adapters import code_words
from services.notify.domain.appointment import Appointment
from services.notify.domain.letter import MAIL_LANGUAGE
from services.notify.domain.mail import Form
from shared.events.gathering_letters import GatheringDetails
from shared.events.http import Mentioned
from shared.kernel.city import City, CodeList

# What community tells of a gathering stands in the mail only.
NOT_KEPT: Final = "(dat stond in de mail)"
OWN_CODES: Final[Mapping[Form, Mapping[str, str]]] = {
    Form.FOR_WHOM: code_words.FOR_WHOM,
    Form.COLD_REASON: code_words.COLD_REASONS,
    Form.STOP_REASON: code_words.STOP_REASONS,
    Form.WISH: code_words.WISHES,
    Form.POINT: code_words.POINTS,
    Form.REMINDED: code_words.REMINDED,
    Form.CHOICE: code_words.CHOICES,
    Form.OVER_LIMIT: code_words.OVER_LIMIT,
    Form.UNAVAILABLE: code_words.UNAVAILABLE,
    Form.REFUSAL: code_words.REFUSALS,
}


class InWords(NamedTuple):
    """A code in the city's words: for a label, and for the middle of a sentence."""

    words: str = ""
    in_sentence: str = ""

    def __bool__(self) -> bool:
        return bool(self.words)


class Who(NamedTuple):
    """A professional whom the mail names; what is not known is empty."""

    name: str = ""
    organisation: str = ""
    phone: str = ""

    def __bool__(self) -> bool:
        return bool(self.name)

    @property
    def words(self) -> str:
        """Name and organisation."""
        return f"{self.name} ({self.organisation})" if self.name and self.organisation else self.name


class Meeting(NamedTuple):
    """A gathering in words."""

    title: str
    day: str
    when: str
    where: str
    contact: str
    reason: str
    report: str
    coming: str
    programme: str


class Dutch:
    """Puts facts into words, in one city."""

    def __init__(self, city: City) -> None:
        self._city = city
        self._lists: Mapping[Form, CodeList[Any]] = {
            Form.DISTRICT: city.districts,
            Form.HOW_SOON: city.urgencies,
            Form.NEED: city.categories,
            Form.KIND: city.organisation_kinds,
        }
        self._made: Mapping[Form, Callable[[str], object]] = {
            Form.NEEDS: lambda said: city.categories.in_one_sentence(filter(None, said.split(","))),
            Form.KINDS: lambda said: city.organisation_kinds.in_one_sentence(said.split(",")),
            Form.MISSING: lambda said: [code_words.MISSING.get(code, code) for code in said.split(",") if code],
            Form.CODES: lambda said: said.split(","),
            Form.COUNT: int,
            Form.DAY: lambda said: _day_words(self._day(said)),
            Form.MONTH: lambda said: format_date(self._day(said), "MMMM y", locale=MAIL_LANGUAGE),
            Form.TIME: lambda said: self._time(datetime.fromisoformat(said), "HH:mm"),
            Form.MOMENT: lambda said: self.moment(datetime.fromisoformat(said)),
            Form.APPOINTMENT: lambda said: self._appointment(Appointment.from_fact(said)),
        }

    def words(self, said: str, form: Form, mentioned: Mapping[UUID, Mentioned]) -> object:
        """What the templates show for this fact."""
        if form in OWN_CODES:
            # A newer release may know more codes.
            return OWN_CODES[form].get(said, said)
        if form in self._lists:
            return InWords(self._lists[form].words(said), self._lists[form].in_sentence(said))
        if form is Form.PERSON:
            return who(mentioned.get(UUID(said)))
        return self._made[form](said) if form in self._made else said

    def absent(self, form: Form) -> object:
        """What the templates show for a fact that the message may lack, and does."""
        if form in self._lists:
            return InWords()
        return Who() if form is Form.PERSON else ""

    def moment(self, at: datetime) -> str:
        """`dinsdag 5 januari om 11:00 uur`, as pages write it."""
        return f"{_day_words(self._city.day_of(at))} om {self._time(at, 'HH:mm')} uur"

    def gathering(self, told: GatheringDetails | None) -> Meeting:
        """What community tells at the moment of sending; it is kept nowhere, so that later nobody can tell it again."""
        if told is None:
            return Meeting(*[NOT_KEPT] * len(Meeting._fields))
        day = _day_words(self._city.day_of(told.starts_at))
        when = f"{day}, {self._time(told.starts_at, 'HH:mm')} tot {self._time(told.ends_at, 'HH:mm')} uur"
        programme = "; ".join(told.programme.splitlines())
        said = (told.title, day, when, told.place, told.contact, told.reason, told.report, _people(told.coming))
        return Meeting(*said, programme)

    def day(self, day: date) -> str:
        """`dinsdag 5 januari`."""
        return _day_words(day)

    def _appointment(self, appointment: Appointment) -> str:
        return self.moment(appointment.starts_at) if appointment.starts_at else _day_words(appointment.on)

    def _day(self, iso: str) -> date:
        return self._city.day_of(datetime.fromisoformat(iso)) if "T" in iso else date.fromisoformat(iso)

    def _time(self, at: datetime, pattern: str) -> str:
        return format_time(at.astimezone(self._city.zone), pattern, locale=MAIL_LANGUAGE)


def _people(number: int) -> str:
    return "1 mens" if number == 1 else f"{number} mensen"


def who(mentioned: Mentioned | None) -> Who:
    """On one line; matching may not know this person any more."""
    if mentioned is None:
        return Who()
    parts = (mentioned.name, mentioned.organisation or "", mentioned.phone or "")
    return Who(*(" ".join(part.split()) for part in parts))


def _day_words(day: date) -> str:
    return format_date(day, "EEEE d MMMM", locale=MAIL_LANGUAGE)
