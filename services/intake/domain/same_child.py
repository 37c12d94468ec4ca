"""Two requests that may be for one child: two ambassadors ask, and the family decides on both sides."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from shared.events.same_child import PlansJoined, PlansParted, SameChildDismissed, SameChildSuspected
from shared.kernel.errors import Missing, Refusal

if TYPE_CHECKING:
    from services.intake.domain.case import Case


class NothingToAnswer(Missing):
    """There is no such question about this case (any more); to whoever asks that is the same."""

    def __init__(self) -> None:
        super().__init__("nothing-to-answer", "Deze vraag is er niet meer. Kijk hoe het nu op het dossier staat.")


class TooLateToPart(Refusal):
    """Two plans that were one for so long are not parted at the press of a button."""

    def __init__(self, desk: str) -> None:
        super().__init__("too-late-to-part", f"Dit kan nu niet meer. Bel {desk}.")


class PairState(StrEnum):
    """How it stands between two requests. Of one that is `apart` or `parted` nobody is asked again."""

    ASKED = "asked"
    JOINED = "joined"
    APART = "apart"
    PARTED = "parted"


@dataclass(slots=True)
class SameChild:
    """Two cases that may be of one child, the `older` request first; each side's yes stands by itself.

    `left_out_…`: organisations that only the other side's family would rather not have; taken back on parting.
    """

    id: UUID
    older: UUID
    younger: UUID
    found_at: datetime
    state: PairState = PairState.ASKED
    older_agreed_by: UUID | None = None
    younger_agreed_by: UUID | None = None
    settled_at: datetime | None = None
    left_out_older: tuple[UUID, ...] = ()
    left_out_younger: tuple[UUID, ...] = ()

    def other(self, case_id: UUID) -> UUID:
        """The other one of the two."""
        return self.younger if case_id == self.older else self.older

    def has_agreed(self, case_id: UUID) -> bool:
        """Whether the family of this one said yes."""
        return (self.older_agreed_by if case_id == self.older else self.younger_agreed_by) is not None

    @property
    def both_agreed(self) -> bool:
        """Whether both families said yes."""
        return self.older_agreed_by is not None and self.younger_agreed_by is not None

    def agree(self, case_id: UUID, by: UUID) -> bool:
        """The family of this one says yes; whether both did by now. Raises NothingToAnswer."""
        if self.state is not PairState.ASKED:
            raise NothingToAnswer
        if case_id == self.older:
            self.older_agreed_by = self.older_agreed_by or by
        else:
            self.younger_agreed_by = self.younger_agreed_by or by
        return self.both_agreed

    def join(self, older: "Case", younger: "Case", at: datetime) -> list[PlansJoined]:
        """One plan from now on."""
        self.state, self.settled_at = PairState.JOINED, at
        return [PlansJoined(**_named(case, at)) for case in (older, younger)]

    def keep_apart(self, older: "Case", younger: "Case", at: datetime) -> list[SameChildDismissed]:
        """One of them said no, or nobody answered in time: it is the same to both. Raises NothingToAnswer."""
        if self.state is not PairState.ASKED:
            raise NothingToAnswer
        self.state, self.settled_at = PairState.APART, at
        return [SameChildDismissed(**_named(each, at), awaited=self.has_agreed(each.id)) for each in (older, younger)]

    def part(self, older: "Case", younger: "Case", at: datetime) -> list[PlansParted]:
        """Two plans again. Raises NothingToAnswer."""
        if self.state is not PairState.JOINED:
            raise NothingToAnswer
        self.state, self.settled_at = PairState.PARTED, at
        return [PlansParted(**_named(case, at)) for case in (older, younger)]

    def may_part_until(self, days: int) -> datetime | None:
        """The last moment at which it can be undone, so many days after; None: there is nothing to undo."""
        joined_at = self.settled_at if self.state is PairState.JOINED else None
        return joined_at + timedelta(days=days) if joined_at else None

    def may_part(self, at: datetime, days: int) -> bool:
        """Whether it can still be undone."""
        until = self.may_part_until(days)
        return until is not None and at <= until

    def is_late(self, at: datetime, days: int) -> bool:
        """Whether both had so many days to answer."""
        return at > self.found_at + timedelta(days=days)

    def left_out(self, case_id: UUID) -> tuple[UUID, ...]:
        """Whom this one does not have because the other side would rather not."""
        return self.left_out_older if case_id == self.older else self.left_out_younger

    def leaves_out(self, case_id: UUID, organisations: tuple[UUID, ...]) -> None:
        """These instead."""
        if case_id == self.older:
            self.left_out_older = organisations
        else:
            self.left_out_younger = organisations


def suspected(case: "Case", at: datetime) -> SameChildSuspected:
    """The same words for both."""
    return SameChildSuspected(**_named(case, at))


def _named(case: "Case", at: datetime) -> dict[str, Any]:
    whose = case.opening.ambassador_id
    return {"subject": case.id, "occurred_at": at, "case_code": case.code, "ambassador_id": whose}
