"""What matching's routes work with, found at `request.app.state.dependencies`."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Annotated, cast

from fastapi import Depends, Request

from services.matching.ports import MatchingUnit
from shared.access.system_tokens import CallingSystem
from shared.kernel.city import City
from shared.web.dependencies import ServiceDependencies
from shared.web.systems import TheCallingSystem, unknown_system


@dataclass(frozen=True, kw_only=True)
class Dependencies(ServiceDependencies[MatchingUnit]):
    """Everything a route needs."""

    code_key: bytes = field(repr=False)
    city: City
    public_url: str


async def _dependencies(request: Request) -> Dependencies:
    return cast("Dependencies", request.app.state.dependencies)


TheDependencies = Annotated[Dependencies, Depends(_dependencies)]


async def _unit(dependencies: TheDependencies) -> AsyncIterator[MatchingUnit]:
    async with dependencies.units.begin() as unit:
        yield unit


# The transaction of one request. It commits before the reply is sent, and an exception rolls it back. Parameters that
# wait for the client (a form) or refuse it come before it, so that nobody holds a connection meanwhile.
Unit = Annotated[MatchingUnit, Depends(_unit, scope="function")]


async def _system(calling: TheCallingSystem, unit: Unit) -> CallingSystem:
    """That of an ambassador who left, or works elsewhere now, is nobody's."""
    person = await unit.people.read(calling.person_id)
    if person is None or not person.works_for(calling.organisation_id):
        raise unknown_system("Voor deze persoon geldt de API-sleutel niet meer.")
    return calling


TheSystem = Annotated[CallingSystem, Depends(_system)]
