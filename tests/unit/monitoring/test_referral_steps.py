"""What each fact of matching makes of a referral, of its need and of its clocks, whatever the referral was before."""

from typing import Any

import pytest

from services.monitoring.domain.clocks import ClockKind
from services.monitoring.domain.need import NeedState
from services.monitoring.domain.referral import ReferralState
from shared.events import matching
from shared.events.base import Event
from shared.events.referral_codes import DeclineReason, FailureReason, HandoverKind, Outcome, RestOfNeed, WithdrawReason
from tests.unit.monitoring.builders import (
    CASE,
    FUND_CONTACT,
    TUESDAY,
    an_id,
    answer_by,
    day_of,
    handed_over,
    help_delivered,
    help_failed,
    needs_assessed,
    outcome_confirmed,
    partner_accepted,
    partner_activated,
    referral,
    request_received,
)
from tests.unit.monitoring.twin import Monitoring

TODAY = day_of(TUESDAY)
ABOUT: dict[str, Any] = {"subject": CASE, "occurred_at": TUESDAY, **referral()}
FACTS: dict[str, Event] = {
    "said yes": partner_accepted(TUESDAY, TODAY),
    "said no": matching.PartnerDeclined(**ABOUT, reason=DeclineReason.NO_CAPACITY),
    "took yes back": matching.AcceptanceReverted(**ABOUT, previous_answer_at=TUESDAY, answer_by=answer_by(TUESDAY)),
    "took no back": matching.DeclineReverted(**ABOUT, answer_by=answer_by(TUESDAY)),
    "pointed on": matching.PartnerRedirected(**ABOUT, to_organisation_id=an_id("other"), to_service_id=an_id("other")),
    "can later": matching.PartnerWaitlisted(**ABOUT, from_day=TODAY),
    "asked first": matching.InformationRequested(**ABOUT, question_id=an_id("question")),
    "was silent": matching.ReferralExpired(**ABOUT, activated_at=TUESDAY),
    "not needed": matching.ReferralWithdrawn(**ABOUT, was_helping=False, reason=WithdrawReason.NEED_GONE),
    "replaced": matching.ReferralWithdrawn(**ABOUT, was_helping=False, reason=WithdrawReason.REPLACED),
    "handed over": handed_over(TUESDAY),
    "handed over cold": handed_over(TUESDAY, HandoverKind.COLD),
    "started": matching.HelpStarted(**ABOUT, on=TODAY, reported_by=FUND_CONTACT),
    "delivered": help_delivered(TUESDAY),
    "partner stopped": help_failed(TUESDAY, FailureReason.PARTNER_STOPPED),
    "family stopped": help_failed(TUESDAY, FailureReason.FAMILY_STOPPED),
    "helped": outcome_confirmed(TUESDAY),
    "helped partly": outcome_confirmed(TUESDAY, Outcome.PARTLY),
    "helped partly, look further": outcome_confirmed(TUESDAY, Outcome.PARTLY, rest=RestOfNeed.LOOK_FURTHER),
    "did not help": outcome_confirmed(TUESDAY, Outcome.NOT_HELPED),
}
#    the fact         the referral  its need      its clocks
TABLE = """
    said yes         accepted      with-partner  first-contact-late handover-remind
    said no          ended         waiting       -
    took yes back    asked         with-partner  answer-escalate answer-expire answer-remind
    took no back     asked         with-partner  answer-escalate answer-expire answer-remind
    pointed on       ended         waiting       -
    can later        waitlisted    with-partner  waitlist-due waitlist-late
    asked first      questioned    with-partner  question-late
    was silent       ended         waiting       -
    not needed       ended         done          -
    replaced         ended         waiting       -
    handed over      handed-over   with-partner  start-late
    handed over cold  handed-over  with-partner  start-late
    started          started       with-partner  -
    delivered        delivered     with-partner  confirmation-late confirmation-remind
    partner stopped  ended         awaiting-wish  -
    family stopped   ended         awaiting-wish  -
    helped           confirmed     done          -
    helped partly    confirmed     done          -
    helped partly, look further  confirmed  waiting  -
    did not help     confirmed     waiting       -
"""
# How a referral comes to each of its states.
COMES_TO: dict[ReferralState, tuple[str, ...]] = {
    ReferralState.ASKED: (),
    ReferralState.QUESTIONED: ("asked first",),
    ReferralState.WAITLISTED: ("can later",),
    ReferralState.ACCEPTED: ("said yes",),
    ReferralState.HANDED_OVER: ("said yes", "handed over"),
    ReferralState.STARTED: ("said yes", "started"),
    ReferralState.DELIVERED: ("said yes", "delivered"),
    ReferralState.CONFIRMED: ("said yes", "delivered", "helped"),
    ReferralState.ENDED: ("said no",),
}
# These facts tell nothing of the need that the case does not know: it stays what it was.
NEED_STAYS = {"asked first", "handed over", "handed over cold", "started", "delivered"}


def rows() -> list[tuple[str, str, str, list[str]]]:
    parts = [[part for part in line.split("  ") if part] for line in TABLE.strip().splitlines()]
    cells = [[part.strip() for part in line] for line in parts]
    return [(fact, state, need, [] if clocks == "-" else clocks.split()) for fact, state, need, clocks in cells]


def test_tables_hold_every_fact_and_every_state() -> None:
    assert [fact for fact, *_ in rows()] == list(FACTS)
    assert COMES_TO.keys() == set(ReferralState)


@pytest.mark.parametrize("before", COMES_TO)
@pytest.mark.parametrize(("fact", "state", "need", "clocks"), rows(), ids=[row[0] for row in rows()])
async def test_referral_becomes_what_matching_says(
    fact: str, state: str, need: str, clocks: list[str], before: ReferralState
) -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), needs_assessed(), partner_activated())
    await monitoring.consumes(*(FACTS[name] for name in COMES_TO[before]))
    known = (await monitoring.watch()).needs[an_id("bike")].state
    await monitoring.consumes(FACTS[fact])
    watch = await monitoring.watch()
    one = watch.referrals[referral()["referral_id"]]

    assert one.state is ReferralState(state)
    assert watch.needs[one.need_id].state is (known if fact in NEED_STAYS else NeedState(need))
    assert sorted(clock.kind for clock in watch.clocks.values() if clock.about == one.referral_id) == clocks
    assert (ClockKind.MATCHING_LATE in {clock.kind for clock in watch.clocks.values()}) == (
        watch.needs[one.need_id].state is NeedState.WAITING
    )
