"""The network: organisations, what they offer on the social map, and the people who can be asked."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from services.matching.domain.kept import NOT_KEPT, Kept
from services.matching.domain.opening_hours import OpeningHours
from services.matching.domain.opening_words import hours_in
from shared.events.base import Role
from shared.events.directory import Membership, OrganisationListed, PersonListed, ServiceListed

# What they tell is told on the telephone, and written nowhere.
ARE_CALLED: Final = frozenset({Role.TRUSTED_PERSON})
# HSDS has no member for it: our open data says it in these words, and they are read as this.
NOT_FREE: Final = "niet gratis"
OLDEST: Final = 200
"""Of whoever an offer without a highest age is for."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation, fund, volunteer group or school."""

    id: UUID
    name: str
    kind: str = ""
    """A code of the city; empty: nobody said."""
    description: str = ""
    website: str = ""
    email: str = ""
    phone: str = ""
    has_agreement: bool = False
    """A signed collaboration agreement (samenwerkingsafspraak)."""
    on_map: bool = True
    """False: the desk asked it once, outside the map; nobody else finds it."""
    strengths: str = ""
    limits: str = ""
    active: bool = True
    """It takes part; one that stopped is asked nothing new."""
    kept: Kept = NOT_KEPT
    checks_asked: int = 0
    """How often it was asked whether its entry is right, since somebody last said so."""
    check_asked_at: datetime | None = None

    def listed(self, *, at: datetime) -> OrganisationListed:
        """The fact that its entry is there, or changed."""
        return OrganisationListed(
            subject=self.id, occurred_at=at, name=self.name, kind=self.kind or None, active=self.active
        )


class SignUp(StrEnum):
    """Who may ask for an offer."""

    SELF = "self"
    THROUGH_SCHOOL = "through-school"
    EITHER = "either"


# In these words open data and forms say it, and files are read.
WHO_ASKS: Final[Mapping[SignUp, str]] = {
    SignUp.SELF: "Een gezin zelf",
    SignUp.THROUGH_SCHOOL: "Alleen de school of een andere verwijzer",
    SignUp.EITHER: "Een gezin zelf, of de school",
}


@dataclass(frozen=True, slots=True)
class Service:
    """One thing that an organisation offers. What nobody said of it is not known, and never the widest that it can be.

    No districts and not the whole city: where is not known. No ages: for whom is not known; from 0 on is for all ages.
    """

    id: UUID
    organisation_id: UUID
    name: str
    categories: tuple[str, ...]
    description: str = ""
    districts: tuple[str, ...] = ()
    whole_city: bool = False
    """It says so itself, instead of districts."""
    languages: tuple[str, ...] = ()
    minimum_age: int | None = None
    maximum_age: int | None = None
    is_free: bool | None = None
    """None: nobody said."""
    cost: str = ""
    contact_ids: tuple[UUID, ...] = ()
    """The named contact person first, then the deputy."""
    phone: str = ""
    email: str = ""
    website: str = ""
    address: str = ""
    schedule: str = ""
    """When, in words; what can be read of it is in `hours`."""
    walk_in: bool = False
    interpreter: bool = False
    capacity: int | None = None
    """How many referrals can be open here at once; None: no limit known."""
    does: str = ""
    does_not: str = ""
    expects_from_referrer: str = ""
    response_days: int | None = None
    """Working days within which an answer is promised."""
    active: bool = True
    full_until: date | None = None
    """It has no place before this day, as a partner said itself; a file of the map says nothing of it."""
    on_map: bool = True
    """False: for one question only; it is not found, not ranked and not in HSDS."""
    access: tuple[str, ...] = ()
    """Codes of the city: what makes the place easy to come to."""
    contact_hours: str = ""
    """When its contact person can be called."""
    sparring: bool = False
    """Colleagues may call to think a question over together."""
    sign_up: str = ""
    """Who may ask for it (`SignUp`); empty: nobody said."""
    kept: Kept = NOT_KEPT

    def listed(self, *, at: datetime) -> ServiceListed:
        """The fact that its entry is there, or changed."""
        return ServiceListed(
            subject=self.id,
            occurred_at=at,
            organisation_id=self.organisation_id,
            name=self.name,
            categories=self.categories,
            districts=self.districts,
            languages=self.languages,
            active=self.active,
        )

    def covers(self, low: int, high: int) -> bool:
        """Whether it says that it is meant for every age from `low` up to and including `high`."""
        return self.says_ages and (self.minimum_age or 0) <= low and high <= self._highest

    def overlaps(self, low: int, high: int) -> bool:
        """Whether it may be meant for some age from `low` up to and including `high`."""
        return (self.minimum_age or 0) <= high and low <= self._highest

    @property
    def says_where(self) -> bool:
        """Whether it is known where in the city it helps."""
        return self.whole_city or bool(self.districts)

    @property
    def says_ages(self) -> bool:
        """Whether it is known for which ages it is."""
        return self.minimum_age is not None or self.maximum_age is not None

    @property
    def hours(self) -> OpeningHours:
        """When it is open, as far as its words tell."""
        return hours_in(self.schedule)

    def is_full(self, today: date) -> bool:
        """Whether its people said that there is no place today."""
        return self.full_until is not None and today < self.full_until

    @property
    def _highest(self) -> int:
        return self.maximum_age if self.maximum_age is not None else OLDEST


