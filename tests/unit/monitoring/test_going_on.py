"""What is watched of a case that was closed and goes on, and of needs for which nobody was found."""

from datetime import timedelta
from functools import partial

import pytest

from services.monitoring.commands import ResolveEscalation
from services.monitoring.domain.need import NeedState
from services.monitoring.domain.state import CaseState, state_of
from services.monitoring.handlers.desk import resolve_escalation
from shared.events import family_voice, intake, matching, referral_codes
from shared.events.base import Event, Urgency
from shared.events.desk_codes import Resolution
from shared.events.monitoring import EscalationReason
from tests.parts.keys import mark
from tests.unit.monitoring.builders import (
    AMBASSADOR,
    CASE,
    COORDINATOR,
    FUND_CONTACT,
    TUESDAY,
    a_need,
    an_id,
    closed,
    help_delivered,
    needs_assessed,
    no_partner_found,
    outcome_confirmed,
    partner_accepted,
    partner_activated,
    referral,
    request_received,
)
from tests.unit.monitoring.twin import Monitoring

MATCHING_LATE = f"matching-late:{CASE}"
NEW_QUESTION = intake.NewQuestionRaised(subject=CASE, occurred_at=TUESDAY, raised_by=AMBASSADOR)
REOPENED = intake.CaseReopened(subject=CASE, occurred_at=TUESDAY, reopened_by=COORDINATOR)
TAKEN_BACK = matching.ReferralWithdrawn(
    subject=CASE, occurred_at=TUESDAY, **referral(), was_helping=False, reason=referral_codes.WithdrawReason.CASE_CLOSED
)


async def reasons(monitoring: Monitoring) -> list[EscalationReason]:
    return [one.reason for one in (await monitoring.watch()).open_escalations]


@pytest.mark.parametrize("order", [(closed(TUESDAY), TAKEN_BACK, REOPENED), (closed(TUESDAY), REOPENED, TAKEN_BACK)])
async def test_reopened_case_waits_for_a_partner_again(order: tuple[Event, ...]) -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), needs_assessed(), partner_activated(), *order)
    assert MATCHING_LATE in monitoring.timers()

    await monitoring.consumes(partner_activated(TUESDAY, "second"))
    assert MATCHING_LATE not in monitoring.timers()


@pytest.mark.parametrize("nobody_first", [True, False])
async def test_reopened_case_without_a_partner_is_on_the_list(*, nobody_first: bool) -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), needs_assessed(), partner_activated(), closed(TUESDAY), TAKEN_BACK)
    await monitoring.consumes(*((no_partner_found(), REOPENED) if nobody_first else (REOPENED, no_partner_found())))
    assert await reasons(monitoring) == [EscalationReason.NO_PARTNER_FOUND]


@pytest.mark.parametrize("order", [(TAKEN_BACK, NEW_QUESTION), (NEW_QUESTION, TAKEN_BACK)])
async def test_new_question_of_a_closed_case_waits_for_the_inventory_and_then_for_a_partner(
    order: tuple[Event, ...],
) -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), needs_assessed(), partner_activated(), closed(TUESDAY), *order)
    assert list(monitoring.timers()) == [f"inventory-remind:{CASE}", f"inventory-late:{CASE}"]

    await monitoring.consumes(needs_assessed())
    assert MATCHING_LATE in monitoring.timers()


@pytest.mark.parametrize(
    "between", [(), (NEW_QUESTION, closed(TUESDAY)), (REOPENED, closed(TUESDAY))], ids=["once", "asked anew", "twice"]
)
async def test_case_closed_before_its_inventory_waits_for_it_again_when_it_reopens(between: tuple[Event, ...]) -> None:
    monitoring = Monitoring()
    today = (a_need(urgency=Urgency.TODAY),)
    await monitoring.consumes(request_received(needs=today), closed(TUESDAY), *between, REOPENED)
    assert monitoring.timers() == {
        f"inventory-remind:{CASE}": TUESDAY + timedelta(hours=2),
        f"inventory-late:{CASE}": TUESDAY + timedelta(days=1),
    }
    assert state_of(await monitoring.watch()) is CaseState.AWAITING_INVENTORY

    await monitoring.days_pass(1)
    assert await reasons(monitoring) == [EscalationReason.INVENTORY_LATE]
    await monitoring.consumes(needs_assessed(monitoring.now))
    assert list(monitoring.timers()) == [MATCHING_LATE]


async def test_case_closed_after_its_inventory_waits_for_no_other_when_it_reopens() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), needs_assessed(), closed(TUESDAY), REOPENED)
    assert list(monitoring.timers()) == [MATCHING_LATE]


async def test_need_for_which_nobody_is_found_holds_up_no_other() -> None:
    monitoring = Monitoring()
    later = a_need("lessons", depends_on=(an_id("bike"),))
    await monitoring.consumes(request_received(), needs_assessed(needs=(a_need(), later)), no_partner_found())
    assert MATCHING_LATE in monitoring.timers()


