"""From an event to a line on the timeline."""

from datetime import date

from services.intake.domain.timeline import TimelineEntry
from services.intake.ports import IntakeUnit
from shared.events.base import Event
from shared.events.catalogue import kind_of
from shared.events.consents import PartnerConsentWithdrawn
from shared.events.intake import HomeVisitCompleted
from shared.events.matching import HandoverConfirmed, PartnerActivated
from shared.events.referral_number import referral_number
from shared.kernel.city import City

_DAYS = ("first_contact_on", "on", "planned_for", "from_day", "until", "erased_on")
_DETAILS = ("answer", "outcome", "reason", "cold_reason", "wished_by", "rhythm")


def entry_of(event: Event, unit: IntakeUnit) -> TimelineEntry:
    """The line for this event: what it is called, the partner and need it is about, its day, and one code."""
    if isinstance(event, HomeVisitCompleted):
        return _line(event, unit, "took-place" if event.took_place else "did-not-take-place")
    if isinstance(event, HandoverConfirmed):
        return _line(event, unit, event.party)
    detail = next((value for name in _DETAILS if (value := getattr(event, name, None))), None)
    return _line(event, unit, detail.value if detail is not None else None)


def _line(event: Event, unit: IntakeUnit, detail: str | None) -> TimelineEntry:
    with_partner = hasattr(event, "referral_id") or isinstance(event, PartnerConsentWithdrawn)
    return TimelineEntry(
        id=unit.ids.new(),
        case_id=event.subject,
        at=event.occurred_at,
        kind=kind_of(type(event)),
        organisation_id=getattr(event, "organisation_id", None) if with_partner else None,
        need_id=getattr(event, "need_id", None),
        detail=detail,
        on=day_of(event, unit.city),
        number=referral_number(event.referral_id) if isinstance(event, PartnerActivated) else None,
    )


def day_of(event: Event, city: City) -> date | None:
    """The day that goes with an event, if one does."""
    due_at = getattr(event, "due_at", None)
    if due_at is not None:
        return city.day_of(due_at)
    days: list[date] = [value for name in _DAYS if (value := getattr(event, name, None))]
    return days[0] if days else None
