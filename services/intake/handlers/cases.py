"""What people do with one case, from its acknowledgement to its end."""

from uuid import UUID, uuid5

from services.intake.commands import CloseCase, GiveBackRequest
from services.intake.domain.case import Case
from services.intake.domain.case_state import CaseState
from services.intake.domain.course_errors import NothingMissing
from services.intake.domain.dossier import Note, NoteKind
from services.intake.domain.errors import NotTheDesk, NotYourFamily, UnknownCase
from services.intake.domain.rules import Viewer, go_first, may_change
from services.intake.domain.safety import SafetyHold
from services.intake.handlers.growing import birth_date_of, check_consent
from services.intake.handlers.joined import list_plan
from services.intake.handlers.seeing import seen
from services.intake.handlers.timeline_entry import entry_of
from services.intake.ports import IntakeUnit
from shared.events.base import Event, Role
from shared.events.catalogue import kind_of
from shared.events.intake import NeedsAssessed, NewQuestionRaised
from shared.kernel.errors import RequestPaused


async def acknowledge_request(case_id: UUID, unit: IntakeUnit, viewer: Viewer) -> Case:
    """The coordinator has seen it."""
    case = await case_for(case_id, unit, viewer)
    if viewer.role is not Role.COORDINATOR:
        raise NotTheDesk(unit.city)
    return await keep(case, case.acknowledge(viewer.person_id, unit.now), unit)


async def start_inventory(case_id: UUID, unit: IntakeUnit, viewer: Viewer) -> Case:
    """Ambassador and family sit down together."""
    case = await case_for(case_id, unit, viewer)
    return await keep(case, case.start_inventory(unit.now), unit)


async def raise_new_question(case_id: UUID, unit: IntakeUnit, viewer: Viewer) -> Case:
    """The family has a new question. Raises what `goes_on` does."""
    case = await goes_on(await case_for(case_id, unit, viewer), unit)
    return await keep(case, case.raise_new_question(viewer.person_id, unit.now), unit)


async def close_case(command: CloseCase, unit: IntakeUnit, viewer: Viewer) -> Case:
    """A person decides that it is done."""
    case = await case_for(command.case_id, unit, viewer)
    events = case.close(viewer.person_id, command.reason, command.results, unit.now)
    return await keep_ended(case, events, unit)


async def reopen_case(case_id: UUID, unit: IntakeUnit, viewer: Viewer) -> Case:
    """A closed case goes on; a new question that was not discussed yet when it closed still is one.

    Raises ConsentOutgrown, and what `goes_on` does.
    """
    case = await goes_on(await case_for(case_id, unit, viewer), unit)
    events = case.reopen(viewer.person_id, unit.now)
    if events:
        check_consent(case, await birth_date_of(case, unit, viewer, "consent"), unit.city.day_of(unit.now))
    if events and await _has_open_question(case.id, unit):
        events += case.raise_new_question(viewer.person_id, unit.now)
    return await keep(case, events, unit)


async def goes_on(case: Case, unit: IntakeUnit) -> Case:
    """This case, which is locked, may go on. Raises RequestPaused: it ended, and its plan stands still meanwhile."""
    if await hold_of_family(case, unit) is not None:
        raise RequestPaused
    return case


async def hold_of_family(case: Case, unit: IntakeUnit) -> SafetyHold | None:
    """For a case that was not open when somebody worried: that of a sibling, or of who has one plan with them.

    Who sets one locks all these cases first.
    """
    if case.is_open:
        return case.hold
    return next((one.hold for one in await list_plan(case, unit) if one.hold is not None), None)


async def _has_open_question(case_id: UUID, unit: IntakeUnit) -> bool:
    asked, discussed = kind_of(NewQuestionRaised), kind_of(NeedsAssessed)
    kinds = [entry.kind for entry in await unit.timeline.list_entries(case_id)]
    return next((kind == asked for kind in reversed(kinds) if kind in {asked, discussed}), False)


async def give_back(command: GiveBackRequest, unit: IntakeUnit, viewer: Viewer) -> Case:
    """The desk misses something: the ambassador fills it in. Raises NothingMissing."""
    case = await case_for(command.case_id, unit, viewer)
    if viewer.role is not Role.COORDINATOR:
        raise NotTheDesk(unit.city)
    if not command.missing:
        raise NothingMissing
    events = case.give_back(viewer.person_id, command.missing, unit.now)
    # A request is given back with one note at a time: that of before is over.
    kind, about = NoteKind.GIVEN_BACK, uuid5(case.id, NoteKind.GIVEN_BACK)
    await unit.vault.keep_note(Note(about, case.id, kind, viewer.person_id, unit.now, command.note or ""))
    return await keep(case, events, unit)


async def raise_urgent(case_id: UUID, unit: IntakeUnit, viewer: Viewer) -> Case:
    """The family knows that a partner is asked now for what cannot wait for the inventory. Raises ConsentOutgrown."""
    case = await case_for(case_id, unit, viewer)
    check_consent(case, await birth_date_of(case, unit, viewer, "consent"), unit.city.day_of(unit.now))
    progress = (await unit.timeline.read_progress([case_id])).get(case_id, [])
    asked = {each.need_id for each in progress}
    first = [each for each in go_first(case.needs, unit.city.small_basics) if each not in asked]
    return await keep(case, case.raise_urgent(first, unit.now), unit)


async def case_for(case_id: UUID, unit: IntakeUnit, viewer: Viewer) -> Case:
    """The case, locked, to change it. Raises as `seen` does, or NotYourFamily."""
    case = await seen(case_id, await unit.cases.get(case_id), unit, viewer)
    if not may_change(viewer, case.opening.organisation_id, case.opening.ambassador_id):
        raise NotYourFamily(unit.city)
    unit.audit.in_place_of(viewer.stands_in_of(case.opening.ambassador_id))
    return case


async def keep(case: Case, events: list[Event], unit: IntakeUnit) -> Case:
    """Store what changed, publish it, and put it on the timeline."""
    await unit.cases.save(case)
    unit.outbox.append(*events)
    for event in events:
        await unit.timeline.add(entry_of(event, unit))
    return case


async def keep_ended(case: Case, events: list[Event], unit: IntakeUnit) -> Case:
    """The same for a case that ended: nothing more is planned for it."""
    if events:
        await unit.timeline.forget_plans(case.id)
    return await keep(case, events, unit)


async def known_case(case_id: UUID, unit: IntakeUnit) -> Case:
    """The case, locked, that another service speaks of. Raises UnknownCase: all cases are ours."""
    case = await unit.cases.get(case_id)
    if case is None:
        raise UnknownCase
    return case


async def is_followed(case_id: UUID, unit: IntakeUnit) -> bool:
    """Whether this case, which is locked, may still get lines. Raises UnknownCase."""
    return (await known_case(case_id, unit)).state is not CaseState.ERASING
