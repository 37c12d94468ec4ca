"""Who comes, for the desk; and what they need, for whoever answers questions about access, and nobody else."""

from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.community.handlers.gatherings import find_gathering
from services.community.handlers.participants import answer_for_access, show_needs, show_participants
from services.community.handlers.seats import admit, has_room_to_admit
from services.community.web.dependencies import Coordinator, TheDependencies, Unit
from services.community.web.needs import conflict_rows, count_rows, need_rows
from services.community.web.reaches import ADMIT, ANSWER_FOR_ACCESS, BASE
from services.community.web.views import view_of
from services.community.web.words import CIRCLES

router = APIRouter(prefix=BASE + "/{gathering_id}")


@router.get("/deelnemers")
async def participants(
    request: Request, gathering_id: UUID, dependencies: TheDependencies, session: Coordinator, unit: Unit
) -> Response:
    """Their names, in the order in which they came; what they need as counts, once enough people need something."""
    gathering = await find_gathering(gathering_id, unit, at_the_desk=True)
    is_contact = gathering.contact_person_id == session.person_id
    found, counts = await show_participants(gathering_id, unit)
    return dependencies.templates.page(
        request,
        "participants.html",
        view=view_of(gathering, {}, unit.city),
        found=found,
        circles=CIRCLES,
        counts=counts,
        shows_counts=is_contact or counts.are_for_who_organises,
        at_odds=conflict_rows(counts),
        needed=count_rows(counts, unit.city),
        may_admit=await has_room_to_admit(gathering, unit),
        admit=ADMIT,
        is_contact=is_contact,
        reach=ANSWER_FOR_ACCESS,
    )


@router.post("/deelnemers/{seat_id}")
async def let_in(gathering_id: UUID, seat_id: UUID, _session: Coordinator, unit: Unit) -> Response:
    """Somebody who waits gets a place that came free too late to be offered."""
    await admit(seat_id, unit)
    return RedirectResponse(f"{BASE}/{gathering_id}/deelnemers", status_code=HTTPStatus.SEE_OTHER)


@router.post("/nodig")
async def take_over(gathering_id: UUID, session: Coordinator, unit: Unit) -> Response:
    """From now on this person reads what people need."""
    await answer_for_access(gathering_id, session.person_id, unit)
    return RedirectResponse(f"{BASE}/{gathering_id}/nodig", status_code=HTTPStatus.SEE_OTHER)


@router.get("/nodig")
async def needs(
    request: Request, gathering_id: UUID, dependencies: TheDependencies, session: Coordinator, unit: Unit
) -> Response:
    """What people need to take part."""
    found = await show_needs(gathering_id, session.person_id, unit)
    gathering = await find_gathering(gathering_id, unit, at_the_desk=True)
    view = view_of(gathering, {}, unit.city)
    return dependencies.templates.page(
        request, "needs.html", view=view, found=[(name, need_rows(one, unit.city)) for name, one in found]
    )
