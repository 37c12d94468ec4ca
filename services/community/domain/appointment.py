"""Two people who met at a gathering meet again: proposed → agreed | declined; agreed can move, and each can cancel.

Nothing tells of a child: it has a moment and a place, or a number to call.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from services.community.domain.errors import NotInThisState
from shared.events.acquaintance import (
    AppointmentAgreed,
    AppointmentCancelled,
    AppointmentDeclined,
    AppointmentMoved,
    AppointmentProposed,
)
from shared.events.base import Event
from shared.kernel.translatable import to_translate

LASTS: Final = timedelta(hours=1)


class AppointmentState(StrEnum):
    """Where it stands."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    DECLINED = "declined"
    CANCELLED = "cancelled"


STANDING: Final = frozenset({AppointmentState.PROPOSED, AppointmentState.AGREED})


@dataclass(slots=True)
class Appointment:
    """One of them. `seat_id` asked `with_seat_id`; `sequence`, of its entry in both calendars, grows as it changes."""

    id: UUID
    gathering_id: UUID
    seat_id: UUID
    with_seat_id: UUID
    starts_at: datetime
    place: str
    changed_at: datetime
    state: AppointmentState = AppointmentState.PROPOSED
    sequence: int = 0
    # It was agreed once, so that it stands in both calendars.
    in_calendar: bool = False

    @property
    def ends_at(self) -> datetime:
        """People go on when they want to."""
        return self.starts_at + LASTS

    @property
    def both(self) -> tuple[UUID, UUID]:
        """Whose it is."""
        return self.seat_id, self.with_seat_id

    def other_than(self, seat_id: UUID) -> UUID:
        """Whom this one meets."""
        return self.with_seat_id if seat_id == self.seat_id else self.seat_id

    def propose(self) -> list[Event]:
        """The other one is asked."""
        return [AppointmentProposed(**self._fact(self.changed_at, self.with_seat_id))]

    def answer(self, seat_id: UUID, at: datetime, *, agrees: bool) -> list[Event]:
        """Yes or no, of whoever was asked, once and before its time. Raises NotInThisState."""
        if self.state is not AppointmentState.PROPOSED or seat_id != self.with_seat_id:
            raise NotInThisState(to_translate("Je hebt al geantwoord, of het is niet meer nodig."))
        if at >= self.starts_at:
            raise NotInThisState(to_translate("De tijd van deze afspraak is al voorbij."))
        self.changed_at = at
        if not agrees:
            self.state = AppointmentState.DECLINED
            return [AppointmentDeclined(**self._fact(at, self.seat_id))]
        self.state, self.in_calendar = AppointmentState.AGREED, True
        return [AppointmentAgreed(**self._fact(at, one)) for one in self.both]

    def move(self, starts_at: datetime, place: str, at: datetime) -> list[Event]:
        """Another time or place, for both. Raises NotInThisState."""
        if self.state is not AppointmentState.AGREED:
            raise NotInThisState(to_translate("Deze afspraak staat niet (meer)."))
        if (starts_at, place) == (self.starts_at, self.place):
            return []
        self.starts_at, self.place, self.changed_at = starts_at, place, at
        self.sequence += 1
        return [AppointmentMoved(**self._fact(at, one)) for one in self.both]

    def cancel(self, at: datetime) -> list[Event]:
        """Either of them; nobody asks why. Raises NotInThisState."""
        if self.state not in STANDING:
            raise NotInThisState(to_translate("Deze afspraak staat niet (meer)."))
        self.state, self.changed_at = AppointmentState.CANCELLED, at
        self.sequence += 1
        return [AppointmentCancelled(**self._fact(at, one)) for one in self.both]

    def _fact(self, at: datetime, seat_id: UUID) -> dict[str, Any]:
        return {"subject": self.id, "occurred_at": at, "gathering_id": self.gathering_id, "seat_id": seat_id}
