"""A family whose address is secret: matching forgets its district, and every reason that tells of it."""

from services.matching.domain.rules import without_district
from services.matching.ports import MatchingUnit
from shared.events.family_safety import AddressHidden, AddressShown

DISTRICT = "district"


async def hide_address(event: AddressHidden, unit: MatchingUnit) -> None:
    """From now on partners are sought in the whole city."""
    case = await unit.cases.get(event.subject)
    if case is None:
        return
    case.district = None
    await unit.cases.save(case)
    for referral in await unit.referrals.list_of_case(case.id):
        referral.reasons = without_district(referral.reasons)
        await unit.referrals.save(referral)
    await unit.history.forget_district(case.id)
    await unit.erased.blank([case.id], DISTRICT)


async def show_address(event: AddressShown, unit: MatchingUnit) -> None:
    """Whoever is asked from now on may be chosen for the district."""
    case = await unit.cases.get(event.subject)
    if case is not None:
        case.district = event.district
        await unit.cases.save(case)
