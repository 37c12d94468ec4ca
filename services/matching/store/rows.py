"""Between rows and domain objects."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import RowMapping

from services.matching.domain.case import CaseFile, CaseNeed, CaseState, NeedState
from services.matching.domain.network import Organisation, Person, Service
from services.matching.domain.referral import Referral, ReferralState
from services.matching.domain.sign_in import SignIn
from shared.events.base import AgeBand, Role, Urgency
from shared.events.matching import DeclineReason, FailureReason, Outcome

TUPLES_OF_SERVICE = ("categories", "districts", "languages", "contact_ids")


def values_of(thing: Organisation | Service | Person | Referral | SignIn) -> dict[str, Any]:
    """A domain object whose fields have the names of the columns, as a row."""
    row = {field.name: getattr(thing, field.name) for field in fields(thing)}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in row.items()}


def organisation_of(row: RowMapping | dict[str, Any]) -> Organisation:
    """The organisation in this row."""
    return Organisation(**{field.name: row[field.name] for field in fields(Organisation)})


def service_of(row: RowMapping) -> Service:
    """The service in this row."""
    values: dict[str, Any] = {field.name: row[field.name] for field in fields(Service)}
    values.update({name: tuple(values[name]) for name in TUPLES_OF_SERVICE})
    return Service(**values)


def person_of(row: Mapping[Any, Any]) -> Person:
    """The person in this row."""
    values = {field.name: row[field.name] for field in fields(Person)}
    return Person(**{**values, "role": Role(values["role"])})


def sign_in_of(row: RowMapping) -> SignIn:
    """The attempt in this row."""
    return SignIn(**{field.name: row[field.name] for field in fields(SignIn)})


def referral_of(row: RowMapping) -> Referral:
    """The referral in this row."""
    values = {field.name: row[field.name] for field in fields(Referral)}
    values["reasons"] = tuple(values["reasons"])
    values["state"] = ReferralState(values["state"])
    for name, kind in (("decline_reason", DeclineReason), ("failure_reason", FailureReason), ("outcome", Outcome)):
        values[name] = kind(values[name]) if values[name] else None
    return Referral(**values)


def case_values(case: CaseFile) -> dict[str, Any]:
    """The case without its needs, as a row."""
    row = {field.name: getattr(case, field.name) for field in fields(case) if field.name != "needs"}
    return {**row, "excluded": sorted(case.excluded)}


def need_values(case: CaseFile) -> list[dict[str, Any]]:
    """The needs of a case as rows, always in the same order, so that two transactions never wait for each other."""
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


def case_of(row: RowMapping, needs: Sequence[RowMapping]) -> CaseFile:
    """The case in this row, with its needs."""
    values = {field.name: row[field.name] for field in fields(CaseFile) if field.name != "needs"}
    values["excluded"] = frozenset(values["excluded"])
    values["age_band"], values["state"] = AgeBand(values["age_band"]), CaseState(values["state"])
    return CaseFile(**values, needs={need["id"]: _need_of(need) for need in needs})


def _need_of(row: RowMapping) -> CaseNeed:
    return CaseNeed(
        id=row["id"],
        category=row["category"],
        urgency=Urgency(row["urgency"]),
        depends_on=tuple(row["depends_on"]),
        state=NeedState(row["state"]),
    )
