"""Invented events of the network, and of what the desk does, for notify's tests."""

from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from shared.events import desk_codes, early_signals, intake, matching, monitoring
from shared.events.base import Event
from tests.unit.notify.builders import (
    AMBASSADOR,
    CASE,
    CODE,
    COLLEAGUE,
    COORDINATOR,
    NEED,
    NOW,
    OF_CASE,
    OTHER_CASE,
    OTHER_CODE,
    PARTNER,
    SCHOOL,
    SIGNAL,
    of_case,
    point,
)

CASE_OF = {CODE: CASE, OTHER_CODE: OTHER_CASE}
EventT = TypeVar("EventT", bound=Event)
SearchT = TypeVar("SearchT", bound=matching.SearchFact)


def ambassador_replaced(**more: object) -> intake.AmbassadorReplaced:
    said: dict[str, Any] = {
        "previous_id": AMBASSADOR, "ambassador_id": COLLEAGUE, "organisation_id": SCHOOL, "replaced_by": COORDINATOR,
    }  # fmt: skip
    return of_case(intake.AmbassadorReplaced, **{**said, **more})


def ambassador_reminded(*codes: str, at: datetime = NOW) -> monitoring.AmbassadorReminded:
    return monitoring.AmbassadorReminded(
        subject=AMBASSADOR,
        occurred_at=at,
        cases=tuple(
            desk_codes.RemindedCase(case_id=CASE_OF[code], case_code=code) for code in codes or (CODE, OTHER_CODE)
        ),
        reason=monitoring.EscalationReason.INVENTORY_LATE,
        reminded_by=COORDINATOR,
    )


def signal_raised(passed_on_by: UUID | None = None) -> early_signals.EarlySignalRaised:
    return early_signals.EarlySignalRaised(
        subject=SIGNAL,
        occurred_at=NOW,
        signal_code=CODE,
        ambassador_id=AMBASSADOR,
        organisation_id=SCHOOL,
        worries=("money",),
        passed_on_by=passed_on_by,
    )


def search(fact: type[SearchT], at: datetime = NOW, **more: object) -> SearchT:
    """A fact about the search for the need."""
    return fact(occurred_at=at, need_id=NEED, category="bike", **OF_CASE | more)


def point_assigned(
    owner: UUID | None, *, by: UUID | None = None, previous: UUID | None = None, at: datetime = NOW, **more: object
) -> monitoring.PointAssigned:
    return point(monitoring.PointAssigned, at, owner_id=owner, assigned_by=by, previous_id=previous, **more)


def network(fact: type[EventT], at: datetime = NOW, subject: UUID = PARTNER, **more: object) -> EventT:
    """A fact about the network."""
    return fact(subject=subject, occurred_at=at, **more)
