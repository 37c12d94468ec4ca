"""One watch per case: what runs, what is asked, and what is on the coordinator's list.

The decisions stand by subject: `case_lifecycle.py` and `inventory.py`, `pausing.py`, `referral_lifecycle.py` and
`help_lifecycle.py`, `follow_up_plan.py` and `follow_up_questions.py` (the time after the help), `mail_delivery.py`,
`points.py` (the coordinators' list), and `ringing.py` (a clock that ran out).
`invariant.py` closes every one of them: no open case is left without a next step.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from services.monitoring.domain.clocks import Clock, ClockKind, key_of
from services.monitoring.domain.escalation import Escalation
from services.monitoring.domain.follow_up import FollowUp
from services.monitoring.domain.need import NeedState, WatchedNeed, most_urgent
from services.monitoring.domain.referral import HELP_RUNS, Referral, ReferralState
from shared.events.base import Urgency
from shared.events.case_codes import FollowUpRhythm
from shared.events.referral_number import referral_number


class Phase(StrEnum):
    """Where the case is in its life, as intake tells it."""

    OPEN = "open"
    ON_HOLD = "on-hold"  # for a child's safety: nobody is asked, and nothing is published about it
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


@dataclass(slots=True)
class Watch:
    """The aggregate: what is known of one case."""

    case_id: UUID
    case_code: str
    phase: Phase = Phase.OPEN
    ambassador_id: UUID | None = None
    former_ambassadors: frozenset[UUID] = frozenset()
    """Who was it before: what matching published with one of them in it may come late."""
    second_reader_id: UUID | None = None
    """Who at the school gets the follow-ups as well."""
    organisation_id: UUID | None = None
    district: str | None = None
    first_urgency: Urgency | None = None
    first_category: str | None = None
    opened_at: datetime | None = None
    awaiting_inventory: bool = False
    reminders_due: tuple[datetime, ...] = ()
    reminded: int = 0
    home_visit_on: date | None = None
    paused_at: datetime | None = None
    paused_until: date | None = None
    held_since: datetime | None = None
    outgrown_since: datetime | None = None
    """The child grew out of its consent: until there is a new one nobody is looked for."""
    undelivered: tuple[UUID, ...] = ()
    """Mails of which was told, while it stood still for safety, that they did not arrive."""
    out_of_sight_since: datetime | None = None
    plan_broken_off: bool = False
    """The case was closed since its plan was made: help that is confirmed from now on has a plan of its own."""
    plan_start: datetime | None = None
    rhythm: FollowUpRhythm = FollowUpRhythm.CITY_PLAN
    not_wanted: frozenset[str] = frozenset()
    """Organisations that the family would rather not have, by their marks."""
    family_asks: frozenset[UUID] = frozenset()
    """What it asked on its own page, and nobody talked about with it yet."""
    first_answer_at: datetime | None = None
    first_contact_at: datetime | None = None
    first_help_at: datetime | None = None
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
    def is_paused(self) -> bool:
        """Whether the family rests."""
        return self.is_open and self.paused_until is not None

    @property
    def next_clock(self) -> Clock | None:
        """The clock that rings first."""
        return min(self.clocks.values(), key=lambda clock: (clock.due_at, clock.key), default=None)

    @property
    def numbers(self) -> tuple[str, ...]:
        """What people call it by: its code, and the numbers by which partners know its referrals."""
        return (self.case_code, *map(referral_number, self.referrals))

    @property
    def open_escalations(self) -> list[Escalation]:
        """Why the case is on the coordinator's list; empty when it is not."""
        return [escalation for escalation in self.escalations if escalation.is_open]

    @property
    def urgency(self) -> Urgency | None:
        """The most urgent need that still waits for help; before the inventory, that of the request as well."""
        waiting = [need.urgency for need in self.needs.values() if need.is_looked_for]
        if self.first_urgency is not None and (self.awaiting_inventory or not self.needs):
            waiting.append(self.first_urgency)
        return most_urgent(waiting)

    @property
    def categories(self) -> tuple[str, ...]:
        """What is or was needed, each once; before the inventory what the request asks first."""
        named = (one.category for one in self.needs.values() if one.category and not one.dropped)
        return tuple(dict.fromkeys(named)) or ((self.first_category,) if self.first_category else ())

    def meet_ambassador(self, person_id: UUID) -> None:
        """Who is the family's first contact as a fact of matching has it; one who was replaced is it no more."""
        if person_id not in self.former_ambassadors:
            self.ambassador_id = person_id

    def learn_district(self, district: str | None) -> None:
        """As matching tells it, until intake spoke: what it tells later may be older than that it is secret."""
        if self.organisation_id is None:
            self.district = district

    def has_clock(self, kind: ClockKind, about: UUID) -> bool:
        """Whether this clock runs."""
        return key_of(kind, about) in self.clocks

    def start(self, kind: ClockKind, about: UUID, due_at: datetime) -> None:
        """Start the clock, or move it."""
        clock = Clock(kind, about, due_at)
        self.clocks[clock.key] = clock

    def stop(self, about: UUID, *kinds: ClockKind) -> None:
        """Stop these clocks about this thing; without kinds, all of them."""
        gone = [
            key for key, clock in self.clocks.items() if clock.about == about and (not kinds or clock.kind in kinds)
        ]
        for key in gone:
            del self.clocks[key]

    def is_unwanted(self, referral: Referral, mark: Callable[[UUID, UUID], str]) -> bool:
        """Whether help runs that the family does not want any more: from this partner, or for this need."""
        need = self.needs.get(referral.need_id)
        # What was given already only waits for the family's word.
        dropped = referral.state is ReferralState.STARTED and need is not None and need.dropped
        if referral.state not in HELP_RUNS or dropped or not self.not_wanted:
            return referral.state in HELP_RUNS and dropped
        return mark(self.case_id, referral.organisation_id) in self.not_wanted

    def mark_need(self, need_id: UUID, state: NeedState, known: WatchedNeed | None = None) -> None:
        """Remember whether this need has somebody; `known` is what is published of one that was unknown until now."""
        need = self.needs.get(need_id) or known or WatchedNeed(need_id, Urgency.NORMAL)
        self.needs[need_id] = replace(
            need,
            state=state,
            urgency=known.urgency if known else need.urgency,
            category=(known.category if known else None) or need.category,
        )
