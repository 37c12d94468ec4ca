"""Another ambassador for a family, as intake tells it."""

from services.matching.domain.referral_state import ACTIVE
from services.matching.ports import MatchingUnit
from shared.events.intake import AmbassadorReplaced


async def hand_over_family(event: AmbassadorReplaced, unit: MatchingUnit) -> None:
    """From now on the family's links open for the new one, and what runs names the new one."""
    case = await unit.cases.get(event.subject)
    if case is None or case.is_over:
        return
    case.ambassador_id, case.organisation_id = event.ambassador_id, event.organisation_id
    await unit.cases.save(case)
    for referral in await unit.referrals.list_of_case(case.id):
        if referral.state in ACTIVE and referral.ambassador_id != event.ambassador_id:
            referral.ambassador_id = event.ambassador_id
            await unit.referrals.save(referral)
