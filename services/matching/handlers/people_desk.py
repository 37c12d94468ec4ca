"""What the desk changes about people: who they are, what they may do where, who stands in, and when they are away."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from services.matching.domain.errors import AddressTaken
from services.matching.domain.network import Person
from services.matching.domain.people_errors import (
    AbsenceOutOfRange,
    AlreadyInTheNetwork,
    DeputyUnsuitable,
    OrganisationUnknown,
)
from services.matching.handlers.people import keep_person, welcome
from services.matching.handlers.versions import person_in_hand
from services.matching.ports import MatchingUnit
from shared.events.base import Role


@dataclass(frozen=True, slots=True)
class Details:
    """Who somebody is."""

    name: str
    email: str
    phone: str = ""
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RoleHere:
    """What somebody may do for one organisation."""

    organisation_id: UUID
    role: Role
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Absence:
    """Who stands in, and from when until when."""

    deputy_id: UUID | None = None
    away_from: date | None = None
    away_until: date | None = None


async def add_to_network(details: Details, here: RoleHere, unit: MatchingUnit, *, by: UUID) -> Person:
    """Somebody new. Raises OrganisationUnknown, AlreadyInTheNetwork."""
    await _check_organisation(here.organisation_id, unit)
    nobody_yet = Person(unit.ids.new(), details.name, details.email, details.phone, kinds=details.kinds)
    newcomer = nobody_yet.joining(here.organisation_id, here.role, leads=here.leads)
    if await welcome(newcomer, unit, by=by) != newcomer:
        raise AlreadyInTheNetwork
    return newcomer


async def change_details(person_id: UUID, details: Details, unit: MatchingUnit, *, by: UUID, version: int) -> Person:
    """Mail that waits goes to the new address. Raises PersonUnknown, ChangedMeanwhile, AddressTaken."""
    person = await person_in_hand(person_id, unit, version=version)
    owner = await unit.people.read_by_email(details.email)
    if owner is not None and owner.id != person.id:
        raise AddressTaken
    changed = replace(person, name=details.name, email=details.email, phone=details.phone, kinds=details.kinds)
    if changed.email != person.email:
        await unit.sign_ins.close_all_of(person.id)
    return await keep_person(person, changed, unit, by=by)


async def give_role(person_id: UUID, here: RoleHere, unit: MatchingUnit, *, by: UUID, version: int) -> Person:
    """One role more, or whether they lead there. Raises PersonUnknown, ChangedMeanwhile, OrganisationUnknown."""
    person = await person_in_hand(person_id, unit, version=version)
    await _check_organisation(here.organisation_id, unit)
    others = tuple(
        one for one in person.memberships if (one.role, one.organisation_id) != (here.role, here.organisation_id)
    )
    changed = replace(person, memberships=others).joining(here.organisation_id, here.role, leads=here.leads)
    return await keep_person(person, changed, unit, by=by)


async def plan_absence(person_id: UUID, absence: Absence, unit: MatchingUnit, *, by: UUID, version: int) -> Person:
    """Who stands in, and when. Raises PersonUnknown, ChangedMeanwhile, DeputyUnsuitable, AbsenceOutOfRange."""
    person = await person_in_hand(person_id, unit, version=version)
    if absence.deputy_id is not None and absence.deputy_id not in {one.id for one in await colleagues_of(person, unit)}:
        raise DeputyUnsuitable
    first, last = absence.away_from, absence.away_until
    # A first day alone would never end; a last day alone begins now.
    if (first is not None and (last is None or last < first)) or (last and last < unit.city.day_of(unit.now)):
        raise AbsenceOutOfRange
    changed = replace(person, deputy_id=absence.deputy_id, away_from=first, away_until=last)
    return await keep_person(person, changed, unit, by=by)


async def colleagues_of(person: Person, unit: MatchingUnit) -> Sequence[Person]:
    """The active others of the same organisations, by name."""
    found = [one for each in person.organisation_ids for one in await unit.people.list_of_organisation(each)]
    others = {one.id: one for one in found if one.id != person.id}
    return sorted(others.values(), key=lambda one: (one.name, one.id))


async def _check_organisation(organisation_id: UUID, unit: MatchingUnit) -> None:
    if await unit.organisations.read(organisation_id) is None:
        raise OrganisationUnknown
