"""Experts by experience at a gathering: asked in a fair turn, with what they get in return, and never too often.

asked → agreed | over. `over` is a no, no answer, or a question that is no longer needed: nobody reads which, so that a
no costs nothing. Who may be asked says so; asks that are over are forgotten.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from services.community.domain.errors import NotInThisState, SignUpClosed
from shared.events.base import Event
from shared.events.programme import ExpertAsked, ExpertMoved, ExpertReminderDue, ExpertRevoked

EXPERT_ANSWERS_WITHIN: Final = timedelta(weeks=1)
MONTHS_OF_QUARTER: Final = 3


class AskState(StrEnum):
    """Where a question stands."""

    ASKED = "asked"
    AGREED = "agreed"
    OVER = "over"


STANDING: Final = frozenset({AskState.ASKED, AskState.AGREED})


@dataclass(frozen=True, slots=True)
class Expert:
    """Somebody who wants to be asked as an expert by experience. `paused_until`: is not asked up to that day."""

    person_id: UUID
    paused_until: date | None = None

    def may_be_asked(self, today: date) -> bool:
        """Whether it is not their rest."""
        return self.paused_until is None or today > self.paused_until


@dataclass(slots=True)
class ExpertAsk:
    """One person asked for one gathering. `thanks`: what they get for it; `settled_on`: when they got it."""

    id: UUID
    gathering_id: UUID
    person_id: UUID
    asked_at: datetime
    answer_by: datetime
    thanks: str
    state: AskState = AskState.ASKED
    settled_on: date | None = None

    def ask(self, at: datetime, starts_at: datetime) -> list[Event]:
        """The question."""
        return [ExpertAsked(**self._fact(at), starts_at=starts_at, answer_by=self.answer_by)]

    def agree(self, at: datetime) -> None:
        """Yes. Raises NotInThisState, or SignUpClosed after its time."""
        if self.state is not AskState.ASKED:
            raise NotInThisState("Je hebt al geantwoord, of het is niet meer nodig.")
        if at >= self.answer_by:
            raise SignUpClosed
        self.state = AskState.AGREED

    def decline(self) -> None:
        """No, also after a yes; nobody asks why. Raises NotInThisState."""
        if self.state not in STANDING:
            raise NotInThisState("Je hebt al geantwoord, of het is niet meer nodig.")
        self.state = AskState.OVER

    def lapse(self, at: datetime) -> bool:
        """Whether nobody answered in time, so that it is over."""
        if self.state is not AskState.ASKED or at < self.answer_by:
            return False
        self.state = AskState.OVER
        return True

    def remind(self, at: datetime, days: int) -> list[Event]:
        """So many days to go; only whoever said yes is reminded."""
        return [ExpertReminderDue(**self._fact(at), days=days)] if self.state is AskState.AGREED else []

    def moved(self, at: datetime, starts_at: datetime) -> list[Event]:
        """The gathering is at another time or place: who did not answer yet is asked anew."""
        if self.state is AskState.ASKED:
            self.answer_by = min(self.answer_by, starts_at)
            return self.ask(at, starts_at)
        return [ExpertMoved(**self._fact(at), starts_at=starts_at)] if self.state is AskState.AGREED else []

    def revoke(self, at: datetime, starts_at: datetime) -> list[Event]:
        """There is nothing to come to any more."""
        if self.state not in STANDING:
            return []
        self.state = AskState.OVER
        return [ExpertRevoked(**self._fact(at), starts_at=starts_at)]

    def settle(self, on: date) -> None:
        """They got what was promised. Raises NotInThisState."""
        if self.state is not AskState.AGREED:
            raise NotInThisState("Deze persoon heeft geen ja gezegd.")
        self.settled_on = on

    def _fact(self, at: datetime) -> dict[str, Any]:
        return {"subject": self.id, "occurred_at": at, "gathering_id": self.gathering_id, "person_id": self.person_id}


def begins_quarter(day: date) -> date:
    """The first day of its quarter."""
    return day.replace(month=day.month - (day.month - 1) % MONTHS_OF_QUARTER, day=1)


def next_expert(
    gathering_id: UUID,
    experts: Iterable[Expert],
    asks: Iterable[ExpertAsk],
    quarter: datetime,
    at_most: int,
    lot: Callable[[Expert], float],
    preparations: Collection[UUID] = (),
) -> Expert | None:
    """Whose turn it is: who said yes to one of `preparations` first, then asked longest ago, then by lot.

    None: nobody can be asked now. Nobody is asked twice for one gathering, nor more than `at_most` times since
    `quarter` began: a no counts too.
    """
    known = list(asks)
    here = {one.person_id for one in known if one.gathering_id == gathering_id}
    last = {one.person_id: one.asked_at for one in sorted(known, key=lambda each: each.asked_at)}
    recent = [one.person_id for one in known if one.asked_at >= quarter]
    free = [one for one in experts if one.person_id not in here and recent.count(one.person_id) < at_most]
    never = datetime.min.replace(tzinfo=quarter.tzinfo)
    prepared = {one.person_id for one in known if one.gathering_id in preparations and one.state is AskState.AGREED}

    def turn(one: Expert) -> tuple[bool, datetime, float]:
        return one.person_id not in prepared, last.get(one.person_id, never), lot(one)

    return min(free, key=turn, default=None)
