"""To the coordinators: the points on their list, at once or in one mail on a working day."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from services.notify.domain.draft import MessageDraft
from services.notify.domain.drafting import flags
from services.notify.domain.mail import Bundle, Form, Link, Mail
from shared.events.monitoring import EscalationFact, EscalationReason
from shared.events.vocabulary import Audience

OF_A_POINT: Final = {
    "point": Form.POINT, "need": Form.NEED, "district": Form.DISTRICT, "how_soon": Form.HOW_SOON, "since": Form.DAY,
    "call": Form.PERSON, "again": Form.FLAG, "times": Form.COUNT,
}  # fmt: skip
NOT_ALWAYS_KNOWN: Final = frozenset({"need", "district", "call"})
DESK_POINT: Final = Mail(
    "desk-point",
    "Wil je hiernaar kijken?",
    Audience.COORDINATOR,
    link=Link.BOARD,
    facts=OF_A_POINT,
    may_lack=NOT_ALWAYS_KNOWN,
    never_waits=True,
)
# A child that is out of sight has a mail of its own.
TOLD_OTHERWISE: Final = frozenset({EscalationReason.OUT_OF_SIGHT})


def tell_of_point(event: EscalationFact, coordinators: Iterable[UUID]) -> list[MessageDraft]:
    """Every coordinator reads of it; what can wait, in the digest of the next working day."""
    if event.reason in TOLD_OTHERWISE:
        return []
    return [
        MessageDraft(
            DESK_POINT,
            person,
            occasion=f"desk-point:{event.escalation_id}:{event.level}",
            about_id=event.escalation_id,
            case_id=event.subject,
            case_code=event.case_code,
            facts=_facts(event),
            bundle=Bundle.NOTHING if event.at_once else Bundle.DESK,
        )
        for person in coordinators
    ]


def _facts(event: EscalationFact) -> dict[str, str]:
    known = {"need": event.category, "district": event.district, "call": event.call_id and str(event.call_id)}
    return {
        "point": event.reason.value,
        "how_soon": event.urgency.value,
        "since": event.since.isoformat(),
        "times": str(event.level),
        **flags(again=event.level > 1),
        **{name: value for name, value in known.items() if value},
    }
