"""What pages show of people: their roles by the names of organisations, what hangs on them, and who changed what."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.matching.domain.contact import Contact
from services.matching.domain.errors import PersonUnknown
from services.matching.domain.leaving import Hanging
from services.matching.domain.map_query import OrganisationQuery
from services.matching.domain.network import Person
from services.matching.domain.person_changes import KeptChange
from services.matching.handlers.people_desk import colleagues_of
from services.matching.ports import MatchingUnit
from services.matching.ports.people import PeopleQuery, Standing
from shared.events.base import Role

MOST_ORGANISATIONS = 2000
MOST_CHANGES = 100
NOT_ON_THE_MAP = "(niet meer op de kaart)"


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role, and where."""

    organisation_id: UUID
    organisation: str
    role: Role
    leads: bool


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One line of the list."""

    person: Person
    roles: Sequence[RoleLine]
    deputy: Person | None
    is_away: bool


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """What was done, by whom (None: a file or the operator), and where."""

    kept: KeptChange
    by: str | None
    organisation: str | None


@dataclass(frozen=True, slots=True)
class PersonView:
    """Everything on the page of one person."""

    line: PersonLine
    colleagues: Sequence[Person]
    hanging: Hanging
    at_organisation: Mapping[UUID, Sequence[Person]]
    """Who else is there, where something hangs: to whom it can be handed over."""
    organisations: Sequence[tuple[str, str]]
    changes: Sequence[ChangeLine]
    today: date

    @property
    def person(self) -> Person:
        """Whose page it is."""
        return self.line.person


@dataclass(frozen=True, slots=True)
class ContactLine:
    """Somebody who was named for one question, by whom, and of which organisation."""

    contact: Contact
    organisation: str
    named_by: str


@dataclass(frozen=True, slots=True)
class NetworkFigures:
    """How many need a look."""

    new_contacts: int
    leaving: int
    away: int
    without_deputy: int


async def read_figures(unit: MatchingUnit) -> NetworkFigures:
    """For the desk's index."""
    today = unit.city.day_of(unit.now)

    async def count(standing: Standing) -> int:
        return (await unit.people.list_page(PeopleQuery(today, standing=standing, per_page=1)))[1]

    return NetworkFigures(
        new_contacts=len(await unit.contacts.list_new()),
        leaving=await count(Standing.LEAVING),
        away=await count(Standing.AWAY),
        without_deputy=await count(Standing.WITHOUT_DEPUTY),
    )


async def list_people(query: PeopleQuery, unit: MatchingUnit) -> tuple[Sequence[PersonLine], int]:
    """One page, and how many there are in all."""
    people, total = await unit.people.list_page(query)
    return await _lines(people, query.today, unit), total


async def show_person(person_id: UUID, unit: MatchingUnit) -> PersonView:
    """Raises PersonUnknown."""
    person = await unit.people.read(person_id)
    if person is None:
        raise PersonUnknown
    today = unit.city.day_of(unit.now)
    [line] = await _lines([person], today, unit)
    hanging = await unit.hangings.read_of(person.id)
    return PersonView(
        line=line,
        colleagues=await colleagues_of(person, unit),
        hanging=hanging,
        at_organisation=await _others_at(hanging, person, unit),
        organisations=await list_organisations(unit),
        changes=await _changes(person, unit),
        today=today,
    )


async def list_organisations(unit: MatchingUnit) -> Sequence[tuple[str, str]]:
    """To choose from, by name."""
    found, _ = await unit.organisations.search(OrganisationQuery(per_page=MOST_ORGANISATIONS))
    return [(str(one.id), one.name) for one in found]


async def list_new_contacts(unit: MatchingUnit, organisation_id: UUID | None = None) -> Sequence[ContactLine]:
    """Of whom nobody said yet that they are right: of one organisation, or all."""
    contacts = await unit.contacts.list_new(organisation_id)
    names = await unit.organisations.read_names({one.organisation_id for one in contacts})
    by = await _names({one.named_by for one in contacts}, unit)
    return [
        ContactLine(one, names.get(one.organisation_id, NOT_ON_THE_MAP), by.get(one.named_by, "een collega"))
        for one in contacts
    ]


async def list_colleagues(organisation_id: UUID, unit: MatchingUnit) -> Sequence[PersonLine]:
    """Who belongs to an organisation, by name."""
    people = await unit.people.list_of_organisation(organisation_id)
    return await _lines(people, unit.city.day_of(unit.now), unit)


async def _lines(people: Sequence[Person], today: date, unit: MatchingUnit) -> Sequence[PersonLine]:
    names = await unit.organisations.read_names({each for one in people for each in one.organisation_ids})
    asked = {one.deputy_id for one in people if one.deputy_id is not None}
    deputies = {one.id: one for one in await unit.people.list_by_ids(asked)} if asked else {}
    return [
        PersonLine(
            one,
            [
                RoleLine(here.organisation_id, names.get(here.organisation_id, NOT_ON_THE_MAP), here.role, here.leads)
                for here in one.memberships
            ],
            deputies.get(one.deputy_id) if one.deputy_id else None,
            one.is_away(today),
        )
        for one in people
    ]


async def _others_at(hanging: Hanging, person: Person, unit: MatchingUnit) -> Mapping[UUID, Sequence[Person]]:
    places = {one.organisation_id for one in hanging.questions} | {one.organisation_id for one in hanging.services}
    found = {each: await unit.people.list_of_organisation(each) for each in places}
    return {each: [one for one in people if one.id != person.id] for each, people in found.items()}


async def _changes(person: Person, unit: MatchingUnit) -> Sequence[ChangeLine]:
    kept = await unit.person_history.list_of(person.id, MOST_CHANGES)
    by = await _names({one.by for one in kept if one.by is not None}, unit)
    names = await unit.organisations.read_names({one.organisation_id for one in kept if one.organisation_id})
    return [
        ChangeLine(
            one,
            by.get(one.by, "iemand die niet meer bekend is") if one.by else None,
            names.get(one.organisation_id, NOT_ON_THE_MAP) if one.organisation_id else None,
        )
        for one in kept
    ]


async def _names(person_ids: Collection[UUID], unit: MatchingUnit) -> Mapping[UUID, str]:
    people = await unit.people.list_by_ids(person_ids) if person_ids else []
    named = await unit.contacts.list_by_ids(person_ids)
    return {one.id: one.name for one in named} | {one.id: one.name for one in people}
