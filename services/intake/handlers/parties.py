"""How many organisations came to one family this month: many helpers at once is a burden of its own."""

from typing import Final

from services.intake.domain.case import Case
from services.intake.handlers.household import family_of
from services.intake.handlers.joined import joined_with
from services.intake.ports import IntakeUnit
from shared.events.catalogue import kind_of
from shared.events.matching import HandoverPlanned, HelpDelivered, HelpStarted, PartnerAccepted, WarmHandoverCompleted

# From its yes on a partner gets in touch.
CAME: Final = frozenset(
    map(kind_of, (PartnerAccepted, HandoverPlanned, WarmHandoverCompleted, HelpStarted, HelpDelivered))
)


async def count_parties(case: Case, unit: IntakeUnit) -> int:
    """For all its children together, and for what was asked elsewhere for this child; each organisation once."""
    today, family = unit.city.day_of(unit.now), await family_of(case, unit)
    joined = await joined_with(case.id, unit)
    came = {
        entry.organisation_id
        for one in (case, *family.others(case.id), *joined)
        for entry in await unit.timeline.list_entries(one.id)
        if entry.kind in CAME and unit.city.day_of(entry.at).replace(day=1) == today.replace(day=1)
    }
    return len(came - {None})
