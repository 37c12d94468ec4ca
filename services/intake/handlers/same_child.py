"""Two requests that may be for one child: both ambassadors hear that, ask the family, and one no keeps them apart.

Nobody is told who the other is, or anything of that case, before both families said yes.
"""

from typing import Final
from uuid import UUID

from services.intake.domain.case import Case
from services.intake.domain.case_state import KEPT, OPEN, check_state
from services.intake.domain.rules import Viewer
from services.intake.domain.same_child import (
    NothingToAnswer,
    PairState,
    SameChild,
    TooLateToPart,
    suspected,
)
from services.intake.handlers.cases import case_for, keep
from services.intake.handlers.joined import may_be_named
from services.intake.handlers.one_plan import hold_all, hold_both, keep_together, seek_again
from services.intake.ports import IntakeUnit
from shared.privacy.audit import About, Action

# Their cases stand still meanwhile; what is more is found a minute later.
MOST_AT_ONCE: Final = 20
PURPOSE: Final = "same-child"


async def find_same_children(unit: IntakeUnit) -> None:
    """Tell both ambassadors of what was found since, each pair once; and end what waited too long.

    Found here, and not when a request comes in: two that come in at once do not see each other, and whoever sends one
    learns nothing from the answer.
    """
    found, waiting = await unit.same_children.find_new(MOST_AT_ONCE), await _to_settle(unit)
    await hold_all([*found, *((pair.older, pair.younger) for pair in waiting)], unit)
    for older_id, younger_id in found:
        pair = SameChild(unit.ids.new(), older_id, younger_id, found_at=unit.now)
        older, younger = await hold_both(pair, unit)
        if not await _may_both_be_told(older, younger, unit) or not await unit.same_children.add(pair):
            continue
        # Who is the contact person of both reads it on their pages, which name the other one.
        if older.opening.ambassador_id != younger.opening.ambassador_id:
            unit.outbox.append(suspected(older, unit.now), suspected(younger, unit.now))
    for pair in waiting:
        await _look_again(pair, unit)


async def answer(case_id: UUID, pair_id: UUID, unit: IntakeUnit, viewer: Viewer, *, together: bool) -> SameChild:
    """What this side's family decided. The same once more changes nothing. Raises NothingToAnswer, as `case_for` does.

    The first no is the last word; two times yes makes one plan.
    """
    pair = await _held(case_id, pair_id, unit)
    older, younger = await hold_both(pair, unit)
    case = await case_for(case_id, unit, viewer)
    if pair.state is (PairState.JOINED if together else PairState.APART):
        return pair
    check_state(case.state, "say whether it is the same child", *OPEN)
    unit.audit.record(Action.WRITE, About.CASE, case.id, PURPOSE, fields=["together" if together else "apart"])
    if not together:
        _keep_apart(pair, older, younger, unit)
    elif pair.agree(case.id, viewer.person_id) and await _may_both_be_told(older, younger, unit):
        await _join(pair, older, younger, unit)
    await unit.same_children.save(pair)
    return pair


async def part(case_id: UUID, pair_id: UUID, unit: IntakeUnit, viewer: Viewer) -> SameChild:
    """Two plans again, while that can still be. Raises NothingToAnswer or TooLateToPart, and what `case_for` does."""
    pair = await _held(case_id, pair_id, unit)
    both = await hold_both(pair, unit)
    case = await case_for(case_id, unit, viewer)
    if pair.state is PairState.PARTED:
        return pair
    if pair.state is PairState.JOINED and not pair.may_part(unit.now, unit.city.terms.same_child_days):
        raise TooLateToPart(unit.city.desk.in_sentence)
    unit.audit.record(Action.WRITE, About.CASE, case.id, PURPOSE, fields=["apart"])
    # Of one that is being erased nothing more is told.
    kept = [(each, told) for each, told in zip(both, pair.part(*both, unit.now), strict=True) if each.state in KEPT]
    for each, told in kept:
        await keep(each, [told], unit)
    await unit.same_children.save(pair)
    for each, _ in kept:
        await seek_again(pair, each, unit)
    return pair


async def let_go_of_erased(case_id: UUID, unit: IntakeUnit) -> None:
    """This case is being erased: what it sought for another is sought there again, and nobody waits for its answer."""
    for pair in await unit.same_children.list_of_case(case_id):
        other = await unit.cases.get(pair.other(case_id))
        erased = await unit.cases.read(case_id)
        if other is None or erased is None or other.state not in KEPT:
            continue
        if pair.state is PairState.ASKED and other.is_open:
            told = pair.keep_apart(erased, other, unit.now)[1]
            unit.outbox.append(told)
        elif pair.state is PairState.JOINED:
            parted = pair.part(erased, other, unit.now)[1:]
            await keep(other, list(parted) if other.is_open else [], unit)
            await unit.same_children.save(pair)
            await seek_again(pair, other, unit)


async def pairs_of(case: Case, unit: IntakeUnit) -> list[SameChild]:
    """What is to be shown of it on the page of this case: what is asked, and what is one."""
    shown = {PairState.JOINED, PairState.ASKED} if case.is_open else {PairState.JOINED}
    return [pair for pair in await unit.same_children.list_of_case(case.id) if pair.state in shown]


async def _held(case_id: UUID, pair_id: UUID, unit: IntakeUnit) -> SameChild:
    """The pair is locked before its cases are: both sides may answer at once."""
    pair = await unit.same_children.get(pair_id)
    if pair is None or case_id not in {pair.older, pair.younger}:
        raise NothingToAnswer
    return pair


async def _to_settle(unit: IntakeUnit) -> list[SameChild]:
    """Those to which both said yes, or to which nobody answered in time; locked."""
    known = [await unit.same_children.get(asked.id) for asked in await unit.same_children.list_asked()]
    asked = [pair for pair in known if pair is not None and pair.state is PairState.ASKED]
    return [pair for pair in asked if pair.both_agreed or _is_late(pair, unit)]


def _is_late(pair: SameChild, unit: IntakeUnit) -> bool:
    return pair.is_late(unit.now, unit.city.terms.same_child_days)


async def _look_again(pair: SameChild, unit: IntakeUnit) -> None:
    """Both said yes while one stood still: now they may. Or nobody answered in time."""
    older, younger = await hold_both(pair, unit)
    if pair.both_agreed and await _may_both_be_told(older, younger, unit):
        await _join(pair, older, younger, unit)
    elif _is_late(pair, unit):
        _keep_apart(pair, older, younger, unit)
    await unit.same_children.save(pair)


def _keep_apart(pair: SameChild, older: Case, younger: Case, unit: IntakeUnit) -> None:
    told = zip((older, younger), pair.keep_apart(older, younger, unit.now), strict=True)
    unit.outbox.append(*(event for case, event in told if case.state in KEPT))


async def _join(pair: SameChild, older: Case, younger: Case, unit: IntakeUnit) -> None:
    for case, told in zip((older, younger), pair.join(older, younger, unit.now), strict=True):
        await keep(case, [told], unit)
    await unit.same_children.save(pair)
    await keep_together(pair, older, younger, unit)


async def _may_both_be_told(older: Case, younger: Case, unit: IntakeUnit) -> bool:
    """Neither case, nor another of these families, stands still for safety or has a secret address."""
    open_ones = older.is_open and younger.is_open
    return open_ones and await may_be_named(older, unit) and await may_be_named(younger, unit)
