"""Between rows and domain objects of cases: field by field, so that mypy sees a column that was forgotten."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import Row

from services.matching.domain.case import CaseFile, CaseNeed, CaseState, NeedState
from services.matching.domain.partner_question import PartnerQuestion
from services.matching.domain.referral import Referral
from services.matching.domain.referral_state import ReferralState
from services.matching.store.tables import ReferralRow
from shared.events.base import AgeBand, Beneficiary, Horizon, Urgency
from shared.events.referral_codes import (
    ColdReason,
    DeclineReason,
    FailureReason,
    HandoverKind,
    Outcome,
    Party,
    RestOfNeed,
    WithdrawReason,
)

CodeT = TypeVar("CodeT", bound=StrEnum)


def referral_of(row: ReferralRow | Row[Any]) -> Referral:
    return Referral(
        id=row.id, case_id=row.case_id, need_id=row.need_id, organisation_id=row.organisation_id,
        service_id=row.service_id, contact_id=row.contact_id, case_code=row.case_code,
        ambassador_id=row.ambassador_id, category=row.category, attempt=row.attempt, activated_at=row.activated_at,
        answer_by=row.answer_by, clock_since=row.clock_since, beneficiary=Beneficiary(row.beneficiary),
        deputy_id=row.deputy_id, reasons=tuple(row.reasons), state=ReferralState(row.state),
        answered_at=row.answered_at, answered_by=row.answered_by, first_contact_on=row.first_contact_on,
        from_day=row.from_day, decline_reason=_code(DeclineReason, row.decline_reason),
        explanation=row.explanation, redirected_to=row.redirected_to,
        withdraw_reason=_code(WithdrawReason, row.withdraw_reason), planned_on=row.planned_on,
        planned_at=row.planned_at, met_on=row.met_on, met_said_by=_code(Party, row.met_said_by),
        handed_over_on=row.handed_over_on, handover_kind=_code(HandoverKind, row.handover_kind),
        cold_reason=_code(ColdReason, row.cold_reason), started_on=row.started_on, delivered_on=row.delivered_on,
        failure_reason=_code(FailureReason, row.failure_reason), outcome=_code(Outcome, row.outcome),
        rest=_code(RestOfNeed, row.rest), deletion_asked_at=row.deletion_asked_at, deleted_at=row.deleted_at,
    )  # fmt: skip


def referral_values(referral: Referral) -> dict[str, Any]:
    return {
        "id": referral.id, "case_id": referral.case_id, "need_id": referral.need_id,
        "organisation_id": referral.organisation_id, "service_id": referral.service_id,
        "contact_id": referral.contact_id, "case_code": referral.case_code, "number": referral.number,
        "ambassador_id": referral.ambassador_id, "category": referral.category, "attempt": referral.attempt,
        "activated_at": referral.activated_at, "answer_by": referral.answer_by,
        "clock_since": referral.clock_since, "beneficiary": referral.beneficiary, "deputy_id": referral.deputy_id,
        "reasons": list(referral.reasons), "state": referral.state, "answered_at": referral.answered_at,
        "answered_by": referral.answered_by, "first_contact_on": referral.first_contact_on,
        "from_day": referral.from_day, "decline_reason": referral.decline_reason,
        "explanation": referral.explanation, "redirected_to": referral.redirected_to,
        "withdraw_reason": referral.withdraw_reason, "planned_on": referral.planned_on,
        "planned_at": referral.planned_at, "met_on": referral.met_on, "met_said_by": referral.met_said_by,
        "handed_over_on": referral.handed_over_on, "handover_kind": referral.handover_kind,
        "cold_reason": referral.cold_reason, "started_on": referral.started_on,
        "delivered_on": referral.delivered_on, "failure_reason": referral.failure_reason,
        "outcome": referral.outcome, "rest": referral.rest,
        "deletion_asked_at": referral.deletion_asked_at, "deleted_at": referral.deleted_at,
    }  # fmt: skip


def question_of(row: Row[Any]) -> PartnerQuestion:
    return PartnerQuestion(
        id=row.id,
        case_id=row.case_id,
        referral_id=row.referral_id,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        question=row.question,
        answer=row.answer,
        answered_by=row.answered_by,
        answered_at=row.answered_at,
    )


def question_values(question: PartnerQuestion) -> dict[str, Any]:
    return {
        "id": question.id,
        "case_id": question.case_id,
        "referral_id": question.referral_id,
        "asked_by": question.asked_by,
        "asked_at": question.asked_at,
        "question": question.question,
        "answer": question.answer,
        "answered_by": question.answered_by,
        "answered_at": question.answered_at,
    }


def case_of(row: Row[Any], needs: Sequence[Row[Any]]) -> CaseFile:
    return CaseFile(
        id=row.id,
        code=row.code,
        ambassador_id=row.ambassador_id,
        organisation_id=row.organisation_id,
        district=row.district,
        age_band=AgeBand(row.age_band),
        language=row.language,
        household_id=row.household_id,
        interpreter_needed=row.interpreter_needed,
        excluded=frozenset(row.excluded),
        stopped=frozenset(row.stopped),
        state=CaseState(row.state),
        consent_outgrown=row.consent_outgrown,
        needs={need.id: _need_of(need) for need in needs},
    )


def case_values(case: CaseFile) -> dict[str, Any]:
    """The case without its needs."""
    return {
        "id": case.id,
        "code": case.code,
        "ambassador_id": case.ambassador_id,
        "organisation_id": case.organisation_id,
        "district": case.district,
        "age_band": case.age_band,
        "language": case.language,
        "household_id": case.household_id,
        "interpreter_needed": case.interpreter_needed,
        "excluded": sorted(case.excluded),
        "stopped": sorted(case.stopped),
        "state": case.state,
        "consent_outgrown": case.consent_outgrown,
    }


def need_values(case: CaseFile) -> list[dict[str, Any]]:
    """The needs of a case, always in the same order, so that two transactions never wait for each other."""
    return [
        {
            "id": need.id,
            "case_id": case.id,
            "category": need.category,
            "urgency": need.urgency,
            "beneficiary": need.beneficiary,
            "horizon": need.horizon,
            "depends_on": list(need.depends_on),
            "state": need.state,
            "postponed_until": need.postponed_until,
        }
        for need in sorted(case.needs.values(), key=lambda need: need.id)
    ]


def _need_of(row: Row[Any]) -> CaseNeed:
    return CaseNeed(
        id=row.id,
        category=row.category,
        urgency=Urgency(row.urgency),
        beneficiary=Beneficiary(row.beneficiary),
        horizon=Horizon(row.horizon),
        depends_on=tuple(row.depends_on),
        state=NeedState(row.state),
        postponed_until=row.postponed_until,
    )


def _code(kind: type[CodeT], stored: str | None) -> CodeT | None:
    return kind(stored) if stored else None
