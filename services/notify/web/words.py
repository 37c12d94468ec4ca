"""Messages in the words of the page."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from services.notify.domain.message import Message, MessageState
from services.notify.domain.outcome import Reason
from services.notify.domain.repeating import can_be_retried
from services.notify.domain.wanted import Wanted
from services.notify.ports import StateCount
from shared.events.http import KnownPerson
from shared.events.vocabulary import Audience
from shared.kernel.city import City

STATES: Final[Mapping[MessageState, tuple[str, str]]] = {
    MessageState.REFUSED: ("niet aangekomen", "urgent"),
    MessageState.UNKNOWN: ("misschien aangekomen", "attention"),
    MessageState.QUEUED: ("wacht", "attention"),
    MessageState.HELD: ("gaat straks samen weg", "info"),
    MessageState.SENDING: ("wordt verstuurd", "info"),
    MessageState.ACCEPTED: ("verstuurd", "good"),
    MessageState.WITHDRAWN: ("niet meer nodig", "neutral"),
}
REASONS: Final[Mapping[Reason, str]] = {
    Reason.ADDRESS_BOOK_AWAY: "Het adres kon even niet worden opgevraagd.",
    Reason.SEAT_LETTERS_AWAY: "De bijeenkomst kon even niet worden opgezocht.",
    Reason.FOLLOW_UP_LINKS_AWAY: "De link voor het antwoord kon even niet worden gemaakt.",
    Reason.MAIL_SERVER_AWAY: "De mailserver is niet bereikbaar.",
    Reason.MAIL_SERVER_BUSY: "De mailserver vroeg om later terug te komen.",
    Reason.NO_LINE_FREE: "Alle verbindingen met de mailserver zijn bezet.",
    Reason.MAIL_SERVER_LOCKED: "De mailserver laat Schakel niet binnen. De beheerder moet kijken.",
    Reason.NOT_WRITABLE: "De mail kon niet worden gemaakt. De beheerder moet kijken.",
    Reason.REFUSED_BY_SERVER: "De mailserver weigert deze mail. Klopt het adres nog?",
    Reason.NO_ADDRESS: "Er is geen bruikbaar adres van deze persoon.",
    Reason.GAVE_UP: "Het lukte te lang niet. Schakel probeert het niet meer.",
    Reason.LINE_BROKE: "De verbinding viel weg na het versturen.",
    Reason.SENDER_STOPPED: "Het versturen werd afgebroken.",
    Reason.CASE_WITHDRAWN: "De aanvraag is ingetrokken.",
    Reason.CASE_CLOSED: "Het dossier is gesloten.",
    Reason.CASE_RESTS: "Het gezin rust. De vraag wacht tot de rust voorbij is.",
    Reason.CASE_ON_HOLD: "De aanvraag is gepauzeerd.",
    Reason.OVERTAKEN: "De vraag is al beantwoord.",
    Reason.OTHER_READER: "Iemand anders heeft dit overgenomen.",
    Reason.NEWER_MAIL: "Een nieuwere mail zegt hetzelfde, of meer.",
    Reason.YES_AFTER_ALL: "De partner zei opnieuw ja.",
    Reason.STANDS_AGAIN: "De vraag staat weer open.",
    Reason.OF_ANOTHER_RELEASE: "De reden hoort bij een andere versie van Schakel.",
}
EVERYBODY_WAITS: Final = (Reason.MAIL_SERVER_AWAY, Reason.MAIL_SERVER_LOCKED, Reason.ADDRESS_BOOK_AWAY)


@dataclass(frozen=True, slots=True)
class Figure:
    """One number on top of the page."""

    state: MessageState
    count: int
    label: str
    tone: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One message on the page."""

    id: UUID
    title: str
    to: str
    case_code: str | None
    referral_number: str | None
    state: tuple[str, str]
    reason: str
    reply_code: int | None
    attempt: int
    queued_at: datetime
    next_attempt_at: datetime | None
    settled_at: datetime | None
    arrived: bool
    can_be_retried: bool


def figures(counts: Mapping[MessageState, StateCount]) -> list[Figure]:
    """The numbers, the worst first; a zero is good news."""
    return [
        Figure(state, counts[state].count if state in counts else 0, label, tone if state in counts else "neutral")
        for state, (label, tone) in STATES.items()
    ]


def shown(message: Message, now: datetime, city: City) -> Shown:
    """One message in words; to whom it goes stays a role, because names live in matching."""
    mail = message.draft.mail
    return Shown(
        id=message.id,
        title=f"{mail.title} (herinnering)" if "reminder" in message.draft.facts else mail.title,
        to=_audience(mail.audience, city),
        case_code=message.draft.case_code,
        referral_number=message.draft.referral_number,
        state=STATES[message.state],
        reason=REASONS[message.reason] if message.reason else "",
        reply_code=message.reply_code,
        attempt=message.attempt,
        queued_at=message.queued_at,
        next_attempt_at=message.next_attempt_at if message.attempt else None,
        settled_at=message.settled_at,
        arrived=message.state is MessageState.ACCEPTED,
        can_be_retried=can_be_retried(message, now),
    )


def of_what(wanted: Wanted | None, people: Mapping[UUID, KnownPerson]) -> str:
    """Whose or what the messages are that were looked up; empty when nothing was."""
    if wanted is None:
        return ""
    if wanted.recipient_id is None:
        return f"Mails over {wanted.number}" if wanted.number else "Mails over dit dossier"
    known = people.get(wanted.recipient_id)
    return f"Mails aan {known.name}" if known else "Mails aan deze persoon"


def trouble(waiting: Collection[Reason]) -> str:
    """Why everybody's mail waits, when that is so."""
    return next((REASONS[reason] for reason in EVERYBODY_WAITS if reason in waiting), "")


def _audience(audience: Audience, city: City) -> str:
    match audience:
        case Audience.AMBASSADOR:
            return f"de {city.ambassador}"
        case Audience.PARTNER:
            return "de partner"
        case Audience.COORDINATOR:
            return city.desk.in_sentence
        case Audience.APPLICANT:
            return "wie zich aanmeldde"
        case Audience.ANYBODY:
            return "een deelnemer"
