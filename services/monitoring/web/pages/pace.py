"""How fast help comes: from the request on, over all cases that were chosen."""

from fastapi import APIRouter, Request, Response

from services.monitoring.web.dependencies import AtTheDesk, TheDependencies, Unit
from services.monitoring.web.pace_view import months_until, pace_rows
from services.monitoring.web.pages.board import Choices

router = APIRouter(prefix="/bord/tempo")


@router.get("")
async def pace(
    request: Request, dependencies: TheDependencies, session: AtTheDesk, choices: Choices, unit: Unit
) -> Response:
    """Also over cases that ended."""
    wanted = choices.wanted(unit.city, unit.now, {session.person_id})
    return dependencies.templates.page(
        request,
        "pace.html",
        pace=pace_rows(await unit.board.read_pace(wanted)),
        months=months_until(unit.city.day_of(unit.now)),
        form=choices.form(),
        words=dependencies.words,
    )
