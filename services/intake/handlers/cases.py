"""What people do with one case: load, decide, store, append."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from services.intake.commands import (
    AcknowledgeRequest,
    CloseCase,
    CompleteInventory,
    EraseCase,
    RaiseNewQuestion,
    ReopenCase,
    StartInventory,
    WithdrawCase,
)
from services.intake.domain.case import Case, Findings
from services.intake.domain.dossier import OF_THE_INVENTORY, Dossier, Fact, given
from services.intake.domain.errors import (
    HomeVisitOutOfRange,
    NeedsNotSeen,
    NotDiscussed,
    NotTheDesk,
    NotYourFamily,
    UnknownCase,
    UnknownNeed,
)
from services.intake.domain.inventory import NeedFound, with_stable_ids
from services.intake.domain.progress import Progress
from services.intake.domain.rules import DAYS_AROUND, Viewer, age_band, age_on, day_in_city, may_change, may_see
from services.intake.handlers.telling import kind_of, moment_of
from services.intake.ports import IntakeUnit
from shared.events.base import AgeBand, Event, Need, Role
from shared.events.intake import NeedsAssessed, NewQuestionRaised


async def complete_inventory(command: CompleteInventory, unit: IntakeUnit, viewer: Viewer) -> Case:
    """The inventory with the family is complete: matching may look for partners. Raises NeedsNotSeen."""
    case = await _case_for(command.case_id, unit, viewer)
    _check_days(command, case, day_in_city(unit.now))
    confirmed = await _confirmed(case.id, unit)
    known = case.needs
    found = [*_found(command, unit), *_again(command, case, unit)]
    needs = with_stable_ids(found, known, confirmed)
    findings = Findings(needs, command.discussed_on, command.home_visit_on, command.excluded_organisations)
    facts = case.assess(findings, await _age_band_now(case, unit, viewer), unit.now)
    _check_seen(command, known, needs)
    # What is needed again and what was confirmed come after those that were named.
    words = {need.need_id: asked.words for need, asked in zip(needs, command.needs, strict=False) if asked.words}
    unnamed = {need.need_id for need in needs[len(found) :]}
    told = given(context=command.context, bottlenecks=command.bottlenecks, effect_on_child=command.effect_on_child)
    await unit.vault.rewrite(Dossier(case.id, told, words), OF_THE_INVENTORY, words_kept=unnamed)
    return await keep(case, facts, unit)


def _check_seen(command: CompleteInventory, known: Sequence[Need], kept: Sequence[Need]) -> None:
    dropped = {need.need_id for need in known} - {need.need_id for need in kept}
    if command.seen is not None and not dropped <= command.seen:
        raise NeedsNotSeen(dropped - command.seen)


async def _age_band_now(case: Case, unit: IntakeUnit, viewer: Viewer) -> AgeBand:
    """The child's band today: partners are looked for with this one."""
    dossier = await unit.vault.open(case.id, [Fact.BIRTH_DATE], viewer, "age-band", words=False)
    return age_band(age_on(day_in_city(unit.now), date.fromisoformat(dossier.facts[Fact.BIRTH_DATE])))


def _check_days(command: CompleteInventory, case: Case, today: date) -> None:
    if not case.opening.consent.given_on - DAYS_AROUND <= command.discussed_on <= today:
        raise NotDiscussed
    visit = command.home_visit_on
    # A visit that was planned before and is over by now may stay in the inventory.
    known = visit == (case.findings.home_visit_on if case.findings else None)
    if visit and not known and not today <= visit <= today + DAYS_AROUND:
        raise HomeVisitOutOfRange(today + timedelta(days=7))


def _found(command: CompleteInventory, unit: IntakeUnit) -> list[NeedFound]:
    return [
        NeedFound(
            known_as=asked.id,
            need=Need(
                need_id=unit.ids.new(),
                category=asked.category,
                urgency=asked.urgency,
                horizon=asked.horizon,
                beneficiary=asked.beneficiary,
                depends_on=asked.depends_on,
            ),
        )
        for asked in command.needs
    ]


