"""What matching's routes find at `request.app.state.matching`."""

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request

from services.matching.ports import ContactDetails, MatchingUnit
from shared.kernel.city import Desk
from shared.unit_of_work import Units
from shared.web.app import Web
from shared.web.pages import Templates


@dataclass(frozen=True)
class Doors:
    """The concrete things behind the routes."""

    units: Units[MatchingUnit]
    templates: Templates
    contact_details: ContactDetails
    code_key: bytes
    desk: Desk
    public_url: str


async def doors_of(request: Request) -> Doors:
    """Dependency: the doors of this app."""
    return cast("Doors", request.app.state.matching)


async def web_of(request: Request) -> Web:
    """Dependency: what every service's app has."""
    return cast("Web", request.app.state.web)


async def caller_of(request: Request) -> str:
    """Where a request comes from, to count how often."""
    return request.client.host if request.client else "unknown"


TheDoors = Annotated[Doors, Depends(doors_of)]
TheWeb = Annotated[Web, Depends(web_of)]
Caller = Annotated[str, Depends(caller_of)]
