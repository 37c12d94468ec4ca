"""Who hosts a gathering: two people of two organisations, in a fair turn, each free to say no without a reason.

proposed → accepted | declined | passed (nobody answered); accepted → swapping → swapped, once somebody else said yes:
until then whoever wants to swap is still the host. `revoked`: the gathering is off.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from services.community.domain.errors import NotInThisState, SignUpClosed
from shared.events.base import Event, Role
from shared.events.community import (
    HostReminderDue,
    HostTurnAccepted,
    HostTurnDeclined,
    HostTurnMoved,
    HostTurnPassed,
    HostTurnProposed,
    HostTurnRevoked,
    HostTurnSwapped,
)

# They host, and meet other organisations; nobody who is there for one family or one person alone.
WORK_IN_NETWORK: Final = (Role.AMBASSADOR, Role.PARTNER, Role.COORDINATOR, Role.OPERATOR, Role.MEMBER)
HOSTS_NEEDED: Final = 2
HOST_ANSWERS_WITHIN: Final = timedelta(weeks=1)


class TurnState(StrEnum):
    """Where a turn stands."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    SWAPPING = "swapping"
    DECLINED = "declined"
    PASSED = "passed"
    SWAPPED = "swapped"
    REVOKED = "revoked"


# Of these something still comes.
STANDING: Final = frozenset({TurnState.PROPOSED, TurnState.ACCEPTED, TurnState.SWAPPING})
# These fill one of the places: who wants to swap keeps it only until somebody else says yes.
FILLING: Final = frozenset({TurnState.PROPOSED, TurnState.ACCEPTED})

# These said yes, and are there unless enough others do so.
PROMISED: Final = frozenset({TurnState.ACCEPTED, TurnState.SWAPPING})


@dataclass(frozen=True, slots=True)
class Host:
    """Somebody who wants to host now and then, for an organisation. `paused_until`: is not asked up to that day."""

    person_id: UUID
    organisation_id: UUID
    paused_until: date | None = None

    def may_be_asked(self, today: date) -> bool:
        """Whether it is not their rest."""
        return self.paused_until is None or today > self.paused_until


@dataclass(slots=True)
class HostTurn:
    """One person asked for one gathering."""

    id: UUID
    gathering_id: UUID
    person_id: UUID
    organisation_id: UUID
    answer_by: datetime
    state: TurnState = TurnState.PROPOSED
    # Whether it was in the calendar of this person once, so that what becomes of it has to be told there, too.
    in_calendar: bool = False

    def propose(self, at: datetime, starts_at: datetime) -> list[Event]:
        """The question."""
        return [HostTurnProposed(**self._fact(at), starts_at=starts_at, answer_by=self.answer_by)]

    def accept(self, at: datetime) -> list[Event]:
        """Yes. Raises NotInThisState, or SignUpClosed after its time."""
        self._was_asked()
        if at >= self.answer_by:
            raise SignUpClosed
        self.state, self.in_calendar = TurnState.ACCEPTED, True
        return [HostTurnAccepted(**self._fact(at))]

    def decline(self, at: datetime) -> list[Event]:
        """No; nobody asks why. Raises NotInThisState."""
        self._was_asked()
        self.state = TurnState.DECLINED
        return [HostTurnDeclined(**self._fact(at))]

    def lapse(self, at: datetime) -> list[Event]:
        """Nobody answered in time; nothing when somebody did."""
        if self.state is not TurnState.PROPOSED or at < self.answer_by:
            return []
        self.state = TurnState.PASSED
        return [HostTurnPassed(**self._fact(at))]

    def ask_to_swap(self) -> None:
        """Somebody else is asked. Raises NotInThisState."""
        if self.state is not TurnState.ACCEPTED:
            raise NotInThisState("Ruilen kan als je ja hebt gezegd.")
        self.state = TurnState.SWAPPING

    def swap(self, other: "HostTurn", at: datetime) -> list[Event]:
        """The other one said yes."""
        self.state = TurnState.SWAPPED
        return [HostTurnSwapped(**self._fact(at), with_id=other.person_id)]

    def remind(self, at: datetime, days: int) -> list[Event]:
        """So many days to go; only whoever hosts is reminded."""
        return [HostReminderDue(**self._fact(at), days=days)] if self.state in PROMISED else []

    def moved(self, at: datetime, starts_at: datetime) -> list[Event]:
        """The gathering is at another time or place: who did not answer yet is asked anew, and not later than that."""
        if self.state is TurnState.PROPOSED:
            self.answer_by = min(self.answer_by, starts_at)
            return self.propose(at, starts_at)
        return [HostTurnMoved(**self._fact(at), starts_at=starts_at)] if self.state in STANDING else []

    def revoke(self, at: datetime, starts_at: datetime) -> list[Event]:
        """There is nothing to host any more."""
        if self.state not in STANDING:
            return []
        self.state = TurnState.REVOKED
        return [HostTurnRevoked(**self._fact(at), starts_at=starts_at)]

    def _was_asked(self) -> None:
        if self.state is not TurnState.PROPOSED:
            raise NotInThisState("Je hebt al geantwoord, of het is niet meer nodig.")

    def _fact(self, at: datetime) -> dict[str, Any]:
        return {
            "subject": self.id,
            "occurred_at": at,
            "gathering_id": self.gathering_id,
            "person_id": self.person_id,
        }


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn, and when its gathering begins."""

    turn: HostTurn
    starts_at: datetime


def next_host(
    gathering_id: UUID,
    starts_at: datetime,
    hosts: Iterable[Host],
    turns: Iterable[Turn],
    lot: Callable[[Host], float],
) -> Host | None:
    """Whose turn it is: longest ago first, then fewest turns, then by lot. None: nobody can be asked.

    `turns`: all of gatherings of this kind. Nobody is asked twice for one gathering; the two are of two organisations;
    and neither person nor organisation hosts twice in a row.
    """
    known = list(turns)
    here = [one.turn for one in known if one.turn.gathering_id == gathering_id]
    standing = [one for one in known if one.turn.state in STANDING]
    beside = _beside(gathering_id, starts_at, standing)
    people = {one.person_id for one in here} | {one.person_id for one in beside}
    organisations = {one.organisation_id for one in (*beside, *(one for one in here if one.state in FILLING))}
    last: dict[UUID, datetime] = {}
    for one in sorted(standing, key=lambda each: each.starts_at):
        last[one.turn.person_id] = one.starts_at
    often = Counter(one.turn.person_id for one in standing)
    free = [one for one in hosts if one.person_id not in people and one.organisation_id not in organisations]
    never = datetime.min.replace(tzinfo=starts_at.tzinfo)
    order = (((last.get(one.person_id, never), often[one.person_id], lot(one)), one) for one in free)
    return min(order, key=lambda each: each[0], default=(None, None))[1]


def _beside(gathering_id: UUID, starts_at: datetime, standing: list[Turn]) -> list[HostTurn]:
    """The turns at the gathering before this one, and at the one after it."""
    others = [one for one in standing if one.turn.gathering_id != gathering_id]
    before = max((one.starts_at for one in others if one.starts_at <= starts_at), default=None)
    after = min((one.starts_at for one in others if one.starts_at > starts_at), default=None)
    return [one.turn for one in others if one.starts_at in {before, after}]
