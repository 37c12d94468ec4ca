"""For the ambassador: what the family asks on its own page."""

from typing import Final

from fastapi import APIRouter, Request, Response

from services.intake.handlers.family_voice import settle_ask
from services.intake.web.case_forms import SettledForm
from services.intake.web.case_page import CasePage, TheCasePage
from shared.events.case_codes import FamilyQuestion
from shared.web.forms import Form

TITLES: Final = {
    FamilyQuestion.NOT_RIGHT: "Er klopt iets niet",
    FamilyQuestion.WHY_SEEN: "Waarom keek iemand dit na?",
}
router = APIRouter(prefix="/aanvragen/{case_id}/gezin-vraagt")


@router.get("")
async def asks(page: TheCasePage) -> Response:
    """The newest first."""
    return await _asks(page, Form())


@router.post("")
async def settle(request: Request, page: TheCasePage) -> Response:
    """It was talked about."""
    form = await page.reads(request, SettledForm)
    if form.data is None:
        return await _asks(page, form)
    await settle_ask(page.case_id, form.data.ask, page.unit, page.viewer)
    return page.done("besproken")


async def _asks(page: CasePage, form: Form[SettledForm]) -> Response:
    view, dossier = await page.opens(why="family-asks")
    asked = await page.unit.family_voice.list_asks(page.case_id)
    return page.shown("family_asks.html", form, view, dossier, asks=asked, titles=TITLES)
