"""What intake publishes: requests, their inventory and the life of a case. The subject is the case."""

from typing import ClassVar
from uuid import UUID

from shared.events.base import (
    AgeBand,
    CaseCode,
    Code,
    ConsentGiver,
    Count,
    Day,
    Event,
    Frozen,
    Instant,
    LanguageTag,
    Need,
)
from shared.events.care import OverLimitReason
from shared.events.case_codes import CloseReason, FollowUpRhythm, MissingPart, NeedResult, PauseWish, UnusualReading
from shared.events.family_voice import Mark


class CaseFact(Event):
    """What is published of a case each time that all of it is: codes and identities, never who the family is.

    `district` is absent while the family's address is secret. `household_id`: the same for all children of one family.
    """

    case_code: CaseCode
    household_id: UUID | None = None
    ambassador_id: UUID
    organisation_id: UUID
    district: Code | None = None
    age_band: AgeBand
    family_language: LanguageTag
    interpreter_needed: bool


class RequestReceived(CaseFact):
    """A school (or other ambassador) asked for help for a child. One of the three public backbone facts.

    `filed_by`: somebody of the desk asked for this ambassador, who is told.
    """

    consent_given_by: ConsentGiver
    needs: tuple[Need, ...]
    filed_by: UUID | None = None


class RequestAcknowledged(Event):
    """The coordinator has seen the request."""

    acknowledged_by: UUID


class RequestReturned(Event):
    """The desk gave the request back to the ambassador, who fills in what is missing; words of it are in the vault.

    An inventory is awaited again from now on.
    """

    case_code: CaseCode
    ambassador_id: UUID
    returned_by: UUID
    missing: tuple[MissingPart, ...]


class UrgentNeedRaised(CaseFact):
    """These needs do not wait for the inventory, and the family knows it: a partner is asked now.

    Also published for small basic needs that the city lets go first. The inventory follows with its own clock, and
    names these needs again under the same ids.
    """

    needs: tuple[Need, ...]


class HomeVisitPlanned(Event):
    """The ambassador will visit the family at home; a later day for the same visit is published again.

    With whom, and what to mind, is in the vault. `starts_at` is there when a time was agreed.
    """

    case_code: CaseCode
    ambassador_id: UUID
    planned_for: Day
    starts_at: Instant | None = None
    interpreter_needed: bool


class HomeVisitCompleted(Event):
    """The day of the visit came: it took place, or it did not."""

    ambassador_id: UUID
    on: Day
    took_place: bool


class NeedsAssessed(CaseFact):
    """The inventory is complete: this is what the child and the household need, now and in the long run.

    A later inventory of the same case names all its needs again; needs that are already with a partner keep their id.
    One that turned out to be another kind of thing is another need: an id never changes its category.
    `left_out`: whom the family would rather not have.
    """

    needs: tuple[Need, ...]
    left_out: tuple[Mark, ...] = ()


class CaseCorrected(CaseFact):
    """What was published of the case was written down wrongly: this is how it is. Nothing else about it changed."""


class NewQuestionRaised(Event):
    """The family has a new question; the case opens again with everything already known."""

    raised_by: UUID | None


class AmbassadorReplaced(Event):
    """Another ambassador is the family's first contact from now on; everything that runs goes along.

    `organisation_id` is that of the new one: another one when the child changes school. The one before tells the
    family; `told_on` is the day on which they did, if they did already. `over_limit`: why the desk asks one who has
    enough to do.
    """

    case_code: CaseCode
    previous_id: UUID
    ambassador_id: UUID
    organisation_id: UUID
    replaced_by: UUID
    told_on: Day | None = None
    over_limit: OverLimitReason | None = None


class CaseWithdrawn(Event):
    """The family withdrew its request or its consent; every partner stops, and the ambassador reads that it is done."""

    case_code: CaseCode
    ambassador_id: UUID
    withdrawn_at: Instant


class CasePaused(Event):
    """The family rests: until this day nobody asks them or their ambassador anything, and no new partner is asked.

    Help that runs goes on. Publishing it again moves the day.
    """

    case_code: CaseCode
    ambassador_id: UUID
    until: Day
    wished_by: PauseWish


class CaseResumed(Event):
    """The rest is over: a person ended it, or its day came (`resumed_by` is empty then)."""

    case_code: CaseCode
    ambassador_id: UUID
    resumed_by: UUID | None = None


class ConsentOutgrown(Event):
    """The child grew, and somebody else must consent: nobody new is asked before they did.

    `asked_of` is who must. Help that runs goes on, and who was asked already may answer.
    """

    case_code: CaseCode
    ambassador_id: UUID
    asked_of: ConsentGiver


class ConsentRenewed(Event):
    """Who must consent did: partners are looked for again."""

    given_by: ConsentGiver


class FollowUpsAgreed(Event):
    """School and family agreed how often somebody asks how the child is doing, and who at the school answers too."""

    rhythm: FollowUpRhythm
    second_reader_id: UUID | None = None


class ClosedNeed(Frozen):
    """What became of one need."""

    need_id: UUID
    result: NeedResult


class CaseClosed(Event):
    """A person closed the case, and said of each need what became of it; monitoring may stop."""

    case_code: CaseCode
    ambassador_id: UUID
    closed_by: UUID
    reason: CloseReason
    needs: tuple[ClosedNeed, ...] = ()


class CaseReopened(Event):
    """A person opened a closed case again."""

    reopened_by: UUID


class ErasurePlanned(Event):
    """The case ended so long ago that it is erased by itself on this day, unless the family goes on before."""

    case_code: CaseCode
    ambassador_id: UUID
    erased_on: Day


class CaseErased(Event):
    """Everything that could identify the family is gone; every service deletes what it holds of the case.

    It may come again, after a backup was restored; whoever consumes it confirms it each time. `signals`: the early
    signals that became this case, which go with it.
    """

    is_tombstone: ClassVar[bool] = True
    signals: tuple[UUID, ...] = ()


class UnusualReadingFound(Event):
    """Somebody (the subject) read so that others of the desk must look at it; never which families.

    Once for a person, kind and day. `since` is the first of these readings.
    """

    kind: UnusualReading
    families: Count
    since: Instant
