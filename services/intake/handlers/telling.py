"""From a fact to a line on the timeline."""

from datetime import date

from pydantic.alias_generators import to_snake

from services.intake.domain.progress import Moment
from services.intake.domain.rules import day_in_city
from services.intake.ports import IntakeUnit
from shared.events.base import Event

_DAYS = ("first_contact_on", "on", "planned_for")
_DETAILS = ("answer", "outcome", "reason")


def moment_of(event: Event, unit: IntakeUnit) -> Moment:
    """The line that this fact is: its name, the partner and need it is about, its day, and one code."""
    detail = next((value for name in _DETAILS if (value := getattr(event, name, None))), None)
    return Moment(
        id=unit.ids.new(),
        case_id=event.subject,
        at=event.occurred_at,
        kind=kind_of(type(event)),
        organisation_id=getattr(event, "organisation_id", None) if hasattr(event, "referral_id") else None,
        need_id=getattr(event, "need_id", None),
        detail=detail.value if detail is not None else None,
        on=day_of(event),
    )


def kind_of(event: type[Event]) -> str:
    """`partner-activated`: what a fact is called on a timeline."""
    return to_snake(event.__name__).replace("_", "-")


def day_of(event: Event) -> date | None:
    """The day that goes with a fact, if one does."""
    due_at = getattr(event, "due_at", None)
    if due_at is not None:
        return day_in_city(due_at)
    days: list[date] = [value for name in _DAYS if (value := getattr(event, name, None))]
    return days[0] if days else None
