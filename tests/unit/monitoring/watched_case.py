"""The case of the table of steps, in one of its phases, and what is published of it again and again."""

from collections.abc import Mapping
from typing import Any

from services.monitoring.commands import AnswerFollowUp, ResolveEscalation
from services.monitoring.domain.watch import Phase
from services.monitoring.handlers.desk import resolve_escalation
from services.monitoring.handlers.follow_ups import answer_follow_up
from shared.events import family_safety, intake, notify
from shared.events.base import Event
from shared.events.desk_codes import Resolution
from shared.events.monitoring import FollowUpAnswer, FollowUpDue
from tests.twins.monitoring import MemoryMonitoringUnit
from tests.unit.monitoring.builders import (
    AMBASSADOR,
    CASE,
    CODE,
    COORDINATOR,
    TUESDAY,
    a_need,
    an_id,
    closed,
    day_of,
    local,
    needs_assessed,
    no_partner_found,
    outcome_confirmed,
    partner_activated,
    referral,
    request_received,
)
from tests.unit.monitoring.twin import Monitoring

SUBJECT: dict[str, Any] = {"subject": CASE, "occurred_at": TUESDAY}
OF_CASE: dict[str, Any] = {**SUBJECT, "case_code": CODE, "ambassador_id": AMBASSADOR}
REFERRAL: dict[str, Any] = {**SUBJECT, **referral()}
MAIL: dict[str, Any] = {
    "subject": an_id("mail"), "occurred_at": TUESDAY, "template": "partner-activated", "recipient_id": AMBASSADOR,
    "case_id": CASE, "case_code": CODE, "attempt": 1,
}  # fmt: skip
TODAY = day_of(TUESDAY)
NEEDS = (a_need(), a_need("lessons"))
ENDS: dict[str, Event] = {
    Phase.ON_HOLD: family_safety.SafetyHoldSet(**OF_CASE, set_by=AMBASSADOR),
    Phase.CLOSED: closed(TUESDAY),
    Phase.WITHDRAWN: intake.CaseWithdrawn(**OF_CASE, withdrawn_at=TUESDAY),
}


class Case:
    """The case of the table, in one of its phases."""

    def __init__(self, facts: Mapping[str, Event]) -> None:
        self.monitoring = Monitoring()
        self._facts = facts
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
        if step in self._facts:
            await self.monitoring.consumes(self._facts[step])
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
