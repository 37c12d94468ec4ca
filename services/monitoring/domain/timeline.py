"""What the timeline of a case keeps of an event: what happened and when, who, and a few codes and days."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from shared.events.base import Event
from shared.events.catalogue import kind_of
from shared.events.directory import OrganisationListed, PersonListed, ServiceListed
from shared.events.family_safety import AddressHidden, AddressShown, SafetyHoldLifted, SafetyHoldSet
from shared.events.in_hand import CheckInDue, FamiliesInHandChanged
from shared.events.intake import UnusualReadingFound
from shared.events.matching import SignInRequested
from shared.events.monitoring import AmbassadorReminded
from shared.events.notify import AddressFlagged, MessageFact
from shared.events.referral_terms import AnswerTermRenewed

# Codes, days and numbers that say something to a coordinator; never more than an event carries.
DETAILS = (
    "reason", "answer", "outcome", "number", "due_at", "first_contact_on", "planned_for", "on", "urgency", "category",
    "kind", "cold_reason", "rest", "family", "call_at", "level", "until", "wished_by", "took_place",
    "from_day", "rhythm", "template", "need_id", "referral_id", "escalation_id", "resolution", "resolved_by",
    "owner_id", "previous_id", "assigned_by", "why", "postponed_by", "chosen_by", "choice", "said_by", "replaced_by",
)  # fmt: skip
OF_NO_CASE = (
    OrganisationListed, ServiceListed, PersonListed, SignInRequested, AddressFlagged, AmbassadorReminded,
    UnusualReadingFound, CheckInDue, FamiliesInHandChanged,
)  # fmt: skip
# Whoever reads the timeline later need not know that somebody worried about the child's safety, or hid the address.
UNSEEN = (SafetyHoldSet, SafetyHoldLifted, AddressHidden, AddressShown, AnswerTermRenewed)


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One line: `what` is the event's name in kebab-case, `details` holds codes and ISO days only."""

    case_id: UUID
    occurred_at: datetime
    what: str
    organisation_id: UUID | None = None
    details: Mapping[str, str] = field(default_factory=dict)


def case_of(event: Event) -> UUID | None:
    """The case that the event is about; None when it is about something else."""
    if isinstance(event, MessageFact):
        return event.case_id
    return None if isinstance(event, OF_NO_CASE) else event.subject


def entry_of(event: Event) -> TimelineEntry | None:
    """The line for this event; None when it is about no case."""
    case_id = case_of(event)
    if case_id is None or isinstance(event, UNSEEN):
        return None
    facts = event.model_dump(mode="json", include=set(DETAILS), exclude_none=True)
    return TimelineEntry(
        case_id=case_id,
        occurred_at=event.occurred_at,
        what=kind_of(type(event)),
        organisation_id=getattr(event, "organisation_id", None),
        details={name: str(value) for name, value in facts.items()},
    )


def reminded(case_id: UUID, event: AmbassadorReminded) -> TimelineEntry:
    """The line for one of the cases that the mail names."""
    details = {"reason": event.reason.value, "reminded_by": str(event.reminded_by)}
    return TimelineEntry(case_id, event.occurred_at, "ambassador-reminded", details=details)
