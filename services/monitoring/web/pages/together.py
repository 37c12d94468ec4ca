"""Several points of one cause: the exact list, ticked; then one act for all, and what became of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from services.monitoring.commands import Cause
from services.monitoring.domain.escalation import Escalation
from services.monitoring.domain.points import call_of
from services.monitoring.domain.postponing import MOST_DAYS, example_day, may_wait
from services.monitoring.domain.watch import Watch
from services.monitoring.handlers.together import (
    MOST_TOGETHER,
    Act,
    Tried,
    answering,
    do_together,
    remind_ambassadors,
    taking,
    waiting,
)
from services.monitoring.ports import MonitoringUnit
from services.monitoring.web.dependencies import Coordinator, Dependencies, TheDependencies
from services.monitoring.web.desk_forms import PostedTogether, TogetherForm, written
from services.monitoring.web.names import organisation_names
from services.monitoring.web.reaches import TOGETHER
from shared.events.monitoring import EscalationReason
from shared.kernel.errors import Missing
from shared.kernel.working_time import WorkingTime
from shared.web.auditing import unit_of
from shared.web.forms import CHOOSE, Form, empty_form

router = APIRouter(prefix="/bord/samen")
Reason = Annotated[str, Query(alias="reden", max_length=40)]
School = Annotated[UUID, Query(alias="van")]
ANSWER, TAKE, WAIT, MAIL = "answer", "take", "wait", "mail"
# About the ambassador, who can be asked about several at once; for these the partner is called, or a choice is made.
ASKED_BY_MAIL: Final = frozenset(
    {
        EscalationReason.INVENTORY_LATE,
        EscalationReason.HOME_VISIT_LATE,
        EscalationReason.CONSENT_OUTGROWN,
        EscalationReason.CONFIRMATION_LATE,
        EscalationReason.QUESTION_UNANSWERED,
        EscalationReason.FAMILY_WISH_UNKNOWN,
        EscalationReason.FAMILY_UNANSWERED,
        EscalationReason.HANDOVER_LATE,
        EscalationReason.FIRST_CONTACT_LATE,
    }
)


class NoSuchReason(Missing):
    """The address names no reason that there is."""

    def __init__(self) -> None:
        super().__init__("no-such-reason", "Deze soort punten kennen we niet. Begin op het bord.")


@dataclass(frozen=True, slots=True)
class Row:
    """One point that can be ticked."""

    value: str
    watch: Watch
    point: Escalation


@dataclass(frozen=True, slots=True)
class Listed:
    """The points of one cause, what their school is called, and a day that one may wait for."""

    cause: Cause
    rows: Sequence[Row]
    school: str
    soon: date


@router.get("")
async def preview(
    request: Request,
    dependencies: TheDependencies,
    _session: Coordinator,
    school: School,
    reden: Reason = "",
) -> Response:
    """The exact list; nothing is ticked beforehand but all of it is there."""
    cause = Cause(_reason(reden), school)
    async with unit_of(request, dependencies.units) as unit:
        listed = await _list(cause, unit)
    form = empty_form(TogetherForm, points=[row.value for row in listed.rows[:MOST_TOGETHER]])
    return _page(request, dependencies, listed, form)


@router.post("")
async def together(
    request: Request,
    dependencies: TheDependencies,
    session: Coordinator,
    form: PostedTogether,
    school: School,
    reden: Reason = "",
) -> Response:
    """One act for all that are ticked: what could not be done is named, and what was done stays done."""
    cause = Cause(_reason(reden), school)
    act = _act(form)
    if act is None and cause.reason not in ASKED_BY_MAIL:
        form.refuse("go", "Hierover sturen we geen mail. Kies iets anders.")
    async with unit_of(request, dependencies.units) as unit:
        if form.data is None or form.is_wrong:
            return _page(request, dependencies, await _list(cause, unit), form, HTTPStatus.BAD_REQUEST)
        chosen, by = form.data.chosen(), session.person_id
        if act is None:
            tried = await remind_ambassadors(chosen, cause, by, unit)
        else:
            tried = await do_together(chosen, cause, act, by, unit)
    return _result(request, dependencies, cause, tried, form.data.go)


def _act(form: Form[TogetherForm]) -> Act | None:
    """What is done; None: a mail. What is missing for it is told at its field."""
    told = form.data
    if told is None or told.go == MAIL:
        return None
    if told.go == TAKE:
        return taking
    if told.go == WAIT and told.until and told.reason:
        return waiting(told.until, told.reason)
    if told.go == ANSWER and told.resolution:
        return answering(told.resolution)
    if told.go == WAIT and told.until is None:
        form.refuse("until", "Vul dit in.")
    if told.go == WAIT and told.reason is None:
        form.refuse("reason", CHOOSE)
    if told.go != WAIT:
        form.refuse("resolution", CHOOSE)
    return None


async def _list(cause: Cause, unit: MonitoringUnit) -> Listed:
    watches = await unit.watches.list_with_point(cause.reason, cause.school_id, MOST_TOGETHER + 1)
    names = await organisation_names(unit, [cause.school_id])
    rows = [
        Row(written(watch.case_id, point.escalation_id, point.version), watch, point)
        for watch in watches
        for point in watch.open_escalations
        if point.reason is cause.reason
    ]
    soon = example_day(unit.now, WorkingTime(unit.city, unit.calendar))
    return Listed(cause, rows, names.get(cause.school_id, "deze organisatie"), soon)


def _page(
    request: Request,
    dependencies: Dependencies,
    listed: Listed,
    form: Form[TogetherForm],
    status: int = HTTPStatus.OK,
) -> Response:
    words, cause, shown = dependencies.words, listed.cause, listed.rows[:MOST_TOGETHER]
    title, advice = words.reason(cause.reason)
    return dependencies.templates.page(
        request,
        "together.html",
        status,
        path=_path(cause),
        title=title,
        advice=advice,
        school=listed.school,
        rows=shown,
        options=[(row.value, _label(row, words.needed(row.watch.categories))) for row in shown],
        there_is_more=len(listed.rows) > MOST_TOGETHER,
        may_mail=cause.reason in ASKED_BY_MAIL and any(call_of(row.watch, row.point) for row in shown),
        may_answer=cause.reason is not EscalationReason.NO_PARTNER_FOUND,
        may_wait=[may_wait(row.watch, row.point) for row in shown],
        form=form,
        words=words,
        reaches=TOGETHER,
        most_days=MOST_DAYS,
        soon=listed.soon,
    )


def _path(cause: Cause) -> str:
    return f"/bord/samen?reden={cause.reason}&van={cause.school_id}"


def _label(row: Row, needed: str) -> str:
    waits = " · wacht" if row.point.is_waiting else "" if may_wait(row.watch, row.point) else " · kan niet wachten"
    owned = " · al opgepakt" if row.point.owner_id else ""
    return f"{row.watch.case_code}{f': {needed}' if needed else ''}{owned}{waits}"


def _result(request: Request, dependencies: Dependencies, cause: Cause, tried: Sequence[Tried], go: str) -> Response:
    refused = [(one.case_code or "Onbekend", one.refusal.message) for one in tried if one.refusal]
    return dependencies.templates.page(
        request,
        "together_done.html",
        path=_path(cause),
        title=dependencies.words.reason(cause.reason)[0],
        done=[one.case_code for one in tried if one.refusal is None],
        refused=refused,
        go=go,
    )


def _reason(code: str) -> EscalationReason:
    if code not in set(EscalationReason):
        raise NoSuchReason
    return EscalationReason(code)
