"""A need turns out to be another kind of thing: it is another need, and the one that it was is dropped."""

from dataclasses import replace
from uuid import UUID

from services.intake.domain.case import Case
from services.intake.domain.case_state import CaseState
from services.intake.domain.course_errors import HelpRuns, NotTalkedYet
from services.intake.domain.dossier import Dossier
from services.intake.domain.errors import CategoryRetired, UnknownNeed
from services.intake.domain.inventory import id_as, with_other_category
from services.intake.domain.progress import HELPING
from services.intake.domain.rules import Viewer
from services.intake.handlers.cases import case_for, keep
from services.intake.handlers.left_out import marks_of
from services.intake.handlers.one_plan import seek_once
from services.intake.ports import IntakeUnit
from shared.events.base import Code, Need


async def change_category(case_id: UUID, need_id: UUID, category: Code, unit: IntakeUnit, viewer: Viewer) -> Case:
    """The same words, goal, horizon and beneficiary, as another kind of thing. The same kind changes nothing.

    Raises UnknownNeed, NotTalkedYet, HelpRuns or CategoryRetired.
    """
    case = await case_for(case_id, unit, viewer)
    if id_as(need_id, category) in {each.need_id for each in case.needs}:
        # The same button pressed twice.
        return case
    need = await changeable_need(case, need_id, unit)
    if category == need.category:
        return case
    if category not in unit.city.categories.offered:
        raise CategoryRetired("category", next(iter(unit.city.categories.offered)))
    place, needs = case.needs.index(need), with_other_category(case.needs, need_id, category)
    assert case.findings is not None  # noqa: S101 - an assessed case has them
    findings = replace(case.findings, needs_found=needs)
    await seek_once(case, needs, unit)
    events = case.assess(findings, case.opening.age_band, await marks_of(case, unit), unit.now)
    dossier = await unit.vault.open(case.id, [], viewer, "need-category", words=True)
    words = {needs[place].need_id: said} if (said := dossier.needs.get(need_id)) else {}
    await unit.vault.rewrite(Dossier(case.id, {}, words), [], words_kept=dossier.needs.keys() - {need_id})
    return await keep(case, events, unit)


async def changeable_need(case: Case, need_id: UUID, unit: IntakeUnit) -> Need:
    """The need, if it can become another kind of thing. Raises UnknownNeed, NotTalkedYet or HelpRuns."""
    need = next((each for each in case.needs if each.need_id == need_id), None)
    if need is None:
        raise UnknownNeed("needId", case.needs[0].need_id)
    if case.state is not CaseState.ASSESSED:
        raise NotTalkedYet
    progress = (await unit.timeline.read_progress([case.id])).get(case.id, [])
    if any(each.need_id == need_id and each.progress in HELPING for each in progress):
        raise HelpRuns
    return need
