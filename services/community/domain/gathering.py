"""One gathering: draft → announced → moved → held → reported; or cancelled, with a reason."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from services.community.domain.errors import NotInThisState, NotReadyToAnnounce
from services.community.domain.material import MOST_MATERIALS, Material
from services.community.domain.place import Place
from services.community.domain.seat import FORGOTTEN_AFTER
from shared.events.base import Event
from shared.events.community import (
    AccessContactRemoved,
    AttendanceRecorded,
    CancelReason,
    GatheringAnnounced,
    GatheringCancelled,
    GatheringHeld,
    GatheringKind,
    GatheringMoved,
    GatheringReported,
)
from shared.kernel.city import City


class GatheringState(StrEnum):
    """Where a gathering stands."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    MOVED = "moved"
    HELD = "held"
    REPORTED = "reported"
    CANCELLED = "cancelled"


COMING: Final = frozenset({GatheringState.ANNOUNCED, GatheringState.MOVED})
# What everybody knew of before it came to this; of what was cancelled, `is_public` says whether they did.
ANNOUNCED_ONCE: Final = COMING | {GatheringState.HELD, GatheringState.REPORTED}


@dataclass(frozen=True, slots=True)
class Details:
    """What the desk writes down of a gathering; whoever reads it on the page knows what to expect."""

    title: str
    kind: GatheringKind
    starts_at: datetime
    ends_at: datetime
    about: str
    place_id: UUID | None
    capacity: int
    language: str
    has_childcare: bool
    contact_name: str
    contact_phone: str


