"""Whatever happens, in whatever order: an open case has a next step with a running clock, or it is on the list."""

import asyncio
from collections.abc import Awaitable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from services.monitoring.commands import AnswerFollowUp, ResolveEscalation
from services.monitoring.domain.clocks import ClockKind
from services.monitoring.domain.follow_up import ANSWERABLE, PENDING, FollowUpState
from services.monitoring.domain.invariant import waiting_needs
from services.monitoring.domain.need import NeedState
from services.monitoring.domain.referral import UNDER_WAY
from services.monitoring.domain.watch import Watch
from services.monitoring.handlers.desk import resolve_escalation
from services.monitoring.handlers.follow_ups import answer_follow_up
from shared.events import intake, matching
from shared.events.base import Event, Urgency
from shared.events.desk_codes import Resolution
from shared.events.monitoring import EscalationReason, FollowUpAnswer
from tests.unit.monitoring.builders import (
    AMBASSADOR,
    CASE,
    CODE,
    COORDINATOR,
    a_need,
    an_id,
    day_of,
    needs_assessed,
    no_partner_found,
    partner_accepted,
    partner_activated,
    referral,
    request_received,
)
from tests.unit.monitoring.twin import Monitoring

ResultT = TypeVar("ResultT")
partners = st.sampled_from(["first", "second", "third"])
needs = st.sampled_from(["bike", "lessons"])


