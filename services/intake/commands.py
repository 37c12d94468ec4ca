"""What people ask of intake. These carry what a family told; they never leave this service and are never logged."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from uuid import UUID

from services.intake.domain.consent import FieldSet
from services.intake.domain.consent_given import HOW_NOT_TOLD, ConsentGivenHow, How
from services.intake.domain.dossier import Fact
from services.intake.domain.erasure import ErasureReason
from shared.events.base import AgeBand, Beneficiary, Code, ConsentGiver, Horizon, LanguageTag, Urgency
from shared.events.care import OverLimitReason
from shared.events.case_codes import CloseReason, FollowUpRhythm, MissingPart, PauseWish
from shared.events.intake import ClosedNeed


@dataclass(frozen=True, slots=True)
class NeedAsked:
    """One need; `id` names a need that the case already has, `words` are the family's own.

    It waits for the needs in `depends_on`, and for those that stand at the places `after` in the same list.
    """

    category: Code
    urgency: Urgency
    horizon: Horizon
    beneficiary: Beneficiary
    words: str | None = field(default=None, repr=False)
    id: UUID | None = None
    depends_on: tuple[UUID, ...] = ()
    after: tuple[int, ...] = ()
    goal: str | None = field(default=None, repr=False)
    target_on: date | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitRequest:
    """An ambassador of this organisation asks for help for a child; `facts` tell who it is, and go into the vault.

    `family_knows`: that a partner is asked at once for what may go first. `filed_by`: who of the desk asks for this
    ambassador. `household_id`: of the family's case. `case_id`: the sender's own. `expected_month`: of a birth to come.
    """

    ambassador_id: UUID
    organisation_id: UUID
    district: Code
    family_language: LanguageTag
    interpreter_needed: bool
    consent_given_by: ConsentGiver
    consent_given_on: date
    consent_text_version: str
    needs: tuple[NeedAsked, ...]
    birth_date: date | None = field(repr=False)
    facts: Mapping[Fact, str] = field(repr=False)
    expected_month: str | None = field(default=None, repr=False)
    family_knows: bool = False
    address_is_secret: bool = False
    filed_by: UUID | None = None
    household_id: UUID | None = None
    case_id: UUID | None = None
    consented: ConsentGivenHow = HOW_NOT_TOLD


@dataclass(frozen=True, slots=True)
class ConsentTold:
    """Who consented, when, and to which text; the name of who did goes into the vault."""

    given_by: ConsentGiver
    given_on: date
    text_version: str
    name: str | None = field(default=None, repr=False)
    consented: ConsentGivenHow = HOW_NOT_TOLD


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerConsent:
    """What the family lets partners of this kind (None: of every kind) read; no `field_sets`: the answer is no."""

    case_id: UUID
    partner_kind: Code | None
    field_sets: frozenset[FieldSet] = frozenset()
    given_by: ConsentGiver
    given_on: date
    text_version: str
    language: LanguageTag
    interpreter: bool
    how: How
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddSibling:
    """Help for another child of a family that has a case already: all that is known of the family goes along.

    `consent`: for this child; None: the family's of before. `facts`: who it is. The sender finds it by `case_id`.
    """

    sibling_of: UUID
    birth_date: date | None = field(repr=False)
    facts: Mapping[Fact, str] = field(repr=False)
    needs: tuple[NeedAsked, ...]
    expected_month: str | None = field(default=None, repr=False)
    consent: ConsentTold | None = None
    family_knows: bool = False
    case_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteInventory:
    """What ambassador and family found together. All needs are named, old and new; `facts` go into the vault.

    `again`: needs that the family confirmed, and has anew. `seen`: needs that whoever sends this had before them, named
    here or not; None when all that are there are named. `new_question`: it is the inventory of a new question.
    """

    case_id: UUID
    needs: tuple[NeedAsked, ...]
    discussed_on: date
    facts: Mapping[Fact, str] = field(default_factory=dict, repr=False)
    home_visit_on: date | None = None
    excluded_organisations: tuple[UUID, ...] = ()
    again: tuple[UUID, ...] = ()
    seen: frozenset[UUID] | None = None
    new_question: bool = False


@dataclass(frozen=True, slots=True)
class CloseCase:
    """Nobody has to look after it any more; `results` say of each need what became of it."""

    case_id: UUID
    reason: CloseReason
    results: tuple[ClosedNeed, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanHomeVisit:
    """The ambassador visits the family; `note` tells with whom and what to mind, and goes into the vault."""

    case_id: UUID
    planned_for: date
    starts_at: time | None = None
    interpreter_needed: bool = False
    note: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class PauseCase:
    """The family rests until this day."""

    case_id: UUID
    until: date
    wished_by: PauseWish


@dataclass(frozen=True, slots=True)
class GiveBackRequest:
    """The desk misses something; `note` tells it in words, and goes into the vault."""

    case_id: UUID
    missing: tuple[MissingPart, ...]
    note: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class AgreeFollowUps:
    """How often somebody asks how the child is doing, and who at the school reads along."""

    case_id: UUID
    rhythm: FollowUpRhythm
    second_reader_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class KeepFollowUpWords:
    """What somebody added in words to the answer to a follow-up."""

    case_id: UUID
    follow_up_id: UUID
    written_by: UUID
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseSignal:
    """An ambassador worries about a child whose family asked nothing yet. `remark` is for herself, and is sealed."""

    signal_id: UUID
    worries: tuple[Code, ...]
    district: Code | None = None
    age_band: AgeBand | None = None
    remark: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class HandOver:
    """This ambassador of this organisation is the family's first contact; `told_on`: since then the family knows."""

    case_id: UUID
    ambassador_id: UUID
    organisation_id: UUID
    told_on: date | None = None
    over_limit: OverLimitReason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverAll:
    """Of what hangs on one ambassador, these cases and early signals go to another.

    `discard_drafts`: of what the one before did not send yet, these are thrown away: those that the desk was shown.
    """

    previous_id: UUID
    ambassador_id: UUID
    organisation_id: UUID
    cases: tuple[UUID, ...] = ()
    signals: tuple[UUID, ...] = ()
    discard_drafts: tuple[UUID, ...] = ()
    over_limit: OverLimitReason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PassOnWorry:
    """A trusted person passes a worry on to this ambassador of this organisation, who calls for the rest."""

    signal_id: UUID
    ambassador_id: UUID
    organisation_id: UUID
    worries: tuple[Code, ...]
    district: Code | None = None
    age_band: AgeBand | None = None


@dataclass(frozen=True, slots=True)
class EraseCase:
    """Everything about this case is destroyed, in every service, for good."""

    case_id: UUID
    reason: ErasureReason


@dataclass(frozen=True, slots=True)
class CreateApiKey:
    """A school's own system may ask for help in the name of this ambassador."""

    organisation_id: UUID
    ambassador_id: UUID
    label: str
