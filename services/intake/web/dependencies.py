"""What intake's routes find at `request.app.state.doors`."""

from dataclasses import dataclass
from typing import Annotated, Any, cast

from fastapi import Depends, Request, Security
from fastapi.security import HTTPBearer

from services.intake.domain.rules import Viewer
from services.intake.handlers import left_or_moved
from services.intake.web.callers import Caller, Callers
from services.intake.web.replies import Addresses
from services.intake.web.submitting import Submitting
from shared.access.sessions import Session, SignInNeeded, signed_in
from shared.events.base import Role
from shared.kernel.ids import Ids
from shared.unit_of_work import Units
from shared.web.pages import Templates


@dataclass(frozen=True)
class Doors:
    """What the routes work with."""

    units: Units[Any]
    submitting: Submitting
    addresses: Addresses
    callers: Callers
    ids: Ids
    templates: Templates


async def doors_of(request: Request) -> Doors:
    """Dependency: those of this app. Not a plain function, for FastAPI would send that to a thread."""
    return cast("Doors", request.app.state.doors)


# Only describes: who asks is found by `Callers`, with a problem+json when there is no good key.
BEARER = HTTPBearer(auto_error=False, scheme_name="api-key", description="De API-sleutel van jouw school: sk_…")


async def caller_of(request: Request, _: Annotated[object, Security(BEARER)]) -> Caller:
    """Dependency: the school's system that asks."""
    doors = await doors_of(request)
    return await doors.callers.find(request)


async def viewer_of(
    request: Request, session: Annotated[Session, Depends(signed_in(Role.AMBASSADOR, Role.COORDINATOR))]
) -> Viewer:
    """Dependency: the ambassador or coordinator at the page. Whose role has ended since must sign in anew."""
    viewer = Viewer(session.person_id, session.role, session.organisation_id)
    doors = await doors_of(request)
    async with doors.units.begin() as unit:
        if await left_or_moved(viewer, unit):
            raise SignInNeeded
    return viewer


TheDoors = Annotated[Doors, Depends(doors_of)]
TheCaller = Annotated[Caller, Depends(caller_of)]
TheViewer = Annotated[Viewer, Depends(viewer_of)]
