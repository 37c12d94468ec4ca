"""Where a need stands after each fact about a partner, what is planned for a case, and what happens next with it."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.intake.commands import PauseCase
from services.intake.domain.case import Case
from services.intake.domain.progress import WITHOUT_PARTNER, NextStep, Progress, next_step
from services.intake.domain.timeline import PLANNED
from services.intake.handlers.consents import withdraw_case
from services.intake.handlers.course import pause_case
from services.intake.web.timeline_view import DETAILS
from shared.events import matching, monitoring, referral_codes
from shared.events.base import Event
from shared.events.case_codes import PauseWish
from shared.events.desk_codes import UnavailableReason
from shared.events.intake import CaseResumed
from tests.twins.clock import HeldClock
from tests.unit.intake.builders import NOW, PARTNER, ROOS, received, said
from tests.unit.intake.test_consuming import SOME_ID, Units, activated, assessed_case, hears, progress_of, referral

DAY = date(2026, 4, 1)
WARM, COLD = referral_codes.HandoverKind.WARM, referral_codes.HandoverKind.COLD
BY_ROOS: dict[str, Any] = {"on": DAY, "reported_by": ROOS.person_id}
PARTLY: dict[str, Any] = {"outcome": referral_codes.Outcome.PARTLY, "confirmed_by": ROOS.person_id, "open_needs": 0}
# Each fact about a partner, and where the need stands after it.
FACTS: list[tuple[type[Event], dict[str, Any], Progress, str | None]] = [
    (matching.PartnerAccepted, {"answered_by": SOME_ID, "first_contact_on": DAY}, Progress.ACCEPTED, None),
    (matching.PartnerWaitlisted, {"from_day": DAY}, Progress.WAITLISTED, None),
    (matching.PartnerRedirected, {"to_organisation_id": SOME_ID, "to_service_id": SOME_ID}, Progress.SEARCHING, None),
    (matching.InformationRequested, {"question_id": SOME_ID}, Progress.QUESTION, None),
    (matching.InformationAnswered, {"question_id": SOME_ID, "answer_by": NOW}, Progress.ASKED, None),
    (matching.DeclineReverted, {"answer_by": NOW}, Progress.ASKED, None),
    (matching.HandoverPlanned, {"on": DAY, "planned_by": SOME_ID}, Progress.HANDOVER_PLANNED, None),
    (
        matching.HandoverConfirmed,
        {"on": DAY, "party": referral_codes.Party.PARTNER, "confirmed_by": SOME_ID},
        Progress.HANDOVER_HALF_CONFIRMED,
        "partner",
    ),
    (matching.WarmHandoverCompleted, {"kind": WARM, **BY_ROOS}, Progress.HANDED_OVER, None),
    (
        matching.WarmHandoverCompleted,
        {"kind": COLD, "cold_reason": referral_codes.ColdReason.ONLY_GOODS, **BY_ROOS},
        Progress.HANDED_OVER_COLD,
        "only-goods",
    ),
    (
        matching.HelpFailed,
        {"reason": referral_codes.FailureReason.PARTNER_STOPPED, "reported_by": SOME_ID},
        Progress.STOPPED,
        "partner-stopped",
    ),
    (
        matching.OutcomeConfirmed,
        PARTLY | {"outcome": referral_codes.Outcome.NOT_HELPED},
        Progress.NOT_HELPED,
        "not-helped",
    ),
    (
        matching.OutcomeConfirmed,
        PARTLY | {"rest": referral_codes.RestOfNeed.LOOK_FURTHER},
        Progress.SEARCHING,
        "partly",
    ),
    (
        matching.OutcomeConfirmed,
        PARTLY | {"rest": referral_codes.RestOfNeed.ENOUGH_FOR_NOW},
        Progress.CONFIRMED,
        "partly",
    ),
]


@pytest.mark.parametrize(("kind", "more", "progress", "detail"), FACTS)
async def test_need_stands_where_the_fact_says(
    kind: type[Event], more: dict[str, Any], progress: Progress, detail: str | None
) -> None:
    units, case = await assessed_case()
    await hears(units, activated(case))
    await hears(units, referral(case, kind, **more))
    now = await progress_of(units, case)
    assert (now.progress, now.detail) == (progress, detail)
    assert (now.organisation_id is None) is (progress in WITHOUT_PARTNER)


async def test_need_is_at_rest_when_the_family_wants_no_other_partner() -> None:
    units, case = await assessed_case()
    told: dict[str, Any] = {"case_code": case.code, "need_id": case.needs[0].need_id, "stopped_by": ROOS.person_id}
    await hears(units, matching.SearchStopped(subject=case.id, occurred_at=NOW, **told))
    assert (await progress_of(units, case)).progress is Progress.SEARCH_STOPPED


async def test_need_with_which_the_desk_waits_tells_until_when() -> None:
    units, case = await assessed_case()
    await hears(units, search(case, matching.SearchPostponed, until=date(2026, 3, 24), postponed_by=SOME_ID))

    now = await progress_of(units, case)
    assert (now.progress, now.on) == (Progress.POSTPONED, date(2026, 3, 24))
    await hears(units, activated(case))
    assert (await progress_of(units, case)).progress is Progress.ASKED


async def test_need_without_help_tells_why_on_the_timeline() -> None:
    units, case = await assessed_case()
    why = UnavailableReason.TOO_EXPENSIVE
    await hears(units, search(case, matching.HelpRuledOut, reason=why, district="oost", said_by=SOME_ID))

    assert (await progress_of(units, case)).progress is Progress.UNAVAILABLE
    async with units.begin() as unit:
        line = (await unit.timeline.list_entries(case.id))[-1]
    assert DETAILS[line.detail or ""] == "Het is te duur."


def search(case: Case, kind: type[Event], **more: Any) -> Event:  # noqa: ANN401 - any of its fields
    about = {"case_code": case.code, "need_id": case.needs[0].need_id, "category": "bike"}
    return kind(**{"subject": case.id, "occurred_at": NOW, "ambassador_id": ROOS.person_id, **about, **more})


def scheduled(case: Case, follow_up_id: UUID, due_at: datetime) -> monitoring.FollowUpScheduled:
    return monitoring.FollowUpScheduled(
        subject=case.id, occurred_at=NOW, follow_up_id=follow_up_id, number=1, due_at=due_at
    )


async def plans_of(units: Units, case: Case) -> list[date | None]:
    async with units.begin() as unit:
        return [line.on for line in await unit.timeline.list_entries(case.id) if line.kind == PLANNED]


async def test_follow_up_that_is_moved_stands_on_its_new_day_only() -> None:
    units, case = await assessed_case()
    for days in (7, 14):
        await hears(units, scheduled(case, SOME_ID, NOW + timedelta(days=days)))
    assert await plans_of(units, case) == [date(2026, 3, 24)]


async def test_nothing_is_planned_any_more_for_a_case_that_ended() -> None:
    units, case = await assessed_case()
    await hears(units, scheduled(case, SOME_ID, NOW + timedelta(days=7)))
    async with units.begin() as unit:
        await withdraw_case(case.id, unit, ROOS)
    await hears(units, scheduled(case, PARTNER, NOW + timedelta(days=9)))
    assert await plans_of(units, case) == []


async def test_rest_ends_by_itself_on_its_day_and_not_before() -> None:
    clock = HeldClock(NOW)
    units, case = await received(clock)
    for until in (date(2026, 3, 17), date(2026, 3, 24)):
        async with units.begin() as unit:
            await pause_case(PauseCase(case.id, until, PauseWish.FAMILY), unit, ROOS)
    over = monitoring.PauseEnded(subject=case.id, occurred_at=NOW, due_at=NOW)
    clock.forward(timedelta(days=7))
    await hears(units, over)
    assert not [fact for fact in said(units) if isinstance(fact, CaseResumed)]
    clock.forward(timedelta(days=7))
    for _ in range(2):
        await hears(units, over)
    (resumed,) = [fact for fact in said(units) if isinstance(fact, CaseResumed)]
    assert resumed.resumed_by is None


@pytest.mark.parametrize(
    ("state", "progress", "step"),
    [
        ("received", set(), NextStep.INVENTORY),
        ("assessed", set(), NextStep.FIND_PARTNER),
        ("assessed", {Progress.ASKED}, NextStep.AWAIT_ANSWER),
        ("assessed", {Progress.ASKED, Progress.NOBODY_FOUND}, NextStep.COORDINATOR),
        ("assessed", {Progress.CONFIRMED, Progress.DELIVERED}, NextStep.CONFIRM),
        ("assessed", {Progress.CONFIRMED}, NextStep.FOLLOW_UP),
        ("assessed", {Progress.CONFIRMED, Progress.STOPPED}, NextStep.ASK_FAMILY),
        ("assessed", {Progress.WAITLISTED}, NextStep.AWAIT_PLACE),
        ("assessed", {Progress.QUESTION, Progress.STARTED}, NextStep.ANSWER_PARTNER),
        ("withdrawn", {Progress.SEARCHING}, NextStep.ENDED),
        ("closed", {Progress.ASKED}, NextStep.NOTHING),
    ],
)
def test_next_step_is_the_most_pressing_one(state: str, progress: set[Progress], step: NextStep) -> None:
    assert next_step(state, progress) is step
