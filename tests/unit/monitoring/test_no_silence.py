"""P9: nobody waits in silence. With people who never act, something leads to a mail within the limit of the case."""

from datetime import date, datetime

import pytest

from services.monitoring.domain.invariant import LEADS_TO_A_MAIL
from shared.events import case_codes, intake
from shared.events.base import Urgency
from shared.events.desk_codes import Resolution
from shared.events.monitoring import (
    ChildOutOfSight,
    EscalationFact,
    EscalationRaised,
    EscalationReason,
    EscalationRepeated,
    InventoryReminderDue,
)
from shared.kernel.city import WorkingDays
from shared.kernel.dutch_calendar import DutchCalendar
from shared.kernel.working_time import WorkingTime
from tests.parts.city import a_city
from tests.unit.monitoring.builders import (
    AMBASSADOR,
    CASE,
    CODE,
    COORDINATOR,
    FUND_CONTACT,
    TUESDAY,
    a_need,
    acknowledged,
    an_id,
    local,
    needs_assessed,
    no_partner_found,
    partner_activated,
    referral,
    request_received,
)
from tests.unit.monitoring.silence import waits
from tests.unit.monitoring.twin import Monitoring, resolve

LIMITS = {Urgency.TODAY: WorkingDays(1), Urgency.SOON: WorkingDays(5), Urgency.NORMAL: WorkingDays(5)}


def longest_silence(start: datetime, mails: list[datetime], until: datetime, limit: WorkingDays) -> datetime | None:
    """The first moment at which the limit had passed without a mail; None: it never had."""
    working_time, city = WorkingTime(a_city(), DutchCalendar()), a_city()
    last = start
    for at in [*mails, until]:
        # A promised day is over when the office closes.
        if at > working_time.due_after_day(city.day_of(last), limit):
            return last
        last = at
    return None


@pytest.mark.parametrize("urgency", [Urgency.TODAY, Urgency.NORMAL])
@pytest.mark.parametrize("name", sorted(waits(Urgency.NORMAL)))
async def test_no_case_passes_its_limit_without_a_mail_while_everybody_is_silent(name: str, urgency: Urgency) -> None:
    monitoring = Monitoring()
    await monitoring.consumes(*waits(urgency)[name])
    monitoring.published()
    await monitoring.days_pass(66)
    mails = [event.occurred_at for event in monitoring.published() if isinstance(event, LEADS_TO_A_MAIL)]
    # Help that was given waits only for the word of the family.
    limit = LIMITS[Urgency.NORMAL if name == "the outcome" else urgency]
    assert longest_silence(TUESDAY, mails, monitoring.now, limit) is None, mails


async def test_point_comes_back_louder_and_then_the_child_is_out_of_sight() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), needs_assessed(), no_partner_found())
    await monitoring.days_pass(20)
    said = monitoring.published()
    points = [event for event in said if isinstance(event, EscalationRaised | EscalationRepeated)][1:]
    assert [(event.level, event.occurred_at, event.at_once) for event in points[:4]] == [
        (1, local("2026-09-08 10:00"), False),
        (2, local("2026-09-11 10:00"), False),
        (3, local("2026-09-16 10:00"), True),
        (4, local("2026-09-17 10:00"), True),
    ]
    lost = [event for event in said if isinstance(event, ChildOutOfSight)]
    assert (lost[0].occurred_at, lost[0].ambassador_id) == (local("2026-09-16 10:00"), AMBASSADOR)
    # One point, however often it is brought up: the desk has one thing to do.
    assert len((await monitoring.watch()).open_escalations) == 1
    await resolve(monitoring, Resolution.CALLED_AMBASSADOR)
    assert monitoring.published_names() == ["EscalationResolved", "CaseBackInSight"]
    assert (await monitoring.watch()).out_of_sight_since is None


