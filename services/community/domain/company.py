"""Volunteers with languages who go along to an appointment, asked in a fair turn, and booked by a professional.

asked → agreed → over, and missing when nobody is left to ask; cancelled by whoever booked. A no is kept nowhere but in
the order of who was asked last. Nothing tells of the family: a day, a part of it, a district, a language and a kind.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple
from uuid import UUID

from services.community.domain.errors import NotInThisState, SignUpClosed
from shared.events.base import Event
from shared.events.swap import (
    CompanionAsked,
    CompanionReleased,
    CompanyAgreed,
    CompanyCancelled,
    CompanyEnded,
    CompanyReminderDue,
    NoCompanionFound,
)

COMPANION_ANSWERS_WITHIN: Final = timedelta(hours=24)


class PartOfDay(StrEnum):
    """When on the day."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


class Visit(StrEnum):
    """What kind of appointment it is."""

    TOWN_HALL = "at-town-hall"
    DOCTOR = "doctor"
    HOSPITAL = "hospital"
    AT_SCHOOL = "at-school"
    COURT = "court"
    BANK = "bank"


class CompanyState(StrEnum):
    """Where it stands."""

    ASKED = "asked"
    AGREED = "agreed"
    MISSING = "missing"
    CANCELLED = "cancelled"


OPEN: Final = frozenset({CompanyState.ASKED, CompanyState.AGREED})
_ANSWERED: Final = "Je hebt al geantwoord, of het is niet meer nodig."


class Moment(NamedTuple):
    """A part of a day."""

    day: date
    part: PartOfDay


@dataclass(frozen=True, slots=True)
class Companion:
    """Somebody who goes along, and where, when and in which languages; `days`: 1 is Monday."""

    person_id: UUID
    languages: frozenset[str]
    districts: frozenset[str]
    days: frozenset[int]
    visits: frozenset[Visit]
    paused_until: date | None = None

    def fits(self, company: "Company", today: date) -> bool:
        """Whether this is what they offered, and not their rest."""
        rests = self.paused_until is not None and self.paused_until >= today
        return (
            not rests
            and self.person_id != company.booked_by
            and company.language in self.languages
            and company.area in self.districts
            and company.moment.day.isoweekday() in self.days
            and company.visit in self.visits
        )


@dataclass(frozen=True, slots=True)
class CompanionAsk:
    """Somebody was asked; what they said stands nowhere."""

    company_id: UUID
    person_id: UUID
    asked_at: datetime


@dataclass(slots=True)
class Company:
    """One booking. `person_id`: who is asked or goes along; `sequence`: of its entry in calendars."""

    id: UUID
    booked_by: UUID
    booked_at: datetime
    moment: Moment
    area: str
    language: str
    visit: Visit
    note: str = ""
    state: CompanyState = CompanyState.MISSING
    person_id: UUID | None = None
    answer_by: datetime | None = None
    sequence: int = 0
    went_well: bool | None = None

    def ask(self, person_id: UUID, at: datetime, answer_by: datetime) -> list[Event]:
        """Whose turn it is."""
        self.state, self.person_id, self.answer_by = CompanyState.ASKED, person_id, answer_by
        return [CompanionAsked(subject=self.id, occurred_at=at, person_id=person_id, answer_by=answer_by)]

    def agree(self, person_id: UUID, at: datetime) -> list[Event]:
        """Yes. Raises NotInThisState, or SignUpClosed after its time."""
        if self.state is not CompanyState.ASKED or self.person_id != person_id:
            raise NotInThisState(_ANSWERED)
        if self.answer_by is not None and at >= self.answer_by:
            raise SignUpClosed
        self.state, self.answer_by = CompanyState.AGREED, None
        self.sequence += 1
        both = ((self.booked_by, person_id), (person_id, self.booked_by))
        return [
            CompanyAgreed(subject=self.id, occurred_at=at, person_id=one, with_person_id=other) for one, other in both
        ]

    def decline(self, person_id: UUID, at: datetime) -> list[Event]:
        """No, also after a yes; nobody asks why. Raises NotInThisState."""
        if self.state not in OPEN or self.person_id != person_id:
            raise NotInThisState(_ANSWERED)
        if self.state is CompanyState.ASKED:
            return self._without()
        self.sequence += 1
        self._without()
        return [
            CompanionReleased(subject=self.id, occurred_at=at, person_id=self.booked_by),
            CompanyCancelled(subject=self.id, occurred_at=at, person_id=person_id),
        ]

    def lapse(self, at: datetime) -> bool:
        """Whether nobody answered in time, so that another one is asked."""
        if self.state is not CompanyState.ASKED or self.answer_by is None or at < self.answer_by:
            return False
        self._without()
        return True

    def miss(self, at: datetime) -> list[Event]:
        """Nobody can be asked any more."""
        return [NoCompanionFound(subject=self.id, occurred_at=at, person_id=self.booked_by)]

    def cancel(self, at: datetime) -> list[Event]:
        """It is not needed any more; whoever was asked or said yes hears it. Raises NotInThisState."""
        if self.state is CompanyState.CANCELLED:
            raise NotInThisState("Dit is al afgezegd.")
        told = [self.person_id] if self.person_id else []
        if self.state is CompanyState.AGREED:
            told.append(self.booked_by)
        self.state, self.answer_by = CompanyState.CANCELLED, None
        self.sequence += 1 if self.sequence else 0
        return [CompanyCancelled(subject=self.id, occurred_at=at, person_id=one) for one in told]

    def remind(self, at: datetime) -> list[Event]:
        """It is tomorrow, for both."""
        if self.state is not CompanyState.AGREED or self.person_id is None:
            return []
        both = (self.booked_by, self.person_id)
        return [CompanyReminderDue(subject=self.id, occurred_at=at, person_id=one) for one in both]

    def ask_how_it_went(self, at: datetime) -> list[Event]:
        """Whoever booked it."""
        if self.state is not CompanyState.AGREED:
            return []
        return [CompanyEnded(subject=self.id, occurred_at=at, person_id=self.booked_by)]

    def tell(self, *, went_well: bool) -> None:
        """How it went. Raises NotInThisState."""
        if self.state is not CompanyState.AGREED:
            raise NotInThisState("Er ging niemand mee.")
        self.went_well = went_well

    def _without(self) -> list[Event]:
        self.state, self.person_id, self.answer_by = CompanyState.MISSING, None, None
        return []


def next_companion(
    fitting: Iterable[Companion],
    asks: Iterable[CompanionAsk],
    company_id: UUID,
    not_now: Collection[UUID],
    lot: Callable[[UUID], float],
) -> Companion | None:
    """Whose turn it is: asked longest ago, then by lot; nobody twice for one booking, nor who is in `not_now`."""
    known = sorted(asks, key=lambda one: one.asked_at)
    here = {one.person_id for one in known if one.company_id == company_id}
    last = {one.person_id: one.asked_at.timestamp() for one in known}
    free = [one for one in fitting if one.person_id not in here and one.person_id not in not_now]
    return min(free, key=lambda one: (last.get(one.person_id, 0.0), lot(one.person_id)), default=None)
