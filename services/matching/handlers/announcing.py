"""The directory said again as it is now: for a service that is new, or whose database is of an earlier day.

Whoever knows it already writes down what stands there.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any, Final
from uuid import UUID

from services.matching.domain.map_query import MapQuery, OrganisationQuery
from services.matching.handlers.people import list_person
from services.matching.ports import MatchingUnit
from services.matching.ports.people import PeopleQuery
from shared.unit_of_work import Units

AT_ONCE: Final = 500
BEFORE_ALL: Final = UUID(int=0)
Part = Callable[[MatchingUnit, UUID], Awaitable[Sequence[Any]]]


async def count_directory(units: Units[MatchingUnit]) -> int:
    """How many organisations, offers and people there are, about: for a bar that shows how far it is."""
    async with units.begin() as unit:
        today = unit.city.day_of(unit.now)
        _, organisations = await unit.organisations.search(OrganisationQuery(per_page=1))
        offers = (await unit.services.search(MapQuery(include_inactive=True, include_hidden=True, per_page=1))).total
        _, people = await unit.people.list_page(PeopleQuery(today, per_page=1))
        return organisations + offers + people


async def announce(units: Units[MatchingUnit]) -> AsyncIterator[int]:
    """Organisations, what they offer, and people; after each part, each in its own transaction, how many it had."""
    for part in (_organisations, _services, _people):
        after: UUID | None = BEFORE_ALL
        while after is not None:
            async with units.begin() as unit:
                told = await part(unit, after)
            yield len(told)
            after = told[-1].id if len(told) == AT_ONCE else None


async def _organisations(unit: MatchingUnit, after: UUID) -> Sequence[Any]:
    found = await unit.organisations.hold_next(after, AT_ONCE)
    unit.outbox.append(*(one.listed(at=unit.now) for one in found))
    return found


async def _services(unit: MatchingUnit, after: UUID) -> Sequence[Any]:
    found = await unit.services.hold_next(after, AT_ONCE)
    unit.outbox.append(*(one.listed(at=unit.now) for one in found))
    return found


async def _people(unit: MatchingUnit, after: UUID) -> Sequence[Any]:
    found = await unit.people.hold_next(after, AT_ONCE)
    for person in found:
        await list_person(person, unit)
    return found
