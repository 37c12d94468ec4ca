"""What the timeline of a case keeps of a fact: what happened and when, who, and a few codes and days."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from shared.events.base import Event
from shared.events.catalogue import wire_name
from shared.events.notify import MessageFact

# Codes, days and numbers that say something to a coordinator; never more than an event carries.
DETAILS = (
    "reason", "answer", "outcome", "number", "due_at", "first_contact_on", "not_before", "until", "planned_for", "on",
    "urgency", "category", "kind", "template", "need_id", "referral_id", "escalation_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: `what` is the event's name in kebab-case, `details` holds codes and ISO days only."""

    case_id: UUID
    occurred_at: datetime
    what: str
    organisation_id: UUID | None = None
    details: Mapping[str, str] = field(default_factory=dict)


def entry_of(event: Event) -> Entry | None:
    """The line for this fact; None when it is about no case."""
    case_id = event.case_id if isinstance(event, MessageFact) else event.subject
    if case_id is None:
        return None
    facts = event.model_dump(mode="json", include=set(DETAILS), exclude_none=True)
    return Entry(
        case_id=case_id,
        occurred_at=event.occurred_at,
        what=wire_name(type(event)).split(".")[3],
        organisation_id=getattr(event, "organisation_id", None),
        details={name: str(value) for name, value in facts.items()},
    )
