"""How the help goes: started, delivered, failed, and what the family says of it."""

from services.matching.commands import ConfirmOutcome, DeliverHelp, FailHelp, StartHelp
from services.matching.domain.case import NeedState
from services.matching.domain.referral import Referral
from services.matching.handlers.loading import lock_referral, need_of
from services.matching.handlers.next_partner import ask_where_possible, go_on_with_next
from services.matching.ports import MatchingUnit
from shared.events.referral_codes import Outcome, RestOfNeed


async def start_help(command: StartHelp, unit: MatchingUnit) -> Referral:
    """The help began. Raises MeetFirst, StepNotPossible, DayOutOfRange."""
    referral, _ = await lock_referral(command.referral_id, unit)
    on = command.on or unit.city.day_of(unit.now)
    events = referral.start(on, by=command.reported_by, city=unit.city, at=unit.now)
    await unit.referrals.save(referral)
    unit.outbox.append(*events)
    return referral


async def deliver_help(command: DeliverHelp, unit: MatchingUnit) -> Referral:
    """The help was given; needs that waited for this one go on. Raises MeetFirst, StepNotPossible, DayOutOfRange."""
    referral, case = await lock_referral(command.referral_id, unit)
    on = command.on or unit.city.day_of(unit.now)
    events = referral.deliver(on, by=command.reported_by, city=unit.city, at=unit.now)
    await unit.referrals.save(referral)
    unit.outbox.append(*events)
    need = need_of(referral, case)
    if need is not None and need.state is NeedState.WITH_PARTNER:
        need.state = NeedState.DELIVERED
        await ask_where_possible(case, unit)
        await unit.cases.save(case)
    return referral


async def fail_help(command: FailHelp, unit: MatchingUnit) -> Referral:
    """The help stopped. Nobody else is asked before the ambassador says that the family wants it; other needs go on.

    Raises StepNotPossible.
    """
    referral, case = await lock_referral(command.referral_id, unit)
    events = referral.fail(command.reason, by=command.reported_by, at=unit.now)
    if events:
        await unit.referrals.save(referral)
        unit.outbox.append(*events)
        need = need_of(referral, case)
        if need is not None and need.state is not NeedState.GONE:
            need.state = NeedState.FAMILY_DECIDES
            await ask_where_possible(case, unit)
            await unit.cases.save(case)
    return referral


async def confirm_outcome(command: ConfirmOutcome, unit: MatchingUnit) -> Referral:
    """The family's word. When it did not help, or not enough, the need is open again and the next partner is asked.

    The same word twice changes nothing. Raises StepNotPossible, RestNotSaid.
    """
    referral, case = await lock_referral(command.referral_id, unit)
    need = need_of(referral, case)
    looks_further = command.outcome is Outcome.PARTLY and command.rest is RestOfNeed.LOOK_FURTHER
    met = command.outcome is not Outcome.NOT_HELPED and not looks_further
    if need is not None and met:
        need.state = NeedState.MET
    events = referral.confirm(
        command.outcome, command.rest, by=command.confirmed_by, open_needs=case.open_needs, at=unit.now
    )
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