@dataclass(frozen=True, slots=True)
class Person:
    """A professional or volunteer; the only place where their addresses live."""

    id: UUID
    name: str
    email: str
    phone: str = ""
    memberships: tuple[Membership, ...] = ()
    """What they may do for which organisation; none: they left."""
    active: bool = True
    epoch: int = 0
    """Sessions of before this one are over."""
    deputy_id: UUID | None = None
    away_from: date | None = None
    away_until: date | None = None
    kinds: tuple[str, ...] = ()
    """Codes of the city: a professional, a volunteer, somebody who knows it from their own life."""
    leaves_on: date | None = None
    version: int = 0
    """Rises with every change: whoever changes what somebody else changed meanwhile is told."""

    @property
    def organisation_ids(self) -> tuple[UUID, ...]:
        """Where they belong, each once."""
        return tuple(dict.fromkeys(one.organisation_id for one in self.memberships))

    def works_for(self, organisation_id: UUID) -> bool:
        """Whether they belong to this organisation now."""
        return self.active and organisation_id in self.organisation_ids

    def may(self, role: Role, organisation_id: UUID) -> bool:
        """Whether this is what they may do now, for this organisation."""
        return self.works_for(organisation_id) and any(
            one.role is role and one.organisation_id == organisation_id for one in self.memberships
        )

    def leads(self, organisation_id: UUID) -> bool:
        """Whether they may say who their colleagues are."""
        return self.active and any(one.leads and one.organisation_id == organisation_id for one in self.memberships)

    @property
    def cannot_be_called(self) -> bool:
        """Whether they have a role in which others call them, and no number."""
        return self.active and not self.phone and any(one.role in ARE_CALLED for one in self.memberships)

    def is_away(self, day: date) -> bool:
        """Whether they are out of office on this day."""
        return self.away_until is not None and (self.away_from or day) <= day <= self.away_until

    def joining(self, organisation_id: UUID, role: Role, *, leads: bool = False) -> "Person":
        """The same person who may do this as well."""
        if any(one.role is role and one.organisation_id == organisation_id for one in self.memberships):
            return self
        return replace(self, memberships=(*self.memberships, Membership(
            organisation_id=organisation_id, role=role, leads=leads
        )))  # fmt: skip

    def listed(self, *, at: datetime) -> PersonListed:
        """The fact that this person is there, or may do something else; who it is, stays here."""
        return PersonListed(
            subject=self.id,
            occurred_at=at,
            memberships=self.memberships,
            active=self.active,
            epoch=self.epoch,
            deputy_id=self.deputy_id,
            away_from=self.away_from,
            away_until=self.away_until,
        )


def email_key(email: str) -> str:
    """What makes two addresses the same."""
    return email.strip().lower()
