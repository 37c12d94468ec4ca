"""A partner with which the family stopped says within the term that it deleted; else the desk reads of it."""

from datetime import timedelta

import pytest

from services.monitoring.commands import ResolveEscalation
from services.monitoring.domain.clocks import ClockKind
from services.monitoring.domain.watch import Phase
from services.monitoring.handlers.desk import resolve_escalation
from shared.events import intake
from shared.events.base import Event
from shared.events.desk_codes import Resolution
from shared.events.matching import ReferralWithdrawn
from shared.events.monitoring import DeletionOverdue, EscalationRaised, EscalationReason
from shared.events.referral_codes import WithdrawReason
from shared.events.referral_deletion import DeletionRequested, PartnerConfirmedDeletion
from tests.unit.monitoring.builders import (
    COORDINATOR,
    TUESDAY,
    day_of,
    needs_assessed,
    partner_accepted,
    partner_activated,
    request_received,
)
from tests.unit.monitoring.test_holding import SET, lifted
from tests.unit.monitoring.twin import Monitoring
from tests.unit.monitoring.watched_case import OF_CASE, REFERRAL

UNDELETED = EscalationReason.DELETION_UNCONFIRMED
WITHDRAWN = intake.CaseWithdrawn(**OF_CASE, withdrawn_at=TUESDAY)


def stopped(reason: WithdrawReason = WithdrawReason.FAMILY_STOPPED, *, helping: bool = True) -> tuple[Event, ...]:
    return (
        ReferralWithdrawn(**REFERRAL, reason=reason, was_helping=helping),
        DeletionRequested(**REFERRAL, reason=reason, was_helping=helping, has_helped=False),
    )


@pytest.fixture
async def monitoring() -> Monitoring:
    """A partner helps."""
    made = Monitoring()
    helps = partner_accepted(TUESDAY, day_of(TUESDAY) + timedelta(days=3))
    await made.consumes(request_received(), needs_assessed(), partner_activated(TUESDAY), helps)
    return made


async def listed(monitoring: Monitoring) -> bool:
    return UNDELETED in {one.reason for one in (await monitoring.watch()).open_escalations}


async def test_desk_looks_after_five_working_days_until_the_partner_says_that_it_is_done(
    monitoring: Monitoring,
) -> None:
    await monitoring.consumes(*stopped())
    await monitoring.days_pass(6)
    assert not await listed(monitoring)
    await monitoring.days_pass(1.1)
    assert await listed(monitoring)
    (raised,) = [one for one in monitoring.published() if isinstance(one, EscalationRaised) and one.reason is UNDELETED]
    assert (raised.referral_id, raised.call_id) == (REFERRAL["referral_id"], REFERRAL["contact_id"])
    await monitoring.consumes(PartnerConfirmedDeletion(**REFERRAL, confirmed_by=REFERRAL["contact_id"]))
    assert not await listed(monitoring)


async def test_nobody_looks_at_what_was_deleted_in_time_or_was_never_known(monitoring: Monitoring) -> None:
    await monitoring.consumes(*stopped())
    await monitoring.consumes(PartnerConfirmedDeletion(**REFERRAL, confirmed_by=REFERRAL["contact_id"]))
    await monitoring.days_pass(9)
    await monitoring.consumes(*stopped(helping=False))
    await monitoring.days_pass(9)
    assert not any(isinstance(one, EscalationRaised) and one.reason is UNDELETED for one in monitoring.published())


async def test_term_begins_anew_after_a_case_stood_still(monitoring: Monitoring) -> None:
    await monitoring.consumes(*stopped(), SET)
    assert (await monitoring.watch()).clocks == {}
    await monitoring.consumes(lifted(monitoring))
    assert ClockKind.DELETION_LATE in {one.kind for one in (await monitoring.watch()).clocks.values()}


@pytest.mark.parametrize("first", ["case", "partner"])
async def test_desk_reads_it_in_a_mail_when_the_family_stopped_with_everything(
    monitoring: Monitoring, first: str
) -> None:
    of_partner = stopped(WithdrawReason.CASE_WITHDRAWN)
    await monitoring.consumes(*((WITHDRAWN, *of_partner) if first == "case" else (*of_partner, WITHDRAWN)))
    watch = await monitoring.watch()
    assert (watch.phase, [one.kind for one in watch.clocks.values()]) == (Phase.WITHDRAWN, [ClockKind.DELETION_LATE])
    await monitoring.days_pass(30)
    (late,) = [one for one in monitoring.published() if isinstance(one, DeletionOverdue)]
    assert (late.referral_id, late.contact_id) == (REFERRAL["referral_id"], REFERRAL["contact_id"])
    assert (await monitoring.watch()).clocks == {}


@pytest.mark.parametrize("settled", [False, True])
async def test_case_that_ends_with_the_point_on_the_list_is_told_in_a_mail_unless_a_person_settled_it(
    monitoring: Monitoring, *, settled: bool
) -> None:
    await monitoring.consumes(*stopped())
    await monitoring.days_pass(7.1)
    (point,) = [one for one in (await monitoring.watch()).open_escalations if one.reason is UNDELETED]
    if settled:
        done = ResolveEscalation(OF_CASE["subject"], point.escalation_id, Resolution.CALLED_PARTNER, COORDINATOR)
        async with monitoring.units.begin() as unit:
            await resolve_escalation(done, unit)
    monitoring.published()
    await monitoring.consumes(WITHDRAWN)
    await monitoring.days_pass(30)
    late = [one.referral_id for one in monitoring.published() if isinstance(one, DeletionOverdue)]
    assert late == ([] if settled else [REFERRAL["referral_id"]])
    assert (await monitoring.watch()).clocks == {}
