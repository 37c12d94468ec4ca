"""Between rows and domain objects of the network: field by field, so that mypy sees what was forgotten."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Row

from services.matching.domain.kept import Kept
from services.matching.domain.network import Organisation, Person, Service, email_key
from services.matching.domain.search import searched_as
from services.matching.store.network_tables import OrganisationRow, PersonRow
from shared.events.directory import Membership


def organisation_of(row: OrganisationRow | Row[Any] | SimpleNamespace) -> Organisation:
    return Organisation(
        id=row.id,
        name=row.name,
        kind=row.kind,
        description=row.description,
        website=row.website,
        email=row.email,
        phone=row.phone,
        has_agreement=row.has_agreement,
        on_map=row.on_map,
        strengths=row.strengths,
        limits=row.limits,
        active=row.active,
        kept=_kept_of(row),
        checks_asked=row.checks_asked,
        check_asked_at=row.check_asked_at,
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
        "on_map": organisation.on_map,
        "strengths": organisation.strengths,
        "limits": organisation.limits,
        "active": organisation.active,
        "checks_asked": organisation.checks_asked,
        "check_asked_at": organisation.check_asked_at,
        "searched_as": searched_as(organisation.name),
        "says_searched_as": searched_as(organisation.description),
        **_kept_values(organisation.kept),
    }


def service_of(row: Row[Any] | SimpleNamespace) -> Service:
    return Service(
        id=row.id,
        organisation_id=row.organisation_id,
        name=row.name,
        categories=tuple(row.categories),
        description=row.description,
        districts=tuple(row.districts),
        whole_city=row.whole_city,
        languages=tuple(row.languages),
        minimum_age=row.minimum_age,
        maximum_age=row.maximum_age,
        is_free=row.is_free,
        cost=row.cost,
        contact_ids=tuple(row.contact_ids),
        interpreter=row.interpreter,
        capacity=row.capacity,
        does=row.does,
        does_not=row.does_not,
        expects_from_referrer=row.expects_from_referrer,
        response_days=row.response_days,
        active=row.active,
        full_until=row.full_until,
        on_map=row.on_map,
        **_way_in_of(row),
        kept=_kept_of_service(row),
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
        "whole_city": service.whole_city,
        "languages": list(service.languages),
        "minimum_age": service.minimum_age,
        "maximum_age": service.maximum_age,
        "is_free": service.is_free,
        "cost": service.cost,
        "contact_ids": list(service.contact_ids),
        "interpreter": service.interpreter,
        "capacity": service.capacity,
        "does": service.does,
        "does_not": service.does_not,
        "expects_from_referrer": service.expects_from_referrer,
        "response_days": service.response_days,
        "active": service.active,
        "full_until": service.full_until,
        "on_map": service.on_map,
        **_way_in_values(service),
        **_kept_values(service.kept),
        **_doubt_values(service.kept),
    }


def _way_in_of(row: Row[Any] | SimpleNamespace) -> dict[str, Any]:
    """How people come there, or call."""
    return {
        "phone": row.phone,
        "email": row.email,
        "website": row.website,
        "address": row.address,
        "schedule": row.schedule,
        "walk_in": row.walk_in,
        "access": tuple(row.access),
        "contact_hours": row.contact_hours,
        "sparring": row.sparring,
        "sign_up": row.sign_up,
    }


def _way_in_values(service: Service) -> dict[str, Any]:
    return {
        "phone": service.phone,
        "email": service.email,
        "website": service.website,
        "address": service.address,
        "schedule": service.schedule,
        "walk_in": service.walk_in,
        "access": list(service.access),
        "contact_hours": service.contact_hours,
        "sparring": service.sparring,
        "sign_up": service.sign_up,
    }


def _kept_of_service(row: Row[Any] | SimpleNamespace) -> Kept:
    return _kept_of(row, tuple(row.reported), row.missing_since, row.missing_from)


def _doubt_values(kept: Kept) -> dict[str, Any]:
    """What is told of an offer alone."""
    return {
        "reported": list(kept.reported),
        "missing_since": kept.missing_since,
        "missing_from": kept.missing_from,
    }


def _kept_of(
    row: OrganisationRow | Row[Any] | SimpleNamespace,
    reported: tuple[str, ...] = (),
    missing_since: date | None = None,
    missing_from: str = "",
) -> Kept:
    return Kept(
        version=row.version,
        listed_at=row.listed_at,
        verified_at=row.verified_at,
        verified_by=row.verified_by,
        doubted_at=row.doubted_at,
        hidden_at=row.hidden_at,
        changed_at=row.changed_at,
        reported=reported,
        missing_since=missing_since,
        missing_from=missing_from,
    )


def _kept_values(kept: Kept) -> dict[str, Any]:
    return {
        "version": kept.version,
        "listed_at": kept.listed_at,
        "verified_at": kept.verified_at,
        "verified_by": kept.verified_by,
        "doubted_at": kept.doubted_at,
        "hidden_at": kept.hidden_at,
        "changed_at": kept.changed_at,
    }


def person_of(row: PersonRow | Row[Any]) -> Person:
    return Person(
        id=row.id,
        name=row.name,
        email=row.email,
        phone=row.phone,
        memberships=tuple(Membership.model_validate(one) for one in row.memberships),
        active=row.active,
        epoch=row.epoch,
        deputy_id=row.deputy_id,
        away_from=row.away_from,
        away_until=row.away_until,
        kinds=tuple(row.kinds),
        leaves_on=row.leaves_on,
        version=row.version,
    )


def person_values(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "email": person.email,
        "email_key": email_key(person.email),
        "phone": person.phone,
        "memberships": [one.model_dump(mode="json", by_alias=True) for one in person.memberships],
        "active": person.active,
        "epoch": person.epoch,
        "deputy_id": person.deputy_id,
        "away_from": person.away_from,
        "away_until": person.away_until,
        "kinds": list(person.kinds),
        "leaves_on": person.leaves_on,
        "version": person.version,
    }
