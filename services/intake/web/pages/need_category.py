"""A need becomes another kind of thing."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from services.intake.handlers.need_category import change_category, changeable_need
from services.intake.web.case_forms import CategoryForm
from services.intake.web.case_page import CasePage, TheCasePage
from services.intake.web.need_rows import kind_of
from shared.web.forms import Form, empty_form

router = APIRouter(prefix="/aanvragen/{case_id}/hulpvragen/{need_id}")


@router.get("/soort")
async def choosing_category(page: TheCasePage, need_id: UUID) -> Response:
    """Which kind it is now, and which it can be."""
    return await _choosing(page, need_id, empty_form(CategoryForm))


@router.post("/soort")
async def choose_category(request: Request, page: TheCasePage, need_id: UUID) -> Response:
    """It is another need from now on; the one that it was is dropped."""
    form = await page.reads(request, CategoryForm)
    if form.data is not None:
        act = change_category(page.case_id, need_id, form.data.category, page.unit, page.viewer)
        if await page.takes(form, act):
            return page.done("soort")
    return await _choosing(page, need_id, form)


async def _choosing(page: CasePage, need_id: UUID, form: Form[CategoryForm]) -> Response:
    view, dossier = await page.opens()
    need = await changeable_need(view.case, need_id, page.unit)
    return page.shown("need_category.html", form, view, dossier, need=need, kind=kind_of(need, page.dependencies.city))
