"""One watch per case: what runs, what is asked, and what is on the coordinator's list.

The decisions stand by subject: `case_lifecycle.py`, `referral_lifecycle.py`, `follow_up_plan.py` and
`follow_up_questions.py` (the time after the help), `mail_delivery.py`, and `ringing.py` (a clock that ran out).
`invariant.py` closes every one of them: no open case is left without a next step.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from services.monitoring.domain.clocks import Clock, ClockKind, key_of
from services.monitoring.domain.errors import EscalationNotOpen
from services.monitoring.domain.escalation import About, Escalation, Resolution
from services.monitoring.domain.follow_up import FollowUp
from services.monitoring.domain.need import NeedState, WatchedNeed, most_urgent
from services.monitoring.domain.referral import HELP_RUNS, Referral, ReferralState
from services.monitoring.domain.rules import DecisionContext
from shared.events.base import Event, Urgency
from shared.events.monitoring import (
    CaseBackInSight,
    ChildOutOfSight,
    EscalationRaised,
    EscalationReason,
    EscalationResolved,
)
from shared.kernel.city import WorkingDays


class Phase(StrEnum):
    """Where the case is in its life, as intake tells it."""

    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


@dataclass(slots=True)
class Watch:
    """The aggregate. Its methods return the facts they caused; times come in a `DecisionContext`."""

    case_id: UUID
    case_code: str
    phase: Phase = Phase.OPEN
    ambassador_id: UUID | None = None
    organisation_id: UUID | None = None
    district: str | None = None
    first_urgency: Urgency | None = None
    opened_at: datetime | None = None
    awaiting_inventory: bool = False
    out_of_sight_since: datetime | None = None
    plan_broken_off: bool = False
    """The case was closed since its plan was made: help that is confirmed from now on has a plan of its own."""
    not_wanted: frozenset[UUID] = frozenset()
    """Organisations that the family would rather not have."""
    needs: dict[UUID, WatchedNeed] = field(default_factory=dict)
    referrals: dict[UUID, Referral] = field(default_factory=dict)
    follow_ups: dict[UUID, FollowUp] = field(default_factory=dict)
    clocks: dict[str, Clock] = field(default_factory=dict)
    escalations: list[Escalation] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether somebody must look after this child now."""
        return self.phase is Phase.OPEN

    @property
    def next_clock(self) -> Clock | None:
        """The clock that rings first."""
        return min(self.clocks.values(), key=lambda clock: (clock.due_at, clock.key), default=None)

    @property
    def open_escalations(self) -> list[Escalation]:
        """Why the case is on the coordinator's list; empty when it is not."""
        return [escalation for escalation in self.escalations if escalation.is_open]

    @property
    def urgency(self) -> Urgency | None:
        """The most urgent need that still waits for help; before the inventory, that of the request."""
        waiting = [need.urgency for need in self.needs.values() if need.is_looked_for]
        return most_urgent(waiting) or (None if self.needs else self.first_urgency)

    def has_clock(self, kind: ClockKind, about: UUID) -> bool:
        """Whether this clock runs."""
        return key_of(kind, about) in self.clocks

    def start(self, kind: ClockKind, about: UUID, due_at: datetime) -> None:
        """Start the clock, or move it."""
        clock = Clock(kind, about, due_at)
        self.clocks[clock.key] = clock

    def await_inventory(self, since: datetime, context: DecisionContext) -> None:
        """An inventory is expected, with its whole term from `since` on."""
        self.awaiting_inventory = True
        due_at = context.working_time.due_after(since, self.inventory_term(context))
        self.start(ClockKind.INVENTORY_LATE, self.case_id, due_at)

    def inventory_term(self, context: DecisionContext) -> WorkingDays:
        """How long the inventory that is awaited may take: of a new question nobody knows the urgency yet."""
        return context.terms.inventory[self.first_urgency or Urgency.NORMAL]

    def stop(self, about: UUID, *kinds: ClockKind) -> None:
        """Stop these clocks about this thing; without kinds, all of them."""
        gone = [
            key for key, clock in self.clocks.items() if clock.about == about and (not kinds or clock.kind in kinds)
        ]
        for key in gone:
            del self.clocks[key]

    def escalate(self, reason: EscalationReason, context: DecisionContext, about: About | None = None) -> list[Event]:
        """Put it on the coordinator's list, once per reason and subject. A case that ended is on no list."""
        about = about or About()
        known = any(one.reason is reason and one.about == about for one in self.open_escalations)
        if known or not self.is_open:
            return []
        raised = Escalation(context.new_id(), reason, about, context.now)
        self.escalations.append(raised)
        return [
            EscalationRaised(
                subject=self.case_id, occurred_at=context.now, escalation_id=raised.escalation_id,
                case_code=self.case_code, reason=reason, need_id=about.need_id, referral_id=about.referral_id,
            )
        ]  # fmt: skip

    def resolve(self, escalation_id: UUID, resolution: Resolution, by: UUID, context: DecisionContext) -> list[Event]:
        """A person acted."""
        if not any(one.escalation_id == escalation_id for one in self.open_escalations):
            raise EscalationNotOpen
        return self._resolve(lambda one: one.escalation_id == escalation_id, context, by, resolution)

    def cause_gone(
        self, context: DecisionContext, matches: Callable[[Escalation], bool], *, by: UUID | None = None
    ) -> list[Event]:
        """Take off the list what went away in the course of things."""
        return self._resolve(matches, context, by, None)

    def _resolve(
        self,
        matches: Callable[[Escalation], bool],
        context: DecisionContext,
        by: UUID | None,
        resolution: Resolution | None,
    ) -> list[Event]:
        events: list[Event] = []
        for index, one in enumerate(self.escalations):
            if one.is_open and matches(one):
                self.escalations[index] = replace(one, resolved_at=context.now, resolved_by=by, resolution=resolution)
                events.append(
                    EscalationResolved(
                        subject=self.case_id, occurred_at=context.now, escalation_id=one.escalation_id, resolved_by=by
                    )
                )
        return [*events, *self._back_in_sight(context, by)]

    def lose_sight(self, context: DecisionContext, about: About | None = None) -> list[Event]:
        """Nobody looks after this child: say so, and put it on the list until a person acts."""
        already_lost = self.out_of_sight_since is not None
        raised = self.escalate(EscalationReason.OUT_OF_SIGHT, context, about)
        if not raised or already_lost:
            return raised
        self.out_of_sight_since = context.now
        return [*self.say_out_of_sight(context), *raised]

    def say_out_of_sight(self, context: DecisionContext) -> list[Event]:
        """Say it (again), and come back to it while no person acted."""
        since = self.out_of_sight_since
        if since is None:
            return []
        again_at = context.due(context.terms.out_of_sight_again)
        self.start(ClockKind.OUT_OF_SIGHT_AGAIN, self.case_id, again_at)
        if self.ambassador_id is None:
            return []
        return [
            ChildOutOfSight(
                subject=self.case_id, occurred_at=context.now, case_code=self.case_code,
                ambassador_id=self.ambassador_id, since=since,
            )
        ]  # fmt: skip

    def _back_in_sight(self, context: DecisionContext, by: UUID | None) -> list[Event]:
        lost = any(one.reason is EscalationReason.OUT_OF_SIGHT for one in self.open_escalations)
        if lost or self.out_of_sight_since is None:
            return []
        self.out_of_sight_since = None
        self.stop(self.case_id, ClockKind.OUT_OF_SIGHT_AGAIN)
        return [CaseBackInSight(subject=self.case_id, occurred_at=context.now, seen_by=by)]

    def is_unwanted(self, referral: Referral) -> bool:
        """Whether help runs that the family does not want any more: from this partner, or for this need."""
        need = self.needs.get(referral.need_id)
        # What was given already only waits for the family's word.
        dropped = referral.state is ReferralState.STARTED and need is not None and need.dropped
        return referral.state in HELP_RUNS and (dropped or referral.organisation_id in self.not_wanted)

    def mark_need(self, need_id: UUID, state: NeedState, urgency: Urgency | None = None) -> None:
        """Remember whether this need has somebody; a need that was unknown until now is taken in."""
        known = self.needs.get(need_id, WatchedNeed(need_id, urgency or Urgency.NORMAL))
        self.needs[need_id] = replace(known, state=state, urgency=urgency or known.urgency)


def tombstone(case_id: UUID) -> Watch:
    """What is left of an erased case."""
    return Watch(case_id, case_code="", phase=Phase.ERASED)
