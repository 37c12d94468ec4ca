"""What people ask of intake. These carry what a family told; they never leave this service and are never logged."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from services.intake.domain.dossier import Fact
from shared.events.base import AgeBand, Beneficiary, Code, ConsentGiver, Horizon, LanguageTag, Urgency
from shared.events.intake import CloseReason


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


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitRequest:
    """An ambassador of this organisation asks for help for a child; `facts` tell who it is, and go into the vault."""

    ambassador_id: UUID
    organisation_id: UUID
    district: Code
    family_language: LanguageTag
    interpreter_needed: bool
    consent_given_by: ConsentGiver
    consent_given_on: date
    consent_text_version: str
    needs: tuple[NeedAsked, ...]
    birth_date: date = field(repr=False)
    facts: Mapping[Fact, str] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteInventory:
    """What ambassador and family found together. All needs are named, old and new; `facts` go into the vault.

    `again`: ids of needs that the family confirmed, and has anew. `seen`: ids of the needs that whoever sends this had
    before them, named here or not; None when all are named that are still there.
    """

    case_id: UUID
    needs: tuple[NeedAsked, ...]
    discussed_on: date
    facts: Mapping[Fact, str] = field(default_factory=dict, repr=False)
    home_visit_on: date | None = None
    excluded_organisations: tuple[UUID, ...] = ()
    again: tuple[UUID, ...] = ()
    seen: frozenset[UUID] | None = None


@dataclass(frozen=True, slots=True)
class CloseCase:
    """Nobody has to look after it any more."""

    case_id: UUID
    reason: CloseReason


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseSignal:
    """An ambassador worries about a child whose family asked nothing yet. `remark` is for herself, and is sealed."""

    signal_id: UUID
    worries: tuple[Code, ...]
    district: Code | None = None
    age_band: AgeBand | None = None
    remark: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class CreateApiKey:
    """A school's own system may ask for help in the name of this ambassador."""

    organisation_id: UUID
    ambassador_id: UUID
    label: str