@dataclass(slots=True)
class Gathering:
    """One gathering. `sequence`, of its entry in calendars, grows when time or place changes, or when it is off."""

    id: UUID
    details: Details
    changed_at: datetime
    state: GatheringState = GatheringState.DRAFT
    sequence: int = 0
    cancelled_because: CancelReason | None = None
    report: str = ""
    series_id: UUID | None = None
    # Who reads what people need to take part.
    contact_person_id: UUID | None = None
    # How many were there without having signed up; None: nobody ticked who came.
    walk_ins: int | None = None
    # Of who came: how many told as what, and how many of them know it from their own life.
    told_as: int = 0
    of_experience: int = 0
    # What it is about: codes of the city's groups of needs, which people follow.
    themes: frozenset[str] = frozenset()
    materials: tuple[Material, ...] = ()
    # Of a preparation group: which gathering it prepares.
    prepares_id: UUID | None = None
    # Its series would have it on this holiday; None: on its own day, or the desk chose another one since.
    holiday_on: date | None = None

    @property
    def is_coming(self) -> bool:
        """Whether people can count on it."""
        return self.state in COMING

    def is_ahead(self, at: datetime) -> bool:
        """Whether people can count on it, and it has not begun."""
        return self.is_coming and at < self.details.starts_at

    def has_begun(self, at: datetime) -> bool:
        """Whether it goes on, or was held."""
        return self.state in ANNOUNCED_ONCE and at >= self.details.starts_at

    def takes_wishes(self, at: datetime) -> bool:
        """From its beginning until there is a report."""
        return self.has_begun(at) and not self.report

    @property
    def is_public(self) -> bool:
        """Whether everybody may see it: it was announced. Only then does its sequence grow when it is cancelled."""
        return self.state in ANNOUNCED_ONCE or (self.state is GatheringState.CANCELLED and self.sequence > 0)

    def lacks(self, place: Place | None, city: City) -> tuple[str, ...]:
        """What is missing before it can be announced, each as a sentence."""
        details, found = self.details, []
        if not (details.contact_name and details.contact_phone):
            found.append("Er is nog niemand met naam en telefoon voor vragen over toegankelijkheid.")
        if place is None:
            found.append("Er is nog geen plek gekozen.")
        elif not place.is_fit(city.day_of(details.starts_at), city.gatherings.place_check_months):
            found.append("De plek is niet bekeken en in orde bevonden, of dat is te lang geleden.")
        if details.capacity < 1:
            found.append("Er staat nog niet hoeveel mensen er kunnen komen.")
        if details.language not in city.languages:
            found.append("Er staat nog niet in welke taal het is.")
        return tuple(found)

    def announce(self, place: Place | None, city: City, at: datetime) -> list[Event]:
        """Everybody may know. Raises NotReadyToAnnounce or NotInThisState."""
        if self.state is not GatheringState.DRAFT:
            raise NotInThisState("Deze bijeenkomst is al aangekondigd.")
        if self.details.starts_at <= at:
            raise NotReadyToAnnounce(("De dag of de tijd is al voorbij.",))
        if lacking := self.lacks(place, city):
            raise NotReadyToAnnounce(lacking)
        self.state, self.changed_at = GatheringState.ANNOUNCED, at
        return [
            GatheringAnnounced(
                subject=self.id,
                occurred_at=at,
                kind=self.details.kind,
                starts_at=self.details.starts_at,
                series_id=self.series_id,
            )
        ]

    def change(self, details: Details, place: Place | None, city: City, at: datetime) -> list[Event]:
        """Other details; another time or place of what was announced moves it. Raises as `announce` does."""
        if self.state is not GatheringState.DRAFT and not self.is_coming:
            raise NotInThisState("Aan deze bijeenkomst verandert niets meer.")
        before, self.details = self.details, details
        if before == details:
            return []
        self.changed_at = at
        if before.starts_at != details.starts_at:
            self.holiday_on = None
        if not self.is_coming:
            return []
        if lacking := self.lacks(place, city):
            raise NotReadyToAnnounce(lacking)
        if _when_and_where(before) == _when_and_where(details):
            return []
        if details.starts_at <= at:
            raise NotReadyToAnnounce(("De dag of de tijd is al voorbij.",))
        self.state = GatheringState.MOVED
        self.sequence += 1
        return [GatheringMoved(subject=self.id, occurred_at=at, starts_at=details.starts_at, sequence=self.sequence)]

    def cancel(self, reason: CancelReason, at: datetime) -> list[Event]:
        """It does not take place; a draft that nobody knows of is cancelled in silence. Raises NotInThisState."""
        was_known = self.is_coming
        if not was_known and self.state is not GatheringState.DRAFT:
            raise NotInThisState("Deze bijeenkomst is al voorbij, of gaat al niet door.")
        self.state, self.cancelled_because, self.changed_at = GatheringState.CANCELLED, reason, at
        if not was_known:
            return []
        self.sequence += 1
        return [GatheringCancelled(subject=self.id, occurred_at=at, reason=reason, sequence=self.sequence)]

    def lose_contact(self, at: datetime) -> list[Event]:
        """Whoever reads what people need left; somebody else has to, while it is to come."""
        self.contact_person_id = None
        starts_at = self.details.starts_at
        ahead = self.state is GatheringState.DRAFT or self.is_coming
        if not ahead or at >= starts_at:
            return []
        return [AccessContactRemoved(subject=self.id, occurred_at=at, starts_at=starts_at)]

    def hold(self, at: datetime) -> list[Event]:
        """Its end has passed. Raises NotInThisState."""
        if not self.is_coming or at < self.details.ends_at:
            raise NotInThisState("Deze bijeenkomst is nog niet geweest.")
        self.state = GatheringState.HELD
        return [GatheringHeld(subject=self.id, occurred_at=at)]

    def can_be_ticked(self, at: datetime) -> bool:
        """From its beginning until the names are forgotten: without them everybody would seem to have been away."""
        return self.has_begun(at) and at < self.details.ends_at + FORGOTTEN_AFTER

    def record_attendance(self, came: int, missed: int, walk_ins: int, at: datetime) -> list[Event]:
        """Who was there. Raises NotInThisState."""
        if not self.can_be_ticked(at):
            raise NotInThisState("Afvinken kan vanaf het begin van de bijeenkomst, tot vier weken erna.")
        self.walk_ins = walk_ins
        return [AttendanceRecorded(subject=self.id, occurred_at=at, came=came, missed=missed, walk_ins=walk_ins)]

    def can_be_reported(self, at: datetime) -> bool:
        """From its end, also while nobody closed it."""
        is_closed = self.state in {GatheringState.HELD, GatheringState.REPORTED}
        return is_closed or (self.is_coming and at >= self.details.ends_at)

    def write_report(self, words: str, at: datetime) -> list[Event]:
        """What came of it; it can be corrected. Raises NotInThisState before its end."""
        if not self.can_be_reported(at):
            raise NotInThisState("Een verslag schrijf je als de bijeenkomst is geweest.")
        held = self.hold(at) if self.is_coming else []
        self.report, self.state, self.changed_at = words, GatheringState.REPORTED, at
        return [*held, GatheringReported(subject=self.id, occurred_at=at)]

    @property
    def is_preparation(self) -> bool:
        """Whether it can prepare another one."""
        return self.details.kind is GatheringKind.PREPARATION

    def prepare(self, other: "Gathering | None", at: datetime) -> None:
        """It prepares this one; None: no other. Raises NotInThisState."""
        if not self.is_preparation:
            raise NotInThisState("Alleen een voorbereidingsgroep hoort bij een andere bijeenkomst.")
        if other is not None and (other.is_preparation or not other.is_ahead(at)):
            raise NotInThisState("Deze bijeenkomst komt er niet meer aan. Kies een andere.")
        self.prepares_id = other.id if other else None

    def add_material(self, material: Material) -> None:
        """One more to read. Raises NotInThisState when it stands there already, or too much does."""
        if any(one.address == material.address for one in self.materials):
            raise NotInThisState("Dit adres staat er al.")
        if len(self.materials) >= MOST_MATERIALS:
            raise NotInThisState(f"Er staan al {MOST_MATERIALS} links. Haal er eerst een weg.")
        self.materials = (*self.materials, material)

    def remove_material(self, address: str) -> None:
        """What stands at this address is here no more."""
        self.materials = tuple(one for one in self.materials if one.address != address)


DETAILS: Final = tuple(field.name for field in fields(Details))


def _when_and_where(details: Details) -> tuple[datetime, datetime, UUID | None]:
    return details.starts_at, details.ends_at, details.place_id
