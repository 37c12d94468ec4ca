"""`/bord/gelezen/{id}`: who looked into what somebody read unusually says so."""

from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from services.monitoring.handlers.readings import settle_reading
from services.monitoring.web.dependencies import AtTheDesk, Unit

router = APIRouter(prefix="/bord/gelezen")


@router.post("/{point_id}")
async def settle(point_id: UUID, session: AtTheDesk, unit: Unit) -> Response:
    """It was looked into."""
    await settle_reading(point_id, session.person_id, unit)
    return RedirectResponse("/bord", status_code=HTTPStatus.SEE_OTHER)
