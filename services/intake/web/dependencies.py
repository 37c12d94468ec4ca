"""What intake's routes can ask for."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request, Security
from fastapi.security import HTTPBearer

from services.intake.domain.rules import Viewer
from services.intake.handlers.showing import standing_in
from services.intake.ports import IntakeUnit
from services.intake.ports.shelf import ArticleShelf
from services.intake.web.replies import Addresses
from services.intake.web.school_systems import SchoolSystem, SchoolSystems
from services.intake.web.submitting import Submitting
from shared.access.people_book import PeopleBook
from shared.access.sessions import Session, signed_in
from shared.events.base import Role
from shared.events.shelf import Shelf
from shared.kernel.city import City
from shared.kernel.ids import Ids
from shared.web.auditing import unit_of
from shared.web.dependencies import ServiceDependencies


@dataclass(frozen=True, kw_only=True)
class Dependencies(ServiceDependencies[IntakeUnit]):
    """What the routes work with."""

    submitting: Submitting
    addresses: Addresses
    school_systems: SchoolSystems
    ids: Ids
    city: City
    people: PeopleBook
    shelf: ArticleShelf


async def dependencies_of(request: Request) -> Dependencies:
    """Those of this app. Not a plain function: FastAPI would run that in a thread pool."""
    return cast("Dependencies", request.app.state.dependencies)


TheDependencies = Annotated[Dependencies, Depends(dependencies_of)]


async def _unit_of(request: Request, dependencies: TheDependencies) -> AsyncIterator[IntakeUnit]:
    async with unit_of(request, dependencies.units) as unit:
        yield unit


async def _shelf_of(dependencies: TheDependencies) -> Shelf:
    return await dependencies.shelf.read()


# What may be read beside a page. A route names it before its `Unit`: it is another service that is asked.
TheShelf = Annotated[Shelf, Depends(_shelf_of)]
# The transaction of the whole route: committed before the reply is sent, rolled back by an exception.
Unit = Annotated[IntakeUnit, Depends(_unit_of, scope="function")]
# Only describes: `SchoolSystems` finds out who asks, and answers with a problem+json when there is no good key.
BEARER = HTTPBearer(
    auto_error=False,
    scheme_name="api-key",
    description="De API-sleutel van jouw school (sk_…), of een token van POST /tokens",
)
_SignedIn = Annotated[Session, Depends(signed_in(Role.AMBASSADOR, Role.COORDINATOR))]


_Knowing = Annotated[Session, Depends(signed_in(Role.AMBASSADOR, Role.COORDINATOR, Role.SAFETY_OFFICER))]


_Partner = Annotated[Session, Depends(signed_in(Role.PARTNER))]
_Desk = Annotated[Session, Depends(signed_in(Role.COORDINATOR))]


_Trusted = Annotated[Session, Depends(signed_in(Role.TRUSTED_PERSON))]


async def _school_system_of(
    request: Request, dependencies: TheDependencies, _: Annotated[object, Security(BEARER)]
) -> SchoolSystem:
    return await dependencies.school_systems.find(request)


async def _system_by_key(
    request: Request, dependencies: TheDependencies, _: Annotated[object, Security(BEARER)]
) -> SchoolSystem:
    return await dependencies.school_systems.find_by_key(request)


def _as_viewer(session: Session) -> Viewer:
    return Viewer(session.person_id, session.role, session.organisation_id)


async def _viewer_of(session: _SignedIn, unit: Unit) -> Viewer:
    return await standing_in(_as_viewer(session), unit)


async def _sender_of(session: _SignedIn, dependencies: TheDependencies) -> Viewer:
    async with dependencies.units.begin() as unit:
        return await standing_in(_as_viewer(session), unit)


async def _knowing_of(session: _Knowing, dependencies: TheDependencies) -> Viewer:
    async with dependencies.units.begin() as unit:
        return await standing_in(_as_viewer(session), unit)


async def _desk_of(session: _Desk) -> Viewer:
    return _as_viewer(session)


async def _trusted_of(session: _Trusted) -> Viewer:
    return _as_viewer(session)


async def _partner_of(session: _Partner) -> Viewer:
    return _as_viewer(session)


# The school's system that asks. A route names it before its `Unit`: looking a key up takes a unit of its own, and
# whoever holds one connection while waiting for another can stop the whole service.
TheSchoolSystem = Annotated[SchoolSystem, Depends(_school_system_of)]
TheKeyHolder = Annotated[SchoolSystem, Depends(_system_by_key)]
# The ambassador or coordinator at the page. A route names it before its `Unit` for the same reason.
TheViewer = Annotated[Viewer, Depends(_viewer_of)]
# The same for a route whose work is done in another transaction (`Submitting`): this one is over before that begins.
TheSender = Annotated[Viewer, Depends(_sender_of)]
# A trusted person, who passes worries on and sees no case.
TheTrustedPerson = Annotated[Viewer, Depends(_trusted_of)]
# Somebody of a partner, who reads what a family shares with it.
ThePartner = Annotated[Viewer, Depends(_partner_of)]
# Somebody of the desk.
TheDesk = Annotated[Viewer, Depends(_desk_of)]
# Who may know that a case stands still for safety.
TheKnowing = Annotated[Viewer, Depends(_knowing_of)]
