"""What is agreed with the family about the course of its case: a visit at home, a rest, how often somebody asks."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from services.intake.commands import AgreeFollowUps, PauseCase, PlanHomeVisit
from services.intake.domain.case import Case
from services.intake.domain.course import FollowUpPlan, HomeVisit, Pause
from services.intake.domain.course_errors import NobodyToReadAlong, PauseOutOfRange, VisitYetToCome
from services.intake.domain.dossier import OF_THE_CONTACT, Fact, Note, NoteKind
from services.intake.domain.rules import Viewer, may_know_the_address
from services.intake.handlers.cases import case_for, keep, known_case
from services.intake.handlers.household import hold_family, tell_family
from services.intake.handlers.inventory import check_visit_day
from services.intake.handlers.secret_address import keep_secret
from services.intake.ports import IntakeUnit
from shared.access.members import Member
from shared.events import monitoring
from shared.events.case_codes import MissingPart


async def plan_home_visit(command: PlanHomeVisit, unit: IntakeUnit, viewer: Viewer) -> Case:
    """The ambassador visits the family, or moves the visit to another day. Raises HomeVisitOutOfRange."""
    case, city = await case_for(command.case_id, unit, viewer), unit.city
    check_visit_day("plannedFor", command.planned_for, city.day_of(unit.now))
    starts_at = city.instant_of(command.planned_for, command.starts_at) if command.starts_at else None
    events = case.plan_home_visit(HomeVisit(command.planned_for, starts_at, command.interpreter_needed), unit.now)
    # A case has one visit at a time, and so one note about it, under the id of the case.
    note = Note(case.id, case.id, NoteKind.HOME_VISIT, viewer.person_id, unit.now, command.note or "")
    await unit.vault.keep_note(note)
    return await keep(case, events, unit)


async def complete_home_visit(case_id: UUID, unit: IntakeUnit, viewer: Viewer, *, took_place: bool) -> Case:
    """The visit took place, or it did not. Raises VisitYetToCome."""
    case = await case_for(case_id, unit, viewer)
    if took_place and case.visit and case.visit.planned_for > unit.city.day_of(unit.now):
        raise VisitYetToCome
    return await keep(case, case.complete_home_visit(unit.now, took_place=took_place), unit)


async def pause_case(command: PauseCase, unit: IntakeUnit, viewer: Viewer) -> Case:
    """The family rests until a day. Raises PauseOutOfRange."""
    case = await case_for(command.case_id, unit, viewer)
    today, weeks = unit.city.day_of(unit.now), unit.city.terms.pause_at_most_weeks
    if not today < command.until <= today + timedelta(weeks=weeks):
        raise PauseOutOfRange(today + timedelta(weeks=min(2, weeks)), weeks)
    return await keep(case, case.rest(Pause(command.until, command.wished_by), unit.now), unit)


async def resume_case(case_id: UUID, unit: IntakeUnit, viewer: Viewer) -> Case:
    """A person ends the rest."""
    case = await case_for(case_id, unit, viewer)
    return await keep(case, case.resume(viewer.person_id, unit.now), unit)


async def end_pause(event: monitoring.PauseEnded, unit: IntakeUnit) -> None:
    """The day came: the case goes on by itself, unless the rest was moved to a later day meanwhile."""
    case = await known_case(event.subject, unit)
    if case.is_open and case.pause and case.pause.until <= unit.city.day_of(unit.now):
        await keep(case, case.resume(None, unit.now), unit)


async def agree_follow_ups(command: AgreeFollowUps, unit: IntakeUnit, viewer: Viewer) -> Case:
    """School and family agreed on a rhythm. Raises NobodyToReadAlong."""
    case = await case_for(command.case_id, unit, viewer)
    second = command.second_reader_id
    if second is not None and second not in {person.person_id for person in await colleagues_of(case, unit)}:
        raise NobodyToReadAlong(case.opening.ambassador_id)
    events = case.agree_follow_ups(FollowUpPlan(command.rhythm, second), unit.now)
    if events:
        # Monitoring plans anew, and publishes what comes.
        await unit.timeline.forget_plans(case.id)
    return await keep(case, events, unit)


async def tell_contact_wishes(
    case_id: UUID, facts: Mapping[Fact, str], unit: IntakeUnit, viewer: Viewer, *, address_is_secret: bool = False
) -> Case:
    """What the family wants to be called, and how it likes to be reached; what is left out is emptied.

    Whoever may not know the address changes nothing of it. What is of the whole family holds for each of its children.
    """
    household = await hold_family(case_id, unit)
    case = await case_for(case_id, unit, viewer)
    sees_address = may_know_the_address(viewer, case.opening)
    told = [fact for fact in OF_THE_CONTACT if sees_address or fact is not Fact.ADDRESS]
    # Whom to speak to is never left empty.
    told = [fact for fact in told if fact in facts or fact is not Fact.CONTACT_NAME]
    await tell_family(case, {fact: facts.get(fact) for fact in told}, household, unit)
    if case.is_open and told:
        case.supply(MissingPart.HOW_TO_REACH_THE_FAMILY)
        await unit.cases.save(case)
    if sees_address:
        for each in (case, *household.others(case.id)):
            await keep_secret(each, unit, viewer, is_secret=address_is_secret)
    return case


async def colleagues_of(case: Case, unit: IntakeUnit) -> list[Member]:
    """Who at the school can read along: its other active people, and none who has enough to do but who does already."""
    people = await unit.members.list_of_organisation(case.opening.organisation_id)
    others = [person for person in people if person.person_id != case.opening.ambassador_id]
    full = await unit.limits.at_limit([one.person_id for one in others]) - {case.plan.second_reader_id}
    return [person for person in others if person.person_id not in full]
