"""One case: what a child and its household need, and where the case stands. It does not know who the child is."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from services.intake.domain.errors import NotPossibleNow
from shared.events.base import AgeBand, CaseCode, Code, ConsentGiver, Event, LanguageTag, Need
from shared.events.intake import (
    CaseClosed,
    CaseErased,
    CaseFact,
    CaseReopened,
    CaseWithdrawn,
    CloseReason,
    HomeVisitPlanned,
    NeedsAssessed,
    NewQuestionRaised,
    RequestAcknowledged,
    RequestReceived,
)


class CaseState(StrEnum):
    """Where a case stands."""

    RECEIVED = "received"
    IN_INVENTORY = "in-inventory"
    ASSESSED = "assessed"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


OPEN = frozenset({CaseState.RECEIVED, CaseState.IN_INVENTORY, CaseState.ASSESSED})
KEPT = frozenset(CaseState) - {CaseState.ERASED}
# What every `CaseFact` tells of the opening, under the same names.
PUBLISHED = tuple(CaseFact.model_fields.keys() - Event.model_fields.keys() - {"case_code"})


@dataclass(frozen=True, slots=True)
class Opening:
    """What a case is opened with; a column of `cases` bears each field's name.

    The age band is renewed at every inventory: children grow. The name of who consented is in the vault.
    """

    ambassador_id: UUID
    organisation_id: UUID
    district: Code
    age_band: AgeBand
    family_language: LanguageTag
    interpreter_needed: bool
    consent_given_by: ConsentGiver
    consent_given_on: date
    consent_text_version: str
    needs_asked: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """What the inventory with the family found: all needs, old and new, and whom the family does not want.

    A column of `cases` bears each field's name.
    """

    needs_found: tuple[Need, ...]
    discussed_on: date
    home_visit_on: date | None = None
    excluded_organisations: tuple[UUID, ...] = ()


@dataclass(slots=True)
class Case:
    """A child's case. Every method returns the events it caused."""

    id: UUID
    code: CaseCode
    opening: Opening
    received_at: datetime
    changed_at: datetime
    state: CaseState = CaseState.RECEIVED
    findings: Findings | None = None
    acknowledged_at: datetime | None = None

    @classmethod
    def receive(cls, case_id: UUID, code: CaseCode, opening: Opening, at: datetime) -> tuple["Case", RequestReceived]:
        """A request came in."""
        case = cls(id=case_id, code=code, opening=opening, received_at=at, changed_at=at)
        event = RequestReceived(
            **case._published(at), consent_given_by=opening.consent_given_by, needs=opening.needs_asked
        )
        return case, event

    @property
    def needs(self) -> tuple[Need, ...]:
        """What is needed by the last inventory, or else by the request."""
        return self.findings.needs_found if self.findings else self.opening.needs_asked

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something for it."""
        return self.state in OPEN

    def acknowledge(self, by: UUID, at: datetime) -> list[Event]:
        """The coordinator has seen the request; a second time changes nothing."""
        self._needs_state("acknowledge", *KEPT)
        if self.acknowledged_at is not None:
            return []
        self.acknowledged_at = at
        return [RequestAcknowledged(subject=self.id, occurred_at=at, acknowledged_by=by)]

    def start_inventory(self, at: datetime) -> list[Event]:
        """Ambassador and family sit down together."""
        if self.state is CaseState.IN_INVENTORY:
            return []
        self._needs_state("start the inventory", CaseState.RECEIVED)
        self._become(CaseState.IN_INVENTORY, at)
        return []

    def assess(self, findings: Findings, age_band: AgeBand, at: datetime) -> list[Event]:
        """The inventory is complete. The same findings for a child of the same age band change nothing."""
        self._needs_state("take an inventory", *OPEN)
        same = (findings, age_band) == (self.findings, self.opening.age_band)
        if self.state is CaseState.ASSESSED and same:
            return []
        self.opening = replace(self.opening, age_band=age_band)
        planned_before = self.findings.home_visit_on if self.findings else None
        self.findings = findings
        self._become(CaseState.ASSESSED, at)
        events: list[Event] = []
        if findings.home_visit_on and findings.home_visit_on != planned_before:
            events.append(self._home_visit(findings.home_visit_on, at))
        return [*events, self._needs_assessed(findings, at)]

    def raise_new_question(self, by: UUID | None, at: datetime) -> list[Event]:
        """The family has a new question: back to the inventory, with everything already known, unless it is open."""
        if self.state is CaseState.IN_INVENTORY:
            return []
        self._needs_state("raise a new question", CaseState.ASSESSED, CaseState.CLOSED)
        self._become(CaseState.IN_INVENTORY, at)
        return [NewQuestionRaised(subject=self.id, occurred_at=at, raised_by=by)]

    def close(self, by: UUID, reason: CloseReason, at: datetime) -> list[Event]:
        """A person decides that nobody has to look after this any more. A second time changes nothing."""
        if self.state is CaseState.CLOSED:
            return []
        self._needs_state("close", *OPEN)
        self._become(CaseState.CLOSED, at)
        return [CaseClosed(subject=self.id, occurred_at=at, closed_by=by, reason=reason)]

    def reopen(self, by: UUID, at: datetime) -> list[Event]:
        """A closed case goes on where the inventory left it; one that is open goes on as it is."""
        if self.is_open:
            return []
        self._needs_state("reopen", CaseState.CLOSED)
        self._become(CaseState.ASSESSED if self.findings else CaseState.IN_INVENTORY, at)
        return [CaseReopened(subject=self.id, occurred_at=at, reopened_by=by)]

    def withdraw(self, at: datetime) -> list[Event]:
        """The family does not want it any more. A second time changes nothing."""
        if self.state is CaseState.WITHDRAWN:
            return []
        self._needs_state("withdraw", *OPEN, CaseState.CLOSED)
        self._become(CaseState.WITHDRAWN, at)
        return [CaseWithdrawn(subject=self.id, occurred_at=at, withdrawn_at=at)]

    def erase(self, at: datetime) -> list[Event]:
        """Only this tombstone stays, so that a late event revives nothing."""
        if self.state is CaseState.ERASED:
            return []
        self._become(CaseState.ERASED, at)
        return [CaseErased(subject=self.id, occurred_at=at)]

    def _needs_state(self, action: str, *states: CaseState) -> None:
        if self.state not in states:
            raise NotPossibleNow(action, self.state.value)

    def _become(self, state: CaseState, at: datetime) -> None:
        self.state = state
        self.changed_at = at

    def _home_visit(self, day: date, at: datetime) -> HomeVisitPlanned:
        return HomeVisitPlanned(
            subject=self.id, occurred_at=at, planned_for=day, interpreter_needed=self.opening.interpreter_needed
        )

    def _needs_assessed(self, findings: Findings, at: datetime) -> NeedsAssessed:
        return NeedsAssessed(
            **self._published(at), needs=self.needs, excluded_organisations=findings.excluded_organisations
        )

    def _published(self, at: datetime) -> dict[str, Any]:
        told = {name: getattr(self.opening, name) for name in PUBLISHED}
        return {"subject": self.id, "occurred_at": at, "case_code": self.code, **told}
