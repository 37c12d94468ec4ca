"""A worry about a child's safety: the case stands still until people say that it may go on. No word of it is kept."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from shared.events.base import Event, Role
from shared.events.family_safety import SafetyHoldLifted, SafetyHoldSet
from shared.kernel.errors import NotAllowed, Refusal

if TYPE_CHECKING:
    from services.intake.domain.case import Case


class OfficerLifts(NotAllowed):
    """The school has a safety officer, and only they let a case go on."""

    def __init__(self) -> None:
        super().__init__(
            "officer-lifts", "Alleen de aandachtsfunctionaris van de school kan zeggen dat dit verdergaat. Bel die."
        )


class SecondPersonConfirms(Refusal):
    """The family's ambassador and the desk let a case go on together: one asks, the other confirms."""

    def __init__(self) -> None:
        super().__init__(
            "second-person-confirms",
            "Dit is al gevraagd. Nu moet de ander het bevestigen: doe dit samen.",
        )


class NothingToStop(Refusal):
    """The case ended: nothing leaves any more."""

    def __init__(self) -> None:
        super().__init__("nothing-to-stop", "Dit dossier is niet meer open. Er gaat niets meer weg over dit gezin.")


@dataclass(frozen=True, slots=True)
class SafetyHold:
    """Since when and by whom. `lift_asked_by`: who says that it may go on, where a second person must confirm that."""

    set_at: datetime
    set_by: UUID
    lift_asked_by: UUID | None = None
    lift_asked_as: Role | None = None


def set_hold(case: "Case", by: UUID, at: datetime) -> list[Event]:
    """From now on nothing leaves; a second press changes nothing. The family's rest, if it had one, is over with it.

    Raises NothingToStop.
    """
    if case.hold is not None:
        return []
    if not case.is_open:
        raise NothingToStop
    case.hold, case.pause = SafetyHold(at, by), None
    whose = case.opening.ambassador_id
    return [SafetyHoldSet(subject=case.id, occurred_at=at, case_code=case.code, ambassador_id=whose, set_by=by)]


def stand_still_with(case: "Case", hold: SafetyHold, at: datetime) -> list[Event]:
    """This case opens while its family stands still: it goes on when that does, for it stopped by the same press."""
    events = set_hold(case, hold.set_by, at)
    if case.hold is not None:
        case.hold = replace(case.hold, set_at=hold.set_at)
    return events


def lift(case: "Case", by: UUID, at: datetime) -> list[Event]:
    """The case goes on; one that goes on already stays so."""
    if case.hold is None:
        return []
    case.hold = None
    return [SafetyHoldLifted(subject=case.id, occurred_at=at, case_code=case.code, lifted_by=by)]


def lift_together(case: "Case", by: UUID, role: Role, at: datetime) -> list[Event]:
    """Ambassador and desk: the first of them asks, the other confirms. Raises SecondPersonConfirms."""
    if case.hold is None:
        return []
    if case.hold.lift_asked_by is None:
        case.hold = replace(case.hold, lift_asked_by=by, lift_asked_as=role)
        return []
    if by == case.hold.lift_asked_by or role is case.hold.lift_asked_as:
        raise SecondPersonConfirms
    return lift(case, by, at)
