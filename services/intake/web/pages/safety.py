"""Somebody worries about a child's safety: whom to call, and the button with which a case stands still.

There is no field to type in: nothing about the worry is kept. What is stored is who pressed the button, and when.
"""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.intake.domain.rules import Viewer
from services.intake.handlers.safety import (
    HeldCase,
    find_held,
    let_go_on,
    list_held,
    officers_at,
    officers_for,
    press,
)
from services.intake.web.case_page import CasePage, reader_of
from services.intake.web.dependencies import Dependencies, TheDependencies, TheKnowing, TheSender
from services.intake.web.reaches import REACHES
from shared.web.auditing import unit_of

HOME: Final = "/aanvragen/veiligheid"
# What was done just now, by its word in the address.
DONE: Final = {
    "verder": "Dit dossier gaat verder. Alle termijnen beginnen vandaag opnieuw.",
    "gevraagd": "Genoteerd. Een tweede persoon moet dit nog bevestigen; tot dan staat alles stil.",
}
router = APIRouter(prefix="/aanvragen")


@router.get("/veiligheid")
async def overview(request: Request, viewer: TheKnowing, dependencies: TheDependencies, gelukt: str = "") -> Response:
    """Whom to call, and which cases stand still."""
    async with unit_of(request, dependencies.units) as unit:
        held = await list_held(unit, viewer)
        officers = await officers_at(viewer.organisation_id, unit)
    whom = await _whom_to_call(officers, dependencies)
    return _page(request, viewer, dependencies, "safety.html", held=held, said=DONE.get(gelukt), **whom)


@router.get("/{case_id}/veiligheid")
async def worrying(request: Request, viewer: TheSender, dependencies: TheDependencies, case_id: UUID) -> Response:
    """Whom to call about this child, and the red button."""
    async with unit_of(request, dependencies.units) as unit:
        officers = await officers_for(case_id, unit, viewer)
        found = await find_held(case_id, unit, viewer)
    whom, is_held = await _whom_to_call(officers, dependencies), found is not None
    return _page(request, viewer, dependencies, "safety_button.html", case_id=case_id, is_held=is_held, **whom)


@router.post("/{case_id}/veiligheid")
async def stop(request: Request, viewer: TheSender, dependencies: TheDependencies, case_id: UUID) -> Response:
    """From now on nothing about this case leaves."""
    async with unit_of(request, dependencies.units) as unit:
        await press(case_id, unit, viewer)
    return RedirectResponse(f"/aanvragen/{case_id}", status_code=HTTPStatus.SEE_OTHER)


@router.post("/{case_id}/veiligheid/verder")
async def go_on(request: Request, viewer: TheKnowing, dependencies: TheDependencies, case_id: UUID) -> Response:
    """The officer lets it go on; without one, two people do."""
    async with unit_of(request, dependencies.units) as unit:
        goes_on = await let_go_on(case_id, unit, viewer)
    done = "verder" if goes_on else "gevraagd"
    return RedirectResponse(f"{HOME}?gelukt={done}", status_code=HTTPStatus.SEE_OTHER)


def held_page(page: CasePage, held: HeldCase) -> Response:
    """What stands in place of a case while it stands still."""
    return _page(page.request, page.viewer, page.dependencies, "held.html", one=held)


def _page(
    request: Request,
    viewer: Viewer,
    dependencies: Dependencies,
    template: str,
    **shown: Any,  # noqa: ANN401 - whatever the template shows
) -> Response:
    return dependencies.templates.page(
        request, template, viewer=viewer, reader=reader_of(viewer), reach=REACHES, **shown
    )


async def _whom_to_call(officers: Sequence[UUID], dependencies: Dependencies) -> dict[str, Any]:
    """The officers by name, none when it cannot be asked now; and whether there are any."""
    people = await dependencies.people.read_people(officers)
    return {"has_officer": bool(officers), "officers": sorted(people.values(), key=lambda one: one.name)}
