"""How the help goes: handed over, started, delivered, failed, and what the family says of it."""

from services.matching.commands import CompleteHandover, ConfirmOutcome, DeliverHelp, FailHelp, StartHelp
from services.matching.domain.case import CaseFile, NeedState
from services.matching.domain.referral import Referral
from services.matching.handlers.loading import lock_referral, need_of
from services.matching.handlers.next_partner import ask_where_possible, go_on_with_next
from services.matching.ports import MatchingUnit
from shared.events.matching import FailureReason, Outcome


async def complete_handover(command: CompleteHandover, unit: MatchingUnit) -> Referral:
    """Ambassador, contact person and family met. Raises StepNotPossible, DayOutOfRange."""
    referral, _ = await lock_referral(command.referral_id, unit)
    events = referral.hand_over(command.kind, command.on, by=command.reported_by, city=unit.city, at=unit.now)
    await unit.referrals.save(referral)
    unit.outbox.append(*events)
    return referral


async def start_help(command: StartHelp, unit: MatchingUnit) -> Referral:
    """The help began. Raises StepNotPossible, DayOutOfRange."""
    referral, _ = await lock_referral(command.referral_id, unit)
    events = referral.start(command.on, by=command.reported_by, city=unit.city, at=unit.now)
    await unit.referrals.save(referral)
    unit.outbox.append(*events)
    return referral


async def deliver_help(command: DeliverHelp, unit: MatchingUnit) -> Referral:
    """The help was given; needs that waited for this one go on. Raises StepNotPossible, DayOutOfRange."""
    referral, case = await lock_referral(command.referral_id, unit)
    events = referral.deliver(command.on, by=command.reported_by, city=unit.city, at=unit.now)
    await unit.referrals.save(referral)
    unit.outbox.append(*events)
    need = need_of(referral, case)
    if need is not None and need.state is NeedState.WITH_PARTNER:
        need.state = NeedState.DELIVERED
        await ask_where_possible(case, unit)
        await unit.cases.save(case)
    return referral


async def fail_help(command: FailHelp, unit: MatchingUnit) -> Referral:
    """The help stopped; the next partner is asked, unless the family does not want to go on. Raises StepNotPossible.

    In both cases the coordinator sees it (monitoring puts every HelpFailed on the list).
    """
    referral, case = await lock_referral(command.referral_id, unit)
    events = referral.fail(command.reason, by=command.reported_by, at=unit.now)
    if events:
        await unit.referrals.save(referral)
        unit.outbox.append(*events)
        if command.reason is FailureReason.FAMILY_STOPPED:
            await _leave_to_the_desk(referral, case, unit)
        else:
            await go_on_with_next(referral, case, unit)
    return referral


async def _leave_to_the_desk(referral: Referral, case: CaseFile, unit: MatchingUnit) -> None:
    need = need_of(referral, case)
    if need is not None and need.state is not NeedState.GONE:
        need.state = NeedState.UNMET
        await ask_where_possible(case, unit)
        await unit.cases.save(case)


async def confirm_outcome(command: ConfirmOutcome, unit: MatchingUnit) -> Referral:
    """The family's word. When it did not help, the need is open again and the next partner is asked.

    The same word twice changes nothing. Raises StepNotPossible.
    """
    referral, case = await lock_referral(command.referral_id, unit)
    need = need_of(referral, case)
    met = command.outcome is not Outcome.NOT_HELPED
    if need is not None and met:
        need.state = NeedState.MET
    events = referral.confirm(command.outcome, by=command.confirmed_by, open_needs=case.open_needs, at=unit.now)
    if not events:
        return referral
    await unit.referrals.save(referral)
    unit.outbox.append(*events)
    if met:
        await ask_where_possible(case, unit)
        await unit.cases.save(case)
    else:
        await go_on_with_next(referral, case, unit)
    return referral
