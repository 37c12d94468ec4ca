"""Erasing a case: the page says what goes and what stays, and asks first."""

from typing import Final

from fastapi import APIRouter, Request, Response

from services.intake.commands import EraseCase
from services.intake.handlers.erasing import request_erasure
from services.intake.web.case_forms import EraseForm
from services.intake.web.case_page import TheCasePage
from services.intake.web.words import ERASURE_REASONS
from shared.web.forms import empty_form

REASONS: Final = [(reason.value, words) for reason, words in ERASURE_REASONS.items()]
router = APIRouter(prefix="/aanvragen/{case_id}")


@router.get("/wissen")
async def asking(page: TheCasePage) -> Response:
    """What happens when it is erased."""
    return await page.shows("erase.html", empty_form(EraseForm), reasons=REASONS)


@router.post("/wissen")
async def erase(request: Request, page: TheCasePage) -> Response:
    """Everything goes, for good."""
    form = await page.reads(request, EraseForm)
    if form.data is None:
        return await page.shows("erase.html", form, reasons=REASONS)
    await request_erasure(EraseCase(page.case_id, form.data.reason), page.unit, page.viewer)
    return page.done("gewist")
