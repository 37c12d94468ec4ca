"""Who is who, for the pages of the other services: names and numbers of professionals."""

from collections.abc import Sequence
from uuid import UUID

from services.matching.domain.network import Person
from services.matching.ports import MatchingUnit
from shared.events.base import Role
from shared.events.http import KnownPerson, PeopleQuestion


async def known_people(question: PeopleQuestion, unit: MatchingUnit) -> tuple[KnownPerson, ...]:
    """Whoever was asked about, also who left; whoever has a role now, by name."""
    people = await _asked(question, unit)
    names = await unit.organisations.read_names({one for person in people for one in person.organisation_ids})
    return tuple(
        KnownPerson(
            person_id=person.id,
            name=person.name,
            phone=person.phone or None,
            organisations=tuple(names[one] for one in person.organisation_ids if one in names),
            away_until=person.away_until,
            is_member=person.active and bool(person.memberships),
        )
        for person in people
    )


async def _asked(question: PeopleQuestion, unit: MatchingUnit) -> Sequence[Person]:
    if question.address:
        found = await unit.people.read_by_email(question.address)
        return [found] if found else []
    if question.role:
        return await _with_role(question, question.role, unit)
    return await _by_ids(question.person_ids, unit)


async def _by_ids(person_ids: Sequence[UUID], unit: MatchingUnit) -> Sequence[Person]:
    """In the order of the question; also who is contact of one question only."""
    found = {one.id: one for one in await unit.people.list_by_ids(person_ids)}
    others = [each for each in person_ids if each not in found]
    found |= {one.id: one.as_person() for one in await unit.contacts.list_by_ids(others)}
    return [found[each] for each in person_ids if each in found]


async def _with_role(question: PeopleQuestion, role: Role, unit: MatchingUnit) -> Sequence[Person]:
    members = await unit.members.list_with_role(role)
    here = [
        one.person_id for one in members if question.organisation_id is None or one.may(role, question.organisation_id)
    ]
    return sorted(await unit.people.list_by_ids(here), key=lambda person: (person.name, person.id))
