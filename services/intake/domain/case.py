"""One case: what a child and its household need, and where the case stands. It does not know who the child is."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.intake.domain.case_state import KEPT, OPEN, CaseState, check_state
from services.intake.domain.closing import check_results
from services.intake.domain.course import AS_THE_CITY_PLANS, FollowUpPlan, Handover, HomeVisit, Pause
from services.intake.domain.erasure import Erasure
from services.intake.domain.errors import NotPossibleNow
from services.intake.domain.opening import Findings, Opening, sought
from services.intake.domain.safety import SafetyHold
from shared.events.base import AgeBand, CaseCode, ConsentGiver, Event, Need
from shared.events.case_codes import CloseReason, MissingPart
from shared.events.intake import (
    AmbassadorReplaced,
    CaseClosed,
    CasePaused,
    CaseReopened,
    CaseResumed,
    CaseWithdrawn,
    ClosedNeed,
    ErasurePlanned,
    FollowUpsAgreed,
    HomeVisitCompleted,
    HomeVisitPlanned,
    NeedsAssessed,
    NewQuestionRaised,
    RequestAcknowledged,
    RequestReceived,
    RequestReturned,
    UrgentNeedRaised,
)  # fmt: skip


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
    raised_needs: tuple[UUID, ...] = ()  # that a partner is asked for before the inventory
    visit: HomeVisit | None = None
    pause: Pause | None = None
    missing_parts: tuple[MissingPart, ...] = ()  # since the desk gave the request back
    plan: FollowUpPlan = AS_THE_CITY_PLANS
    results: tuple[ClosedNeed, ...] = ()
    handover: Handover | None = None  # of the family, from the ambassador of before
    erase_on: date | None = None  # is to be, when it stays as it is
    erasure: Erasure | None = None
    hold: SafetyHold | None = None  # nothing about it leaves (`handlers/safety.py`)
    rather_not: tuple[UUID, ...] = ()  # organisations, as the family says it itself (`domain/left_out.py`)
    elsewhere: tuple[UUID, ...] = ()  # needs that another case of this child seeks (`domain/one_plan.py`)
    outgrown: ConsentGiver | None = None  # who must consent now that the child grew (`domain/growing.py`)

    @classmethod
    def receive(cls, case_id: UUID, code: CaseCode, opening: Opening, at: datetime) -> tuple["Case", RequestReceived]:
        """A request came in."""
        case = cls(id=case_id, code=code, opening=opening, received_at=at, changed_at=at)
        return case, RequestReceived(**case._published(at), **opening.asked)

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
        check_state(self.state, "acknowledge", *KEPT)
        if self.acknowledged_at is not None:
            return []
        self.acknowledged_at = at
        return [RequestAcknowledged(subject=self.id, occurred_at=at, acknowledged_by=by)]

    def give_back(self, by: UUID, missing: tuple[MissingPart, ...], at: datetime) -> list[Event]:
        """The desk misses something: an inventory is awaited again. The same once more changes nothing."""
        check_state(self.state, "give back", *OPEN)
        if self.state is CaseState.IN_INVENTORY and missing == self.missing_parts:
            return []
        self.missing_parts = missing
        self._become(CaseState.IN_INVENTORY, at)
        return [RequestReturned(**self._named(at), returned_by=by, missing=missing)]

    def raise_urgent(self, need_ids: Collection[UUID], at: datetime) -> list[Event]:
        """A partner is asked for these before the inventory, as the family knows; each need once."""
        check_state(self.state, "raise an urgent need", CaseState.RECEIVED, CaseState.IN_INVENTORY)
        asked = set(need_ids).difference(self.raised_needs, self.elsewhere)
        if not (needs := tuple(each for each in self.needs if each.need_id in asked)):
            return []
        if self.pause is not None:
            raise NotPossibleNow("raise an urgent need", "paused")
        self.raised_needs += tuple(each.need_id for each in needs)
        return [UrgentNeedRaised(**self._published(at), needs=needs)]

    def plan_home_visit(self, visit: HomeVisit, at: datetime) -> list[Event]:
        """The ambassador visits the family; another day moves the visit, and the same one changes nothing."""
        check_state(self.state, "plan a home visit", *OPEN)
        if visit == self.visit:
            return []
        self.visit = visit
        told = {name: getattr(visit, name) for name in ("planned_for", "starts_at", "interpreter_needed")}
        return [HomeVisitPlanned(**self._named(at), **told)]

    def complete_home_visit(self, at: datetime, *, took_place: bool) -> list[Event]:
        """The visit that was planned took place, or did not. The same once more changes nothing."""
        check_state(self.state, "complete a home visit", *OPEN)
        if self.visit is None:
            raise NotPossibleNow("complete a home visit", self.state.value)
        if self.visit.took_place is took_place:
            return []
        self.visit = replace(self.visit, took_place=took_place)
        told: dict[str, Any] = {"ambassador_id": self.opening.ambassador_id, "on": self.visit.planned_for}
        return [HomeVisitCompleted(subject=self.id, occurred_at=at, took_place=took_place, **told)]

    def rest(self, pause: Pause, at: datetime) -> list[Event]:
        """The family rests until a day; another day moves it, and the same one changes nothing."""
        check_state(self.state, "pause", *OPEN)
        if pause == self.pause:
            return []
        self.pause = pause
        return [CasePaused(**self._named(at), until=pause.until, wished_by=pause.wished_by)]

    def resume(self, by: UUID | None, at: datetime) -> list[Event]:
        """The rest is over; a case that does not rest goes on as it is."""
        check_state(self.state, "resume", *OPEN)
        if self.pause is None:
            return []
        self.pause = None
        return [CaseResumed(**self._named(at), resumed_by=by)]

    def agree_follow_ups(self, plan: FollowUpPlan, at: datetime) -> list[Event]:
        """School and family agreed how often somebody asks, and who reads along. The same changes nothing."""
        check_state(self.state, "agree on follow-ups", *OPEN)
        if plan == self.plan:
            return []
        self.plan, second = plan, plan.second_reader_id
        return [FollowUpsAgreed(subject=self.id, occurred_at=at, rhythm=plan.rhythm, second_reader_id=second)]

    def replace_ambassador(
        self, ambassador_id: UUID, organisation_id: UUID, told_on: date | None, by: UUID, at: datetime
    ) -> list[Event]:
        """Another ambassador is the family's first contact from now on; the same one changes nothing."""
        check_state(self.state, "replace the ambassador", *OPEN, CaseState.CLOSED)
        if (previous_id := self.opening.ambassador_id) == ambassador_id:
            return []
        self.opening = replace(self.opening, ambassador_id=ambassador_id, organisation_id=organisation_id)
        self.handover = Handover(previous_id, told_on)
        told: dict[str, Any] = {"previous_id": previous_id, "replaced_by": by, "told_on": told_on}
        return [AmbassadorReplaced(**self._named(at), organisation_id=organisation_id, **told)]

    def supply(self, part: MissingPart, opening: Opening | None = None) -> list[Event]:
        """What the desk missed of this is there now; a consent that was given anew stands in `opening`."""
        check_state(self.state, "supply what was missing", *OPEN, CaseState.CLOSED)
        self.opening = opening or self.opening
        self.missing_parts = tuple(each for each in self.missing_parts if each is not part)
        return []

    def start_inventory(self, at: datetime) -> list[Event]:
        """Ambassador and family sit down together."""
        if self.state is CaseState.IN_INVENTORY:
            return []
        check_state(self.state, "start the inventory", CaseState.RECEIVED)
        self._become(CaseState.IN_INVENTORY, at)
        return []

    def assess(self, findings: Findings, age_band: AgeBand, left_out: tuple[str, ...], at: datetime) -> list[Event]:
        """The inventory is complete. The same findings for a child of the same age band change nothing."""
        check_state(self.state, "take an inventory", *OPEN)
        if (self.state, findings, age_band) == (CaseState.ASSESSED, self.findings, self.opening.age_band):
            return []
        self.opening = replace(self.opening, age_band=age_band)
        self.findings, self.missing_parts = findings, ()
        self._become(CaseState.ASSESSED, at)
        return [NeedsAssessed(**self._published(at), needs=sought(self.needs, self.elsewhere), left_out=left_out)]

    def raise_new_question(self, by: UUID | None, at: datetime) -> list[Event]:
        """The family has a new question: back to the inventory, with everything already known, unless it is open."""
        if self.state is CaseState.IN_INVENTORY:
            return []
        check_state(self.state, "raise a new question", CaseState.ASSESSED, CaseState.CLOSED)
        self.results = ()
        self._become(CaseState.IN_INVENTORY, at)
        return [NewQuestionRaised(subject=self.id, occurred_at=at, raised_by=by)]

    def close(self, by: UUID, reason: CloseReason, results: Collection[ClosedNeed], at: datetime) -> list[Event]:
        """Nobody has to look after this any more; each need has a result. Raises ResultMissing or NotAllMet."""
        if self.state is CaseState.CLOSED:
            return []
        check_state(self.state, "close", *OPEN)
        self.results = check_results(self.needs, results, reason)
        self._become(CaseState.CLOSED, at)
        return [CaseClosed(**self._named(at), closed_by=by, reason=reason, needs=self.results)]

    def reopen(self, by: UUID, at: datetime) -> list[Event]:
        """A closed case goes on where the inventory left it; one that is open goes on as it is."""
        if self.is_open:
            return []
        check_state(self.state, "reopen", CaseState.CLOSED)
        self.results = ()
        self._become(CaseState.ASSESSED if self.findings else CaseState.IN_INVENTORY, at)
        return [CaseReopened(subject=self.id, occurred_at=at, reopened_by=by)]

    def withdraw(self, at: datetime) -> list[Event]:
        """The family does not want it any more. A second time changes nothing."""
        if self.state is CaseState.WITHDRAWN:
            return []
        check_state(self.state, "withdraw", *OPEN, CaseState.CLOSED)
        self._become(CaseState.WITHDRAWN, at)
        return [CaseWithdrawn(**self._named(at), withdrawn_at=at)]

    def plan_erasure(self, on: date, at: datetime) -> list[Event]:
        """It ended, and is erased on this day unless it goes on before."""
        check_state(self.state, "plan to erase", CaseState.CLOSED, CaseState.WITHDRAWN)
        self.erase_on = on
        return [ErasurePlanned(**self._named(at), erased_on=on)]

    def begin_erasing(self, erasure: Erasure, at: datetime) -> list[Event]:
        """From now on nobody sees it; what it holds is destroyed right after. A second time changes nothing."""
        if self.state is not CaseState.ERASING:
            self.erasure = erasure
            self._become(CaseState.ERASING, at)
        return []

    def _become(self, state: CaseState, at: datetime) -> None:
        self.pause = self.pause if state in OPEN else None
        self.state, self.changed_at, self.erase_on = state, at, None

    def _named(self, at: datetime) -> dict[str, Any]:
        """What a fact tells that people get a mail of."""
        whose = self.opening.ambassador_id
        return {"subject": self.id, "occurred_at": at, "case_code": self.code, "ambassador_id": whose}

    def _published(self, at: datetime) -> dict[str, Any]:
        return {"subject": self.id, "occurred_at": at, "case_code": self.code, **self.opening.published}
