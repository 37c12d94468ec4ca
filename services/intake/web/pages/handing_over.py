"""A family gets another ambassador: of the same school, or of the school to which the child goes."""

from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.intake.commands import HandOver
from services.intake.domain.rules import Viewer
from services.intake.handlers.handing_over import hand_over, tell_family
from services.intake.web.case_forms import HandOverForm, ToldForm
from services.intake.web.case_page import CasePage, TheCasePage
from services.intake.web.choosing import choosing
from services.intake.web.dependencies import Dependencies, TheDependencies, TheSender
from services.intake.web.words import OVER_LIMIT
from shared.events.base import Role
from shared.kernel.errors import Invalid
from shared.web.auditing import unit_of
from shared.web.forms import Form, empty_form, read_form

LIST: Final = "/aanvragen?gelukt=overgedragen"
router = APIRouter(prefix="/aanvragen/{case_id}")


@router.get("/overdragen")
async def choosing_another(
    request: Request, viewer: TheSender, dependencies: TheDependencies, case_id: UUID
) -> Response:
    """Who it can be, by name."""
    return await _choosing(request, dependencies, viewer, case_id, empty_form(HandOverForm))


@router.post("/overdragen")
async def replace_ambassador(
    request: Request, viewer: TheSender, dependencies: TheDependencies, case_id: UUID
) -> Response:
    """The family is handed over. Pressing the button twice hands it over once."""
    async with unit_of(request, dependencies.units) as unit:
        today = unit.city.day_of(unit.now)
    form = await read_form(request, HandOverForm, today=today)
    if form.data is not None:
        command = HandOver(
            case_id, form.data.ambassador_id, form.data.organisation_id, form.data.told_on, form.data.over_limit
        )
        try:
            async with unit_of(request, dependencies.units) as unit:
                await hand_over(command, unit, viewer)
        except Invalid as refusal:
            form.refuse_as(refusal)
        else:
            # Whoever handed it over may not see it any more.
            done = f"/aanvragen/{case_id}?gelukt=overgedragen" if viewer.role is Role.COORDINATOR else LIST
            return RedirectResponse(done, status_code=HTTPStatus.SEE_OTHER)
    return await _choosing(request, dependencies, viewer, case_id, form)


@router.post("/verteld")
async def told(request: Request, page: TheCasePage) -> Response:
    """The family knows who its contact person is now."""
    form = await page.reads(request, ToldForm)
    if form.data is None:
        return await page.shows("told.html", form)
    done = await page.takes(form, tell_family(page.case_id, form.data.told_on, page.unit, page.viewer))
    return page.done("verteld") if done else await page.shows("told.html", form)


@router.get("/verteld")
async def telling(page: TheCasePage) -> Response:
    """Since when the family knows."""
    return await page.shows("told.html", empty_form(ToldForm))


async def _choosing(
    request: Request, dependencies: Dependencies, viewer: Viewer, case_id: UUID, form: Form[Any]
) -> Response:
    async with unit_of(request, dependencies.units) as unit:
        page = CasePage(request, dependencies, viewer, unit, case_id)
        view, dossier = await page.opens()
    # Names are another service's: asked when nothing is held open here.
    opening = view.case.opening
    chosen = await choosing(request, dependencies, f"/aanvragen/{case_id}/overdragen", first=opening.organisation_id)
    return page.shown(
        "hand_over.html", form, view, dossier,
        choosing=chosen, any_full=chosen.full, why=OVER_LIMIT,
        people=chosen.options(without=opening.ambassador_id, with_full=viewer.role is Role.COORDINATOR),
    )  # fmt: skip
