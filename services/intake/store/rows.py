"""Between rows and what they stand for."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Row

from services.intake.domain.case import Case, CaseState, ConsentGiven, Findings, Opening
from shared.events.base import AgeBand, ConsentGiver, Need


def row_of(case: Case) -> dict[str, Any]:
    """A case as a row; JSON columns as Python values."""
    opening, findings = case.opening, case.findings
    return {
        "id": case.id,
        "code": case.code,
        "state": case.state.value,
        "ambassador_id": opening.ambassador_id,
        "organisation_id": opening.organisation_id,
        "district": opening.district,
        "age_band": opening.age_band.value,
        "family_language": opening.family_language,
        "interpreter_needed": opening.interpreter_needed,
        "consent_given_by": opening.consent.given_by.value,
        "consent_given_on": opening.consent.given_on,
        "consent_text_version": opening.consent.text_version,
        "needs_asked": _json_of(opening.needs),
        "received_at": case.received_at,
        "changed_at": case.changed_at,
        "acknowledged_at": case.acknowledged_at,
        "needs_found": _json_of(findings.needs) if findings else None,
        "discussed_on": findings.discussed_on if findings else None,
        "home_visit_on": findings.home_visit_on if findings else None,
        "excluded_organisations": [str(each) for each in findings.excluded_organisations] if findings else [],
    }


def as_text(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row with its JSON columns written out, as `unnest` wants them."""
    return {
        **row,
        "needs_asked": orjson.dumps(row["needs_asked"]).decode(),
        "needs_found": None if row["needs_found"] is None else orjson.dumps(row["needs_found"]).decode(),
        "excluded_organisations": orjson.dumps(row["excluded_organisations"]).decode(),
    }


def case_of(row: Row[Any]) -> Case:
    """A row as a case."""
    opening = Opening(
        ambassador_id=row.ambassador_id,
        organisation_id=row.organisation_id,
        district=row.district,
        age_band=AgeBand(row.age_band),
        family_language=row.family_language,
        interpreter_needed=row.interpreter_needed,
        consent=ConsentGiven(ConsentGiver(row.consent_given_by), row.consent_given_on, row.consent_text_version),
        needs=_needs(row.needs_asked),
    )
    return Case(
        id=row.id,
        code=row.code,
        opening=opening,
        received_at=row.received_at,
        changed_at=row.changed_at,
        state=CaseState(row.state),
        findings=_findings(row),
        acknowledged_at=row.acknowledged_at,
    )


def _findings(row: Row[Any]) -> Findings | None:
    if row.discussed_on is None:
        return None
    excluded = tuple(UUID(each) for each in row.excluded_organisations)
    return Findings(_needs(row.needs_found), row.discussed_on, row.home_visit_on, excluded)


def _needs(stored: list[dict[str, Any]]) -> tuple[Need, ...]:
    return tuple(Need.model_validate(each) for each in stored)


def _json_of(needs: tuple[Need, ...]) -> list[dict[str, Any]]:
    return [need.model_dump(mode="json", by_alias=True) for need in needs]
