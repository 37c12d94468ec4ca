"""My school's cases; those of all schools for the coordinator. A table with filters that stand in the address."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from fastapi import APIRouter, Request, Response

from services.intake.domain.case_state import KEPT
from services.intake.domain.listing import Position
from services.intake.handlers.drafts import list_drafts
from services.intake.handlers.showing import CaseView, count_cases, list_organisations, show_cases, with_names
from services.intake.handlers.signals import list_signals
from services.intake.web import cursor as cursors
from services.intake.web.case_filters import ORDER_WORDS, PATH, Asked, read_filters, stands_of, typed_filters
from services.intake.web.case_view import WORDS
from services.intake.web.dependencies import TheDependencies, TheViewer, Unit
from services.intake.web.draft_lines import draft_lines
from services.intake.web.words import NEXT_IN_SHORT
from shared.events.base import Role, Urgency

PAGE_SIZE: Final = 50
# What was done on another page that leads here.
DONE: Final = {
    "overgedragen": "Het gezin heeft nu een andere contactpersoon. Die ziet alles wat jij zag.",
    "doorgegeven": "Het signaal is doorgegeven.",
}
router = APIRouter(prefix=PATH)


@router.get("")
async def cases(
    request: Request, viewer: TheViewer, unit: Unit, dependencies: TheDependencies, na: str | None = None
) -> Response:
    """They are found by number, school and kind of help: a name stands in no address."""
    typed = typed_filters(request.query_params)
    schools = await list_organisations(unit) if typed.school and viewer.role is Role.COORDINATOR else {}
    asked = read_filters(typed, unit.city, schools)
    found = await show_cases(unit, viewer, asked.search, cursors.read(na), PAGE_SIZE + 1)
    views, is_whole = await with_names(found[:PAGE_SIZE], unit, viewer), na is None and not asked.filters.narrows
    return dependencies.templates.page(
        request,
        "cases.html",
        viewer=viewer,
        views=views,
        following=_following(asked, found),
        first=na is None,
        here=asked.filters,
        form=asked.filters.as_form(),
        unknown=asked.unknown,
        stands=stands_of(asked, await count_cases(unit, viewer, replace(asked.search, states=KEPT))),
        orders=ORDER_WORDS,
        signals=await list_signals(unit, viewer) if is_whole else [],
        drafts=await draft_lines(await list_drafts(unit, viewer), unit) if is_whole else [],
        in_short=NEXT_IN_SHORT,
        today=Urgency.TODAY,
        said=DONE.get(request.query_params.get("gelukt", "")),
        **WORDS,
    )


def _following(asked: Asked, found: Sequence[CaseView]) -> str | None:
    """The next page; None on the last one."""
    if len(found) <= PAGE_SIZE:
        return None
    last = Position.of(found[PAGE_SIZE - 1].case, asked.search.order)
    return asked.filters.address(na=cursors.written(last))
