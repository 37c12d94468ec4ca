"""About the entry of an organisation on the social map: proposed changes, and whether it is still right."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final
from uuid import UUID

from services.notify.domain.draft import MessageDraft
from services.notify.domain.drafting import about_directory, flags
from services.notify.domain.mail import Bundle, Form, Link, Mail
from shared.events.directory import (
    EntryCheckDue,
    EntryCheckMissed,
    EntryDoubted,
    EntryHidden,
    EntryProposalSettled,
    EntryProposed,
    EntryReported,
)
from shared.events.vocabulary import Audience

OF_AN_ENTRY: Final = {"organisation": Form.ORGANISATION}
# Its entry on the map may come later than the event.
MAY_BE_NAMELESS: Final = frozenset(OF_AN_ENTRY)
ENTRY_PROPOSED: Final = Mail(
    "entry-proposed",
    "Een voorstel voor de sociale kaart",
    Audience.COORDINATOR,
    link=Link.PROPOSALS,
    facts=OF_AN_ENTRY | {"proposed_by": Form.PERSON},
    may_lack=MAY_BE_NAMELESS,
)
ENTRY_PROPOSAL_SETTLED: Final = Mail(
    "entry-proposal-settled",
    "Over je voorstel voor de sociale kaart",
    Audience.PARTNER,
    link=Link.OWN_ENTRY,
    facts={"accepted": Form.FLAG},
)
ENTRY_CHECK_DUE: Final = Mail(
    "entry-check-due",
    "Klopt dit nog?",
    Audience.PARTNER,
    link=Link.ENTRY,
    facts=OF_AN_ENTRY | {"again": Form.FLAG},
    may_lack=MAY_BE_NAMELESS,
)
ENTRY_CHECK_MISSED: Final = Mail(
    "entry-check-missed",
    "Bel even over een vermelding",
    Audience.COORDINATOR,
    link=Link.ORGANISATION,
    facts=OF_AN_ENTRY | {"call": Form.PERSON},
    may_lack=MAY_BE_NAMELESS,
)
ENTRY_HIDDEN: Final = Mail(
    "entry-hidden",
    "Staat niet meer op de sociale kaart",
    Audience.COORDINATOR,
    link=Link.ORGANISATION,
    facts=OF_AN_ENTRY | {"call": Form.PERSON},
    may_lack=MAY_BE_NAMELESS | {"call"},
)
ENTRY_HIDDEN_PARTNER: Final = Mail(
    "entry-hidden-partner",
    "Jullie staan niet meer op de sociale kaart",
    Audience.PARTNER,
    link=Link.ENTRY,
    facts=OF_AN_ENTRY,
    may_lack=MAY_BE_NAMELESS,
)
ENTRY_DOUBTED: Final = Mail(
    "entry-doubted",
    "Mail aan een partner komt niet aan",
    Audience.COORDINATOR,
    link=Link.ORGANISATION,
    facts=OF_AN_ENTRY | {"call": Form.PERSON},
    may_lack=MAY_BE_NAMELESS,
)

ENTRY_REPORTED: Final = Mail(
    "entry-reported",
    "Klopt een vermelding niet?",
    Audience.COORDINATOR,
    link=Link.ORGANISATION,
    facts=OF_AN_ENTRY | {"call": Form.PERSON, "doubtful": Form.FLAG},
    may_lack=MAY_BE_NAMELESS | {"call"},
)
ENTRY_REPORTED_PARTNER: Final = Mail(
    "entry-reported-partner",
    "Klopt jullie vermelding niet?",
    Audience.PARTNER,
    link=Link.ENTRY,
    facts=OF_AN_ENTRY | {"doubtful": Form.FLAG},
    may_lack=MAY_BE_NAMELESS,
)


def tell_of_proposal(event: EntryProposed, coordinators: Iterable[UUID]) -> list[MessageDraft]:
    """The desk looks at it with the rest of its list."""
    facts = {"organisation": str(event.subject), "proposed_by": str(event.proposed_by)}
    drafts = [about_directory(ENTRY_PROPOSED, one, event, event.proposal_id, facts) for one in coordinators]
    return [replace(draft, bundle=Bundle.DESK) for draft in drafts]


def tell_what_became_of_proposal(event: EntryProposalSettled) -> MessageDraft:
    """Whoever proposed it knows what the desk did with it."""
    accepted = flags(accepted=event.accepted)
    return about_directory(ENTRY_PROPOSAL_SETTLED, event.proposed_by, event, event.proposal_id, accepted)


def ask_whether_entry_is_right(event: EntryCheckDue) -> MessageDraft:
    """One of its people looks at the entry."""
    facts = {"organisation": str(event.subject), **flags(again=event.number > 1)}
    return about_directory(ENTRY_CHECK_DUE, event.person_id, event, event.subject, facts)


def tell_that_nobody_looked(event: EntryCheckMissed, coordinators: Iterable[UUID]) -> list[MessageDraft]:
    """The desk calls."""
    facts = {"organisation": str(event.subject), "call": str(event.person_id)}
    drafts = [about_directory(ENTRY_CHECK_MISSED, one, event, event.subject, facts) for one in coordinators]
    return [replace(draft, bundle=Bundle.DESK) for draft in drafts]


def tell_that_entry_is_hidden(event: EntryHidden, coordinators: Iterable[UUID]) -> list[MessageDraft]:
    """The organisation brings it back with one click; the desk knows of it."""
    facts = {"organisation": str(event.subject)}
    call = {"call": str(event.person_id)} if event.person_id else {}
    drafts = [about_directory(ENTRY_HIDDEN, one, event, event.subject, facts | call) for one in coordinators]
    told = [replace(draft, bundle=Bundle.DESK) for draft in drafts]
    if event.person_id is not None:
        told.append(about_directory(ENTRY_HIDDEN_PARTNER, event.person_id, event, event.subject, facts))
    return told


def tell_that_mail_does_not_arrive(event: EntryDoubted, coordinators: Iterable[UUID]) -> list[MessageDraft]:
    """The desk calls, and corrects the address."""
    facts = {"organisation": str(event.subject), "call": str(event.person_id)}
    drafts = [about_directory(ENTRY_DOUBTED, one, event, event.subject, facts) for one in coordinators]
    return [replace(draft, bundle=Bundle.DESK) for draft in drafts]


def tell_that_entry_may_be_wrong(event: EntryReported, coordinators: Iterable[UUID]) -> list[MessageDraft]:
    """The organisation looks at its entry; the desk knows of it."""
    facts = {"organisation": str(event.subject), **flags(doubtful=event.doubtful)}
    call = {"call": str(event.person_id)} if event.person_id else {}
    drafts = [about_directory(ENTRY_REPORTED, one, event, event.subject, facts | call) for one in coordinators]
    told = [replace(draft, bundle=Bundle.DESK) for draft in drafts]
    if event.person_id is not None:
        told.append(about_directory(ENTRY_REPORTED_PARTNER, event.person_id, event, event.subject, facts))
    return told
