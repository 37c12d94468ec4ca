"""What is for today, to print or to have beside the phone: what cannot wait, waits for the desk, or comes due."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Final

from fastapi import APIRouter, Request, Response

from services.monitoring.domain.board import BoardFilter, BoardRow
from services.monitoring.domain.lane import Lane
from services.monitoring.handlers.desk import stands_for
from services.monitoring.ports import MonitoringUnit
from services.monitoring.web.board_tops import COLUMNS, Heading, warnings
from services.monitoring.web.board_view import Known, people_of, show_line
from services.monitoring.web.dependencies import AtTheDesk, TheDependencies
from services.monitoring.web.lanes import lane_title
from services.monitoring.web.names import organisation_names
from services.monitoring.web.pages.board import Choices
from shared.web.auditing import unit_of

# Lines in all, what cannot wait first: nobody does more in a day.
AT_MOST: Final = 80
COMES_DUE: Final = "Vandaag aan de beurt"
router = APIRouter(prefix="/bord/vandaag")


@router.get("")
async def today(request: Request, dependencies: TheDependencies, session: AtTheDesk, choices: Choices) -> Response:
    """With the same choices as the board: `van=mij` is one's own day."""
    async with unit_of(request, dependencies.units) as unit:
        wanted = choices.wanted(unit.city, unit.now, await stands_for(session.person_id, unit))
        parts, everything = [], list[BoardRow]()
        for title, of_part in _parts(wanted, _midnight(unit)):
            rows = await unit.board.list_cases(of_part, limit=AT_MOST - len(everything))
            parts.append((title, rows, await unit.board.count_cases(of_part)))
            everything += rows
        organisations = (one for row in everything for one in (row.organisation_id, *row.at_work))
        names = await organisation_names(unit, [*organisations])
    people = await dependencies.people.read_people(people_of(everything))
    known = Known(unit.city, names, people, session.person_id)
    return dependencies.templates.page(
        request,
        "board_today.html",
        parts_of_day=[(title, [show_line(row, known) for row in rows], total) for title, rows, total in parts],
        day=unit.city.day_of(unit.now),
        mine=choices.van == "mij",
        people_away=bool(people_of(everything) and not people),
        headings=[Heading(label, None, None) for _, label in COLUMNS],
        warnings=warnings(choices, request.query_params.keys(), unit.city),
        words=dependencies.words,
    )


def _parts(wanted: BoardFilter, midnight: datetime) -> list[tuple[str, BoardFilter]]:
    """Each case stands in one of them."""
    due = replace(wanted, before=midnight)
    return [
        (lane_title(Lane.NOW), replace(wanted, lane=Lane.NOW)),
        (lane_title(Lane.OURS), replace(wanted, lane=Lane.OURS)),
        (f"{COMES_DUE}: {lane_title(Lane.OTHERS).lower()}", replace(due, lane=Lane.OTHERS)),
        (f"{COMES_DUE}: {lane_title(Lane.RUNNING).lower()}", replace(due, lane=Lane.RUNNING)),
    ]


def _midnight(unit: MonitoringUnit) -> datetime:
    return unit.city.instant_of(unit.city.day_of(unit.now) + timedelta(days=1), time())
