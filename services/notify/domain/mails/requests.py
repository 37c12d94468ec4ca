"""To the ambassador: the request arrived."""

from typing import Final

from services.notify.domain.mail import Form, Link, Mail
from services.notify.domain.message import MessageDraft
from shared.events.base import Urgency
from shared.events.intake import RequestReceived
from shared.events.vocabulary import Audience

REQUEST_RECEIVED: Final = Mail(
    "request-received",
    "Aanvraag ontvangen",
    Audience.AMBASSADOR,
    link=Link.CASE,
    facts={"district": Form.DISTRICT, "how_soon": Form.HOW_SOON, "today": Form.FLAG},
)
MOST_PRESSING_FIRST: Final = (Urgency.TODAY, Urgency.SOON, Urgency.NORMAL)


def tell_of_request(event: RequestReceived) -> MessageDraft:
    """The ambassador knows that the request arrived, and what happens next."""
    urgency = min((need.urgency for need in event.needs), key=MOST_PRESSING_FIRST.index, default=Urgency.NORMAL)
    today = {"today": "yes"} if urgency is Urgency.TODAY else {}
    return MessageDraft(
        REQUEST_RECEIVED,
        event.ambassador_id,
        occasion=f"request-received:{event.subject}",
        about_id=event.subject,
        case_id=event.subject,
        case_code=event.case_code,
        facts={"district": event.district, "how_soon": urgency.value} | today,
    )
