"""What every fact, every answer and every clock does to a watch, in every phase of its case."""

import pytest

from services.monitoring.commands import AnswerFollowUp, ResolveEscalation
from services.monitoring.domain.clocks import ClockKind
from services.monitoring.domain.errors import CaseNotWatched, EscalationNotOpen, FollowUpNotFound
from services.monitoring.domain.watch import Phase, tombstone
from services.monitoring.handlers.desk import resolve_escalation
from services.monitoring.handlers.follow_ups import answer_follow_up
from services.monitoring.subscriptions import SUBSCRIPTIONS
from shared.events import notify
from shared.events.desk_codes import Resolution
from shared.events.monitoring import FollowUpAnswer, FollowUpDue
from shared.kernel.errors import Refusal
from tests.step_tables import NOTHING, REFUSED, Cell, StepTable
from tests.twins.monitoring import MemoryMonitoringUnit
from tests.unit.monitoring.builders import (
    AMBASSADOR,
    CASE,
    COORDINATOR,
    TUESDAY,
    an_id,
    local,
    needs_assessed,
    no_partner_found,
    outcome_confirmed,
    partner_activated,
    request_received,
)
from tests.unit.monitoring.facts import BY_NAME, ENDS, MAIL, NEEDS
from tests.unit.monitoring.twin import Monitoring

# The case of this table had lessons that helped, and its first follow-up is asked; a partner was asked for its bike; a
# mail about it was refused, so that it is on the coordinator's list.
TABLE = StepTable(
    """
                          open      closed    withdrawn erased
    RequestReceived       +         +         +         .
    RequestAcknowledged   .         .         .         .
    RequestReturned       +         .         .         .
    UrgentNeedRaised      +         +         +         .
    HomeVisitPlanned      .         .         .         .
    HomeVisitCompleted    .         .         .         .
    NeedsAssessed         +         +         +         .
    NewQuestionRaised     +         open      open      .
    CasePaused            +         .         .         .
    CaseResumed           .         .         .         .
    FollowUpsAgreed       +         +         +         .
    AmbassadorReplaced    +         +         +         .
    CaseClosed            closed    .         closed    .
    CaseReopened          .         open      open      .
    CaseWithdrawn         withdrawn withdrawn .         .
    CaseErased            erased    erased    erased    .
    OrganisationListed    .         .         .         .
    PersonListed          .         .         .         .
    PartnerActivated      +         +         +         .
    PartnerAccepted       +         +         +         .
    PartnerDeclined       +         +         +         .
    DeclineReverted       +         +         +         .
    PartnerRedirected     +         +         +         .
    PartnerWaitlisted     +         +         +         .
    InformationRequested  +         +         +         .
    InformationAnswered   +         +         +         .
    AcceptanceReverted    +         +         +         .
    ReferralExpired       +         +         +         .
    ReferralWithdrawn     +         +         +         .
    NoPartnerFound        +         +         +         .
    SearchPostponed       +         +         +         .
    HelpUnavailable       +         +         +         .
    HandoverPlanned       .         .         .         .
    HandoverConfirmed     +         +         +         .
    WarmHandoverCompleted +         +         +         .
    HelpStarted           +         +         +         .
    HelpDelivered         +         +         +         .
    HelpFailed            +         +         +         .
    SearchStopped         +         +         +         .
    OutcomeConfirmed      +         +         +         .
    MessageAccepted       +         .         .         .
    MessageRefused        +         .         .         .
    MessageUnknown        .         .         .         .
    answer                +         no        no        no
    resolve               +         no        no        no
    clocks                +         .         .         .
    """,
    steps_down=True,
)
REFUSALS: dict[tuple[str, str], type[Refusal]] = {
    ("answer", "closed"): CaseNotWatched,
    ("answer", "withdrawn"): CaseNotWatched,
    ("answer", "erased"): FollowUpNotFound,
    ("resolve", "closed"): EscalationNotOpen,
    ("resolve", "withdrawn"): EscalationNotOpen,
    ("resolve", "erased"): EscalationNotOpen,
}


class Case:
    """The case of the table, in one of its phases."""

    def __init__(self) -> None:
        self.monitoring = Monitoring()
        self.asked = self.listed = an_id("nothing")

    async def come_to(self, phase: str) -> None:
        monitoring = self.monitoring
        await monitoring.consumes(
            request_received(needs=NEEDS), needs_assessed(needs=NEEDS),
            partner_activated(TUESDAY, "second", need="lessons"), outcome_confirmed(TUESDAY, name="second"),
            no_partner_found(),
        )  # fmt: skip
        await monitoring.time_passes(local("2026-09-22 09:00"))
        (asked,) = (event for event in monitoring.published() if isinstance(event, FollowUpDue))
        await monitoring.consumes(
            partner_activated(monitoring.now), notify.MessageRefused(**MAIL, kind=notify.RefusalKind.NO_ADDRESS)
        )
        (listed,) = (await monitoring.watch()).open_escalations
        self.asked, self.listed = asked.follow_up_id, listed.escalation_id
        if phase in ENDS:
            await monitoring.consumes(ENDS[phase])
        monitoring.published()

    async def take(self, step: str) -> None:
        """Raises what the step is refused with."""
        if step in BY_NAME:
            await self.monitoring.consumes(BY_NAME[step])
        elif step == "clocks":
            await self.monitoring.days_pass(30)
        else:
            async with self.monitoring.units.begin() as unit:
                await (self._answer(unit) if step == "answer" else self._resolve(unit))

    async def _answer(self, unit: MemoryMonitoringUnit) -> None:
        await answer_follow_up(AnswerFollowUp(self.asked, FollowUpAnswer.GOING_WELL, AMBASSADOR), unit)

    async def _resolve(self, unit: MemoryMonitoringUnit) -> None:
        done = ResolveEscalation(CASE, self.listed, Resolution.CALLED_PARTNER, COORDINATOR)
        await resolve_escalation(done, unit)


def test_table_holds_every_phase_and_whatever_monitoring_hears() -> None:
    consumed = {subscription.event.__name__ for subscription in SUBSCRIPTIONS}
    assert TABLE.is_whole(Phase, consumed | {"answer", "resolve", "clocks"})


@pytest.mark.parametrize("cell", TABLE.cells, ids=str)
async def test_watch_takes_the_steps_of_its_phase_and_no_other(cell: Cell) -> None:
    case = Case()
    await case.come_to(cell.state)
    before = await case.monitoring.watch()
    if cell.expected == REFUSED:
        with pytest.raises(REFUSALS[cell.step, cell.state]):
            await case.take(cell.step)
    else:
        await case.take(cell.step)
    after, published = await case.monitoring.watch(), case.monitoring.published()

    assert after.phase is Phase(cell.after)
    assert ((before, []) == (after, published)) == (cell.expected in {NOTHING, REFUSED})
    # Whatever was consumed: an open case has a next step, one that ended has none; and no point is without its clock.
    assert bool(after.clocks) == after.is_open
    points = {clock.about for clock in after.clocks.values() if clock.kind is ClockKind.POINT_AGAIN}
    assert after.is_paused or points == {one.escalation_id for one in after.open_escalations}
    assert after.phase is not Phase.ERASED or after == tombstone(CASE)
    assert case.monitoring.timers().keys() == after.clocks.keys()
