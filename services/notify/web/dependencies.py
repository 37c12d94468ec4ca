"""What the pages work with."""

from dataclasses import dataclass
from typing import Annotated, Any, cast

from fastapi import Depends, Request

from shared.unit_of_work import Units
from shared.web.pages import Templates


@dataclass(frozen=True, slots=True)
class Doors:
    """Units of work and templates of notify."""

    units: Units[Any]
    templates: Templates


async def _doors(request: Request) -> Doors:
    return cast("Doors", request.app.state.notify)


TheDoors = Annotated[Doors, Depends(_doors)]
