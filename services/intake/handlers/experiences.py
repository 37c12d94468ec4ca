"""How the help was, as families tell it; the desk reads numbers of it, and only where they are of enough families."""

from collections.abc import Mapping
from uuid import UUID

from services.intake.domain.case import Case
from services.intake.domain.errors import NotTheDesk, UnknownCase
from services.intake.domain.family_voice import FEWEST_FAMILIES, Experience, HelpFelt, experienced
from services.intake.domain.progress import Progress
from services.intake.domain.rules import Viewer
from services.intake.handlers.family_page import PURPOSE, children_of, hold_children
from services.intake.ports import IntakeUnit
from shared.events.base import Role
from shared.events.family_voice import Felt
from shared.privacy.audit import About, Action

HELPED = frozenset({Progress.STARTED, Progress.DELIVERED, Progress.CONFIRMED, Progress.NOT_HELPED})


async def helped_by(case: Case, unit: IntakeUnit) -> dict[UUID, UUID]:
    """By need, which organisation helped: of these the family can tell how it was."""
    progress = (await unit.timeline.read_progress([case.id])).get(case.id, [])
    return {one.need_id: one.organisation_id for one in progress if one.progress in HELPED and one.organisation_id}


async def tell_experience(case_id: UUID, need_id: UUID, felt: Mapping[str, Felt], unit: IntakeUnit) -> None:
    """How the help for any child on the page was. Raises UnknownCase where nobody helped."""
    this, *_ = await hold_children(case_id, unit)
    for case in await children_of(this, unit):
        organisation_id = (await helped_by(case, unit)).get(need_id)
        if organisation_id is not None:
            told = Experience(need_id, case.id, organisation_id, told_at=unit.now, **felt)
            await unit.family_voice.tell(told)
            unit.outbox.append(*experienced(told))
            unit.audit.record(Action.WRITE, About.CASE, case.id, PURPOSE, fields=["experience"])
            return
    raise UnknownCase


async def show_felt(unit: IntakeUnit, viewer: Viewer) -> list[tuple[str, HelpFelt]]:
    """For the desk: each organisation by name, and what families answered about its help. Raises NotTheDesk."""
    if viewer.role is not Role.COORDINATOR:
        raise NotTheDesk(unit.city)
    felt = await unit.family_voice.count_felt(FEWEST_FAMILIES)
    names = await unit.network.read_names({one.organisation_id for one in felt})
    named = [(names.get(one.organisation_id, "Een organisatie die er niet meer is"), one) for one in felt]
    return sorted(named, key=lambda each: (each[0], each[1].organisation_id))
