"""A family whose address is secret: only its ambassador sees where it lives, and every service forgets its district."""

from services.intake.domain.case import Case
from services.intake.domain.dossier import Fact
from services.intake.domain.rules import Viewer
from services.intake.domain.secret_address import hide_address, show_address
from services.intake.ports import IntakeUnit

DISTRICT = "district"


async def keep_secret(case: Case, unit: IntakeUnit, viewer: Viewer, *, is_secret: bool) -> None:
    """Hide where the family lives, or show it again; on no timeline, which more people read than may know this."""
    await (_hide(case, unit) if is_secret else _show(case, unit, viewer))


async def _hide(case: Case, unit: IntakeUnit) -> None:
    district = case.opening.district
    if events := hide_address(case, unit.now):
        await unit.vault.tell(case.id, {Fact.DISTRICT: district})
        await unit.cases.save(case)
        await forget_district(case, unit)
        unit.outbox.append(*events)


async def _show(case: Case, unit: IntakeUnit, viewer: Viewer) -> None:
    if case.opening.address_is_secret:
        dossier = await unit.vault.open(case.id, [Fact.DISTRICT], viewer, "address-shown", words=False)
        events = show_address(case, dossier.facts[Fact.DISTRICT], unit.now)
        await unit.vault.tell(case.id, {Fact.DISTRICT: None})
        await unit.cases.save(case)
        unit.outbox.append(*events)


async def forget_district(case: Case, unit: IntakeUnit) -> None:
    """What was published and answered before, and the early signal that the case began with."""
    await unit.erased.blank([case.id, *await unit.signals.forget_district(case.id)], DISTRICT)
