"""What monitoring keeps comes back as it was, and the board finds it: on the twin and on PostgreSQL."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.monitoring.commands import AnswerFollowUp, MintFollowUpLink
from services.monitoring.domain.board import BoardFigures, BoardFilter
from services.monitoring.domain.clocks import ClockKind
from services.monitoring.domain.state import CaseState
from services.monitoring.domain.watch import Phase, Watch
from services.monitoring.handlers.cases import look_for_lost_children
from services.monitoring.handlers.follow_ups import answer_follow_up, mint_follow_up_link
from services.monitoring.ports import MonitoringUnit
from shared.events import directory, intake
from shared.events.base import Role, Urgency
from shared.events.monitoring import EscalationReason, FollowUpAnswer
from shared.unit_of_work import Units
from tests.integration.monitoring.consuming import consumes
from tests.parts.people import listed, member
from tests.unit.monitoring.builders import (
    AMBASSADOR,
    CASE,
    CODE,
    SCHOOL,
    TUESDAY,
    acknowledged,
    an_id,
    closed,
    day_of,
    handed_over,
    help_delivered,
    needs_assessed,
    no_partner_found,
    outcome_confirmed,
    parked_event,
    partner_accepted,
    partner_activated,
    referral,
    request_received,
)

EVERYTHING = BoardFilter()
OTHER = an_id("other case")


async def helped(units: Units[MonitoringUnit]) -> None:
    async with units.begin() as unit:
        now = unit.now
    await consumes(
        units, request_received(now), needs_assessed(now), partner_activated(now), partner_accepted(now, day_of(now)),
        handed_over(now), help_delivered(now), outcome_confirmed(now),
    )  # fmt: skip


async def test_watch_comes_back_as_it_was_saved(units: Units[MonitoringUnit]) -> None:
    await helped(units)
    async with units.begin() as unit:
        watch = await unit.watches.get(CASE)
        assert watch is not None
        watch.opened_at = TUESDAY + timedelta(microseconds=1)
        await unit.watches.save(watch)
    async with units.begin() as unit:
        assert await unit.watches.get(CASE) == watch
        assert await unit.watches.read(CASE) == watch
    assert len(watch.follow_ups) == 7
    assert watch.referrals[referral()["referral_id"]].day is not None


async def test_unknown_watch_is_none(units: Units[MonitoringUnit]) -> None:
    async with units.begin() as unit:
        assert await unit.watches.get(CASE) is None
        assert await unit.watches.read(CASE) is None
        assert await unit.watches.case_of_follow_up(CASE) is None


async def test_follow_up_leads_to_its_case(units: Units[MonitoringUnit]) -> None:
    await helped(units)
    async with units.begin() as unit:
        watch = await unit.watches.get(CASE)
        assert watch is not None
        for follow_up_id in watch.follow_ups:
            assert await unit.watches.case_of_follow_up(follow_up_id) == CASE


async def test_board_shows_what_is_stuck_first(units: Units[MonitoringUnit]) -> None:
    await consumes(units, request_received(case=OTHER), acknowledged(case=OTHER), no_partner_found())
    async with units.begin() as unit:
        rows = await unit.board.list_cases(EVERYTHING, limit=10)
        assert [(row.case_id, row.state, row.reasons) for row in rows] == [
            (CASE, CaseState.NOBODY_FOUND, (EscalationReason.NO_PARTNER_FOUND,)),
            (OTHER, CaseState.AWAITING_INVENTORY, ()),
        ]
        assert rows[1].next_action is ClockKind.INVENTORY_REMIND
        assert (rows[1].case_code, rows[1].organisation_id, rows[1].urgency) == (CODE, SCHOOL, Urgency.NORMAL)
        assert await unit.board.list_cases(EVERYTHING, limit=1, offset=1) == rows[1:]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (BoardFilter(), {CASE, OTHER}),
        (BoardFilter(district="noord"), {CASE, OTHER}),
        (BoardFilter(district="zuid"), set()),
        (BoardFilter(state=CaseState.NOBODY_FOUND), {CASE}),
        (BoardFilter(organisation_id=SCHOOL), {OTHER}),
        (BoardFilter(organisation_id=an_id("organisation first")), {OTHER}),
        (BoardFilter(stuck_only=True), {CASE}),
        (BoardFilter(with_ended=True), {CASE, OTHER, an_id("closed case")}),
    ],
)
async def test_board_narrows_to_what_is_asked(
    units: Units[MonitoringUnit], wanted: BoardFilter, found: set[object]
) -> None:
    ended = an_id("closed case")
    await consumes(
        units, no_partner_found(), request_received(case=OTHER), partner_activated(case=OTHER),
        request_received(case=ended),
        closed(TUESDAY).model_copy(update={"subject": ended}),
    )  # fmt: skip
    async with units.begin() as unit:
        assert {row.case_id for row in await unit.board.list_cases(wanted, limit=10)} == found
        assert await unit.board.count_cases(wanted) == len(found)


async def test_board_counts_open_stuck_and_lost_cases(units: Units[MonitoringUnit]) -> None:
    await consumes(units, no_partner_found())
    async with units.begin() as unit:
        await unit.watches.save(Watch(OTHER, CODE, opened_at=TUESDAY))
        await unit.watches.save(Watch(an_id("closed"), CODE, phase=Phase.CLOSED, opened_at=TUESDAY))
        await unit.parking.park(parked_event("one", unit.now))
        await unit.parking.park(parked_event("two", unit.now))
    async with units.begin() as unit:
        assert await unit.board.read_figures(unit.now) == BoardFigures(
            open_cases=2, stuck=1, out_of_sight=0, without_next_step=1, parked_events=2
        )


async def test_child_without_next_step_is_found_and_put_on_the_list(units: Units[MonitoringUnit]) -> None:
    async with units.begin() as unit:
        await unit.watches.save(Watch(CASE, CODE, ambassador_id=AMBASSADOR, opened_at=TUESDAY))
    async with units.begin() as unit:
        await look_for_lost_children(unit)
    async with units.begin() as unit:
        watch = await unit.watches.get(CASE)
        assert watch is not None
        assert [one.reason for one in watch.open_escalations] == [EscalationReason.OUT_OF_SIGHT]
        assert await unit.watches.list_without_next_step(10) == []
        counts = await unit.board.read_figures(unit.now)
        assert (counts.out_of_sight, counts.without_next_step) == (1, 0)


async def test_clock_that_lost_its_timer_gets_a_new_one(units: Units[MonitoringUnit]) -> None:
    async with units.begin() as unit:
        late = unit.now - timedelta(hours=1)
        watch = Watch(CASE, CODE, ambassador_id=AMBASSADOR, awaiting_inventory=True, opened_at=late)
        watch.start(ClockKind.INVENTORY_LATE, CASE, late)
        await unit.watches.save(watch)
        assert await unit.watches.list_without_timer(unit.now, 10) == [CASE]
    async with units.begin() as unit:
        await look_for_lost_children(unit)
    async with units.begin() as unit:
        assert [timer.key for timer in await unit.timers.claim(10)] == [f"inventory-late:{CASE}"]
        assert await unit.watches.list_without_timer(unit.now, 10) == []


async def test_timeline_is_in_order_and_forgotten_with_the_case(units: Units[MonitoringUnit]) -> None:
    await helped(units)
    async with units.begin() as unit:
        entries = await unit.timeline.list_of_case(CASE)
    # What monitoring says itself stands at the moment of the twin's clock, or of the database's.
    consumed = [entry for entry in entries if not entry.what.startswith(("escalation", "follow-up"))]
    assert [entry.what for entry in consumed][:4] == [
        "request-received", "needs-assessed", "partner-activated", "partner-accepted",
    ]  # fmt: skip
    assert consumed[3].organisation_id == referral()["organisation_id"]
    assert consumed[3].details["first_contact_on"] == day_of(consumed[3].occurred_at).isoformat()
    erased = intake.CaseErased(subject=CASE, occurred_at=TUESDAY)
    late = intake.RequestAcknowledged(subject=CASE, occurred_at=TUESDAY, acknowledged_by=AMBASSADOR)
    await consumes(units, erased, late)
    async with units.begin() as unit:
        assert await unit.timeline.list_of_case(CASE) == []
        assert await unit.board.list_cases(BoardFilter(with_ended=True), limit=10) == []


async def test_directory_knows_who_joined_and_what_organisations_are_called(units: Units[MonitoringUnit]) -> None:
    organisation = an_id("fund")
    await consumes(
        units,
        listed(AMBASSADOR, SCHOOL, Role.AMBASSADOR, at=TUESDAY),
        listed(AMBASSADOR, SCHOOL, Role.AMBASSADOR, at=TUESDAY, active=False),
        directory.OrganisationListed(subject=organisation, occurred_at=TUESDAY, name="Fietsfonds", kind="fund"),
        directory.OrganisationListed(subject=organisation, occurred_at=TUESDAY, name="Fietsfonds Noord", kind="fund"),
    )
    async with units.begin() as unit:
        assert await unit.members.read(AMBASSADOR) == member(AMBASSADOR, SCHOOL, Role.AMBASSADOR, active=False)
        assert await unit.members.read(organisation) is None
        assert await unit.directory.read_names([organisation, SCHOOL]) == {organisation: "Fietsfonds Noord"}


async def test_answer_and_link_work_on_what_is_kept(units: Units[MonitoringUnit]) -> None:
    await helped(units)
    async with units.begin() as unit:
        watch = await unit.watches.get(CASE)
        assert watch is not None
        first = min((one for one in watch.follow_ups.values() if one.is_pending), key=lambda one: one.number)
        asked = replace(first, state=type(first.state).ASKED)
        watch.follow_ups[first.follow_up_id] = asked
        await unit.watches.save(watch)
    async with units.begin() as unit:
        link = await mint_follow_up_link(MintFollowUpLink(first.follow_up_id, AMBASSADOR), unit)
    async with units.begin() as unit:
        grant = await unit.links.resolve(link.short_code, "follow-up")
        assert grant is not None
        await answer_follow_up(AnswerFollowUp(grant.subject_id, FollowUpAnswer.CALL_ME, grant.holder_id), unit)
    async with units.begin() as unit:
        after = await unit.watches.get(CASE)
        assert after is not None
        assert [one.reason for one in after.open_escalations] == [EscalationReason.CALL_ASKED]