def _again(command: CompleteInventory, case: Case, unit: IntakeUnit) -> list[NeedFound]:
    """Needs of the case that the family has anew: the same kind of thing, as a new need."""
    known = {need.need_id: need for need in case.needs}
    if not known.keys() >= set(command.again):
        raise UnknownNeed("again", case.needs[0].need_id)
    anew = (known[need_id].model_copy(update={"depends_on": ()}) for need_id in command.again)
    return [NeedFound(None, need.model_copy(update={"need_id": unit.ids.new()})) for need in anew]


async def _confirmed(case_id: UUID, unit: IntakeUnit) -> set[UUID]:
    progress = (await unit.timeline.progress_of([case_id])).get(case_id, [])
    return {each.need_id for each in progress if each.progress is Progress.CONFIRMED}


async def acknowledge_request(command: AcknowledgeRequest, unit: IntakeUnit, viewer: Viewer) -> Case:
    """The coordinator has seen it."""
    case = await _case_for(command.case_id, unit, viewer)
    if viewer.role is not Role.COORDINATOR:
        raise NotTheDesk
    return await keep(case, case.acknowledge(viewer.person_id, unit.now), unit)


async def start_inventory(command: StartInventory, unit: IntakeUnit, viewer: Viewer) -> Case:
    """Ambassador and family sit down together."""
    case = await _case_for(command.case_id, unit, viewer)
    return await keep(case, case.start_inventory(unit.now), unit)


async def raise_new_question(command: RaiseNewQuestion, unit: IntakeUnit, viewer: Viewer) -> Case:
    """The family has a new question."""
    case = await _case_for(command.case_id, unit, viewer)
    return await keep(case, case.raise_new_question(viewer.person_id, unit.now), unit)


async def close_case(command: CloseCase, unit: IntakeUnit, viewer: Viewer) -> Case:
    """A person decides that it is done."""
    case = await _case_for(command.case_id, unit, viewer)
    return await keep(case, case.close(viewer.person_id, command.reason, unit.now), unit)


async def reopen_case(command: ReopenCase, unit: IntakeUnit, viewer: Viewer) -> Case:
    """A closed case goes on; a new question that was not discussed yet when it closed still is one."""
    case = await _case_for(command.case_id, unit, viewer)
    facts = case.reopen(viewer.person_id, unit.now)
    if facts and await _has_open_question(case.id, unit):
        facts += case.raise_new_question(viewer.person_id, unit.now)
    return await keep(case, facts, unit)


async def _has_open_question(case_id: UUID, unit: IntakeUnit) -> bool:
    asked, discussed = kind_of(NewQuestionRaised), kind_of(NeedsAssessed)
    kinds = [moment.kind for moment in await unit.timeline.of_case(case_id)]
    return next((kind == asked for kind in reversed(kinds) if kind in {asked, discussed}), False)


async def withdraw_case(command: WithdrawCase, unit: IntakeUnit, viewer: Viewer) -> Case:
    """The family does not want it any more."""
    case = await _case_for(command.case_id, unit, viewer)
    return await keep(case, case.withdraw(unit.now), unit)


async def erase_case(command: EraseCase, unit: IntakeUnit) -> Case:
    """Destroy everything that tells who the family is; the tombstone stays."""
    case = await unit.cases.get(command.case_id)
    if case is None:
        raise UnknownCase
    await unit.vault.forget(case.id)
    await unit.timeline.forget(case.id)
    facts = case.erase(unit.now)
    await unit.cases.save(case)
    unit.outbox.append(*facts)
    return case


async def _case_for(case_id: UUID, unit: IntakeUnit, viewer: Viewer) -> Case:
    """The case, locked, to change it. A case that this viewer may not see does not exist for it."""
    case = await unit.cases.get(case_id)
    if case is None or not may_see(viewer, case.opening.organisation_id):
        raise UnknownCase
    if not may_change(viewer, case.opening.organisation_id, case.opening.ambassador_id):
        raise NotYourFamily
    return case


async def keep(case: Case, facts: list[Event], unit: IntakeUnit) -> Case:
    """Store what changed, say it, and put it on the timeline."""
    await unit.cases.save(case)
    unit.outbox.append(*facts)
    for fact in facts:
        await unit.timeline.add(moment_of(fact, unit))
    return case
