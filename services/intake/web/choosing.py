"""Choosing an ambassador: first the school, found by a part of its name, then the person. All stands in the address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Request

from services.intake.handlers.network import list_schools
from services.intake.web.dependencies import Dependencies
from services.intake.web.organisation_choice import found
from shared.events.base import Role
from shared.events.http import KnownPerson
from shared.web.auditing import unit_of

MOST_LETTERS = 100


@dataclass(frozen=True, slots=True)
class Choosing:
    """How far somebody is with choosing. `address`: where the choice is made, with what else stands in it."""

    path: str
    also: Mapping[str, str]
    words: str
    schools: Sequence[tuple[str, str]]
    school: UUID | None
    school_name: str | None
    people: Sequence[KnownPerson]
    full: frozenset[UUID] = frozenset()

    def at(self, **changes: str) -> str:
        """The same page with these choices."""
        return f"{self.path}?{urlencode({**self.also, **changes})}"

    def options(self, *, without: UUID | None = None, with_full: bool = False) -> list[tuple[str, str]]:
        """Who can be chosen, by name; somebody who is away now says so.

        `with_full`: also who has enough to do, and says so.
        """
        left_out = {without} if with_full else {without, *self.full}
        there = (one for one in self.people if one.person_id not in left_out)
        return [(str(one.person_id), _called(one, is_full=one.person_id in self.full)) for one in there]


async def choosing(
    request: Request,
    dependencies: Dependencies,
    path: str,
    *,
    first: UUID | None = None,
    also: Mapping[str, str] | None = None,
) -> Choosing:
    """What the address asks for; without it, `first` when that is a school. Ask it while no unit of work is open.

    Raises PeopleBookAway.
    """
    words = request.query_params.get("zoek", "").strip()[:MOST_LETTERS]
    async with unit_of(request, dependencies.units) as unit:
        schools = await list_schools(unit)
    school = _school(request.query_params.get("bij", ""), schools) or (
        first if first in schools and not words else None
    )
    people = await dependencies.people.list_people(Role.AMBASSADOR, school) if school else []
    async with unit_of(request, dependencies.units) as unit:
        full = await unit.limits.at_limit([one.person_id for one in people])
    named = schools.get(school, "deze school") if school else None
    return Choosing(path, also or {}, words, found(schools, words), school, named, people, full)


async def name_of(person_id: UUID, dependencies: Dependencies) -> str | None:
    """What a professional is called; None when that is not known now."""
    person = (await dependencies.people.read_people([person_id])).get(person_id)
    return person.name if person else None


def _school(typed: str, schools: Mapping[UUID, str]) -> UUID | None:
    try:
        school = UUID(typed)
    except ValueError:
        return None
    return school if school in schools else None


def _called(person: KnownPerson, *, is_full: bool) -> str:
    said = ["nu afwezig"] * (person.away_until is not None) + ["heeft genoeg te doen"] * is_full
    return f"{person.name} ({', '.join(said)})" if said else person.name
