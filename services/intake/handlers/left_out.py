"""Whom a family would rather not have: told to the services that ask, without telling who that is."""

from collections.abc import Collection, Iterable
from uuid import UUID

from services.intake.domain.case import Case
from services.intake.domain.left_out import rather_not, unwanted, wanted_after_all
from services.intake.domain.opening import Findings
from services.intake.handlers.cases import keep
from services.intake.handlers.joined import left_out_elsewhere
from services.intake.ports import IntakeUnit
from shared.events.family_voice import OrganisationsExcluded


async def marks_of(case: Case, unit: IntakeUnit, findings: Findings | None = None) -> tuple[str, ...]:
    """As facts of this case name them, in an order that tells nothing; with these findings, if they are new.

    Whom another family of the same plan would rather not have is among them, and stands nowhere in this case itself.
    """
    found = await left_out_elsewhere(case.id, unit) | set(unwanted(case, findings))
    return tuple(sorted(unit.marks.of(case.id, one) for one in found))


async def leave_out_of(case: Case, organisation_ids: Collection[UUID], unit: IntakeUnit) -> None:
    """These are asked no more, whatever they were asked already. What was said before changes nothing."""
    if rather_not(case, organisation_ids):
        await tell_left_out(case, unit)


async def have_after_all(case: Case, organisation_id: UUID, unit: IntakeUnit) -> bool:
    """The family would have this one after all; False: it never said that it would not."""
    if wanted := wanted_after_all(case, organisation_id):
        await tell_left_out(case, unit)
    return wanted


async def tell_left_out(case: Case, unit: IntakeUnit) -> None:
    """Whom this case, which is locked, leaves out by now."""
    told = OrganisationsExcluded(subject=case.id, occurred_at=unit.now, left_out=await marks_of(case, unit))
    await keep(case, [told], unit)


async def carry_left_out(family: Iterable[Case], sibling: Case, unit: IntakeUnit) -> None:
    """Whom the family would rather not have for one of its children, it would rather not have for another."""
    await leave_out_of(sibling, [one for known in family for one in unwanted(known)], unit)
