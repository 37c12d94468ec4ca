"""What a family says on its own page, besides what it tells its ambassador."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID, uuid5

from shared.events.base import Event
from shared.events.case_codes import FamilyQuestion
from shared.events.family_voice import FamilyAnswered, FamilyAsked, Felt, HelpExperienced

if TYPE_CHECKING:
    from services.intake.domain.case import Case

# Of fewer families nobody reads numbers: whoever knows that one answered would know what.
FEWEST_FAMILIES: Final = 5


@dataclass(frozen=True, slots=True)
class FamilyAsk:
    """The family asks its ambassador something; its words are in the vault, in the note of the same id."""

    id: UUID
    case_id: UUID
    question: FamilyQuestion
    asked_at: datetime
    settled_at: datetime | None = None
    settled_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class Experience:
    """How the help for one need was: felt the family welcome, did it fit, was it made for them."""

    need_id: UUID
    case_id: UUID
    organisation_id: UUID
    welcome: Felt
    fitting: Felt
    tailored: Felt
    told_at: datetime


@dataclass(frozen=True, slots=True)
class HelpFelt:
    """What families answered about the help of one organisation: how often each answer was given to each question."""

    organisation_id: UUID
    families: int
    welcome: Mapping[Felt, int]
    fitting: Mapping[Felt, int]
    tailored: Mapping[Felt, int]


def asked(case: "Case", ask: FamilyAsk) -> list[Event]:
    """Its ambassador hears that there is something to read, and not what."""
    return [
        FamilyAsked(
            subject=case.id,
            occurred_at=ask.asked_at,
            question_id=ask.id,
            case_code=case.code,
            ambassador_id=case.opening.ambassador_id,
            question=ask.question,
        )
    ]


def answered(ask: FamilyAsk, by: UUID, at: datetime) -> list[Event]:
    """Nobody has to be reminded of it any more."""
    return [FamilyAnswered(subject=ask.case_id, occurred_at=at, question_id=ask.id, answered_by=by)]


def experienced(told: Experience) -> list[Event]:
    """Numbers only, to be counted."""
    return [
        HelpExperienced(
            subject=told.case_id,
            occurred_at=told.told_at,
            need_id=told.need_id,
            organisation_id=told.organisation_id,
            welcome=told.welcome,
            fitting=told.fitting,
            tailored=told.tailored,
        )
    ]


def story_of(case_id: UUID) -> UUID:
    """The note of the family's own story: it has one."""
    return uuid5(case_id, "own story")
