"""Closing a case and withdrawing it: both ask first, on a page that tells what happens to whom."""

from collections.abc import Sequence
from typing import Final

from fastapi import APIRouter, Request, Response

from services.intake.commands import CloseCase
from services.intake.domain.case import Case
from services.intake.domain.case_state import CaseState
from services.intake.domain.course_errors import NotAllMet, ResultMissing
from services.intake.domain.errors import NotPossibleNow
from services.intake.handlers.cases import close_case
from services.intake.handlers.consents import withdraw_case
from services.intake.handlers.showing import show_case
from services.intake.web.case_forms import CloseForm
from services.intake.web.case_page import CasePage, TheCasePage
from services.intake.web.need_rows import kind_of
from services.intake.web.words import CLOSE_REASONS, RESULTS
from shared.events.base import Horizon, Need
from shared.events.intake import ClosedNeed
from shared.kernel.city import City
from shared.web.forms import Form, empty_form

REASONS: Final = [(reason.value, words) for reason, words in CLOSE_REASONS.items()]
OUTCOMES: Final = [(result.value, words) for result, words in RESULTS.items()]
router = APIRouter(prefix="/aanvragen/{case_id}")


@router.get("/afsluiten")
async def closing(page: TheCasePage) -> Response:
    """What became of each need, and why it can be closed."""
    return await _closing(page, empty_form(CloseForm))


@router.post("/afsluiten")
async def close(request: Request, page: TheCasePage) -> Response:
    """Close it."""
    form = await page.reads(request, CloseForm)
    case = (await show_case(page.case_id, page.unit, page.viewer)).case
    if form.data is None:
        return await _closing(page, form)
    told = form.data.results
    # A need that went meanwhile is passed over; one that came is asked for.
    known = (need.need_id for need in case.needs if need.need_id in told)
    results = tuple(ClosedNeed(need_id=need_id, result=told[need_id]) for need_id in known)
    try:
        async with page.unit.savepoint():
            await close_case(CloseCase(page.case_id, form.data.reason, results), page.unit, page.viewer)
    except ResultMissing as refusal:
        _say_which(form, refusal, case, page.dependencies.city)
    except NotAllMet as refusal:
        form.refuse_as(refusal)
    return await _closing(page, form) if form.errors else page.done("afgesloten")


@router.get("/intrekken")
async def withdrawing(page: TheCasePage) -> Response:
    """What happens to whom when it is withdrawn."""
    case = (await show_case(page.case_id, page.unit, page.viewer)).case
    if not case.is_open and case.state is not CaseState.CLOSED:
        raise NotPossibleNow("withdraw", case.state.value)
    return await page.shows("withdraw.html", empty_form(CloseForm))


@router.post("/intrekken")
async def withdraw(page: TheCasePage) -> Response:
    """The family does not want it any more."""
    await withdraw_case(page.case_id, page.unit, page.viewer)
    return page.done("ingetrokken")


async def _closing(page: CasePage, form: Form[CloseForm]) -> Response:
    view = await show_case(page.case_id, page.unit, page.viewer)
    if not view.case.is_open:
        raise NotPossibleNow("close", view.case.state.value)
    city = page.dependencies.city
    rows = [(f"results.{need.need_id}", kind_of(need, city)) for need in view.case.needs]
    long = [kind_of(need, city) for need in _still_long(view.case.needs)]
    return await page.shows("close.html", form, rows=rows, long_needs=long, outcomes=OUTCOMES, reasons=REASONS)


def _still_long(needs: Sequence[Need]) -> list[Need]:
    return [need for need in needs if need.horizon is Horizon.LONG]


def _say_which(form: Form[CloseForm], refusal: ResultMissing, case: Case, city: City) -> None:
    kinds = {f"results.{need.need_id}": kind_of(need, city) for need in case.needs}
    for each in refusal.wrong:
        form.refuse(each.field, each.message, label=kinds[each.field])
