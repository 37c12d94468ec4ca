"""What a family does on its own page. Each changes its own case only, which the page found by its visit."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from services.intake.domain.case import Case
from services.intake.domain.course import Pause
from services.intake.domain.dossier import Note, NoteKind
from services.intake.domain.errors import NotTheDesk, UnknownCase
from services.intake.domain.family_voice import FamilyAsk, answered, asked, story_of
from services.intake.domain.rules import Viewer
from services.intake.handlers.cases import case_for, keep
from services.intake.handlers.consents import consents_of
from services.intake.handlers.family_page import PURPOSE, hold_children
from services.intake.handlers.left_out import have_after_all, leave_out_of
from services.intake.ports import IntakeUnit
from shared.events.base import Role
from shared.events.case_codes import FamilyQuestion, FollowUpRhythm, PauseWish
from shared.privacy.audit import About, Action

STORIES = "own-stories"
REST_WEEKS = (1, 2, 4, 8)


async def ask_ambassador(case_id: UUID, question: FamilyQuestion, words: str, unit: IntakeUnit) -> None:
    """Something is not right, or the family asks why somebody looked. Its ambassador is told that it asks."""
    case = await _own(case_id, unit)
    ask = FamilyAsk(unit.ids.new(), case.id, question, unit.now)
    await unit.family_voice.ask(ask)
    await unit.vault.keep_note(Note(ask.id, case.id, NoteKind.FAMILY_ASKS, case.id, unit.now, words))
    unit.outbox.append(*asked(case, ask))
    _told(case, "question", unit)


async def settle_ask(case_id: UUID, ask_id: UUID, unit: IntakeUnit, viewer: Viewer) -> None:
    """The ambassador, or the desk, talked about it with the family. A second time changes nothing."""
    case = await case_for(case_id, unit, viewer)
    for ask in await unit.family_voice.list_asks(case.id):
        if ask.id == ask_id and ask.settled_at is None:
            await unit.family_voice.settle(ask, viewer.person_id, unit.now)
            unit.outbox.append(*answered(ask, viewer.person_id, unit.now))


def rests_offered(unit: IntakeUnit) -> list[tuple[int, date]]:
    """For how many weeks a family can rest here, and until when that is."""
    today, most = unit.city.day_of(unit.now), unit.city.terms.pause_at_most_weeks
    return [(weeks, today + timedelta(weeks=weeks)) for weeks in REST_WEEKS if weeks <= most]


async def rest_for(case_id: UUID, weeks: int, unit: IntakeUnit) -> None:
    """The family wants rest, for all its children; 0: no longer."""
    offered = dict(rests_offered(unit))
    for child in await _open_children(case_id, unit):
        if weeks in offered:
            await keep(child, child.rest(Pause(offered[weeks], PauseWish.FAMILY), unit.now), unit)
        else:
            await keep(child, child.resume(None, unit.now), unit)
        _told(child, "rest", unit)


def rests_until(children: Iterable[Case]) -> date | None:
    """Until when nobody asks this family anything; None: of one of its children somebody still may."""
    pauses = [child.pause for child in children if child.is_open]
    days = [pause.until for pause in pauses if pause]
    return min(days) if days and len(days) == len(pauses) else None


async def ask_as_often(case_id: UUID, rhythm: FollowUpRhythm, unit: IntakeUnit) -> None:
    """How often somebody may ask how any of the children is doing; who reads along with each stays."""
    for child in await _open_children(case_id, unit):
        events = child.agree_follow_ups(replace(child.plan, rhythm=rhythm), unit.now)
        if events:
            await unit.timeline.forget_plans(child.id)
        await keep(child, events, unit)
        _told(child, "follow_up_rhythm", unit)


async def leave_out(case_id: UUID, organisation_id: UUID, unit: IntakeUnit) -> None:
    """The family would rather not have this organisation, for none of its children.

    Raises UnknownCase for one that is not on the map.
    """
    if organisation_id not in await unit.network.list_organisations():
        raise UnknownCase
    for child in await hold_children(case_id, unit):
        await leave_out_of(child, [organisation_id], unit)
        _told(child, "left_out", unit)


async def take_back_in(case_id: UUID, organisation_id: UUID, unit: IntakeUnit) -> None:
    """This organisation may be asked for all children of the family again. A second time changes nothing.

    For a child that stopped with it it stays out: that is taken back with the contact person, who writes it down.
    """
    for child in await hold_children(case_id, unit):
        if organisation_id in (await consents_of(child, unit)).stopped:
            continue
        if await have_after_all(child, organisation_id, unit):
            _told(child, "left_out", unit)


async def tell_story(case_id: UUID, words: str, unit: IntakeUnit) -> None:
    """The family's own story for the city's report; without words it is taken back, and gone."""
    case = await _own(case_id, unit)
    await unit.vault.keep_note(Note(story_of(case.id), case.id, NoteKind.OWN_STORY, case.id, unit.now, words))
    _told(case, "own_story", unit)


async def list_stories(unit: IntakeUnit, viewer: Viewer) -> list[Note]:
    """For the desk: the stories with a yes, without a name. Not of a case that stands still. Raises NotTheDesk."""
    if viewer.role is not Role.COORDINATOR:
        raise NotTheDesk(unit.city)
    notes = await unit.vault.open_notes(NoteKind.OWN_STORY, viewer, STORIES)
    cases = {note.case_id: await unit.cases.read(note.case_id) for note in notes}
    return [note for note in notes if (case := cases[note.case_id]) and case.hold is None]


async def _open_children(case_id: UUID, unit: IntakeUnit) -> list[Case]:
    """Of those that ended nobody asks anything; when all did, the step itself is refused."""
    children = await hold_children(case_id, unit)
    return [child for child in children if child.is_open] or children[:1]


def _told(case: Case, what: str, unit: IntakeUnit) -> None:
    """That the family said this of its case; never its words."""
    unit.audit.record(Action.WRITE, About.CASE, case.id, PURPOSE, fields=[what])


async def _own(case_id: UUID, unit: IntakeUnit) -> Case:
    """Locked, to change it; a hold that was set meanwhile ends the visit."""
    case = await unit.cases.get(case_id)
    if case is None or case.hold is not None:
        raise UnknownCase
    return case
