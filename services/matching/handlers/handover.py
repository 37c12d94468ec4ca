"""Meeting together: planned, confirmed by both sides, or passed over for a reason."""

from services.matching.commands import ConfirmHandover, HandOverCold, PlanHandover
from services.matching.domain.referral import Referral
from services.matching.handlers.loading import lock_referral
from services.matching.ports import MatchingUnit


async def plan_handover(command: PlanHandover, unit: MatchingUnit) -> Referral:
    """They will meet on a day. Raises StepNotPossible, PlannedDayOutOfRange."""
    referral, _ = await lock_referral(command.referral_id, unit)
    starts_at = unit.city.instant_of(command.on, command.at) if command.at else None
    events = referral.plan_handover(command.on, starts_at, by=command.planned_by, city=unit.city, at=unit.now)
    await unit.referrals.save(referral)
    unit.outbox.append(*events)
    return referral


async def confirm_handover(command: ConfirmHandover, unit: MatchingUnit) -> Referral:
    """One side says that they met. Raises StepNotPossible, DayOutOfRange."""
    referral, _ = await lock_referral(command.referral_id, unit)
    on = command.on or unit.city.day_of(unit.now)
    events = referral.confirm_handover(command.party, on, by=command.confirmed_by, city=unit.city, at=unit.now)
    await unit.referrals.save(referral)
    unit.outbox.append(*events)
    return referral


async def hand_over_cold(command: HandOverCold, unit: MatchingUnit) -> Referral:
    """They begin without meeting together. Raises StepNotPossible, DayOutOfRange."""
    referral, _ = await lock_referral(command.referral_id, unit)
    on = command.on or unit.city.day_of(unit.now)
    events = referral.hand_over_cold(command.reason, on, by=command.reported_by, city=unit.city, at=unit.now)
    await unit.referrals.save(referral)
    unit.outbox.append(*events)
    return referral
