"""The inventory with the family."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from services.intake.commands import CompleteInventory, NeedAsked
from services.intake.domain.case import Case
from services.intake.domain.course import HomeVisit
from services.intake.domain.dossier import OF_THE_INVENTORY, Dossier, Fact, NeedWords
from services.intake.domain.errors import CategoryRetired, HomeVisitOutOfRange, NeedsNotSeen, NotDiscussed, UnknownNeed
from services.intake.domain.inventory import NeedFound, in_order, with_stable_ids
from services.intake.domain.opening import Findings
from services.intake.domain.progress import Progress
from services.intake.domain.rules import DAYS_AROUND, Viewer, age_band, age_on
from services.intake.handlers.cases import case_for, goes_on, keep
from services.intake.handlers.growing import birth_date_of, check_consent
from services.intake.handlers.left_out import marks_of
from services.intake.handlers.one_plan import seek_once
from services.intake.ports import IntakeUnit
from shared.events.base import Event, Need
from shared.kernel.city import Category, CodeList
from shared.privacy.audit import About, Action


async def complete_inventory(
    command: CompleteInventory, unit: IntakeUnit, viewer: Viewer, still_right: Collection[Fact] = ()
) -> Case:
    """The inventory is complete: matching may look for partners. `still_right`: what the family says holds as it is.

    Raises NeedsNotSeen, or another Invalid; ConsentOutgrown.
    """
    case = await goes_on(await case_for(command.case_id, unit, viewer), unit)
    _check_days(command, case, unit.city.day_of(unit.now))
    _check_categories(command, case, unit.city.categories)
    confirmed = await _confirmed(case.id, unit)
    known = case.needs
    found = [*_found(command, unit), *_again(command, case, unit)]
    needs = in_order(with_stable_ids(found, known, confirmed), [asked.after for asked in command.needs])
    findings = Findings(needs, command.discussed_on, command.excluded_organisations)
    events = case.raise_new_question(viewer.person_id, unit.now) if command.new_question else []
    events += _home_visit(command, case, unit.now)
    born, today = await birth_date_of(case, unit, viewer, "age-band"), unit.city.day_of(unit.now)
    check_consent(case, born, today)
    elsewhere, left_out = await seek_once(case, needs, unit), await marks_of(case, unit, findings)
    # What is assessed tells all; the same once more tells at most what another case seeks by now.
    events += case.assess(findings, age_band(age_on(today, born)), left_out, unit.now) or elsewhere
    _check_seen(command, known, needs)
    # What is needed again and what was confirmed come after those that were named.
    words = {need.need_id: _said(asked) for need, asked in zip(needs, command.needs, strict=False)}
    unnamed = {need.need_id for need in needs[len(found) :]}
    await _tell(command, still_right, unit)
    await unit.vault.rewrite(Dossier(case.id, {}, words), (), words_kept=unnamed)
    return await keep(case, events, unit)


async def _tell(command: CompleteInventory, still_right: Collection[Fact], unit: IntakeUnit) -> None:
    """What is left out is taken back; since when each fact is known changes for what was told or confirmed now."""
    changed = await unit.vault.tell(command.case_id, {fact: command.facts.get(fact) for fact in OF_THE_INVENTORY})
    confirmed = {fact for fact in still_right if command.facts.get(fact)}
    if told := sorted(changed | confirmed):
        unit.audit.record(Action.WRITE, About.CASE, command.case_id, "inventory", fields=told)


def _said(asked: NeedAsked) -> NeedWords:
    return NeedWords(asked.words, asked.goal, asked.target_on.isoformat() if asked.target_on else None)


def _home_visit(command: CompleteInventory, case: Case, now: datetime) -> list[Event]:
    """A school's system may plan it in the same breath; one that is planned for that day already stays as it is."""
    day = command.home_visit_on
    if day is None or (case.visit and case.visit.planned_for == day):
        return []
    return case.plan_home_visit(HomeVisit(day, interpreter_needed=case.opening.interpreter_needed), now)


def _check_seen(command: CompleteInventory, known: Sequence[Need], kept: Sequence[Need]) -> None:
    dropped = {need.need_id for need in known} - {need.need_id for need in kept}
    if command.seen is not None and not dropped <= command.seen:
        raise NeedsNotSeen(dropped - command.seen)


def _check_days(command: CompleteInventory, case: Case, today: date) -> None:
    if not case.opening.consent_given_on - DAYS_AROUND <= command.discussed_on <= today:
        raise NotDiscussed
    visit = command.home_visit_on
    # A visit that was planned before and is over by now may stay in the inventory.
    known = visit == (case.visit.planned_for if case.visit else None)
    if visit and not known:
        check_visit_day("homeVisitOn", visit, today)


def check_visit_day(field: str, day: date, today: date) -> None:
    """A visit is planned from today on, within a year. Raises HomeVisitOutOfRange."""
    if not today <= day <= today + DAYS_AROUND:
        raise HomeVisitOutOfRange(field, today + timedelta(days=7))


def _check_categories(command: CompleteInventory, case: Case, categories: CodeList[Category]) -> None:
    known = {need.category for need in case.needs}
    for number, asked in enumerate(command.needs):
        if asked.category not in categories.offered and asked.category not in known:
            raise CategoryRetired(f"needs.{number}.category", next(iter(categories.offered)))


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
    progress = (await unit.timeline.read_progress([case_id])).get(case_id, [])
    return {each.need_id for each in progress if each.progress is Progress.CONFIRMED}
