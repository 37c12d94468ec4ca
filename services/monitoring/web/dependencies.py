"""What monitoring's routes work with, found at `request.app.state.dependencies`."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request

from services.monitoring.ports import MonitoringUnit
from services.monitoring.web.words import Words
from shared.access.people_book import PeopleBook
from shared.access.sessions import Session, signed_in
from shared.events.base import Role
from shared.web.auditing import unit_of
from shared.web.dependencies import ServiceDependencies


@dataclass(frozen=True, kw_only=True)
class Dependencies(ServiceDependencies[MonitoringUnit]):
    """Everything a route needs."""

    words: Words
    people: PeopleBook


async def _dependencies(request: Request) -> Dependencies:
    return cast("Dependencies", request.app.state.dependencies)


TheDependencies = Annotated[Dependencies, Depends(_dependencies)]


async def _unit(request: Request, dependencies: TheDependencies) -> AsyncIterator[MonitoringUnit]:
    async with unit_of(request, dependencies.units) as unit:
        yield unit


# The transaction of one request. It commits before the reply is sent, and an exception rolls it back. Parameters that
# wait for the client (a form) or refuse it stand before it, so that nobody holds a connection meanwhile.
Unit = Annotated[MonitoringUnit, Depends(_unit, scope="function")]
AtTheDesk = Annotated[Session, Depends(signed_in(Role.COORDINATOR, Role.OPERATOR))]
Ambassador = Annotated[Session, Depends(signed_in(Role.AMBASSADOR))]
# An operator looks; who solves what got stuck is the coordinator.
Coordinator = Annotated[Session, Depends(signed_in(Role.COORDINATOR))]
