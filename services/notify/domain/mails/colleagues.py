"""About people in the network: who was named as contact, who cannot leave yet, and who read much."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final
from uuid import UUID

from services.notify.domain.draft import MessageDraft
from services.notify.domain.drafting import about_directory, flags
from services.notify.domain.mail import Bundle, Form, Link, Mail
from shared.events.case_codes import UnusualReading
from shared.events.directory import ContactNamed, PersonLeavingBlocked
from shared.events.intake import UnusualReadingFound
from shared.events.vocabulary import Audience

CONTACT_NAMED: Final = Mail(
    "contact-named",
    "Klopt deze contactpersoon?",
    Audience.PARTNER,
    link=Link.COLLEAGUES,
    facts={"contact": Form.PERSON, "named_by": Form.PERSON},
)
PERSON_LEAVING_BLOCKED: Final = Mail(
    "person-leaving-blocked",
    "Iemand die weggaat, heeft nog gezinnen",
    Audience.COORDINATOR,
    link=Link.PERSON,
    facts={"person": Form.PERSON, "leaves_on": Form.DAY, "cases": Form.COUNT, "questions": Form.COUNT},
)

UNUSUAL_READING: Final = Mail(
    "unusual-reading",
    "Iemand bekeek veel gezinnen",
    Audience.COORDINATOR,
    link=Link.PERSON,
    facts={"person": Form.PERSON, "families": Form.COUNT, "since": Form.MOMENT, "without_task": Form.FLAG},
    never_waits=True,
)


def ask_whether_contact_is_right(event: ContactNamed) -> list[MessageDraft]:
    """The colleagues know who was named, and one that leads may say that it is right."""
    facts = {"contact": str(event.subject), "named_by": str(event.named_by)}
    readers = [reader for reader in event.told if reader not in {event.subject, event.named_by}]
    return [about_directory(CONTACT_NAMED, reader, event, event.subject, facts) for reader in readers]


def tell_what_keeps_somebody(event: PersonLeavingBlocked, coordinators: Iterable[UUID]) -> list[MessageDraft]:
    """The desk finds somebody else for what still hangs on who leaves."""
    facts = {
        "person": str(event.subject),
        "leaves_on": event.leaves_on.isoformat(),
        "cases": str(event.cases),
        "questions": str(event.questions),
    }
    drafts = [about_directory(PERSON_LEAVING_BLOCKED, one, event, event.subject, facts) for one in coordinators]
    return [replace(draft, bundle=Bundle.DESK) for draft in drafts]


def tell_what_somebody_read(event: UnusualReadingFound, desk: Iterable[UUID]) -> list[MessageDraft]:
    """How many and since when, never which families."""
    facts = {
        "person": str(event.subject),
        "families": str(event.families),
        "since": event.since.isoformat(),
        **flags(without_task=event.kind is UnusualReading.WITHOUT_TASK),
    }
    return [about_directory(UNUSUAL_READING, one, event, event.subject, facts) for one in desk]
