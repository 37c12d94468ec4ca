"""The desk plans gatherings that come back, and stops with them."""

from datetime import date
from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.community.domain.series import Series
from services.community.handlers.series import begin_series, stop_series
from services.community.web.dependencies import (
    AtTheDesk,
    Coordinator,
    Dependencies,
    TheDependencies,
    Unit,
    may_organise,
)
from services.community.web.forms import PostedSeries, SeriesForm
from services.community.web.pages.organising import choices
from services.community.web.reaches import BASE, SERIES, STOP_SERIES
from shared.web.forms import Form, empty_form

router = APIRouter(prefix=f"{BASE}/reeks")
LIST = f"{BASE}/reeks/alle"


@router.get("/alle")
async def running(request: Request, dependencies: TheDependencies, session: AtTheDesk, unit: Unit) -> Response:
    """Those that go on, each with its next dates."""
    today = unit.city.day_of(unit.now)
    return dependencies.templates.page(
        request,
        "series.html",
        running=[(one, _dates(one, today)) for one in await unit.series.list_running()],
        may_organise=may_organise(session),
        reach=STOP_SERIES,
    )


def _dates(series: Series, today: date) -> list[tuple[date, bool]]:
    """The next days, each with whether it is later because of a holiday."""
    return [(series.proposed_on(day), series.proposed_on(day) != day) for day in series.next_dates(today)]


@router.post("/{series_id}/stop")
async def stop(series_id: UUID, _session: Coordinator, unit: Unit) -> Response:
    """Nothing more is planned."""
    await stop_series(series_id, unit)
    return RedirectResponse(LIST, status_code=HTTPStatus.SEE_OTHER)


@router.get("")
async def new(request: Request, dependencies: TheDependencies, _session: Coordinator, unit: Unit) -> Response:
    """An empty form."""
    return await _page(request, dependencies, empty_form(SeriesForm, language=unit.city.language), unit)


@router.post("")
async def begin(
    request: Request, dependencies: TheDependencies, _session: Coordinator, form: PostedSeries, unit: Unit
) -> Response:
    """The next dates stand there as drafts."""
    if form.data is None:
        return await _page(request, dependencies, form, unit, HTTPStatus.BAD_REQUEST)
    await begin_series(form.data.series(unit.ids.new()), unit)
    return RedirectResponse(LIST, status_code=HTTPStatus.SEE_OTHER)


async def _page(
    request: Request, dependencies: Dependencies, form: Form[SeriesForm], unit: Unit, status: int = HTTPStatus.OK
) -> Response:
    return dependencies.templates.page(
        request,
        "series_form.html",
        status,
        form=form,
        reach=SERIES,
        **await choices(unit),
    )
