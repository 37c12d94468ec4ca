"""The network: organisations, what they offer on the social map, and the people who can be asked."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from shared.events.base import Role
from shared.events.directory import OrganisationListed, PersonJoined, ServiceListed


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

    def listed(self, *, at: datetime) -> OrganisationListed:
        """The fact that its entry is there, or changed."""
        return OrganisationListed(subject=self.id, occurred_at=at, name=self.name, kind=self.kind or None)


@dataclass(frozen=True, slots=True)
class Service:
    """One thing that an organisation offers. No districts means the whole city; no ages means any age."""

    id: UUID
    organisation_id: UUID
    name: str
    categories: tuple[str, ...]
    description: str = ""
    districts: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    minimum_age: int | None = None
    maximum_age: int | None = None
    is_free: bool = True
    cost: str = ""
    contact_ids: tuple[UUID, ...] = ()
    """The named contact person first, then the deputy."""
    phone: str = ""
    email: str = ""
    website: str = ""
    address: str = ""
    schedule: str = ""
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
        """Whether it is meant for every age from `low` up to and including `high`."""
        return self._lowest <= low and high <= self._highest

    def overlaps(self, low: int, high: int) -> bool:
        """Whether it is meant for some age from `low` up to and including `high`."""
        return self._lowest <= high and low <= self._highest

    def is_full(self, today: date) -> bool:
        """Whether its people said that there is no place today."""
        return self.full_until is not None and today < self.full_until

    @property
    def _lowest(self) -> int:
        return self.minimum_age if self.minimum_age is not None else 0

    @property
    def _highest(self) -> int:
        return self.maximum_age if self.maximum_age is not None else 200


@dataclass(frozen=True, slots=True)
class Person:
    """A professional or volunteer; the only place where their addresses live."""

    id: UUID
    organisation_id: UUID
    role: Role
    name: str
    email: str
    phone: str = ""
    active: bool = True

    def joined(self, *, at: datetime) -> PersonJoined:
        """The fact that this person is there, or changed role; who it is, stays here."""
        return PersonJoined(
            subject=self.id, occurred_at=at, organisation_id=self.organisation_id, role=self.role, active=self.active
        )
