"""A message's codes, numbers and moments in Dutch: Schakel's own words, and those of the city."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from babel.dates import format_date, format_time

from services.notify.domain.appointment import Appointment
from services.notify.domain.mail import Form
from services.notify.ports import MAIL_LANGUAGE
from shared.events.base import Beneficiary
from shared.events.case_codes import MissingPart, PauseWish
from shared.events.http import Mentioned
from shared.events.monitoring import EscalationReason
from shared.events.referral_codes import ColdReason, FailureReason
from shared.kernel.city import City, CodeList

FOR_WHOM: Final[Mapping[str, str]] = {
    Beneficiary.CHILD: "een kind",
    Beneficiary.SIBLING: "een broer of zus",
    Beneficiary.PARENT: "een ouder",
    Beneficiary.HOUSEHOLD: "het hele gezin",
}
COLD_REASONS: Final[Mapping[str, str]] = {
    ColdReason.FAMILY_WISH: "Het gezin wilde dat zo.",
    ColdReason.KNOW_EACH_OTHER: "Het gezin en de partner kennen elkaar al.",
    ColdReason.NO_DAY_FOUND: "Er was geen dag waarop iedereen kon.",
    ColdReason.HELP_COULD_NOT_WAIT: "De hulp kon niet wachten.",
    ColdReason.ONLY_GOODS: "Het ging alleen om spullen.",
}
STOP_REASONS: Final[Mapping[str, str]] = {
    FailureReason.PARTNER_STOPPED: "De partner kan niet verder helpen.",
    FailureReason.FAMILY_STOPPED: "Het gezin wil niet verder met deze hulp.",
    FailureReason.NO_CONTACT: "Het lukte niet om contact te krijgen.",
    FailureReason.RULES: "De regels van de partner laten het niet toe.",
    FailureReason.OTHER: "Er is een andere reden. De partner vertelt je die graag.",
}
WISHES: Final[Mapping[str, str]] = {
    PauseWish.FAMILY: "Dat is de wens van het gezin.",
    PauseWish.AMBASSADOR: "Daar heb jij om gevraagd.",
    PauseWish.TOGETHER: "Dat hebben jullie samen afgesproken.",
}
MISSING: Final[Mapping[str, str]] = {
    MissingPart.WHAT_IS_NEEDED: "Wat er nodig is.",
    MissingPart.FOR_WHOM: "Voor wie de hulp is.",
    MissingPart.CONSENT: "Of het gezin het goed vindt.",
    MissingPart.HOW_TO_REACH_THE_FAMILY: "Hoe we het gezin bereiken.",
    MissingPart.SOMETHING_ELSE: "Nog iets anders. Op de pagina staat wat.",
}
POINTS: Final[Mapping[str, str]] = {
    EscalationReason.NO_PARTNER_FOUND: "Er is nog geen partner gevonden.",
    EscalationReason.PARTNER_SILENT: "De partner heeft nog niet geantwoord.",
    EscalationReason.FIRST_CONTACT_LATE: "We weten niet of het eerste contact er was.",
    EscalationReason.CONFIRMATION_LATE: "We weten nog niet of de hulp hielp.",
    EscalationReason.INVENTORY_LATE: "Het gesprek met het gezin is nog niet ingevuld.",
    EscalationReason.HELP_FAILED: "De hulp is gestopt.",
    EscalationReason.CALL_ASKED: "De contactpersoon vraagt of je belt.",
    EscalationReason.OUT_OF_SIGHT: "Dit kind is uit het oog.",
    EscalationReason.PLAN_FINISHED: "We hebben alle keren gevraagd hoe het gaat. Kan het dossier dicht?",
    EscalationReason.MAIL_NOT_DELIVERED: "Een mail kwam niet aan.",
    EscalationReason.PARTNER_NOT_WANTED: "Het gezin wil deze partner liever niet.",
    EscalationReason.NEW_REQUEST: "Er is een nieuwe aanvraag.",
    EscalationReason.NOT_GOING_WELL: "Het gaat niet goed met het kind.",
    EscalationReason.LEFT_SCHOOL: "Het kind is niet meer op deze school.",
    EscalationReason.HOME_VISIT_LATE: "We weten niet of het huisbezoek er was.",
    EscalationReason.QUESTION_UNANSWERED: "Een vraag van de partner wacht op antwoord.",
    EscalationReason.HANDOVER_LATE: "We weten niet of zij hebben kennisgemaakt.",
    EscalationReason.WAITLIST_LATE: "De dag is voorbij waarop de partner zou beginnen.",
    EscalationReason.HELP_NOT_STARTED: "De hulp is nog niet begonnen.",
    EscalationReason.FAMILY_WISH_UNKNOWN: "We weten nog niet of het gezin verder wil zoeken.",
    EscalationReason.CHILD_WITHOUT_HELP: "De ouders krijgen hulp, het kind zelf nog niet.",
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


def listing(words: Sequence[str]) -> str:
    """`een fiets, taalles en een jas`."""
    return " en ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


class Dutch:
    """Puts facts into words, in one city."""

    def __init__(self, city: City) -> None:
        self._city = city
        self._forms: Mapping[Form, Mapping[str, str]] = {
            Form.FOR_WHOM: FOR_WHOM,
            Form.COLD_REASON: COLD_REASONS,
            Form.STOP_REASON: STOP_REASONS,
            Form.WISH: WISHES,
            Form.POINT: POINTS,
        }
        self._lists: Mapping[Form, CodeList[Any]] = {
            Form.DISTRICT: city.districts,
            Form.HOW_SOON: city.urgencies,
            Form.NEED: city.categories,
        }
        self._made: Mapping[Form, Callable[[str], object]] = {
            Form.NEEDS: lambda said: listing([city.categories.in_sentence(code) for code in said.split(",") if code]),
            Form.MISSING: lambda said: [MISSING.get(code, code) for code in said.split(",") if code],
            Form.COUNT: int,
            Form.DAY: lambda said: _day_words(self._day(said)),
            Form.MONTH: lambda said: format_date(self._day(said), "MMMM y", locale=MAIL_LANGUAGE),
            Form.TIME: lambda said: self._time(datetime.fromisoformat(said), "HH:mm"),
            Form.MOMENT: lambda said: self.moment(datetime.fromisoformat(said)),
            Form.APPOINTMENT: lambda said: self._appointment(Appointment.from_fact(said)),
        }

    def words(self, said: str, form: Form, mentioned: Mapping[UUID, Mentioned]) -> object:
        """What the templates show for this fact."""
        if form in self._forms:
            # A newer release may know more codes.
            return self._forms[form].get(said, said)
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
        """`dinsdag 5 januari om 11.00 uur`."""
        return f"{_day_words(self._city.day_of(at))} om {self._time(at, 'H.mm')} uur"

    def _appointment(self, appointment: Appointment) -> str:
        return self.moment(appointment.starts_at) if appointment.starts_at else _day_words(appointment.on)

    def _day(self, iso: str) -> date:
        return self._city.day_of(datetime.fromisoformat(iso)) if "T" in iso else date.fromisoformat(iso)

    def _time(self, at: datetime, pattern: str) -> str:
        return format_time(at.astimezone(self._city.zone), pattern, locale=MAIL_LANGUAGE)


def who(mentioned: Mentioned | None) -> Who:
    """On one line; matching may not know this person any more."""
    if mentioned is None:
        return Who()
    parts = (mentioned.name, mentioned.organisation or "", mentioned.phone or "")
    return Who(*(" ".join(part.split()) for part in parts))


def _day_words(day: date) -> str:
    return format_date(day, "EEEE d MMMM", locale=MAIL_LANGUAGE)
