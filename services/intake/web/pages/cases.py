"""My cases; all of them for the coordinator."""

from typing import Final
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from services.intake.handlers.drafts import list_drafts
from services.intake.handlers.showing import show_cases, with_names
from services.intake.ports import Position
from services.intake.web import cursor as cursors
from services.intake.web.case_view import WORDS
from services.intake.web.dependencies import TheDependencies, TheViewer, Unit
from services.intake.web.draft_lines import draft_lines
from services.intake.web.words import next_steps

PAGE_SIZE: Final = 20
MOST_OF_A_NUMBER: Final = 9
router = APIRouter(prefix="/aanvragen")


@router.get("")
async def cases(
    request: Request, viewer: TheViewer, unit: Unit, dependencies: TheDependencies, na: str | None = None,
    nummer: str = "",
) -> Response:  # fmt: skip
    """My school's cases; all of them for the coordinator. They are found by number: a name stands in no address."""
    number = nummer.strip().upper()[:MOST_OF_A_NUMBER]
    found = await show_cases(unit, viewer, cursors.read(na), PAGE_SIZE + 1, number=number)
    views, following = await with_names(found[:PAGE_SIZE], unit, viewer), None
    if len(found) > PAGE_SIZE:
        last = views[-1].case
        onwards = {"na": cursors.written(Position(last.received_at, last.id))} | ({"nummer": number} if number else {})
        following = f"/aanvragen?{urlencode(onwards)}"
    return dependencies.templates.page(
        request,
        "cases.html",
        viewer=viewer,
        views=views,
        following=following,
        first=na is None,
        number=number,
        signals=await unit.signals.list_open(viewer.person_id) if na is None and not number else [],
        drafts=await draft_lines(await list_drafts(unit, viewer), unit) if na is None and not number else [],
        next_steps=next_steps(unit.city),
        own_steps=next_steps(unit.city, own=True),
        **WORDS,
    )
