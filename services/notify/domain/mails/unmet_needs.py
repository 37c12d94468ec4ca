"""When no partner was found: to the ambassador, and to the coordinators."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from services.notify.domain.mail import Form, Link, Mail
from services.notify.domain.message import MessageDraft
from shared.events.matching import NoPartnerFound
from shared.events.vocabulary import Audience

NOBODY_FOUND: Final = Mail(
    "nobody-found",
    "Nog geen partner gevonden",
    Audience.AMBASSADOR,
    link=Link.CASE,
    facts={"district": Form.DISTRICT, "how_soon": Form.HOW_SOON},
)
HELP_SOUGHT: Final = Mail(
    "help-sought",
    "Nog geen partner gevonden",
    Audience.COORDINATOR,
    link=Link.BOARD,
    facts={"district": Form.DISTRICT, "how_soon": Form.HOW_SOON},
)


def tell_that_nobody_was_found(event: NoPartnerFound, coordinators: Iterable[UUID]) -> list[MessageDraft]:
    """The ambassador knows that it is not forgotten; every coordinator knows that it waits for a person."""

    def draft(mail: Mail, person: UUID) -> MessageDraft:
        return MessageDraft(
            mail,
            person,
            occasion=f"no-partner-found:{event.need_id}:{event.occurred_at.isoformat()}",
            about_id=event.need_id,
            case_id=event.subject,
            case_code=event.case_code,
            facts={"district": event.district, "how_soon": event.urgency.value},
        )

    others = [person for person in coordinators if person != event.ambassador_id]
    return [draft(NOBODY_FOUND, event.ambassador_id), *(draft(HELP_SOUGHT, person) for person in others)]
