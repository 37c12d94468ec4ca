"""Between rows and domain objects: field by field, so that mypy sees a column or a field that was forgotten."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from services.matching.domain.case import CaseFile, CaseNeed, CaseState, NeedState
from services.matching.domain.network import Organisation, Person, Service
from services.matching.domain.referral import Referral, ReferralState
from services.matching.store.tables import OrganisationRow, PersonRow, ReferralRow
from shared.events.base import AgeBand, Role, Urgency
from shared.events.matching import DeclineReason, FailureReason, Outcome


def organisation_of(row: OrganisationRow | Row[Any]) -> Organisation:
    return Organisation(
        id=row.id,
        name=row.name,
        kind=row.kind,
        description=row.description,
        website=row.website,
        email=row.email,
        phone=row.phone,
        has_agreement=row.has_agreement,
    )


def organisation_values(organisation: Organisation) -> dict[str, Any]:
    return {
        "id": organisation.id,
        "name": organisation.name,
        "kind": organisation.kind,
        "description": organisation.description,
        "website": organisation.website,
        "email": organisation.email,
        "phone": organisation.phone,
        "has_agreement": organisation.has_agreement,
    }


def service_of(row: Row[Any]) -> Service:
    return Service(
        id=row.id,
        organisation_id=row.organisation_id,
        name=row.name,
        categories=tuple(row.categories),
        description=row.description,
        districts=tuple(row.districts),
        languages=tuple(row.languages),
        minimum_age=row.minimum_age,
        maximum_age=row.maximum_age,
        is_free=row.is_free,
        cost=row.cost,
        contact_ids=tuple(row.contact_ids),
        phone=row.phone,
        email=row.email,
        website=row.website,
        address=row.address,
        schedule=row.schedule,
        walk_in=row.walk_in,
        interpreter=row.interpreter,
        capacity=row.capacity,
        does=row.does,
        does_not=row.does_not,
        expects_from_referrer=row.expects_from_referrer,
        response_days=row.response_days,
        active=row.active,
    )


def service_values(service: Service) -> dict[str, Any]:
    """All columns but those of the index of words."""
    return {
        "id": service.id,
        "organisation_id": service.organisation_id,
        "name": service.name,
        "categories": list(service.categories),
        "description": service.description,
        "districts": list(service.districts),
        "languages": list(service.languages),
        "minimum_age": service.minimum_age,
        "maximum_age": service.maximum_age,
        "is_free": service.is_free,
        "cost": service.cost,
        "contact_ids": list(service.contact_ids),
        "phone": service.phone,
        "email": service.email,
        "website": service.website,
        "address": service.address,
        "schedule": service.schedule,
        "walk_in": service.walk_in,
        "interpreter": service.interpreter,
        "capacity": service.capacity,
        "does": service.does,
        "does_not": service.does_not,
        "expects_from_referrer": service.expects_from_referrer,
        "response_days": service.response_days,
        "active": service.active,
    }


def person_of(row: PersonRow | Row[Any]) -> Person:
    return Person(
        id=row.id,
        organisation_id=row.organisation_id,
        role=Role(row.role),
        name=row.name,
        email=row.email,
        phone=row.phone,
        active=row.active,
    )


def person_values(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "organisation_id": person.organisation_id,
        "role": person.role.value,
        "name": person.name,
        "email": person.email,
        "email_key": email_key(person.email),
        "phone": person.phone,
        "active": person.active,
    }


def email_key(email: str) -> str:
    """What makes two addresses the same."""
    return email.strip().lower()


def referral_of(row: ReferralRow | Row[Any]) -> Referral:
    return Referral(
        id=row.id,
        case_id=row.case_id,
        need_id=row.need_id,
        organisation_id=row.organisation_id,
        service_id=row.service_id,
        contact_id=row.contact_id,
        case_code=row.case_code,
        ambassador_id=row.ambassador_id,
        category=row.category,
        attempt=row.attempt,
        activated_at=row.activated_at,
        reasons=tuple(row.reasons),
        state=ReferralState(row.state),
        answered_at=row.answered_at,
        first_contact_on=row.first_contact_on,
        decline_reason=DeclineReason(row.decline_reason) if row.decline_reason else None,
        failure_reason=FailureReason(row.failure_reason) if row.failure_reason else None,
        outcome=Outcome(row.outcome) if row.outcome else None,
        handed_over_on=row.handed_over_on,
        started_on=row.started_on,
        delivered_on=row.delivered_on,
    )


def referral_values(referral: Referral) -> dict[str, Any]:
    return {
        "id": referral.id,
        "case_id": referral.case_id,
        "need_id": referral.need_id,
        "organisation_id": referral.organisation_id,
        "service_id": referral.service_id,
        "contact_id": referral.contact_id,
        "case_code": referral.case_code,
        "ambassador_id": referral.ambassador_id,
        "category": referral.category,
        "attempt": referral.attempt,
        "activated_at": referral.activated_at,
        "reasons": list(referral.reasons),
        "state": referral.state,
        "answered_at": referral.answered_at,
        "first_contact_on": referral.first_contact_on,
        "decline_reason": referral.decline_reason,
        "failure_reason": referral.failure_reason,
        "outcome": referral.outcome,
        "handed_over_on": referral.handed_over_on,
        "started_on": referral.started_on,
        "delivered_on": referral.delivered_on,
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
        interpreter_needed=row.interpreter_needed,
        excluded=frozenset(row.excluded),
        state=CaseState(row.state),
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
        "interpreter_needed": case.interpreter_needed,
        "excluded": sorted(case.excluded),
        "state": case.state,
    }


def need_values(case: CaseFile) -> list[dict[str, Any]]:
    """The needs of a case, always in the same order, so that two transactions never wait for each other."""
    return [
        {
            "id": need.id,
            "case_id": case.id,
            "category": need.category,
            "urgency": need.urgency,
            "depends_on": list(need.depends_on),
            "state": need.state,
        }
        for need in sorted(case.needs.values(), key=lambda need: need.id)
    ]


def _need_of(row: Row[Any]) -> CaseNeed:
    return CaseNeed(
        id=row.id,
        category=row.category,
        urgency=Urgency(row.urgency),
        depends_on=tuple(row.depends_on),
        state=NeedState(row.state),
    )
