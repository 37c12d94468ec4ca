"""The pages of a case: my cases, one case, and what can be done with it."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.intake import commands, handlers
from services.intake.domain.case import Case, CaseState
from services.intake.domain.dossier import Fact
from services.intake.domain.rules import Viewer
from services.intake.handlers import open_dossier, show_case, show_cases
from services.intake.ports import IntakeUnit, Position
from services.intake.web import cursor as cursors
from services.intake.web.dependencies import Doors, TheDoors, TheViewer
from services.intake.web.forms import CloseForm
from services.intake.web.telling import lines_of, need_of, readable
from services.intake.web.words import AGE_BANDS, CATEGORIES, CLOSE_REASONS, DISTRICTS, LANGUAGES, NEXT_STEPS, STATES
from shared.web.forms import Form, empty_form, read_form

PAGE_SIZE: Final = 20
FAMILY: Final = tuple(Fact)
# What the page says after something was done.
DONE: Final = {
    "ontvangen": "De aanvraag is binnen.",
    "geinventariseerd": "De inventarisatie is bewaard. Wij gaan nu op zoek naar partners die kunnen helpen.",
    "gezien": "Genoteerd: de regie heeft deze aanvraag gezien.",
    "nieuwe-vraag": "Het dossier is weer open. Vul de inventarisatie aan met wat er nu nodig is.",
    "afgesloten": "Het dossier is afgesloten. Komt er een nieuwe vraag? Dan gaat het zo weer open.",
    "heropend": "Het dossier is weer open.",
    "ingetrokken": "De aanvraag is ingetrokken. Wij vragen alle partners om te stoppen.",
}
SEE_OTHER: Final = 303
router = APIRouter(prefix="/aanvragen")


@router.get("")
async def cases(request: Request, doors: TheDoors, viewer: TheViewer, na: str | None = None) -> Response:
    """My school's cases; all of them for the coordinator."""
    async with doors.units.begin() as unit:
        views = await show_cases(unit, viewer, cursors.read(na), PAGE_SIZE + 1)
    shown, following = views[:PAGE_SIZE], None
    if len(views) > PAGE_SIZE:
        last = shown[-1].case
        following = f"/aanvragen?na={cursors.written(Position(last.received_at, last.id))}"
    context: dict[str, Any] = {"views": shown, "following": following, "first": na is None, **WORDS}
    return doors.templates.page(request, "cases.html", viewer=viewer, **context)


@router.get("/{case_id}")
async def case(
    request: Request, doors: TheDoors, viewer: TheViewer, case_id: UUID, gelukt: str | None = None
) -> Response:
    """One case: what is needed, who does what, what happened, and what happens next."""
    return await _case_page(request, doors, viewer, case_id, said=DONE.get(gelukt or ""))


@router.post("/{case_id}/afsluiten")
async def close(request: Request, doors: TheDoors, viewer: TheViewer, case_id: UUID) -> Response:
    """Close it, with a reason."""
    form = await read_form(request, CloseForm)
    if form.data is None:
        return await _case_page(request, doors, viewer, case_id, close_form=form)
    command = commands.CloseCase(case_id, form.data.reason)
    return await _done(doors, case_id, "afgesloten", lambda unit: handlers.close_case(command, unit, viewer))


@router.post("/{case_id}/gezien")
async def acknowledge(doors: TheDoors, viewer: TheViewer, case_id: UUID) -> Response:
    """The coordinator has seen it."""
    command = commands.AcknowledgeRequest(case_id)
    return await _done(doors, case_id, "gezien", lambda unit: handlers.acknowledge_request(command, unit, viewer))


@router.post("/{case_id}/nieuwe-vraag")
async def new_question(doors: TheDoors, viewer: TheViewer, case_id: UUID) -> Response:
    """The family has a new question."""
    command = commands.RaiseNewQuestion(case_id)
    return await _done(doors, case_id, "nieuwe-vraag", lambda unit: handlers.raise_new_question(command, unit, viewer))


@router.post("/{case_id}/heropenen")
async def reopen(doors: TheDoors, viewer: TheViewer, case_id: UUID) -> Response:
    """A closed case goes on."""
    command = commands.ReopenCase(case_id)
    return await _done(doors, case_id, "heropend", lambda unit: handlers.reopen_case(command, unit, viewer))


@router.post("/{case_id}/intrekken")
async def withdraw(doors: TheDoors, viewer: TheViewer, case_id: UUID) -> Response:
    """The family does not want it any more."""
    command = commands.WithdrawCase(case_id)
    return await _done(doors, case_id, "ingetrokken", lambda unit: handlers.withdraw_case(command, unit, viewer))


@router.post("/{case_id}/begin")
async def begin(doors: TheDoors, viewer: TheViewer, case_id: UUID) -> Response:
    """Ambassador and family sit down together."""
    async with doors.units.begin() as unit:
        seen = await show_case(case_id, unit, viewer)
        if seen.case.state is CaseState.RECEIVED:
            await handlers.start_inventory(commands.StartInventory(case_id), unit, viewer)
    return RedirectResponse(f"/aanvragen/{case_id}/inventarisatie", SEE_OTHER)


async def _done(
    doors: Doors, case_id: UUID, word: str, work: Callable[[IntakeUnit], Awaitable[Case]]
) -> RedirectResponse:
    async with doors.units.begin() as unit:
        await work(unit)
    return RedirectResponse(f"/aanvragen/{case_id}?gelukt={word}", SEE_OTHER)


async def _case_page(
    request: Request,
    doors: Doors,
    viewer: Viewer,
    case_id: UUID,
    *,
    said: str | None = None,
    close_form: Form[CloseForm] | None = None,
) -> Response:
    async with doors.units.begin() as unit:
        view = await show_case(case_id, unit, viewer)
        dossier = await open_dossier(case_id, unit, viewer, FAMILY, "case-page")
    context: dict[str, Any] = {
        "view": view,
        "case": view.case,
        "dossier": dossier,
        "phone": readable(dossier.facts.get(Fact.PHONE)) if dossier else None,
        "birth_date": date.fromisoformat(dossier.facts[Fact.BIRTH_DATE]) if dossier else None,
        "needs": [need_of(each, dossier) for each in view.needs],
        "lines": lines_of(view),
        "close_form": close_form or empty_form(CloseForm),
        "said": said,
        "closed_now": bool(close_form),
        **WORDS,
    }
    status = 400 if close_form else 200
    return doors.templates.page(request, "case.html", status, viewer=viewer, **context)


WORDS: Final = {
    "states": STATES,
    "categories": CATEGORIES,
    "districts": DISTRICTS,
    "age_bands": AGE_BANDS,
    "languages": LANGUAGES,
    "next_steps": NEXT_STEPS,
    "close_reasons": [(reason.value, label) for reason, label in CLOSE_REASONS.items()],
}
