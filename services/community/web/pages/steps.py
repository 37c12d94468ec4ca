"""The desk announces a gathering, cancels it, or writes down what came of it."""

from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.community.handlers.gatherings import (
    announce_gathering,
    cancel_gathering,
    find_gathering,
)
from services.community.handlers.reports import report_gathering
from services.community.web.dependencies import Coordinator, Dependencies, TheDependencies, Unit
from services.community.web.forms import CancelForm, PostedCancel, PostedReport, ReportForm
from services.community.web.reaches import BASE, CANCEL, REPORT
from services.community.web.views import view_of
from services.community.web.words import REASONS
from shared.web.forms import Form, empty_form

router = APIRouter(prefix=BASE + "/{gathering_id}")


@router.post("/aankondigen")
async def announce(gathering_id: UUID, _session: Coordinator, unit: Unit) -> Response:
    """Everybody sees it now."""
    await announce_gathering(gathering_id, unit)
    return _back(gathering_id)


@router.get("/afzeggen")
async def ask_to_cancel(
    request: Request, gathering_id: UUID, dependencies: TheDependencies, _session: Coordinator, unit: Unit
) -> Response:
    """Why, and whether it may really go: this cannot be undone."""
    return await _cancel_page(request, gathering_id, dependencies, empty_form(CancelForm), unit)


@router.post("/afzeggen")
async def cancel(
    request: Request,
    gathering_id: UUID,
    dependencies: TheDependencies,
    _session: Coordinator,
    form: PostedCancel,
    unit: Unit,
) -> Response:
    """It does not take place."""
    if form.data is None:
        return await _cancel_page(request, gathering_id, dependencies, form, unit, HTTPStatus.BAD_REQUEST)
    await cancel_gathering(gathering_id, form.data.reason, unit)
    return _back(gathering_id)


@router.get("/verslag/schrijven")
async def ask_for_report(
    request: Request, gathering_id: UUID, dependencies: TheDependencies, _session: Coordinator, unit: Unit
) -> Response:
    """What stands there already."""
    gathering = await find_gathering(gathering_id, unit, at_the_desk=True)
    form = empty_form(ReportForm, report=gathering.report)
    return await _report_page(request, gathering_id, dependencies, form, unit)


@router.post("/verslag/schrijven")
async def report(
    request: Request,
    gathering_id: UUID,
    dependencies: TheDependencies,
    _session: Coordinator,
    form: PostedReport,
    unit: Unit,
) -> Response:
    """Everybody can read it now, and who signed up gets it by mail."""
    if form.data is None:
        return await _report_page(request, gathering_id, dependencies, form, unit, HTTPStatus.BAD_REQUEST)
    await report_gathering(gathering_id, form.data.report, unit)
    return _back(gathering_id)


def _back(gathering_id: UUID) -> Response:
    return RedirectResponse(f"{BASE}/{gathering_id}", status_code=HTTPStatus.SEE_OTHER)


async def _cancel_page(
    request: Request,
    gathering_id: UUID,
    dependencies: Dependencies,
    form: Form[CancelForm],
    unit: Unit,
    status: int = HTTPStatus.OK,
) -> Response:
    gathering = await find_gathering(gathering_id, unit, at_the_desk=True)
    return dependencies.templates.page(
        request,
        "gathering_cancel.html",
        status,
        form=form,
        view=view_of(gathering, {}, unit.city),
        reasons=[(reason.value, words) for reason, words in REASONS.items()],
        reach=CANCEL,
    )


async def _report_page(
    request: Request,
    gathering_id: UUID,
    dependencies: Dependencies,
    form: Form[ReportForm],
    unit: Unit,
    status: int = HTTPStatus.OK,
) -> Response:
    gathering = await find_gathering(gathering_id, unit, at_the_desk=True)
    view = view_of(gathering, {}, unit.city)
    return dependencies.templates.page(request, "gathering_report.html", status, form=form, view=view, reach=REPORT)
