"""A child that was expected is born."""

from fastapi import APIRouter, Request, Response

from services.intake.domain.birth import BornAlready
from services.intake.domain.dossier import Fact
from services.intake.handlers.birth import tell_birth
from services.intake.web.case_forms import BirthForm
from services.intake.web.case_page import CALLED, CasePage, TheCasePage
from shared.web.forms import Form, empty_form

router = APIRouter(prefix="/aanvragen/{case_id}")


@router.get("/geboren")
async def expecting(page: TheCasePage) -> Response:
    """What it is called, and when it was born."""
    return await _expecting(page, empty_form(BirthForm))


@router.post("/geboren")
async def born(request: Request, page: TheCasePage) -> Response:
    """It is kept in the vault."""
    form = await page.reads(request, BirthForm)
    if form.data is not None:
        await page.opens()
        name, day = form.data.first_name, form.data.birth_date
        if await page.takes(form, tell_birth(page.case_id, name, day, page.unit, page.viewer)):
            return page.done("geboren")
    return await _expecting(page, form)


async def _expecting(page: CasePage, form: Form[BirthForm]) -> Response:
    view, dossier = await page.opens((*CALLED, Fact.EXPECTED_MONTH))
    if dossier.expected is None:
        raise BornAlready
    return page.shown("birth.html", form, view, dossier)
