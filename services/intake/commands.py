"""What people ask of intake. These carry what a family told; they never leave this service and are never logged."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from shared.events.base import Beneficiary, Code, ConsentGiver, Horizon, LanguageTag, Urgency
from shared.events.intake import CloseReason


@dataclass(frozen=True, slots=True)
class Child:
    """For whom help is asked."""

    first_name: str
    last_name: str
    birth_date: date

    def __repr__(self) -> str:
        return "Child(…)"


@dataclass(frozen=True, slots=True)
class Family:
    """How to reach the family, and in which language."""

    contact_name: str
    language: LanguageTag
    interpreter_needed: bool
    phone: str | None = None
    email: str | None = None
    address: str | None = None

    def __repr__(self) -> str:
        return "Family(…)"


@dataclass(frozen=True, slots=True)
class Consent:
    """Who consented, when, and to which text."""

    given_by: ConsentGiver
    given_on: date
    text_version: str
    name: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class NeedAsked:
    """One need; `id` names a need that the case already has, `words` are the family's own."""

    category: Code
    urgency: Urgency
    horizon: Horizon
    beneficiary: Beneficiary
    words: str | None = field(default=None, repr=False)
    id: UUID | None = None
    depends_on: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class SubmitRequest:
    """An ambassador of this organisation asks for help for a child."""

    ambassador_id: UUID
    organisation_id: UUID
    child: Child
    family: Family
    district: Code
    consent: Consent
    needs: tuple[NeedAsked, ...]
    story: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class CompleteInventory:
    """What ambassador and family found together. All needs are named, old and new.

    `again`: ids of needs that the family confirmed, and has anew. `seen`: ids of the needs that whoever sends this had
    before them, named here or not; None when all are named that are still there.
    """

    case_id: UUID
    needs: tuple[NeedAsked, ...]
    discussed_on: date
    context: str | None = field(default=None, repr=False)
    bottlenecks: str | None = field(default=None, repr=False)
    effect_on_child: str | None = field(default=None, repr=False)
    home_visit_on: date | None = None
    excluded_organisations: tuple[UUID, ...] = ()
    again: tuple[UUID, ...] = ()
    seen: frozenset[UUID] | None = None


@dataclass(frozen=True, slots=True)
class AcknowledgeRequest:
    """The coordinator has seen it."""

    case_id: UUID


@dataclass(frozen=True, slots=True)
class StartInventory:
    """Ambassador and family sit down together."""

    case_id: UUID


@dataclass(frozen=True, slots=True)
class RaiseNewQuestion:
    """The family has a new question."""

    case_id: UUID


@dataclass(frozen=True, slots=True)
class CloseCase:
    """Nobody has to look after it any more."""

    case_id: UUID
    reason: CloseReason


@dataclass(frozen=True, slots=True)
class ReopenCase:
    """A closed case goes on."""

    case_id: UUID


@dataclass(frozen=True, slots=True)
class WithdrawCase:
    """The family does not want it any more."""

    case_id: UUID


@dataclass(frozen=True, slots=True)
class EraseCase:
    """Everything that tells who the family is must go."""

    case_id: UUID


@dataclass(frozen=True, slots=True)
class CreateApiKey:
    """A school's own system may ask for help in the name of this ambassador."""

    organisation_id: UUID
    ambassador_id: UUID
    label: str