async def test_point_says_what_is_needed_where_how_urgent_and_whom_to_call() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), needs_assessed(), partner_activated())
    await monitoring.time_passes(local("2026-09-14 10:00"))
    point = [event for event in monitoring.published() if isinstance(event, EscalationFact)][-1]
    assert point == EscalationRaised(
        subject=CASE, occurred_at=local("2026-09-14 10:00"), escalation_id=point.escalation_id, case_code=CODE,
        reason=EscalationReason.PARTNER_SILENT, need_id=an_id("bike"), referral_id=referral()["referral_id"],
        category="bike", district="noord", urgency=Urgency.NORMAL, since=local("2026-09-14 10:00"), level=1,
        at_once=False, call_id=FUND_CONTACT,
    )  # fmt: skip


@pytest.mark.parametrize(("urgency", "at_once"), [(Urgency.TODAY, True), (Urgency.SOON, False)])
async def test_new_request_is_with_the_desk_the_same_day_until_it_is_seen(urgency: Urgency, *, at_once: bool) -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(needs=(a_need(urgency=urgency),)))
    (raised,) = monitoring.published()
    assert isinstance(raised, EscalationRaised)
    assert (raised.reason, raised.at_once, raised.category) == (EscalationReason.NEW_REQUEST, at_once, "bike")
    assert raised.call_id == AMBASSADOR
    await monitoring.consumes(acknowledged())
    assert monitoring.published_names() == ["EscalationResolved"]


@pytest.mark.parametrize(
    ("at", "urgency", "asked"),
    [
        ("2026-09-08 10:00", Urgency.NORMAL, ["2026-09-09 10:00", "2026-09-10 10:00"]),
        ("2026-09-08 10:00", Urgency.TODAY, ["2026-09-08 12:00"]),
        ("2026-09-08 16:00", Urgency.TODAY, ["2026-09-09 09:00"]),
        ("2026-09-11 16:00", Urgency.TODAY, ["2026-09-14 09:00"]),
        ("2026-09-08 05:00", Urgency.TODAY, ["2026-09-08 09:00"]),
    ],
)
async def test_ambassador_is_asked_for_the_inventory(at: str, urgency: Urgency, asked: list[str]) -> None:
    monitoring = Monitoring(local(at))
    await monitoring.consumes(request_received(monitoring.now, needs=(a_need(urgency=urgency),)))
    await monitoring.days_pass(8)
    reminders = [event for event in monitoring.published() if isinstance(event, InventoryReminderDue)]
    assert [(one.number, one.due_at) for one in reminders] == [(n, local(day)) for n, day in enumerate(asked, 1)]
    assert {(one.ambassador_id, one.urgency) for one in reminders} == {(AMBASSADOR, urgency)}


async def test_request_that_is_given_back_waits_for_its_inventory_anew() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), needs_assessed(), no_partner_found())
    back = intake.RequestReturned(
        subject=CASE, occurred_at=TUESDAY, case_code=CODE, ambassador_id=AMBASSADOR, returned_by=COORDINATOR,
        missing=(case_codes.MissingPart.WHAT_IS_NEEDED,),
    )  # fmt: skip
    await monitoring.consumes(back)
    timers = monitoring.timers()
    assert timers[f"inventory-remind:{CASE}"] == local("2026-09-09 10:00")
    assert timers[f"inventory-late:{CASE}"] == local("2026-09-11 10:00")


async def test_home_visit_of_which_nothing_is_heard_is_with_the_desk() -> None:
    monitoring = Monitoring()
    visit = intake.HomeVisitPlanned(
        subject=CASE, occurred_at=TUESDAY, case_code=CODE, ambassador_id=AMBASSADOR, planned_for=date(2026, 9, 10),
        interpreter_needed=False,
    )  # fmt: skip
    await monitoring.consumes(request_received(), acknowledged(), visit)
    await monitoring.time_passes(local("2026-09-14 17:00"))
    assert [one.reason for one in (await monitoring.watch()).open_escalations] == [EscalationReason.HOME_VISIT_LATE]
    at = monitoring.now
    done = intake.HomeVisitCompleted(
        subject=CASE, occurred_at=at, ambassador_id=AMBASSADOR, on=date(2026, 9, 10), took_place=False
    )
    await monitoring.consumes(done)
    assert (await monitoring.watch()).open_escalations == []
    assert monitoring.timers()[f"inventory-late:{CASE}"] == local("2026-09-17 17:00")