async def test_need_that_the_family_no_longer_has_leaves_the_list() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), needs_assessed(), no_partner_found())
    await monitoring.consumes(needs_assessed(needs=(a_need("lessons"),)))
    assert await reasons(monitoring) == []


async def test_help_that_the_family_stopped_is_on_the_list_and_waits_for_nobody() -> None:
    monitoring = Monitoring()
    stopped = matching.HelpFailed(
        subject=CASE, occurred_at=TUESDAY, **referral(), reason=referral_codes.FailureReason.FAMILY_STOPPED,
        reported_by=FUND_CONTACT,
    )  # fmt: skip
    await monitoring.consumes(request_received(), needs_assessed(), partner_activated(), stopped)
    assert await reasons(monitoring) == [EscalationReason.HELP_FAILED]
    assert MATCHING_LATE not in monitoring.timers()


async def test_need_that_help_did_not_meet_waits_for_the_next_partner() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(
        request_received(), needs_assessed(), partner_activated(), partner_accepted(TUESDAY, TUESDAY.date()),
        help_delivered(TUESDAY), outcome_confirmed(TUESDAY, referral_codes.Outcome.NOT_HELPED),
    )  # fmt: skip
    assert (await monitoring.watch()).needs[an_id("bike")].state is NeedState.WAITING


STARTED = matching.HelpStarted(
    subject=CASE, occurred_at=TUESDAY, **referral(), on=TUESDAY.date(), reported_by=FUND_CONTACT
)
NOT_WANTED = needs_assessed(excluded=(referral()["organisation_id"],))


async def after_a_yes(*facts: Event) -> Monitoring:
    """A partner said yes, and then this was consumed."""
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), needs_assessed(), partner_activated())
    await monitoring.consumes(partner_accepted(TUESDAY, TUESDAY.date()), *facts)
    return monitoring


@pytest.mark.parametrize("order", [(STARTED, NOT_WANTED), (NOT_WANTED, STARTED)])
async def test_help_by_whom_the_family_does_not_want_is_on_the_list_until_a_person_acts(
    order: tuple[Event, ...],
) -> None:
    monitoring = await after_a_yes(*order)
    assert await reasons(monitoring) == [EscalationReason.PARTNER_NOT_WANTED]
    await monitoring.consumes(help_delivered(TUESDAY))
    assert await reasons(monitoring) == [EscalationReason.PARTNER_NOT_WANTED]

    (escalation,) = (await monitoring.watch()).open_escalations
    async with monitoring.units.begin() as unit:
        done = ResolveEscalation(CASE, escalation.escalation_id, Resolution.CALLED_PARTNER, COORDINATOR)
        await resolve_escalation(done, unit)
    assert await reasons(monitoring) == []


async def test_family_that_says_on_its_page_whom_it_rather_not_has_is_on_the_list_until_it_says_otherwise() -> None:
    says = partial(family_voice.OrganisationsExcluded, subject=CASE, occurred_at=TUESDAY)
    monitoring = await after_a_yes(STARTED, says(left_out=(mark(CASE, referral()["organisation_id"]),)))
    assert await reasons(monitoring) == [EscalationReason.PARTNER_NOT_WANTED]

    await monitoring.consumes(says(left_out=(mark(CASE, CASE),)))
    assert await reasons(monitoring) == []


async def test_partner_that_is_only_asked_and_not_wanted_is_on_no_list() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(), needs_assessed(), partner_activated(), NOT_WANTED)
    assert await reasons(monitoring) == []


SPORT_ONLY = needs_assessed(needs=(a_need("sport"),))


@pytest.mark.parametrize("order", [(STARTED, SPORT_ONLY), (SPORT_ONLY, STARTED)])
async def test_help_that_runs_for_a_need_that_was_dropped_is_on_the_list_until_it_ends(
    order: tuple[Event, ...],
) -> None:
    monitoring = await after_a_yes(*order)
    assert await reasons(monitoring) == [EscalationReason.PARTNER_NOT_WANTED]
    await monitoring.consumes(help_delivered(TUESDAY), outcome_confirmed(TUESDAY))
    assert await reasons(monitoring) == []


@pytest.mark.parametrize("rather_not", [NOT_WANTED, SPORT_ONLY], ids=["the partner", "the help"])
async def test_what_is_wanted_after_all_leaves_the_list(rather_not: Event) -> None:
    monitoring = await after_a_yes(STARTED, rather_not)
    assert await reasons(monitoring) == [EscalationReason.PARTNER_NOT_WANTED]
    await monitoring.consumes(needs_assessed())
    assert await reasons(monitoring) == []


async def test_help_that_was_given_before_its_need_was_dropped_is_on_no_list() -> None:
    monitoring = await after_a_yes(help_delivered(TUESDAY), SPORT_ONLY)
    assert await reasons(monitoring) == []
