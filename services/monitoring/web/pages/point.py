"""One point of the desk's list: who has it, what was done about it, or until when there is nothing to do."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from types import MappingProxyType
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from services.monitoring.commands import HandOverPoint, Point, PostponePoint, ResolveEscalation, TakePoint
from services.monitoring.domain.errors import EscalationNotOpen, PointChanged, PointTaken, SolvedElsewhere
from services.monitoring.domain.escalation import Escalation
from services.monitoring.domain.need import NeedState
from services.monitoring.domain.points import find_open
from services.monitoring.domain.postponing import MOST_DAYS, example_day
from services.monitoring.handlers.desk import hand_over_point, postpone_point, resolve_escalation, take_point
from services.monitoring.ports import MonitoringUnit
from services.monitoring.web.case_file import CaseFile, read_case, with_people
from services.monitoring.web.dependencies import Coordinator, Dependencies, TheDependencies
from services.monitoring.web.desk_forms import (
    HandOverForm,
    PostedGivingBack,
    PostedHandOver,
    PostedResolution,
    PostedTaking,
    PostedWait,
    ResolveForm,
    TakeForm,
    WaitForm,
)
from services.monitoring.web.desk_view import SOMEBODY, colleagues_of, show_point
from services.monitoring.web.pages.case import ALREADY_GONE
from services.monitoring.web.reaches import GIVE_BACK, HAND_OVER, POINT, TAKE, WAIT
from shared.access.sessions import Session
from shared.events.monitoring import EscalationReason
from shared.kernel.errors import Invalid
from shared.kernel.working_time import WorkingTime
from shared.web.forms import Form, empty_form

router = APIRouter(prefix="/bord/{case_id}/punten/{escalation_id}")
FORMS = {"resolve": ResolveForm, "take": TakeForm, "hand_over": HandOverForm, "wait": WaitForm}
REACHES = {"resolve": POINT, "take": TAKE, "hand_over": HAND_OVER, "give_back": GIVE_BACK, "wait": WAIT}
Work = Callable[[MonitoringUnit], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Desk:
    """Who is at which point."""

    request: Request
    case_id: UUID
    escalation_id: UUID
    dependencies: Dependencies
    session: Session

    def seen(self, version: int) -> Point:
        """The point as it was read."""
        return Point(self.case_id, self.escalation_id, version)


async def _desk(
    request: Request, case_id: UUID, escalation_id: UUID, dependencies: TheDependencies, session: Coordinator
) -> Desk:
    return Desk(request, case_id, escalation_id, dependencies, session)


AtThePoint = Annotated[Desk, Depends(_desk)]


@router.get("")
async def point(desk: AtThePoint) -> Response:
    """One point of the list, and what can be done about it."""
    return await _page(desk)


@router.post("")
async def resolve(desk: AtThePoint, form: PostedResolution) -> Response:
    """A person acted; the case stays on the board with its next step."""

    async def work(unit: MonitoringUnit) -> None:
        told = form.data
        if told is not None:
            await _not_elsewhere(desk, unit)
            by, version = desk.session.person_id, told.version
            await resolve_escalation(
                ResolveEscalation(desk.case_id, desk.escalation_id, told.resolution, by, version), unit
            )

    return await _do(desk, "resolve", form, work, "ja")


@router.post("/pakken")
async def take(desk: AtThePoint, form: PostedTaking) -> Response:
    """I do this; from a colleague with a reason."""

    async def work(unit: MonitoringUnit) -> None:
        if form.data is not None:
            await take_point(TakePoint(desk.seen(form.data.version), desk.session.person_id, form.data.why), unit)

    return await _do(desk, "take", form, work, "gepakt")


@router.post("/overdragen")
async def hand_over(desk: AtThePoint, form: PostedHandOver) -> Response:
    """A colleague does this."""

    async def work(unit: MonitoringUnit) -> None:
        if form.data is not None:
            command = HandOverPoint(desk.seen(form.data.version), desk.session.person_id, form.data.to)
            await hand_over_point(command, unit)

    return await _do(desk, "hand_over", form, work, "overgedragen")


@router.post("/teruggeven")
async def give_back(desk: AtThePoint, form: PostedGivingBack) -> Response:
    """Nobody does this yet."""

    async def work(unit: MonitoringUnit) -> None:
        if form.data is not None:
            command = HandOverPoint(desk.seen(form.data.version), desk.session.person_id, None)
            await hand_over_point(command, unit)

    return await _do(desk, "give_back", form, work, "terug")


@router.post("/wachten")
async def wait(desk: AtThePoint, form: PostedWait) -> Response:
    """Until a day there is nothing to do."""

    async def work(unit: MonitoringUnit) -> None:
        if (told := form.data) is not None:
            seen = desk.seen(told.version) if told.version else None
            await postpone_point(
                PostponePoint(seen or await _as_it_is(desk, unit), told.until, told.reason, desk.session.person_id),
                unit,
            )

    return await _do(desk, "wait", form, work, "wacht")


async def _do(desk: Desk, name: str, form: Form[Any], work: Work, done: str) -> Response:
    if form.data is None:
        return await _page(desk, HTTPStatus.BAD_REQUEST, wrong={name: form})
    try:
        async with desk.dependencies.units.begin() as unit:
            await work(unit)
    except Invalid as refusal:
        form.refuse_as(refusal)
        return await _page(desk, HTTPStatus.BAD_REQUEST, wrong={name: form})
    except (PointTaken, PointChanged) as refusal:
        return await _page(desk, refusal.status, refusal=refusal)
    except EscalationNotOpen:
        done = ALREADY_GONE
    return _to_case(desk, done)


def _to_case(desk: Desk, done: str) -> Response:
    return RedirectResponse(f"/bord/{desk.case_id}?gedaan={done}", status_code=HTTPStatus.SEE_OTHER)


async def _not_elsewhere(desk: Desk, unit: MonitoringUnit) -> None:
    point = find_open((await read_case(desk.case_id, unit)).watch, desk.escalation_id)
    if point is not None and point.reason is EscalationReason.NO_PARTNER_FOUND:
        raise SolvedElsewhere


async def _as_it_is(desk: Desk, unit: MonitoringUnit) -> Point:
    file = await read_case(desk.case_id, unit)
    return desk.seen(file.point(desk.escalation_id).version)


async def _page(
    desk: Desk,
    status: int = HTTPStatus.OK,
    refusal: PointTaken | PointChanged | None = None,
    wrong: Mapping[str, Form[Any]] = MappingProxyType({}),
) -> Response:
    async with desk.dependencies.units.begin() as unit:
        file, soon = await read_case(desk.case_id, unit), example_day(unit.now, WorkingTime(unit.city, unit.calendar))
    try:
        escalation = file.point(desk.escalation_id)
    except EscalationNotOpen:
        return _to_case(desk, ALREADY_GONE)
    file = await with_people(file, desk.dependencies.people)
    reader = desk.session.person_id
    return desk.dependencies.templates.page(
        desk.request,
        "point.html",
        status,
        watch=file.watch,
        view=show_point(file, escalation, reader, desk.dependencies.words),
        colleagues=colleagues_of(file, reader),
        forms={name: wrong.get(name) or empty_form(model) for name, model in FORMS.items()},
        form=next(iter(wrong.values()), None),
        taken_since=refusal.since if isinstance(refusal, PointTaken) else None,
        taken_by=_name(file, refusal),
        changed=isinstance(refusal, PointChanged),
        words=desk.dependencies.words,
        reaches=REACHES,
        most_days=MOST_DAYS,
        soon=soon,
        comes_back=_comes_back(file, escalation),
    )


def _name(file: CaseFile, refusal: PointTaken | PointChanged | None) -> str | None:
    return file.names.get(refusal.owner_id, SOMEBODY) if isinstance(refusal, PointTaken) else None


def _comes_back(file: CaseFile, point: Escalation) -> bool:
    need = file.watch.needs.get(point.about.need_id) if point.about.need_id else None
    return need is not None and need.stands is NeedState.NOBODY
