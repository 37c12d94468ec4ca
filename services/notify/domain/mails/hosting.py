"""To whoever hosts a gathering now and then: their turn, what becomes of it, and who takes over.

Community tells of the gathering at the moment of sending, and brings it for the calendar of whoever said yes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final
from uuid import UUID

from services.notify.domain.draft import MessageDraft
from services.notify.domain.drafting import about_directory
from services.notify.domain.mail import Form, Link, Mail
from shared.events.community import (
    HostReminderDue,
    HostTurnAccepted,
    HostTurnFact,
    HostTurnMoved,
    HostTurnProposed,
    HostTurnRevoked,
    HostTurnSwapped,
    NoHostFound,
)
from shared.events.gathering_letters import GatheringOccasion
from shared.events.vocabulary import Audience

STARTS: Final = {"starts": Form.MOMENT}


def _mail(occasion: GatheringOccasion, title: str, *, facts: Mapping[str, Form] = MappingProxyType({})) -> Mail:
    # What brings something for the calendar leaves as a mail of its own.
    return Mail(
        occasion.value, title, Audience.ANYBODY, link=Link.HOSTING, facts=facts, never_waits=True, of_gathering=True
    )


HOST_ASKED: Final = _mail(
    GatheringOccasion.HOST_ASKED, "Wil je gastheer of gastvrouw zijn?", facts={"answer_by": Form.MOMENT}
)
HOST_ACCEPTED: Final = _mail(GatheringOccasion.HOST_ACCEPTED, "Fijn dat je ontvangt")
HOST_REMINDER: Final = _mail(GatheringOccasion.HOST_REMINDER, "Binnenkort ontvang jij")
HOST_MOVED: Final = _mail(GatheringOccasion.HOST_MOVED, "De bijeenkomst die je ontvangt is verplaatst")
HOST_CALLED_OFF: Final = _mail(GatheringOccasion.HOST_CALLED_OFF, "De bijeenkomst die je ontvangt gaat niet door")
HOST_SWAPPED: Final = _mail(GatheringOccasion.HOST_SWAPPED, "Een ander ontvangt, jij bent vrij")
_MAILS: Final[Mapping[type[HostTurnFact], Mail]] = {
    HostTurnAccepted: HOST_ACCEPTED,
    HostReminderDue: HOST_REMINDER,
    HostTurnMoved: HOST_MOVED,
    HostTurnRevoked: HOST_CALLED_OFF,
    HostTurnSwapped: HOST_SWAPPED,
}
HOST_MISSING: Final = Mail(
    "host-missing", "Er is een gastheer of gastvrouw te weinig", Audience.COORDINATOR, link=Link.GATHERING, facts=STARTS
)


def ask_host(event: HostTurnProposed) -> MessageDraft:
    """It is this person's turn; after its time the question is of no use."""
    draft = about_directory(
        HOST_ASKED, event.person_id, event, event.subject, {"answer_by": event.answer_by.isoformat()}
    )
    return replace(draft, useless_after=event.answer_by)


def tell_host(event: HostTurnFact) -> MessageDraft:
    """How it stands with what this person hosts."""
    return about_directory(_MAILS[type(event)], event.person_id, event, event.subject, {})


def tell_that_host_is_missing(event: NoHostFound, coordinators: Iterable[UUID]) -> list[MessageDraft]:
    """Nobody is left to ask: the desk looks for somebody."""
    facts = {"starts": event.starts_at.isoformat()}
    return [about_directory(HOST_MISSING, one, event, event.subject, facts) for one in coordinators]
