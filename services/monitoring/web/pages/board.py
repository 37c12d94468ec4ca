"""The board: every case, what is stuck first, and for each of them the next step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse

from services.monitoring.commands import ResolveEscalation
from services.monitoring.domain.errors import CaseNotFound, EscalationNotOpen
from services.monitoring.domain.escalation import Escalation, Resolution
from services.monitoring.domain.rules import NOBODY_AGAIN_AFTER
from services.monitoring.domain.state import CaseState
from services.monitoring.domain.watch import NeedState, Phase, Watch
from services.monitoring.handlers import resolve_escalation
from services.monitoring.ports import BoardFilter, MonitoringUnit
from services.monitoring.web import words
from services.monitoring.web.case_view import show_case
from services.monitoring.web.dependencies import Doors, TheDoors
from services.monitoring.web.forms import ResolveForm
from shared.access.sessions import Session, signed_in
from shared.events.base import Role
from shared.web.forms import Form, empty_form, read_form

ON_A_PAGE = 50
AtTheDesk = Annotated[Session, Depends(signed_in(Role.COORDINATOR, Role.OPERATOR))]
# An operator looks; who solves what got stuck is the coordinator.
Coordinator = Annotated[Session, Depends(signed_in(Role.COORDINATOR))]
router = APIRouter(prefix="/bord")
Choice = Annotated[str, Query(max_length=40)]


@dataclass(frozen=True)
class Narrowing:
    """The choices above the board; what is unknown does not narrow."""

    wijk: Choice = ""
    toestand: Choice = ""
    organisatie: Choice = ""
    vast: Choice = ""
    afgerond: Choice = ""
    pagina: Annotated[int, Query(ge=1, le=10_000)] = 1

    def wanted(self) -> BoardFilter:
        """As the board understands it."""
        return BoardFilter(
            district=self.wijk if self.wijk in words.DISTRICTS else None,
            state=CaseState(self.toestand) if self.toestand in set(CaseState) else None,
            organisation_id=_id_or_none(self.organisatie),
            stuck_only=bool(self.vast),
            with_ended=bool(self.afgerond) or self.toestand in {CaseState.CLOSED, CaseState.WITHDRAWN},
        )

    def page(self, number: int) -> str:
        """The address of another page with the same choices."""
        return f"/bord?{urlencode({**self._chosen(), 'pagina': number})}"

    def form(self) -> Form[ResolveForm]:
        """The choices, to show them again."""
        return Form(values=dict(self._chosen()))

    def _chosen(self) -> Mapping[str, str]:
        names = ("wijk", "toestand", "organisatie", "vast", "afgerond")
        return {name: getattr(self, name) for name in names if getattr(self, name)}


@router.get("")
async def board(
    request: Request, doors: TheDoors, _session: AtTheDesk, choices: Annotated[Narrowing, Depends()]
) -> Response:
    """What is stuck first, then what rings first."""
    wanted, skipped = choices.wanted(), (choices.pagina - 1) * ON_A_PAGE
    async with doors.units.begin() as unit:
        rows = await unit.board.rows(wanted, limit=ON_A_PAGE + 1, offset=skipped)
        counts = await unit.board.counts(unit.now)
        total = await unit.board.count(wanted)
        at_work = await unit.board.organisations_at_work()
        names = await _names(unit, [*at_work, *(one for row in rows for one in (row.organisation_id, *row.at_work))])
    return doors.templates.page(
        request,
        "board.html",
        rows=rows[:ON_A_PAGE],
        counts=counts,
        total=total,
        names=names,
        organisations=sorted(((str(one), names[one]) for one in at_work if one in names), key=lambda pair: pair[1]),
        form=choices.form(),
        previous=choices.page(choices.pagina - 1) if choices.pagina > 1 else None,
        next=choices.page(choices.pagina + 1) if len(rows) > ON_A_PAGE else None,
        words=words,
    )


@router.get("/{case_id}")
async def case(request: Request, case_id: UUID, doors: TheDoors, session: AtTheDesk, gedaan: Choice = "") -> Response:
    """One case: what runs, who is at work, what is on the list, and everything that happened."""
    async with doors.units.begin() as unit:
        watch = await _watch(case_id, unit)
        entries = await unit.timeline.of_case(case_id)
        organisations = [watch.organisation_id, *(one.organisation_id for one in watch.referrals.values())]
        names = await _names(unit, [*organisations, *(entry.organisation_id for entry in entries)])
    view = show_case(watch, entries, names)
    is_coordinator = session.role is Role.COORDINATOR
    return doors.templates.page(
        request, "case.html", view=view, words=words, done=bool(gedaan), is_coordinator=is_coordinator
    )


@router.get("/{case_id}/punten/{escalation_id}")
async def point(
    request: Request, case_id: UUID, escalation_id: UUID, doors: TheDoors, _session: Coordinator
) -> Response:
    """One point of the list, and what can be done about it."""
    watch, escalation = await _point(case_id, escalation_id, doors)
    return _point_page(request, doors, watch, escalation, empty_form(ResolveForm))


@router.post("/{case_id}/punten/{escalation_id}")
async def resolve(
    request: Request, case_id: UUID, escalation_id: UUID, doors: TheDoors, session: Coordinator
) -> Response:
    """A person acted; the case stays on the board with its next step."""
    form = await read_form(request, ResolveForm)
    if form.data is None:
        watch, escalation = await _point(case_id, escalation_id, doors)
        return _point_page(request, doors, watch, escalation, form, HTTPStatus.BAD_REQUEST)
    async with doors.units.begin() as unit:
        command = ResolveEscalation(case_id, escalation_id, form.data.resolution, session.person_id)
        await resolve_escalation(command, unit)
    return RedirectResponse(f"/bord/{case_id}?gedaan=ja", status_code=HTTPStatus.SEE_OTHER)


async def _point(case_id: UUID, escalation_id: UUID, doors: Doors) -> tuple[Watch, Escalation]:
    async with doors.units.begin() as unit:
        watch = await _watch(case_id, unit)
    for one in watch.open_escalations:
        if one.escalation_id == escalation_id:
            return watch, one
    raise EscalationNotOpen


def _point_page(
    request: Request,
    doors: Doors,
    watch: Watch,
    escalation: Escalation,
    form: Form[ResolveForm],
    status: int = HTTPStatus.OK,
) -> Response:
    choices = [(resolution.value, words.RESOLUTIONS[resolution]) for resolution in Resolution]
    need = watch.needs.get(escalation.about.need_id) if escalation.about.need_id else None
    comes_back = NOBODY_AGAIN_AFTER.count if need and need.stands is NeedState.NOBODY else None
    return doors.templates.page(
        request, "point.html", status, watch=watch, escalation=escalation, form=form, choices=choices, words=words,
        comes_back=comes_back,
    )  # fmt: skip


async def _watch(case_id: UUID, unit: MonitoringUnit) -> Watch:
    watch = await unit.watches.read(case_id)
    if watch is None or watch.phase is Phase.ERASED:
        raise CaseNotFound
    return watch


async def _names(unit: MonitoringUnit, ids: Sequence[UUID | None]) -> dict[UUID, str]:
    return await unit.directory.names([*dict.fromkeys(one for one in ids if one is not None)])


def _id_or_none(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
