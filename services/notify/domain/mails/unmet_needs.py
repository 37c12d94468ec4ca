"""When no partner was found: to the ambassador. The desk reads it as a point on its list."""

from typing import Final

from services.notify.domain.draft import MessageDraft
from services.notify.domain.mail import Form, Link, Mail
from shared.events.matching import NoPartnerFound
from shared.events.vocabulary import Audience

NOBODY_FOUND: Final = Mail(
    "nobody-found",
    "Nog geen partner gevonden",
    Audience.AMBASSADOR,
    link=Link.CASE,
    facts={"need": Form.NEED, "district": Form.DISTRICT, "how_soon": Form.HOW_SOON, "asked": Form.COUNT},
)


def tell_that_nobody_was_found(event: NoPartnerFound) -> MessageDraft:
    """The ambassador knows that it is not forgotten."""
    return MessageDraft(
        NOBODY_FOUND,
        event.ambassador_id,
        occasion=f"no-partner-found:{event.need_id}:{event.occurred_at.isoformat()}",
        about_id=event.need_id,
        case_id=event.subject,
        case_code=event.case_code,
        facts={
            "need": event.category,
            "district": event.district,
            "how_soon": event.urgency.value,
            "asked": str(event.asked),
        },
    )
