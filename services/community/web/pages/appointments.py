"""Two people who met at a gathering make an appointment: each behind the mailed link of their own seat."""

from http import HTTPStatus
from typing import Final
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from services.community.domain.errors import NotInThisState
from services.community.domain.seat import Seat
from services.community.handlers.appointments import (
    answer_appointment,
    cancel_appointment,
    find_appointment,
    may_meet_again,
    move_appointment,
    propose_appointment,
    show_appointments,
    show_companions,
)
from services.community.handlers.gatherings import find_gathering
from services.community.handlers.seats import seat_of_link
from services.community.web.acquaintance_forms import (
    AppointmentChoice,
    AppointmentForm,
    MomentForm,
    PostedAppointment,
    PostedAppointmentChoice,
    PostedMoment,
)
from services.community.web.dependencies import Dependencies, TheDependencies, Unit
from services.community.web.reaches import BASE
from services.community.web.reaches_of_acquaintance import (
    AGREE_TO_APPOINTMENT,
    CANCEL_APPOINTMENT,
    DECLINE_APPOINTMENT,
    MOVE_APPOINTMENT,
    PROPOSE_APPOINTMENT,
)
from services.community.web.views import view_of
from services.community.web.words_of_acquaintance import APPOINTMENTS
from shared.web.forms import Form, empty_form
from shared.web.languages import read_in_languages, same_language, translated

REACHES: Final = {"agree": AGREE_TO_APPOINTMENT, "decline": DECLINE_APPOINTMENT, "cancel": CANCEL_APPOINTMENT}
router = APIRouter(prefix=BASE + "/plek/{token}/afspraken", dependencies=[Depends(read_in_languages)])


@router.get("")
async def look(request: Request, token: str, dependencies: TheDependencies, unit: Unit) -> Response:
    """Those of this seat, and a form for a new one."""
    return await _page(request, token, await seat_of_link(token, unit), dependencies, unit)


@router.post("")
async def propose(
    request: Request, token: str, dependencies: TheDependencies, form: PostedAppointment, unit: Unit
) -> Response:
    """The other one is asked."""
    seat = await seat_of_link(token, unit)
    if form.data is not None:
        starts_at = unit.city.instant_of(form.data.day, form.data.starts)
        try:
            await propose_appointment(seat, form.data.who, starts_at, form.data.place, unit)
        except NotInThisState as refusal:
            form.refuse("day", translated(refusal.message))
        else:
            return _back(token)
    return await _page(request, token, seat, dependencies, unit, form)


@router.post("/{appointment_id}")
async def choose(
    request: Request,
    token: str,
    appointment_id: UUID,
    dependencies: TheDependencies,
    form: PostedAppointmentChoice,
    unit: Unit,
) -> Response:
    """Yes, no, or not any more."""
    seat = await seat_of_link(token, unit)
    await find_appointment(appointment_id, seat, unit)
    if form.data is None:
        return await _page(request, token, seat, dependencies, unit, status=HTTPStatus.BAD_REQUEST)
    if form.data.choice is AppointmentChoice.CANCEL:
        await cancel_appointment(appointment_id, seat, unit)
    else:
        await answer_appointment(appointment_id, seat, unit, agrees=form.data.choice is AppointmentChoice.AGREE)
    return _back(token)


@router.get("/{appointment_id}/verzetten")
async def ask_to_move(
    request: Request, token: str, appointment_id: UUID, dependencies: TheDependencies, unit: Unit
) -> Response:
    """As it stands."""
    seat = await seat_of_link(token, unit)
    found = await find_appointment(appointment_id, seat, unit)
    starts = found.starts_at.astimezone(unit.city.zone)
    form = empty_form(MomentForm, day=starts.date(), starts=f"{starts:%H:%M}", place=found.place)
    return await _move_page(request, token, seat, dependencies, form, unit)


@router.post("/{appointment_id}/verzetten")
async def move(
    request: Request, token: str, appointment_id: UUID, dependencies: TheDependencies, form: PostedMoment, unit: Unit
) -> Response:
    """Both hear of it."""
    seat = await seat_of_link(token, unit)
    await find_appointment(appointment_id, seat, unit)
    if form.data is not None:
        starts_at = unit.city.instant_of(form.data.day, form.data.starts)
        try:
            await move_appointment(appointment_id, seat, starts_at, form.data.place, unit)
        except NotInThisState as refusal:
            form.refuse("day", translated(refusal.message))
        else:
            return _back(token)
    return await _move_page(request, token, seat, dependencies, form, unit, HTTPStatus.BAD_REQUEST)


def _back(token: str) -> Response:
    return RedirectResponse(same_language(f"{BASE}/plek/{token}/afspraken"), status_code=HTTPStatus.SEE_OTHER)


async def _move_page(
    request: Request,
    token: str,
    seat: Seat,
    dependencies: Dependencies,
    form: Form[MomentForm],
    unit: Unit,
    status: int = HTTPStatus.OK,
) -> Response:
    gathering = await find_gathering(seat.gathering_id, unit)
    return dependencies.templates.page(
        request,
        "appointment_move.html",
        status,
        form=form,
        view=view_of(gathering, {}, unit.city),
        back=f"{BASE}/plek/{token}/afspraken",
        reach=MOVE_APPOINTMENT,
    )


async def _page(
    request: Request,
    token: str,
    seat: Seat,
    dependencies: Dependencies,
    unit: Unit,
    typed: Form[AppointmentForm] | None = None,
    status: int | None = None,
) -> Response:
    gathering = await find_gathering(seat.gathering_id, unit)
    is_open = await may_meet_again(seat, unit)
    companions = await show_companions(seat, unit) if is_open else []
    return dependencies.templates.page(
        request,
        "appointments.html",
        status or (HTTPStatus.BAD_REQUEST if typed else HTTPStatus.OK),
        form=typed or empty_form(AppointmentForm),
        view=view_of(gathering, {}, unit.city),
        shown=[(one, *APPOINTMENTS[one.appointment.state]) for one in await show_appointments(seat, unit)],
        is_open=is_open,
        people=[(str(one.seat_id), ", ".join(filter(None, (one.name, one.organisation)))) for one in companions],
        path=f"{BASE}/plek/{token}/afspraken",
        back=f"{BASE}/plek/{token}",
        reach=PROPOSE_APPOINTMENT,
        reaches=REACHES,
    )
