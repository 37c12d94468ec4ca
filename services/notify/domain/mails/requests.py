"""To the ambassador: the request arrived, and the conversation with the family that follows it."""

from collections.abc import Iterable
from typing import Final

from services.notify.domain.draft import MessageDraft
from services.notify.domain.drafting import about_case, district_of, flags
from services.notify.domain.mail import Form, Link, Mail
from shared.events.base import Need, Urgency
from shared.events.intake import RequestReceived, RequestReturned, UrgentNeedRaised
from shared.events.monitoring import InventoryReminderDue
from shared.events.vocabulary import Audience

REQUEST_RECEIVED: Final = Mail(
    "request-received",
    "Aanvraag ontvangen",
    Audience.AMBASSADOR,
    link=Link.CASE,
    facts={
        "needs": Form.NEEDS, "district": Form.DISTRICT, "how_soon": Form.HOW_SOON, "today": Form.FLAG,
        "by_desk": Form.FLAG, "filed_by": Form.PERSON,
    },
    may_lack=frozenset({"district", "filed_by"}),
    never_waits=True,
)  # fmt: skip
URGENT_NEED: Final = Mail(
    "urgent-need",
    "We vragen nu al een partner",
    Audience.AMBASSADOR,
    link=Link.CASE,
    facts={"needs": Form.NEEDS, "district": Form.DISTRICT},
    may_lack=frozenset({"district"}),
    never_waits=True,
)
INVENTORY_REMINDER: Final = Mail(
    "inventory-reminder",
    "Wil je het gesprek met het gezin invullen?",
    Audience.AMBASSADOR,
    link=Link.CASE,
    facts={"how_soon": Form.HOW_SOON, "today": Form.FLAG, "again": Form.FLAG},
    rests=True,
)
REQUEST_RETURNED: Final = Mail(
    "request-returned",
    "Er mist nog iets in je aanvraag",
    Audience.AMBASSADOR,
    link=Link.CASE,
    facts={"missing": Form.MISSING},
    rests=True,
)
# What a new inventory answers.
ASKS_FOR_INVENTORY: Final = (INVENTORY_REMINDER, REQUEST_RETURNED)
MOST_PRESSING_FIRST: Final = (Urgency.TODAY, Urgency.SOON, Urgency.NORMAL)


def tell_of_request(event: RequestReceived) -> MessageDraft:
    """The ambassador knows that the request arrived, who filed it if somebody else did, and what happens next."""
    urgency = min((need.urgency for need in event.needs), key=MOST_PRESSING_FIRST.index, default=Urgency.NORMAL)
    facts = {"needs": listed(event.needs), **district_of(event), "how_soon": urgency.value}
    by_desk = event.filed_by is not None
    filed_by = {"filed_by": str(event.filed_by)} if by_desk else {}
    said = flags(today=urgency is Urgency.TODAY, by_desk=by_desk) | filed_by
    return about_case(REQUEST_RECEIVED, event.ambassador_id, event, event.case_code, facts | said)


def tell_of_urgent_need(event: UrgentNeedRaised) -> MessageDraft:
    """The ambassador knows that a partner is asked now, and that the conversation follows."""
    facts = {"needs": listed(event.needs), **district_of(event)}
    return about_case(URGENT_NEED, event.ambassador_id, event, event.case_code, facts)


def remind_of_inventory(event: InventoryReminderDue) -> MessageDraft:
    """The ambassador is asked, kindly, for the conversation with the family."""
    said = flags(today=event.urgency is Urgency.TODAY, again=event.number > 1)
    facts = {"how_soon": event.urgency.value, **said}
    return about_case(INVENTORY_REMINDER, event.ambassador_id, event, event.case_code, facts)


def return_request(event: RequestReturned) -> MessageDraft:
    """The ambassador knows what is missing."""
    missing = ",".join(part.value for part in event.missing)
    return about_case(REQUEST_RETURNED, event.ambassador_id, event, event.case_code, {"missing": missing})


def listed(needs: Iterable[Need]) -> str:
    """The categories, each once."""
    return ",".join(dict.fromkeys(need.category for need in needs))
