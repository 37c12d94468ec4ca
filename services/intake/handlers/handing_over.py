"""Another ambassador becomes a family's first contact: everything that runs goes along, and the one before is out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from services.intake.commands import HandOver, HandOverAll
from services.intake.domain.audited import Act
from services.intake.domain.case import Case
from services.intake.domain.draft import DraftKind, inventory_draft_id
from services.intake.domain.errors import NotPossibleNow, NotTheDesk
from services.intake.domain.handover_errors import (
    HasEnoughToDo,
    SayWhyAllTheSame,
    ToldOutOfRange,
    TooManyAtOnce,
    UnknownSuccessor,
)
from services.intake.domain.rules import DAYS_AROUND, Viewer
from services.intake.handlers.cases import case_for, keep
from services.intake.ports import IntakeUnit
from shared.events.base import Event, Role
from shared.events.care import OverLimitReason

MOST_AT_ONCE = 100


class Outcome(StrEnum):
    """What became of one item of many."""

    DONE = "done"
    ALREADY = "already"  # it was theirs already
    NOT_THEIRS = "not-theirs"  # somebody else has it by now
    OVER = "over"  # it ended


@dataclass(frozen=True, slots=True)
class HandedOver:
    """One case or early signal, and what became of it."""

    about: UUID
    outcome: Outcome
    code: str | None = None


async def hand_over(command: HandOver, unit: IntakeUnit, viewer: Viewer) -> Case:
    """One family; the same once more changes nothing.

    Raises UnknownSuccessor, HasEnoughToDo, SayWhyAllTheSame or ToldOutOfRange.
    """
    done = await unit.cases.get(command.case_id)
    if done and done.hold is None and done.opening.ambassador_id == command.ambassador_id and _came_from(viewer, done):
        # Who handed it over may press twice, and cannot see the case any more.
        return done
    case = await case_for(command.case_id, unit, viewer)
    await check_successor(command.ambassador_id, command.organisation_id, unit)
    over_limit = await check_room(command.ambassador_id, unit, viewer, command.over_limit)
    check_told_on(command.told_on, unit.city.day_of(unit.now))
    return await _hand_over(case, replace(command, over_limit=over_limit), unit, viewer)


async def hand_over_all(command: HandOverAll, unit: IntakeUnit, viewer: Viewer) -> list[HandedOver]:
    """What hangs on one person, chosen from the list that was shown; each item has its own outcome. The desk only.

    Raises NotTheDesk, TooManyAtOnce, UnknownSuccessor or SayWhyAllTheSame.
    """
    if viewer.role is not Role.COORDINATOR:
        raise NotTheDesk(unit.city)
    if len(command.cases) + len(command.signals) > MOST_AT_ONCE:
        raise TooManyAtOnce(MOST_AT_ONCE)
    await check_successor(command.ambassador_id, command.organisation_id, unit)
    over_limit = await check_room(command.ambassador_id, unit, viewer, command.over_limit)
    command = replace(command, over_limit=over_limit)
    # In one order, so that two of these never wait for each other; and all before the first line of the audit log,
    # for which whoever holds one of these cases may be waiting.
    locked = {each: await unit.cases.get(each) for each in sorted(command.cases)}
    cases = [await _one_case(each, case, command, unit, viewer) for each, case in locked.items()]
    signals = [await _one_signal(each, command, unit) for each in sorted(command.signals)]
    if command.discard_drafts:
        drafts = await unit.drafts.list_of(command.previous_id)
        unsent = {each.id for each in drafts if each.kind is DraftKind.REQUEST}
        await unit.drafts.forget(unsent.intersection(command.discard_drafts))
    return [*cases, *signals]


async def tell_family(case_id: UUID, told_on: date, unit: IntakeUnit, viewer: Viewer) -> Case:
    """The family knows who its first contact is now. Raises ToldOutOfRange."""
    case = await case_for(case_id, unit, viewer)
    check_told_on(told_on, unit.city.day_of(unit.now))
    if case.handover is None:
        raise NotPossibleNow("tell the family", "never handed over")
    case.handover = replace(case.handover, told_on=told_on)
    await unit.cases.save(case)
    return case


async def check_successor(person_id: UUID, organisation_id: UUID, unit: IntakeUnit) -> None:
    """Whether this is an active ambassador of that organisation. Raises UnknownSuccessor."""
    member = await unit.members.read(person_id)
    if member is None or not member.may(Role.AMBASSADOR, organisation_id):
        raise UnknownSuccessor(unit.city)


async def check_room(
    person_id: UUID, unit: IntakeUnit, viewer: Viewer, over_limit: OverLimitReason | None = None
) -> OverLimitReason | None:
    """Why this person is asked all the same, when they have enough to do; what is one's own is no new question.

    Raises HasEnoughToDo, and for the desk SayWhyAllTheSame without a reason.
    """
    if person_id == viewer.person_id or not await unit.limits.at_limit([person_id]):
        return None
    if viewer.role is not Role.COORDINATOR:
        raise HasEnoughToDo
    if over_limit is None:
        raise SayWhyAllTheSame
    return over_limit


def check_told_on(told_on: date | None, today: date) -> None:
    """What a family was told, it was told today or before. Raises ToldOutOfRange."""
    if told_on and not today - DAYS_AROUND <= told_on <= today:
        raise ToldOutOfRange(today - timedelta(days=1))


def _came_from(viewer: Viewer, case: Case) -> bool:
    return case.handover is not None and viewer.speaks_for(case.handover.previous_id)


async def _one_case(
    case_id: UUID, case: Case | None, command: HandOverAll, unit: IntakeUnit, viewer: Viewer
) -> HandedOver:
    if case is None or case.hold is not None:
        return HandedOver(case_id, Outcome.OVER)
    if case.opening.ambassador_id != command.previous_id:
        theirs = case.opening.ambassador_id == command.ambassador_id
        return HandedOver(case_id, Outcome.ALREADY if theirs else Outcome.NOT_THEIRS, case.code)
    one = HandOver(case_id, command.ambassador_id, command.organisation_id, over_limit=command.over_limit)
    try:
        await _hand_over(case, one, unit, viewer)
    except NotPossibleNow:
        return HandedOver(case_id, Outcome.OVER, case.code)
    return HandedOver(case_id, Outcome.DONE, case.code)


async def _one_signal(signal_id: UUID, command: HandOverAll, unit: IntakeUnit) -> HandedOver:
    if theirs := await unit.signals.get(signal_id, command.ambassador_id):
        return HandedOver(signal_id, Outcome.ALREADY, theirs.code)
    signal = await unit.signals.get(signal_id, command.previous_id)
    if signal is None:
        return HandedOver(signal_id, Outcome.NOT_THEIRS)
    if not signal.is_open:
        return HandedOver(signal_id, Outcome.OVER, signal.code)
    to, at = (command.ambassador_id, command.organisation_id), unit.now
    unit.outbox.append(*signal.pass_on(*to, at, command.over_limit))
    await unit.signals.save(signal)
    await unit.signals.forget_remark(signal.id)
    return HandedOver(signal_id, Outcome.DONE, signal.code)


async def _hand_over(case: Case, command: HandOver, unit: IntakeUnit, viewer: Viewer) -> Case:
    previous_id, to = case.opening.ambassador_id, (command.ambassador_id, command.organisation_id)
    replaced = case.replace_ambassador(*to, command.told_on, viewer.person_id, unit.now)
    if not replaced:
        return case
    events = [fact.model_copy(update={"over_limit": command.over_limit}) for fact in replaced]
    events += await _without_reader(case, unit)
    await _take_inventory_along(case, previous_id, unit)
    await unit.vault.record([case.id], Act.HANDED_OVER, viewer.person_id)
    return await keep(case, events, unit)


async def _without_reader(case: Case, unit: IntakeUnit) -> Sequence[Event]:
    """Who reads along is a colleague: not the new ambassador itself, and nobody of the school of before."""
    second = case.plan.second_reader_id
    if second is None or not case.is_open:
        return []
    reader = await unit.members.read(second)
    if reader and second != case.opening.ambassador_id and reader.works_for(case.opening.organisation_id):
        return []
    await unit.timeline.forget_plans(case.id)
    return case.agree_follow_ups(replace(case.plan, second_reader_id=None), unit.now)


async def _take_inventory_along(case: Case, previous_id: UUID, unit: IntakeUnit) -> None:
    """What was filled in of the talk with the family is not lost; what the new one began itself stays."""
    begun = await unit.drafts.get(inventory_draft_id(case.id, previous_id), previous_id)
    if begun is None:
        return
    new_id = case.opening.ambassador_id
    await unit.drafts.add(replace(begun, id=inventory_draft_id(case.id, new_id), owner_id=new_id))
    await unit.drafts.forget([begun.id])
