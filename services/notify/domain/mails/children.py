"""To the coordinators: a child for whom nobody has a next step."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from services.notify.domain.mail import Form, Link, Mail
from services.notify.domain.message import MessageDraft
from shared.events.monitoring import ChildOutOfSight
from shared.events.vocabulary import Audience

OUT_OF_SIGHT: Final = Mail(
    "out-of-sight",
    "Kind dreigt uit het oog te raken",
    Audience.COORDINATOR,
    link=Link.BOARD,
    facts={"since": Form.DAY, "reminder": Form.FLAG},
)


def alarm_coordinators(event: ChildOutOfSight, coordinators: Iterable[UUID]) -> list[MessageDraft]:
    """Every coordinator knows that nobody looks after this child now, and again each time that nobody acted on it."""
    again = event.occurred_at > event.since
    return [
        MessageDraft(
            OUT_OF_SIGHT,
            person,
            occasion=f"child-out-of-sight:{event.subject}:{event.occurred_at.isoformat()}",
            about_id=event.subject,
            case_id=event.subject,
            case_code=event.case_code,
            facts={"since": event.since.isoformat()} | ({"reminder": "yes"} if again else {}),
        )
        for person in coordinators
    ]
