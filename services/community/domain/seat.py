"""A seat at a gathering, of somebody without an account: asked for, confirmed by mail, then a place or the line.

requested → confirmed | waiting → offered → confirmed | passed; and cancelled from each of them. Whoever is asked to
speak is invited → confirmed | cancelled, and has a place however full it is. A seat that is cancelled or passed is
over: coming back is a new request, at the end of the line. At the door a confirmed one becomes attended or missed.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from services.community.domain.errors import NotInThisState, SignUpClosed
from shared.events.base import Event
from shared.events.community import (
    SeatCancelled,
    SeatConfirmed,
    SeatDeclined,
    SeatInvited,
    SeatMoved,
    SeatOffered,
    SeatPassed,
    SeatReminderDue,
    SeatReported,
    SeatRequested,
    SeatRevoked,
    SeatVacated,
    SeatWaitlisted,
)
from shared.kernel.translatable import to_translate

CONFIRM_WITHIN: Final = timedelta(hours=48)
OFFER_LASTS: Final = timedelta(hours=48)
# Later nobody can plan to come any more: who waits is mailed by the organiser, or not at all.
CLOSES_BEFORE: Final = timedelta(hours=24)
# When a gathering is moved forward: nobody loses an offer before there was time to read of it.
TIME_TO_ANSWER: Final = timedelta(hours=2)
FORGOTTEN_AFTER: Final = timedelta(weeks=4)
REMINDED_BEFORE: Final = (7, 1)


class SeatState(StrEnum):
    """Where a seat stands."""

    INVITED = "invited"
    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    WAITING = "waiting"
    OFFERED = "offered"
    PASSED = "passed"
    CANCELLED = "cancelled"
    ATTENDED = "attended"
    MISSED = "missed"


# These take one of the places.
HOLDING: Final = frozenset({SeatState.CONFIRMED, SeatState.OFFERED})
# These want to hear what becomes of the gathering.
INVOLVED: Final = HOLDING | {SeatState.INVITED, SeatState.WAITING}
# These can be ticked at the door.
EXPECTED: Final = frozenset({SeatState.CONFIRMED, SeatState.ATTENDED, SeatState.MISSED})
# These hear what came of it: who was there, and who was not.
TOLD_AFTERWARDS: Final = frozenset(SeatState) - {SeatState.INVITED, SeatState.REQUESTED}


@dataclass(slots=True)
class Seat:
    """One seat. `number` is its place in the line, given when its address is confirmed; names stand elsewhere, sealed.

    `in_calendar`: it was in the calendar of its holder once, so that what becomes of it has to be told there, too.
    `revision`: how much further its entry there is than that of the gathering itself: it grows when the holder cancels,
    and who signs up again goes on from there. An entry whose sequence does not grow is ignored.
    """

    id: UUID
    gathering_id: UUID
    requested_at: datetime
    state: SeatState = SeatState.REQUESTED
    number: int | None = None
    offered_until: datetime | None = None
    in_calendar: bool = False
    revision: int = 0
    # Its holder was asked to speak.
    speaks: bool = False
    # What somebody who has it already is asked to speak about; it goes with the answer.
    asked_about: str = ""

    @property
    def goes_on(self) -> bool:
        """Whether its holder still comes, waits, or has to confirm it."""
        return self.state in INVOLVED | {SeatState.REQUESTED}

    @property
    def is_asked(self) -> bool:
        """Whether its holder is asked to speak, and did not answer yet."""
        return self.state is SeatState.INVITED or bool(self.asked_about)

    def invite(self, at: datetime, about: str) -> list[Event]:
        """Somebody is asked to speak; whoever has the seat already keeps it. Raises NotInThisState."""
        if self.is_asked or self.speaks:
            raise NotInThisState("Met dit mailadres is al iemand gevraagd om te spreken.")
        if self.state is SeatState.REQUESTED:
            self.state, self.speaks = SeatState.INVITED, True
        else:
            self.asked_about = about
        return [SeatInvited(**self._fact(at))]

    def agree(self, number: int, at: datetime) -> list[Event]:
        """Yes: whoever speaks has a place. Raises NotInThisState."""
        self._was_invited()
        self.number = self.number or number
        self.state, self.offered_until, self.in_calendar = SeatState.CONFIRMED, None, True
        self.speaks, self.asked_about = True, ""
        return [SeatConfirmed(**self._fact(at))]

    def decline(self, at: datetime) -> list[Event]:
        """No; nobody asks why. Raises NotInThisState."""
        self._was_invited()
        if self.state is SeatState.INVITED:
            self.state = SeatState.CANCELLED
        self.asked_about = ""
        return [SeatDeclined(**self._fact(at))]

    def _was_invited(self) -> None:
        if not self.is_asked:
            raise NotInThisState(to_translate("Je hebt al geantwoord, of het is niet meer nodig."))

    def request(self, at: datetime) -> list[Event]:
        """Somebody asks for it; the address is still to be confirmed. Asking again sends the mail again."""
        self.requested_at = at
        return [SeatRequested(**self._fact(at), confirm_by=at + CONFIRM_WITHIN)]

    def tell_again(self, at: datetime) -> list[Event]:
        """Whoever has it signs up once more: the mail that says how it stands is sent again."""
        if self.is_asked:
            return [SeatInvited(**self._fact(at))]
        if self.state is SeatState.CONFIRMED:
            return [SeatConfirmed(**self._fact(at))]
        if self.state is SeatState.OFFERED and self.offered_until is not None:
            return [SeatOffered(**self._fact(at), until=self.offered_until)]
        return [SeatWaitlisted(**self._fact(at))] if self.state is SeatState.WAITING else []

    def confirm(self, number: int, at: datetime, starts_at: datetime, *, has_room: bool) -> list[Event]:
        """The address is right: a place, or a place in the line. Raises NotInThisState or SignUpClosed."""
        if self.state is not SeatState.REQUESTED:
            raise NotInThisState(to_translate("Je aanmelding is al bevestigd, of gaat niet door."))
        if at > self.requested_at + CONFIRM_WITHIN or at >= starts_at:
            raise SignUpClosed
        self.number = number
        self.state = SeatState.CONFIRMED if has_room else SeatState.WAITING
        self.in_calendar = has_room
        return [SeatConfirmed(**self._fact(at)) if has_room else SeatWaitlisted(**self._fact(at))]

    def offer(self, at: datetime, starts_at: datetime) -> list[Event]:
        """A place came free: it is kept for a while, shorter near the day."""
        self.state = SeatState.OFFERED
        self.offered_until = min(at + OFFER_LASTS, starts_at - CLOSES_BEFORE)
        return [SeatOffered(**self._fact(at), until=self.offered_until)]

    def accept(self, at: datetime, starts_at: datetime) -> list[Event]:
        """Yes to the offer. Raises NotInThisState, or SignUpClosed after its time and once the gathering has begun."""
        if self.state is not SeatState.OFFERED:
            raise NotInThisState(to_translate("Er is nu geen plek die je kunt aannemen."))
        if self.offered_until is None or at >= min(self.offered_until, starts_at):
            raise SignUpClosed
        self.state, self.offered_until, self.in_calendar = SeatState.CONFIRMED, None, True
        return [SeatConfirmed(**self._fact(at))]

    def lapse(self, at: datetime) -> list[Event]:
        """Nobody answered the offer in time; nothing when somebody did."""
        if self.state is not SeatState.OFFERED or self.offered_until is None or at < self.offered_until:
            return []
        self.state, self.offered_until, self.asked_about = SeatState.PASSED, None, ""
        return [SeatPassed(**self._fact(at))]

    def cancel(self, at: datetime) -> list[Event]:
        """Not coming. Raises NotInThisState when that was so already, and for whoever is asked to speak: yes or no."""
        if self.state is SeatState.INVITED:
            raise NotInThisState(to_translate("Je hebt nog niet geantwoord. Kies ja of nee."))
        if not self.goes_on:
            raise NotInThisState(to_translate("Je bent al afgemeld."))
        was_known, self.state, self.offered_until = self.state in INVOLVED, SeatState.CANCELLED, None
        is_awaited, self.asked_about = self.speaks or self.is_asked, ""
        self.revision += 1
        told: list[Event] = [SeatCancelled(**self._fact(at))] if was_known else []
        return [*told, SeatDeclined(**self._fact(at))] if is_awaited else told

    def moved(self, at: datetime, sequence: int, starts_at: datetime) -> list[Event]:
        """The gathering is at another time or place; an offer that would then end too late ends sooner."""
        told: list[Event] = [SeatMoved(**self._fact(at), sequence=sequence)] if self.state in INVOLVED else []
        if self.state is not SeatState.OFFERED or self.offered_until is None:
            return told
        until = min(self.offered_until, max(starts_at - CLOSES_BEFORE, at + TIME_TO_ANSWER), starts_at)
        if until == self.offered_until:
            return told
        self.offered_until = until
        return [*told, SeatOffered(**self._fact(at), until=until)]

    def called_off(self, at: datetime, sequence: int) -> list[Event]:
        """The gathering does not take place."""
        return [SeatRevoked(**self._fact(at), sequence=sequence)] if self.state in INVOLVED else []

    def admit(self, at: datetime) -> list[Event]:
        """Who organises gives a place to somebody who waits. Raises NotInThisState."""
        if self.state is not SeatState.WAITING:
            raise NotInThisState("Deze persoon staat niet (meer) op de wachtlijst.")
        self.state, self.in_calendar = SeatState.CONFIRMED, True
        return [SeatConfirmed(**self._fact(at))]

    def left_empty(self, at: datetime) -> list[Event]:
        """It came free too late to be offered."""
        return [SeatVacated(**self._fact(at))]

    def tick(self, *, came: bool) -> None:
        """Whether its holder was there; only of who was expected."""
        self.state = SeatState.ATTENDED if came else SeatState.MISSED

    def reported(self, at: datetime) -> list[Event]:
        """What came of the gathering can be read."""
        return [SeatReported(**self._fact(at))] if self.state in TOLD_AFTERWARDS else []

    def remind(self, at: datetime, days: int) -> list[Event]:
        """So many days to go; only whoever comes is reminded."""
        return [SeatReminderDue(**self._fact(at), days=days)] if self.state is SeatState.CONFIRMED else []

    def _fact(self, at: datetime) -> dict[str, Any]:
        return {"subject": self.id, "occurred_at": at, "gathering_id": self.gathering_id}


def takes_offers(at: datetime, starts_at: datetime) -> bool:
    """Whether somebody who waits can still be offered a place."""
    return at < starts_at - CLOSES_BEFORE
