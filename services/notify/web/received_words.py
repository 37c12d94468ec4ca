"""What came of a mail that came in, in words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from services.notify.domain.received import Outcome, ReceivedMail
from shared.events.http import KnownPerson
from shared.events.notify import IgnoredReason

OUTCOMES: Final[Mapping[str, str]] = {
    Outcome.DRAFTED: "Klaar om te plaatsen",
    Outcome.BOUNCED: "Onze mail kwam niet aan",
    IgnoredReason.TOO_LARGE: "Te groot",
    IgnoredReason.OWN_MAIL: "Van Schakel zelf",
    IgnoredReason.NO_SENDER: "Zonder afzender",
    IgnoredReason.AUTOMATIC: "Door een computer gestuurd",
    IgnoredReason.BULK: "Aan veel mensen tegelijk gestuurd",
    IgnoredReason.MAILING_LIST: "Van een mailinglijst",
    IgnoredReason.AUTOREPLY: "Automatisch antwoord",
    IgnoredReason.AWAY: "Iemand is afwezig",
    IgnoredReason.UNKNOWN_ADDRESS: "Dit adres kennen we niet",
    IgnoredReason.CLOSED: "De vraag was al klaar",
    IgnoredReason.OTHER_SENDER: "Van iemand anders dan wie we vroegen",
    IgnoredReason.NO_TEXT: "Er stond geen tekst in",
    IgnoredReason.PERSONAL_DATA: "Er stond een persoonsgegeven in",
    IgnoredReason.TOO_MANY: "Te veel antwoorden op één vraag",
    IgnoredReason.NOT_BOUNCED: "Bericht over een mail die nog onderweg is",
}


class Shown(NamedTuple):
    """One mail that came in; `person` is whom the mail that it answers was to."""

    received_at: datetime
    outcome: str
    person: str


def figures_of(counts: Mapping[str, int]) -> list[tuple[int, str]]:
    """How many ended how, the most first; a newer release may know more ways."""
    found = [(count, OUTCOMES.get(outcome, outcome)) for outcome, count in counts.items()]
    return sorted(found, key=lambda one: (-one[0], one[1]))


def shown_received(mail: ReceivedMail, people: Mapping[UUID, KnownPerson]) -> Shown:
    """As the page shows it."""
    person = people.get(mail.person_id) if mail.person_id else None
    words = OUTCOMES.get(mail.outcome, mail.outcome)
    return Shown(mail.received_at, words, person.name if person else "")
