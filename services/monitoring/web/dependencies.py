"""What monitoring's routes work with, found at `request.app.state.monitoring`."""

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request

from services.monitoring.ports import MonitoringUnit
from shared.kernel.settings import Desk
from shared.unit_of_work import Units
from shared.web.app import Web
from shared.web.pages import Templates


@dataclass(frozen=True, slots=True)
class Doors:
    """Everything a route needs."""

    units: Units[MonitoringUnit]
    templates: Templates
    desk: Desk
    public_url: str


async def _doors(request: Request) -> Doors:
    return cast("Doors", request.app.state.monitoring)


async def _web(request: Request) -> Web:
    return cast("Web", request.app.state.web)


async def _caller(request: Request) -> str:
    return request.client.host if request.client else "unknown"


TheDoors = Annotated[Doors, Depends(_doors)]
TheWeb = Annotated[Web, Depends(_web)]
# The address that the request came from, for counting only.
Caller = Annotated[str, Depends(_caller)]
