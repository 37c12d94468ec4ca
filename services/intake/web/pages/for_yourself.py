"""`/aanvragen/voor-jezelf`: who helps others may need help too, from somebody who is no colleague.

Everybody who asks for help at an organisation sees the cases of it; so whoever works there asks at another one. Nothing
is kept of who looked, or whom they call.
"""

from dataclasses import replace
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from services.intake.web.choosing import Choosing, choosing
from services.intake.web.dependencies import TheDependencies
from shared.access.sessions import Session, signed_in
from shared.events.base import Role
from shared.web.auditing import unit_of

PATH: Final = "/aanvragen/voor-jezelf"
router = APIRouter(prefix=PATH)
Somebody = Annotated[Session, Depends(signed_in(*Role))]


@router.get("")
async def whom_to_call(request: Request, session: Somebody, dependencies: TheDependencies) -> Response:
    """People of other organisations, with their numbers; of one's own only when that is chosen."""
    chosen = await choosing(request, dependencies, PATH)
    async with unit_of(request, dependencies.units) as unit:
        me = await unit.members.read(session.person_id)
    own = {session.organisation_id, *(one.organisation_id for one in (me.standing if me else ()))}
    people = [one for one in chosen.people if one.person_id not in {session.person_id, *chosen.full}]
    return dependencies.templates.page(
        request,
        "for_yourself.html",
        choosing=_others(chosen, own),
        is_own=chosen.school in own,
        is_chosen="toch" in request.query_params,
        people=people,
    )


def _others(chosen: Choosing, own: set[UUID]) -> Choosing:
    """Other organisations first."""
    return replace(chosen, schools=sorted(chosen.schools, key=lambda one: UUID(one[0]) in own))
