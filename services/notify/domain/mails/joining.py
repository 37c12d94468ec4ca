"""Somebody wants to join the network: the address is confirmed, the desk looks, and says yes or no.

Until the yes the reader is a request to join, and no person: matching answers its address by that id.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final
from uuid import UUID

from services.notify.domain.draft import MessageDraft
from services.notify.domain.drafting import about_directory
from services.notify.domain.mail import Bundle, Form, Link, Mail
from shared.events.directory import ApplicationRefused, ApplicationStarted, OrganisationAccepted, OrganisationApplied
from shared.events.vocabulary import Audience

APPLICATION_STARTED: Final = Mail(
    "application-started",
    "Klopt je mailadres?",
    Audience.APPLICANT,
    link=Link.APPLICATION,
    goes_first=True,
    never_waits=True,
)
ORGANISATION_APPLIED: Final = Mail(
    "organisation-applied",
    "Iemand wil meedoen",
    Audience.COORDINATOR,
    link=Link.APPLICANT,
    facts={"kind": Form.KIND, "categories": Form.NEEDS},
    may_lack=frozenset({"kind", "categories"}),
)
ORGANISATION_ACCEPTED: Final = Mail(
    "organisation-accepted",
    "Welkom bij Schakel",
    Audience.PARTNER,
    link=Link.OWN_ENTRY,
    facts={"organisation": Form.ORGANISATION},
    # Its entry on the map may come later.
    may_lack=frozenset({"organisation"}),
    never_waits=True,
)
APPLICATION_REFUSED: Final = Mail(
    "application-refused",
    "Over je aanmelding",
    Audience.APPLICANT,
    facts={"reason": Form.REFUSAL},
    never_waits=True,
)


def ask_to_confirm_address(event: ApplicationStarted) -> MessageDraft:
    """Whoever asks to join shows that the address is theirs."""
    return about_directory(APPLICATION_STARTED, event.subject, event, event.subject, {})


def tell_of_application(event: OrganisationApplied, coordinators: Iterable[UUID]) -> list[MessageDraft]:
    """The desk looks at it, on the next working morning."""
    facts = {"categories": ",".join(event.categories)} if event.categories else {}
    facts |= {"kind": event.kind} if event.kind else {}
    drafts = [about_directory(ORGANISATION_APPLIED, one, event, event.subject, facts) for one in coordinators]
    return [replace(draft, bundle=Bundle.DESK) for draft in drafts]


def welcome(event: OrganisationAccepted) -> MessageDraft:
    """The first person of the organisation reads what is expected of both sides."""
    facts = {"organisation": str(event.subject)}
    return about_directory(ORGANISATION_ACCEPTED, event.person_id, event, event.subject, facts)


def tell_why_not(event: ApplicationRefused) -> MessageDraft:
    """Whoever asked to join knows why not, and whom to call."""
    return about_directory(APPLICATION_REFUSED, event.subject, event, event.subject, {"reason": event.reason.value})
