"""Between rows and what they stand for."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any, Final
from uuid import UUID

from pydantic import TypeAdapter
from sqlmodel import SQLModel

from services.intake.domain.case import Case
from services.intake.domain.case_state import CaseState
from services.intake.domain.course import FollowUpPlan, Handover, HomeVisit, Pause
from services.intake.domain.erasure import Erasure, ErasureReason
from services.intake.domain.opening import Findings, Opening
from services.intake.domain.safety import SafetyHold
from services.intake.store.tables import CaseRow
from shared.events.base import ConsentGiver, Need, Role
from shared.events.case_codes import FollowUpRhythm, MissingPart, PauseWish
from shared.events.intake import ClosedNeed

Columns = dict[str, Any]
_NEEDS: Final[TypeAdapter[Any]] = TypeAdapter(tuple[Need, ...])
_IDS: Final[TypeAdapter[Any]] = TypeAdapter(tuple[UUID, ...])
_PARTS: Final[TypeAdapter[Any]] = TypeAdapter(tuple[MissingPart, ...])
_RESULTS: Final[TypeAdapter[Any]] = TypeAdapter(tuple[ClosedNeed, ...])
_JSON: Final = {
    "needs_asked": _NEEDS,
    "needs_found": _NEEDS,
    "excluded_organisations": _IDS,
    "rather_not": _IDS,
    "raised_needs": _IDS,
    "elsewhere": _IDS,
    "missing_parts": _PARTS,
    "results": _RESULTS,
}
_OPENING: Final = TypeAdapter(Opening)
_FINDINGS: Final = TypeAdapter(Findings)
_OF_THE_OPENING: Final = tuple(each.name for each in fields(Opening))
_OF_THE_FINDINGS: Final = tuple(each.name for each in fields(Findings))
_WITHOUT_FINDINGS: Final = {**dict.fromkeys(_OF_THE_FINDINGS), "excluded_organisations": ()}


def row_of(case: Case) -> Columns:
    """A case as a row; JSON columns as Python values."""
    return _row(case, lambda kind, value: kind.dump_python(value, mode="json", by_alias=True))


def text_row_of(case: Case) -> Columns:
    """A case as a row with its JSON columns written out, as `unnest` wants them."""
    return _row(case, lambda kind, value: kind.dump_json(value, by_alias=True).decode())


def case_of(row: CaseRow) -> Case:
    """A row as a case."""
    return Case(
        id=row.id,
        code=row.code,
        opening=_OPENING.validate_python(_some_of(row, _OF_THE_OPENING)),
        received_at=row.received_at,
        changed_at=row.changed_at,
        state=CaseState(row.state),
        findings=_FINDINGS.validate_python(_some_of(row, _OF_THE_FINDINGS)) if row.discussed_on else None,
        acknowledged_at=row.acknowledged_at,
        rather_not=_IDS.validate_python(row.rather_not),
        raised_needs=_IDS.validate_python(row.raised_needs),
        elsewhere=_IDS.validate_python(row.elsewhere),
        missing_parts=_PARTS.validate_python(row.missing_parts),
        results=_RESULTS.validate_python(row.results or ()),
        **_course_of(row),
    )


def _row(case: Case, as_json: Callable[[TypeAdapter[Any], Any], object]) -> Columns:
    row: Columns = {
        "id": case.id,
        "code": case.code,
        "state": case.state,
        "received_at": case.received_at,
        "changed_at": case.changed_at,
        "acknowledged_at": case.acknowledged_at,
        **{name: getattr(case.opening, name) for name in _OF_THE_OPENING},
    }
    row |= {"rather_not": case.rather_not, "raised_needs": case.raised_needs, "elsewhere": case.elsewhere}
    row |= {"missing_parts": case.missing_parts, "results": case.results or None}
    row |= _course_columns(case)
    row |= {name: getattr(case.findings, name) for name in _OF_THE_FINDINGS} if case.findings else _WITHOUT_FINDINGS
    return row | {name: as_json(kind, row[name]) for name, kind in _JSON.items() if row[name] is not None}


def _some_of(row: SQLModel, names: tuple[str, ...]) -> Columns:
    return {name: getattr(row, name) for name in names}


def _course_columns(case: Case) -> Columns:
    visit, pause = case.visit, case.pause
    return {
        "home_visit_on": visit.planned_for if visit else None,
        "home_visit_at": visit.starts_at if visit else None,
        "home_visit_interpreter": bool(visit and visit.interpreter_needed),
        "home_visit_took_place": visit.took_place if visit else None,
        "paused_until": pause.until if pause else None,
        "paused_by_wish_of": pause.wished_by if pause else None,
        "follow_up_rhythm": case.plan.rhythm,
        "second_reader_id": case.plan.second_reader_id,
        "previous_ambassador_id": case.handover.previous_id if case.handover else None,
        "family_told_on": case.handover.told_on if case.handover else None,
        "erase_on": case.erase_on,
        "erased_because": case.erasure.reason if case.erasure else None,
        "erasure_asked_by": case.erasure.asked_by if case.erasure else None,
        "held_at": case.hold.set_at if case.hold else None,
        "held_by": case.hold.set_by if case.hold else None,
        "lift_asked_by": case.hold.lift_asked_by if case.hold else None,
        "lift_asked_as": case.hold.lift_asked_as if case.hold else None,
        "consent_asked_of": case.outgrown,
    }


def _course_of(row: CaseRow) -> Columns:
    on, until, wish = row.home_visit_on, row.paused_until, row.paused_by_wish_of
    previous_id, because = row.previous_ambassador_id, row.erased_because
    visit = (row.home_visit_at, row.home_visit_interpreter, row.home_visit_took_place)
    return {
        "visit": HomeVisit(on, *visit) if on else None,
        "handover": Handover(previous_id, row.family_told_on) if previous_id else None,
        "pause": Pause(until, PauseWish(wish)) if until and wish else None,
        "plan": FollowUpPlan(FollowUpRhythm(row.follow_up_rhythm), row.second_reader_id),
        "erase_on": row.erase_on,
        "erasure": Erasure(ErasureReason(because), row.erasure_asked_by) if because else None,
        "hold": _hold_of(row),
        "outgrown": ConsentGiver(row.consent_asked_of) if row.consent_asked_of else None,
    }


def _hold_of(row: CaseRow) -> SafetyHold | None:
    if row.held_at is None or row.held_by is None:
        return None
    asked_as = Role(row.lift_asked_as) if row.lift_asked_as else None
    return SafetyHold(row.held_at, row.held_by, row.lift_asked_by, asked_as)
