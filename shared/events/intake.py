"""What intake publishes: requests, their inventory and the life of a case. The subject is the case."""

from enum import StrEnum
from uuid import UUID

from shared.events.base import (
    AgeBand,
    CaseCode,
    Code,
    ConsentGiver,
    Day,
    Event,
    Instant,
    LanguageTag,
    Need,
)


class CloseReason(StrEnum):
    """Why a case is closed."""

    ALL_NEEDS_MET = "all-needs-met"
    FAMILY_CONTINUES_ALONE = "family-continues-alone"
    MOVED_AWAY = "moved-away"
    OTHER_SUPPORT = "other-support"


class CaseFact(Event):
    """What is published of a case each time that all of it is: codes and identities, never who the family is."""

    case_code: CaseCode
    ambassador_id: UUID
    organisation_id: UUID
    district: Code
    age_band: AgeBand
    family_language: LanguageTag
    interpreter_needed: bool


class RequestReceived(CaseFact):
    """A school (or other ambassador) asked for help for a child. One of the three public backbone facts."""

    consent_given_by: ConsentGiver
    needs: tuple[Need, ...]


class RequestAcknowledged(Event):
    """The coordinator has seen the request."""

    acknowledged_by: UUID


class HomeVisitPlanned(Event):
    """The ambassador will visit the family at home."""

    planned_for: Day
    interpreter_needed: bool


class NeedsAssessed(CaseFact):
    """The inventory is complete: this is what the child and the household need, now and in the long run.

    A later inventory of the same case names all its needs again; needs that are already with a partner keep their id.
    One that turned out to be another kind of thing is another need: an id never changes its category.
    """

    needs: tuple[Need, ...]
    excluded_organisations: tuple[UUID, ...] = ()


class NewQuestionRaised(Event):
    """The family has a new question; the case opens again with everything already known."""

    raised_by: UUID | None


class CaseWithdrawn(Event):
    """The family withdrew its request or its consent; every partner stops."""

    withdrawn_at: Instant


class CaseClosed(Event):
    """A person closed the case; monitoring may stop."""

    closed_by: UUID
    reason: CloseReason


class CaseReopened(Event):
    """A person opened a closed case again."""

    reopened_by: UUID


class CaseErased(Event):
    """Everything that could identify the family is gone; every service deletes what it holds of the case."""