class OneCase(RuleBasedStateMachine):
    """One case and everybody who can say something about it, in any order that a service can say it in."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.asked: dict[str, str] = {}

    def teardown(self) -> None:
        self.loop.close()

    def run(self, work: Awaitable[ResultT]) -> ResultT:
        return self.loop.run_until_complete(work)

    def consumes(self, *events: Event) -> None:
        self.run(self.monitoring.consumes(*events))

    def watch(self) -> Watch:
        return self.run(self.monitoring.watch())

    @initialize(start=st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)))  # noqa: DTZ001
    def request(self, start: datetime) -> None:
        self.monitoring = Monitoring(start)
        self.consumes(request_received(start))

    @rule(with_lessons=st.booleans())
    def assess(self, *, with_lessons: bool) -> None:
        lessons = (a_need("lessons", depends_on=(an_id("bike"),)),) if with_lessons else ()
        self.consumes(needs_assessed(self.monitoring.now, needs=(a_need(), *lessons)))

    @rule(partner=partners, need=needs, urgency=st.sampled_from(Urgency))
    def activate(self, partner: str, need: str, urgency: Urgency) -> None:
        self.asked[partner] = need
        self.consumes(partner_activated(self.monitoring.now, partner, urgency=urgency, need=need))

    @rule(partner=partners, days=st.integers(-3, 20))
    def accept(self, partner: str, days: int) -> None:
        if partner in self.asked:
            day = day_of(self.monitoring.now + timedelta(days=days))
            self.consumes(partner_accepted(self.monitoring.now, day, partner, need=self.asked[partner]))

    @rule(
        partner=partners,
        kind=st.sampled_from(
            [
                (matching.PartnerDeclined, {"reason": "no-capacity"}),
                (matching.ReferralExpired, {"activated_at": datetime(2026, 1, 1, tzinfo=UTC)}),
                (matching.ReferralWithdrawn, {"reason": "replaced"}),
                (matching.ReferralWithdrawn, {"reason": "need-gone"}),
                (matching.AcceptanceReverted, {"previous_answer_at": datetime(2026, 1, 1, tzinfo=UTC)}),
                (matching.DeclineReverted, {}),
                (matching.InformationRequested, {}),
                (matching.InformationAnswered, {}),
                (matching.PartnerWaitlisted, {"from_day": "2027-02-01"}),
                (matching.PartnerRedirected, {"to_organisation_id": CASE, "to_service_id": CASE}),
                (matching.HandoverPlanned, {"on": "2026-06-01", "planned_by": AMBASSADOR}),
                (matching.HandoverConfirmed, {"on": "2026-06-01", "party": "partner", "confirmed_by": AMBASSADOR}),
                (matching.WarmHandoverCompleted, {"kind": "warm", "on": "2026-06-01", "reported_by": AMBASSADOR}),
                (matching.HelpStarted, {"on": "2026-06-01", "reported_by": AMBASSADOR}),
                (matching.HelpDelivered, {"on": "2026-06-01", "reported_by": AMBASSADOR}),
                (matching.HelpFailed, {"reason": "rules", "reported_by": AMBASSADOR}),
                (matching.HelpFailed, {"reason": "family-stopped", "reported_by": AMBASSADOR}),
                (matching.OutcomeConfirmed, {"outcome": "helped", "confirmed_by": AMBASSADOR, "open_needs": 0}),
                (matching.OutcomeConfirmed, {"outcome": "not-helped", "confirmed_by": AMBASSADOR, "open_needs": 1}),
            ]
        ),
    )
    def partner_says(self, partner: str, kind: tuple[type[Event], dict[str, object]]) -> None:
        if partner in self.asked:
            facts = {
                "subject": CASE,
                "occurred_at": self.monitoring.now,
                **referral(partner, self.asked[partner]),
                "answer_by": self.monitoring.now + timedelta(days=3),
                "was_helping": False,
                "question_id": an_id("question"),
                **kind[1],
            }
            self.consumes(kind[0].model_validate(facts))

    @rule()
    def nobody_found(self) -> None:
        self.consumes(no_partner_found(self.monitoring.now))

    @rule(
        kind=st.sampled_from(
            [
                (intake.CaseClosed, {"closed_by": COORDINATOR, "reason": "all-needs-met"}),
                (intake.CaseReopened, {"reopened_by": COORDINATOR}),
                (intake.NewQuestionRaised, {"raised_by": AMBASSADOR}),
                (intake.HomeVisitPlanned, {"planned_for": "2026-12-24", "interpreter_needed": False}),
                (intake.HomeVisitCompleted, {"on": "2026-12-24", "took_place": False}),
                (intake.RequestReturned, {"returned_by": COORDINATOR, "missing": ["consent"]}),
                (intake.RequestAcknowledged, {"acknowledged_by": COORDINATOR}),
                (intake.CasePaused, {"until": "2027-03-01", "wished_by": "family"}),
                (intake.CaseResumed, {}),
                (intake.FollowUpsAgreed, {"rhythm": "monthly"}),
                (intake.FollowUpsAgreed, {"rhythm": "stopped"}),
                (intake.FollowUpsAgreed, {"rhythm": "city-plan"}),
                (matching.SearchStopped, {"need_id": an_id("bike"), "stopped_by": AMBASSADOR}),
            ]
        )
    )
    def intake_says(self, kind: tuple[type[Event], dict[str, object]]) -> None:
        of_case = {"subject": CASE, "occurred_at": self.monitoring.now, "case_code": CODE, "ambassador_id": AMBASSADOR}
        self.consumes(kind[0].model_validate({**of_case, **kind[1]}))

    @rule(hours=st.sampled_from([1, 5, 24, 24 * 3, 24 * 15, 24 * 90]))
    def time_passes(self, hours: int) -> None:
        self.run(self.monitoring.days_pass(hours / 24))

    @rule(hours=st.sampled_from([24, 24 * 20]))
    def machine_is_down(self, hours: int) -> None:
        self.monitoring.clock.forward(timedelta(hours=hours))

    @rule(choice=st.sampled_from(FollowUpAnswer))
    def ambassador_answers(self, choice: FollowUpAnswer) -> None:
        watch = self.watch()
        asked = [one for one in watch.follow_ups.values() if one.state in ANSWERABLE]
        if asked and watch.is_open:
            self.run(self._answer(AnswerFollowUp(asked[-1].follow_up_id, choice, AMBASSADOR)))

    @rule(resolution=st.sampled_from(Resolution))
    def coordinator_resolves(self, resolution: Resolution) -> None:
        for one in self.watch().open_escalations[:1]:
            self.run(self._resolve(ResolveEscalation(CASE, one.escalation_id, resolution, COORDINATOR)))

    async def _answer(self, command: AnswerFollowUp) -> None:
        async with self.monitoring.units.begin() as unit:
            await answer_follow_up(command, unit)

    async def _resolve(self, command: ResolveEscalation) -> None:
        async with self.monitoring.units.begin() as unit:
            await resolve_escalation(command, unit)

    @invariant()
    def open_case_has_a_next_step(self) -> None:
        self.run(self.monitoring.time_passes(self.monitoring.now))
        watch = self.watch()
        if watch.is_open:
            assert watch.next_clock is not None
            assert watch.next_clock.due_at > self.monitoring.now

    @invariant()
    def every_partner_that_something_is_expected_of_is_watched(self) -> None:
        watch = self.watch()
        for one in watch.referrals.values() if watch.is_open and not watch.is_paused else ():
            clock = any(clock.about == one.referral_id for clock in watch.clocks.values())
            listed = any(escalation.about.referral_id == one.referral_id for escalation in watch.open_escalations)
            runs = one.state in UNDER_WAY
            asked = any(follow_up.is_pending for follow_up in watch.follow_ups.values()) or watch.open_escalations
            assert not one.is_live or clock or listed or (runs and (asked or watch.rhythm == "stopped"))

    @invariant()
    def every_need_that_waits_is_watched(self) -> None:
        watch = self.watch()
        if watch.is_open and not watch.is_paused and waiting_needs(watch):
            lost = any(one.reason is EscalationReason.OUT_OF_SIGHT for one in watch.open_escalations)
            assert lost or any(clock.kind is ClockKind.MATCHING_LATE for clock in watch.clocks.values())

    @invariant()
    def every_need_with_nobody_comes_back_until_a_person_says_that_it_is_not_needed(self) -> None:
        watch = self.watch()
        for need in watch.needs.values() if watch.is_open and not watch.is_paused else ():
            listed = any(one.about.need_id == need.need_id for one in watch.open_escalations)
            settled = any(
                (one.about.need_id, one.resolution) == (need.need_id, "no-longer-needed") for one in watch.escalations
            )
            clock = watch.has_clock(ClockKind.NOBODY_AGAIN, need.need_id)
            assert need.stands is not NeedState.NOBODY or listed or settled or clock

    @invariant()
    def no_open_point_is_a_rest(self) -> None:
        watch = self.watch()
        for point in () if watch.is_paused else watch.open_escalations:
            assert watch.has_clock(ClockKind.POINT_AGAIN, point.escalation_id)

    @invariant()
    def every_clock_has_its_timer_and_no_timer_is_left_over(self) -> None:
        assert self.monitoring.timers() == {key: clock.due_at for key, clock in self.watch().clocks.items()}

    @invariant()
    def ended_case_is_on_no_list_and_a_child_out_of_sight_is(self) -> None:
        watch = self.watch()
        if not watch.is_open:
            assert (watch.clocks, watch.open_escalations, watch.out_of_sight_since) == ({}, [], None)
        assert watch.out_of_sight_since is None or watch.open_escalations

    @invariant()
    def one_plan_runs_at_most(self) -> None:
        follow_ups = self.watch().follow_ups.values()
        planned = [one.due_at for one in follow_ups if (one.kind, one.state) == ("plan", FollowUpState.SCHEDULED)]
        assert sorted(set(planned))[:13] == planned

    @invariant()
    def plan_rests_while_the_case_is_closed_and_only_then(self) -> None:
        watch = self.watch()
        states = {one.state for one in watch.follow_ups.values()}
        assert states.isdisjoint({FollowUpState.RESTING} if watch.is_open else PENDING)


OneCase.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestOneCase = OneCase.TestCase
