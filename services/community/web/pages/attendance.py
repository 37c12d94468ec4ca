"""The list at the door, to tick on a screen or on paper; and the report, for everybody."""

from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from services.community.commands import RecordAttendance
from services.community.domain.errors import GatheringNotFound
from services.community.domain.gathering import Gathering
from services.community.domain.seat import SeatState
from services.community.handlers.attendance import count_who_came, record_attendance, show_door_list
from services.community.handlers.gatherings import find_gathering, place_of
from services.community.handlers.participants import Participant
from services.community.web.dependencies import Coordinator, Dependencies, TheDependencies, Unit
from services.community.web.forms import AttendanceForm, PostedAttendance
from services.community.web.reaches import ATTENDANCE, BASE
from services.community.web.views import GatheringView, view_of
from services.community.web.words import CIRCLES
from shared.web.forms import Form, empty_form
from shared.web.languages import read_in_languages

router = APIRouter(prefix=BASE + "/{gathering_id}")


@router.get("/deurlijst")
async def door_list(
    request: Request, gathering_id: UUID, dependencies: TheDependencies, _session: Coordinator, unit: Unit
) -> Response:
    """Everybody who has a place, as far as ticked."""
    return await _page(request, gathering_id, dependencies, unit)


@router.post("/deurlijst")
async def tick(
    request: Request,
    gathering_id: UUID,
    dependencies: TheDependencies,
    _session: Coordinator,
    form: PostedAttendance,
    unit: Unit,
) -> Response:
    """Who was there."""
    if form.data is None:
        return await _page(request, gathering_id, dependencies, unit, form)
    await record_attendance(RecordAttendance(gathering_id, form.data.came, form.data.walkIns), unit)
    return RedirectResponse(f"{BASE}/{gathering_id}", status_code=HTTPStatus.SEE_OTHER)


@router.get("/verslag", dependencies=[Depends(read_in_languages)])
async def report(request: Request, gathering_id: UUID, dependencies: TheDependencies, unit: Unit) -> Response:
    """What came of it, to read and to print."""
    gathering = await find_gathering(gathering_id, unit)
    if not gathering.report:
        raise GatheringNotFound
    place = await place_of(gathering.details, unit)
    return dependencies.templates.page(
        request,
        "report.html",
        view=view_of(gathering, {place.id: place} if place else {}, unit.city),
        came=await count_who_came(gathering, unit),
    )


async def _page(
    request: Request,
    gathering_id: UUID,
    dependencies: Dependencies,
    unit: Unit,
    typed: Form[AttendanceForm] | None = None,
) -> Response:
    gathering = await find_gathering(gathering_id, unit, at_the_desk=True)
    people, view = await show_door_list(gathering_id, unit), view_of(gathering, {}, unit.city)
    return dependencies.templates.page(
        request,
        "door_list.html",
        HTTPStatus.OK if typed is None else HTTPStatus.BAD_REQUEST,
        form=typed or _as_ticked(gathering, people),
        view=view,
        people=[(str(one.seat.id), _who(one, view)) for one in people],
        can_tick=gathering.can_be_ticked(unit.now),
        is_over=unit.now >= gathering.details.ends_at,
        reach=ATTENDANCE,
    )


def _as_ticked(gathering: Gathering, people: list[Participant]) -> Form[AttendanceForm]:
    came = [str(one.seat.id) for one in people if one.seat.state is SeatState.ATTENDED]
    walk_ins = "" if gathering.walk_ins is None else gathering.walk_ins
    return empty_form(AttendanceForm, came=came, walkIns=walk_ins)


def _who(one: Participant, view: GatheringView) -> str:
    circle = CIRCLES[one.is_inside] if view.has_circles and not one.seat.speaks else ""
    return ", ".join(filter(None, (one.name, one.organisation, circle)))
