"""What the desk asks for, and whoever wants to come."""

from dataclasses import dataclass
from uuid import UUID

from services.community.domain.gathering import Details
from services.community.domain.place import Checked
from services.community.domain.sign_up import ComesAs, Needs, SeenBy, SignUp


@dataclass(frozen=True, slots=True)
class ChangeGathering:
    """Other details of one gathering."""

    gathering_id: UUID
    details: Details


@dataclass(frozen=True, slots=True)
class CheckPlace:
    """Somebody was there, and found this in order; `agreed`: so did an expert by experience, who is `agreed_by`."""

    place_id: UUID
    found: frozenset[Checked]
    agreed: bool
    agreed_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class ChangeSignUp:
    """Whoever has the seat tells something else; the address stays, because that is what was confirmed."""

    seat_id: UUID
    name: str
    organisation: str
    topic: str
    needs: Needs
    seen_by: SeenBy
    comes_as: ComesAs


@dataclass(frozen=True, slots=True)
class RecordAttendance:
    """These seats were taken, those of everybody else who was expected were not; `walk_ins` had not signed up."""

    gathering_id: UUID
    came: frozenset[UUID]
    walk_ins: int


@dataclass(frozen=True, slots=True)
class SignUpForGathering:
    """Somebody without an account wants to come."""

    gathering_id: UUID
    sign_up: SignUp
