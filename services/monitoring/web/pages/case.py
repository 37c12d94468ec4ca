"""One case: what runs, who is at work, everything that happened, and the points of the coordinator's list."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from services.monitoring.commands import ResolveEscalation
from services.monitoring.domain.errors import CaseNotFound, EscalationNotOpen
from services.monitoring.domain.escalation import Escalation
from services.monitoring.domain.need import NeedState
from services.monitoring.domain.watch import Phase, Watch
from services.monitoring.handlers.desk import resolve_escalation
from services.monitoring.ports import MonitoringUnit
from services.monitoring.web.case_view import show_case
from services.monitoring.web.dependencies import AtTheDesk, Coordinator, Dependencies, TheDependencies, Unit
from services.monitoring.web.forms import PostedResolution, ResolveForm
from services.monitoring.web.names import organisation_names
from services.monitoring.web.reaches import POINT
from shared.events.base import Role
from shared.web.forms import Form, empty_form

router = APIRouter(prefix="/bord/{case_id}")


@router.get("")
async def case(
    request: Request,
    case_id: UUID,
    dependencies: TheDependencies,
    session: AtTheDesk,
    unit: Unit,
    gedaan: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """One case as it stands now."""
    watch = await _watch(case_id, unit)
    entries = await unit.timeline.list_of_case(case_id)
    organisations = [watch.organisation_id, *(one.organisation_id for one in watch.referrals.values())]
    names = await organisation_names(unit, [*organisations, *(entry.organisation_id for entry in entries)])
    return dependencies.templates.page(
        request,
        "case.html",
        view=show_case(watch, entries, names, unit.city),
        words=dependencies.words,
        done=bool(gedaan),
        is_coordinator=session.role is Role.COORDINATOR,
    )


@router.get("/punten/{escalation_id}")
async def point(
    request: Request,
    case_id: UUID,
    escalation_id: UUID,
    dependencies: TheDependencies,
    _session: Coordinator,
    unit: Unit,
) -> Response:
    """One point of the list, and what can be done about it."""
    watch, escalation = await _point(case_id, escalation_id, unit)
    return _point_page(request, dependencies, watch, escalation, empty_form(ResolveForm))


@router.post("/punten/{escalation_id}")
async def resolve(
    request: Request,
    case_id: UUID,
    escalation_id: UUID,
    dependencies: TheDependencies,
    session: Coordinator,
    form: PostedResolution,
    unit: Unit,
) -> Response:
    """A person acted; the case stays on the board with its next step."""
    if form.data is None:
        watch, escalation = await _point(case_id, escalation_id, unit)
        return _point_page(request, dependencies, watch, escalation, form, HTTPStatus.BAD_REQUEST)
    command = ResolveEscalation(case_id, escalation_id, form.data.resolution, session.person_id)
    await resolve_escalation(command, unit)
    return RedirectResponse(f"/bord/{case_id}?gedaan=ja", status_code=HTTPStatus.SEE_OTHER)


async def _point(case_id: UUID, escalation_id: UUID, unit: MonitoringUnit) -> tuple[Watch, Escalation]:
    watch = await _watch(case_id, unit)
    for one in watch.open_escalations:
        if one.escalation_id == escalation_id:
            return watch, one
    raise EscalationNotOpen


def _point_page(
    request: Request,
    dependencies: Dependencies,
    watch: Watch,
    escalation: Escalation,
    form: Form[ResolveForm],
    status: int = HTTPStatus.OK,
) -> Response:
    need = watch.needs.get(escalation.about.need_id) if escalation.about.need_id else None
    return dependencies.templates.page(
        request,
        "point.html",
        status,
        watch=watch,
        escalation=escalation,
        form=form,
        words=dependencies.words,
        reach=POINT,
        comes_back=need is not None and need.stands is NeedState.NOBODY,
    )


async def _watch(case_id: UUID, unit: MonitoringUnit) -> Watch:
    watch = await unit.watches.read(case_id)
    if watch is None or watch.phase is Phase.ERASED:
        raise CaseNotFound
    return watch
