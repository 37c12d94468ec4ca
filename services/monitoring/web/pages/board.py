"""The board: every case in one lane by what must be done; search, order, filters and views stand in its address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from services.monitoring.domain.board import BoardFigures, BoardRow, HeldRow, SavedView
from services.monitoring.domain.lane import Lane
from services.monitoring.domain.reading import ReadingPoint
from services.monitoring.handlers.desk import stands_for
from services.monitoring.ports import MonitoringUnit
from services.monitoring.web.board_tops import (
    QUICK,
    chips,
    figures,
    headings,
    lane_tabs,
    together,
    view_links,
    warnings,
)
from services.monitoring.web.board_view import Known, in_lanes, people_of, show_line
from services.monitoring.web.dependencies import AtTheDesk, Dependencies, TheDependencies
from services.monitoring.web.lanes import lane_meaning, lane_title
from services.monitoring.web.names import organisation_names
from services.monitoring.web.narrowing import SIZES, Narrowing
from services.monitoring.web.pace_view import months_until
from services.monitoring.web.reaches import SETTLE_READING
from shared.access.sessions import Session
from shared.events.base import Role
from shared.web.auditing import unit_of

router = APIRouter(prefix="/bord")
Choices = Annotated[Narrowing, Depends()]


@dataclass(frozen=True, slots=True)
class Seen:
    """What the database said for one page."""

    rows: Sequence[BoardRow]
    lanes: Mapping[Lane | None, int]
    figures: BoardFigures
    views: Sequence[SavedView]
    held: Sequence[HeldRow]
    readings: Sequence[ReadingPoint]
    counts: Sequence[int]
    """Of each of `QUICK`, and then of each view."""
    names: Mapping[UUID, str]


@router.get("")
async def board(request: Request, dependencies: TheDependencies, session: AtTheDesk, choices: Choices) -> Response:
    """What cannot wait first. Without any choice it opens with the view that this person prefers."""
    async with unit_of(request, dependencies.units) as unit:
        views = await unit.saved_views.list_for(session.person_id)
        if not request.query_params:
            preferred = await unit.saved_views.default_of(session.person_id)
            chosen = next((one for one in views if one.view_id == preferred), None)
            if chosen is not None:
                return RedirectResponse(f"/bord?{chosen.query}", status_code=HTTPStatus.SEE_OTHER)
        seen = await _read(unit, session, choices, views)
    readers = [one.reader_id for one in seen.readings]
    people = await dependencies.people.read_people([*people_of(seen.rows[: choices.size]), *readers])
    known = Known(unit.city, seen.names, people, session.person_id)
    lines = [show_line(row, known) for row in seen.rows[: choices.size]]
    by_lane = choices.order().by is None
    return dependencies.templates.page(
        request,
        "board.html",
        groups=in_lanes(lines) if by_lane else [(None, lines)],
        by_lane=by_lane,
        lane_title=lane_title,
        lane_meaning=lane_meaning,
        people_away=bool((people_of(seen.rows) or readers) and not people),
        readers=people,
        months=months_until(unit.city.day_of(unit.now)),
        sizes=[(one, one) for one in SIZES],
        previous=choices.address(pagina=str(choices.pagina - 1)) if choices.pagina > 1 else None,
        next=choices.address(pagina=str(choices.pagina + 1)) if len(seen.rows) > choices.size else None,
        **_top(request, dependencies, session, choices, seen),
    )


def _top(
    request: Request, dependencies: Dependencies, session: Session, choices: Narrowing, seen: Seen
) -> dict[str, Any]:
    """Everything but the lines."""
    chosen = Lane(choices.groep) if choices.groep in set(Lane) else None
    total = seen.lanes[chosen] if chosen else sum(seen.lanes.values())
    return {
        "choices": choices,
        "form": choices.form(),
        "words": dependencies.words,
        "counts": seen.figures,
        "figures": figures(seen.figures, dependencies.words.city),
        "tabs": lane_tabs(seen.lanes, choices),
        "links": view_links(seen.views, seen.counts, choices),
        "chips": chips(choices, seen.names, dependencies.words),
        "warnings": warnings(choices, request.query_params.keys(), dependencies.words.city),
        "headings": headings(choices),
        "held": seen.held,
        "readings": seen.readings,
        "settle": SETTLE_READING,
        "total": total,
        "together": together(choices, total) if session.role is Role.COORDINATOR else None,
        "is_operator": session.role is Role.OPERATOR,
    }


async def _read(unit: MonitoringUnit, session: Session, choices: Narrowing, views: Sequence[SavedView]) -> Seen:
    mine = await stands_for(session.person_id, unit)
    wanted = choices.wanted(unit.city, unit.now, mine)
    others = [*QUICK.values(), *(Narrowing.of_query(view.query) for view in views)]
    rows = await unit.board.list_cases(
        wanted, choices.order(), limit=choices.size + 1, offset=(choices.pagina - 1) * choices.size
    )
    organisations = (one for row in rows for one in (row.organisation_id, *row.at_work))
    return Seen(
        rows=rows,
        lanes=await unit.board.count_lanes(wanted),
        figures=await unit.board.read_figures(unit.now),
        views=views,
        held=await unit.board.list_held() if session.role is Role.COORDINATOR else [],
        # Nobody looks into what they did themselves.
        readings=[one for one in await unit.readings.list_open() if one.reader_id != session.person_id],
        counts=await unit.board.count_each([one.wanted(unit.city, unit.now, mine) for one in others]),
        names=await organisation_names(unit, [*organisations, choices.organisation_id]),
    )
