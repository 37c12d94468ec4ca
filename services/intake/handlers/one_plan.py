"""Two cases of one child that have one plan: what both need is sought once, and the strictest answer counts.

Each keeps its own sealed facts and its own family page: who asked for help elsewhere is told nothing of this one's.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from services.intake.domain.case import Case
from services.intake.domain.case_state import FOLLOWS_FAMILY
from services.intake.domain.consent import FieldSet, newest_about, opened_to
from services.intake.domain.left_out import unwanted
from services.intake.domain.one_plan import Side, run_elsewhere, runs_in
from services.intake.domain.same_child import PairState, SameChild
from services.intake.handlers.cases import keep
from services.intake.handlers.joined import hold_in_order, joined_with
from services.intake.handlers.left_out import marks_of, tell_left_out
from services.intake.ports import IntakeUnit
from shared.events.base import Code, Event, Need

LOOKED_AT_EVERY: Final = timedelta(minutes=1)


async def keep_plans_together(unit: IntakeUnit) -> None:
    """What changed in one case may change what the other seeks: looked at anew, so that no need is left to nobody."""
    known = [await unit.same_children.get(pair.id) for pair in await unit.same_children.list_joined()]
    joined = [pair for pair in known if pair is not None and pair.state is PairState.JOINED]
    await hold_all([(pair.older, pair.younger) for pair in joined], unit)
    for pair in joined:
        await keep_together(pair, *await hold_both(pair, unit), unit)
    # One that was closed or stood still when its plan ended goes on by now.
    for case_id in await unit.same_children.list_alone():
        if case := await unit.cases.get(case_id):
            await share(case, unit)


async def hold_all(pairs: Iterable[tuple[UUID, UUID]], unit: IntakeUnit) -> None:
    """Lock the cases of all these pairs before anything is done with one."""
    await hold_in_order([one for pair in pairs for one in pair], unit)


async def hold_both(pair: SameChild, unit: IntakeUnit) -> tuple[Case, Case]:
    """Both cases of this pair, which is locked and goes with the key of either: the older request first."""
    held = await hold_in_order((pair.older, pair.younger), unit)
    return held[pair.older], held[pair.younger]


async def keep_together(pair: SameChild, older: Case, younger: Case, unit: IntakeUnit) -> None:
    """Both seek what they have to seek now. One that stands still for safety stays as it is."""
    if older.hold is not None or younger.hold is not None:
        return
    for own, other in ((older, younger), (younger, older)):
        if own.state in FOLLOWS_FAMILY and other.state in FOLLOWS_FAMILY:
            await _leave_out(pair, own, await _not_wanted(other, unit), unit)
    for own in (older, younger):
        await share(own, unit)


async def share(case: Case, unit: IntakeUnit) -> None:
    """This case, which is locked, seeks what no other case of its child does."""
    if case.is_open and case.hold is None:
        await keep(case, await seek_once(case, case.needs, unit), unit)


async def seek_once(case: Case, needs: Sequence[Need], unit: IntakeUnit) -> list[Event]:
    """With these needs, nobody is asked from this case for what another case of the same child seeks already."""
    double: set[UUID] = set()
    if others := await joined_with(case.id, unit):
        progress = await unit.timeline.read_progress([case.id, *(other.id for other in others)])
        told = {each.need_id: each.progress for known in progress.values() for each in known}
        own = Side(case, tuple(needs), told)
        double = {need_id for other in others for need_id in runs_in(Side(other, other.needs, told), own)}
    return run_elsewhere(case, double, await marks_of(case, unit), unit.now)


async def seek_again(pair: SameChild, case: Case, unit: IntakeUnit) -> None:
    """The pair is one no more: this case, which is locked, seeks all that it asked for, with whom its family wants."""
    await _leave_out(pair, case, (), unit)
    await share(case, unit)


async def narrowed(
    case: Case, allowed: frozenset[FieldSet], organisation_id: UUID, kind: Code | None, unit: IntakeUnit
) -> frozenset[FieldSet]:
    """What is left of what this organisation may read, by what was said in the other case: the strictest counts.

    Where the other family was asked nothing of partners of this kind, it said nothing.
    """
    for other in await joined_with(case.id, unit):
        if other.state not in FOLLOWS_FAMILY:
            continue
        consents = await unit.consents.list_of_case(other.id)
        if organisation_id in await _not_wanted(other, unit):
            return frozenset()
        if newest_about(consents, kind) or newest_about(consents, None):
            born = (await unit.vault.read_birth_dates([other.id])).get(other.id)
            allowed &= opened_to(consents, organisation_id, kind, unit.city.day_of(unit.now), born)
    return allowed


async def _leave_out(pair: SameChild, own: Case, theirs: tuple[UUID, ...], unit: IntakeUnit) -> None:
    """Whom the other side would rather not have, or stopped with, is asked for neither; told when that changes it."""
    before = pair.left_out(own.id)
    if before == theirs:
        return
    pair.leaves_out(own.id, theirs)
    await unit.same_children.save(pair)
    if own.state in FOLLOWS_FAMILY and set(before).symmetric_difference(theirs) - set(unwanted(own)):
        await tell_left_out(own, unit)


async def _not_wanted(case: Case, unit: IntakeUnit) -> tuple[UUID, ...]:
    """By this family's own word."""
    stopped = [each.organisation_id for each in await unit.consents.list_of_case(case.id) if each.organisation_id]
    return tuple(sorted({*unwanted(case), *stopped}))
