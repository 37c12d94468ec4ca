"""The pages of a case: my cases, one case, and what can be done with it."""

from collections.abc import Mapping
from datetime import date
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.intake.commands import CloseCase
from services.intake.domain.case import CaseState
from services.intake.domain.dossier import Fact
from services.intake.domain.rules import Viewer
from services.intake.handlers import cases as handlers
from services.intake.handlers.drafts import list_drafts
from services.intake.handlers.showing import open_dossier, show_case, show_cases
from services.intake.ports import IntakeUnit, Position
from services.intake.web import cursor as cursors
from services.intake.web.dependencies import TheDependencies, TheViewer, Unit
from services.intake.web.draft_lines import draft_lines
from services.intake.web.forms import CloseForm
from services.intake.web.timeline_view import lines_of, need_of, readable
from services.intake.web.words import AGE_BANDS, CLOSE_REASONS, STATES, next_steps
from shared.web.forms import Form, empty_form, read_form
from shared.web.pages import names_in

PAGE_SIZE: Final = 20
FAMILY: Final = tuple(Fact)
# What the page shows after something was done.
DONE: Final = {
    "ontvangen": "De aanvraag is binnen.",
    "geinventariseerd": "De inventarisatie is bewaard. Wij gaan nu op zoek naar partners die kunnen helpen.",
    "gezien": "Genoteerd: {desk} heeft deze aanvraag gezien.",
    "nieuwe-vraag": "Het dossier is weer open. Vul de inventarisatie aan met wat er nu nodig is.",
    "afgesloten": "Het dossier is afgesloten. Komt er een nieuwe vraag? Dan gaat het zo weer open.",
    "heropend": "Het dossier is weer open.",
    "ingetrokken": "De aanvraag is ingetrokken. Wij vragen alle partners om te stoppen.",
}
WORDS: Final[Mapping[str, Any]] = {
    "states": STATES,
    "age_bands": AGE_BANDS,
    "close_reasons": [(reason.value, label) for reason, label in CLOSE_REASONS.items()],
}
router = APIRouter(prefix="/aanvragen")


@router.get("")
async def cases(
    request: Request, viewer: TheViewer, unit: Unit, dependencies: TheDependencies, na: str | None = None
) -> Response:
    """My school's cases; all of them for the coordinator."""
    views = await show_cases(unit, viewer, cursors.read(na), PAGE_SIZE + 1)
    shown, following = views[:PAGE_SIZE], None
    if len(views) > PAGE_SIZE:
        last = shown[-1].case
        following = f"/aanvragen?na={cursors.written(Position(last.received_at, last.id))}"
    return dependencies.templates.page(
        request,
        "cases.html",
        viewer=viewer,
        views=shown,
        following=following,
        first=na is None,
        drafts=await draft_lines(await list_drafts(unit, viewer), unit) if na is None else [],
        next_steps=next_steps(unit.city),
        **WORDS,
    )


@router.get("/{case_id}")
async def case(
    request: Request, viewer: TheViewer, unit: Unit, dependencies: TheDependencies, case_id: UUID,
    gelukt: str | None = None,
) -> Response:  # fmt: skip
    """One case: what is needed, who does what, what happened, and what happens next."""
    shown = await _shown(case_id, unit, viewer, empty_form(CloseForm))
    said = DONE.get(gelukt or "", "").format_map(names_in(unit.city))
    return dependencies.templates.page(request, "case.html", **shown, said=said)


@router.post("/{case_id}/afsluiten")
async def close(
    request: Request, viewer: TheViewer, unit: Unit, dependencies: TheDependencies, case_id: UUID
) -> Response:
    """Close it, with a reason."""
    form = await read_form(request, CloseForm)
    if form.data is None:
        shown = await _shown(case_id, unit, viewer, form)
        return dependencies.templates.page(request, "case.html", HTTPStatus.BAD_REQUEST, **shown, said=None)
    await handlers.close_case(CloseCase(case_id, form.data.reason), unit, viewer)
    return _done(case_id, "afgesloten")


@router.post("/{case_id}/gezien")
async def acknowledge(viewer: TheViewer, unit: Unit, case_id: UUID) -> Response:
    """The coordinator has seen it."""
    await handlers.acknowledge_request(case_id, unit, viewer)
    return _done(case_id, "gezien")


@router.post("/{case_id}/nieuwe-vraag")
async def new_question(viewer: TheViewer, unit: Unit, case_id: UUID) -> Response:
    """The family has a new question."""
    await handlers.raise_new_question(case_id, unit, viewer)
    return _done(case_id, "nieuwe-vraag")


@router.post("/{case_id}/heropenen")
async def reopen(viewer: TheViewer, unit: Unit, case_id: UUID) -> Response:
    """A closed case goes on."""
    await handlers.reopen_case(case_id, unit, viewer)
    return _done(case_id, "heropend")


@router.post("/{case_id}/intrekken")
async def withdraw(viewer: TheViewer, unit: Unit, case_id: UUID) -> Response:
    """The family does not want it any more."""
    await handlers.withdraw_case(case_id, unit, viewer)
    return _done(case_id, "ingetrokken")


@router.post("/{case_id}/begin")
async def begin(viewer: TheViewer, unit: Unit, case_id: UUID) -> Response:
    """Ambassador and family sit down together."""
    seen = await show_case(case_id, unit, viewer)
    if seen.case.state is CaseState.RECEIVED:
        await handlers.start_inventory(case_id, unit, viewer)
    return RedirectResponse(f"/aanvragen/{case_id}/inventarisatie", status_code=HTTPStatus.SEE_OTHER)


def _done(case_id: UUID, word: str) -> RedirectResponse:
    return RedirectResponse(f"/aanvragen/{case_id}?gelukt={word}", status_code=HTTPStatus.SEE_OTHER)


async def _shown(case_id: UUID, unit: IntakeUnit, viewer: Viewer, form: Form[CloseForm]) -> dict[str, Any]:
    view = await show_case(case_id, unit, viewer)
    dossier = await open_dossier(case_id, unit, viewer, FAMILY, "case-page")
    return {
        "viewer": viewer,
        "view": view,
        "case": view.case,
        "dossier": dossier,
        "phone": readable(dossier.facts.get(Fact.PHONE)) if dossier else None,
        "birth_date": date.fromisoformat(dossier.facts[Fact.BIRTH_DATE]) if dossier else None,
        "needs": [need_of(each, dossier, unit.city) for each in view.needs],
        "lines": lines_of(view, unit.city),
        "next_steps": next_steps(unit.city),
        "close_form": form,
        **WORDS,
    }
