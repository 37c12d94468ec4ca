"""To the coordinators: a child for whom nobody has a next step."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from services.notify.domain.draft import MessageDraft
from services.notify.domain.drafting import about_case, flags
from services.notify.domain.mail import Form, Link, Mail
from shared.events.monitoring import ChildOutOfSight
from shared.events.vocabulary import Audience

OUT_OF_SIGHT: Final = Mail(
    "out-of-sight",
    "Kind dreigt uit het oog te raken",
    Audience.COORDINATOR,
    link=Link.BOARD,
    facts={"since": Form.DAY, "ambassador": Form.PERSON, "reminder": Form.FLAG},
    never_waits=True,
)


def alarm_coordinators(event: ChildOutOfSight, coordinators: Iterable[UUID]) -> list[MessageDraft]:
    """Every coordinator knows that nobody looks after this child now, and again each time that nobody acted on it."""
    facts = {
        "since": event.since.isoformat(),
        "ambassador": str(event.ambassador_id),
        **flags(reminder=event.occurred_at > event.since),
    }
    return [about_case(OUT_OF_SIGHT, person, event, event.case_code, facts) for person in coordinators]
