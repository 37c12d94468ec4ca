"""My cases; all of them for the coordinator."""

from typing import Final

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
router = APIRouter(prefix="/aanvragen")


@router.get("")
async def cases(
    request: Request, viewer: TheViewer, unit: Unit, dependencies: TheDependencies, na: str | None = None
) -> Response:
    """My school's cases; all of them for the coordinator."""
    found = await show_cases(unit, viewer, cursors.read(na), PAGE_SIZE + 1)
    views, following = await with_names(found[:PAGE_SIZE], unit, viewer), None
    if len(found) > PAGE_SIZE:
        last = views[-1].case
        following = f"/aanvragen?na={cursors.written(Position(last.received_at, last.id))}"
    return dependencies.templates.page(
        request,
        "cases.html",
        viewer=viewer,
        views=views,
        following=following,
        first=na is None,
        signals=await unit.signals.list_open(viewer.person_id) if na is None else [],
        drafts=await draft_lines(await list_drafts(unit, viewer), unit) if na is None else [],
        next_steps=next_steps(unit.city),
        own_steps=next_steps(unit.city, own=True),
        **WORDS,
    )
