"""People leave the network, or one role in it; not before what hangs on them is with somebody else."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from services.matching.domain.leaving import Hanging, back, left, without_role
from services.matching.domain.network import Person
from services.matching.domain.people_errors import LastCoordinator, LeavingInThePast, RoleUnknown, StillHanging
from services.matching.domain.person_changes import PersonChange
from services.matching.handlers.people import keep_person, remember
from services.matching.handlers.versions import person_in_hand
from services.matching.ports import MatchingUnit
from shared.events.base import Role
from shared.events.directory import PersonLeavingBlocked

LOOK_EVERY = timedelta(minutes=10)
TELL_AGAIN_AFTER = timedelta(days=1)


async def leave_now(person_id: UUID, unit: MatchingUnit, *, by: UUID | None = None, version: int | None = None) -> None:
    """Sessions, links and codes are over at once.

    The person is locked first: whoever asks them something at this moment waits, and then finds that they left.
    Raises PersonUnknown, ChangedMeanwhile, StillHanging, LastCoordinator.
    """
    person = await person_in_hand(person_id, unit, version=version)
    if person.active:
        _check_free(await unit.hangings.read_of(person.id))
        await _check_others_coordinate(person, unit)
        await keep_person(person, left(person), unit, by=by)


async def leave_on(
    person_id: UUID, day: date | None, unit: MatchingUnit, *, by: UUID | None = None, version: int | None = None
) -> None:
    """They leave on this day; None: they stay after all.

    Raises PersonUnknown, ChangedMeanwhile, LeavingInThePast, LastCoordinator.
    """
    person = await person_in_hand(person_id, unit, version=version)
    if day is not None:
        if day <= unit.city.day_of(unit.now):
            raise LeavingInThePast
        await _check_others_coordinate(person, unit)
    await keep_person(person, replace(person, leaves_on=day), unit, by=by)


async def come_back(person_id: UUID, unit: MatchingUnit, *, by: UUID | None = None, version: int | None = None) -> None:
    """Who left is there again, as what they were. Raises PersonUnknown, ChangedMeanwhile."""
    person = await person_in_hand(person_id, unit, version=version)
    await keep_person(person, back(person), unit, by=by)


async def end_role(
    person_id: UUID,
    role: Role,
    organisation_id: UUID,
    unit: MatchingUnit,
    *,
    by: UUID | None = None,
    version: int | None = None,
) -> None:
    """One role less; the last one: they leave. Raises RoleUnknown, StillHanging, and as `leave_now`."""
    person = await person_in_hand(person_id, unit, version=version)
    after = without_role(person, role, organisation_id)
    if after == person:
        raise RoleUnknown
    hanging = await unit.hangings.read_of(person.id)
    _check_free(hanging if not after.active else hanging.of(role, organisation_id))
    if role is Role.COORDINATOR:
        await _check_others_coordinate(person, unit)
    await keep_person(person, after, unit, by=by)


async def check_roles_can_end(known: Person, person: Person, unit: MatchingUnit) -> None:
    """Nothing hangs on the roles that end. A contact who stays in the organisation can go on. Raises StillHanging."""
    kept = {(one.role, one.organisation_id) for one in person.memberships}
    ended = [one for one in known.memberships if (one.role, one.organisation_id) not in kept]
    for one in ended:
        if one.role is not Role.PARTNER or one.organisation_id not in person.organisation_ids:
            _check_free((await unit.hangings.read_of(known.id)).of(one.role, one.organisation_id))


async def look_after_leavers(unit: MatchingUnit) -> None:
    """Who leaves today leaves; what still keeps them, the desk hears, at most once a day."""
    today = unit.city.day_of(unit.now)
    for person_id in await unit.hangings.list_people(today):
        person = await unit.people.get(person_id)
        if person is None:
            continue
        hanging = await unit.hangings.read_of(person.id)
        if hanging.is_empty and await _others_coordinate(person, unit):
            if person.active:
                await keep_person(person, left(person), unit)
        elif not await _was_told_today(person.id, unit):
            await remember(person.id, ((PersonChange.LEAVING_BLOCKED, None),), unit)
            unit.outbox.append(_blocked(person, hanging, today, unit))


async def _was_told_today(person_id: UUID, unit: MatchingUnit) -> bool:
    last = await unit.person_history.read_last(person_id, PersonChange.LEAVING_BLOCKED)
    return last is not None and last > unit.now - TELL_AGAIN_AFTER


def _check_free(hanging: Hanging) -> None:
    if not hanging.is_empty:
        raise StillHanging(hanging)


async def _check_others_coordinate(person: Person, unit: MatchingUnit) -> None:
    if not await _others_coordinate(person, unit):
        raise LastCoordinator(unit.city)


async def _others_coordinate(person: Person, unit: MatchingUnit) -> bool:
    """Whether somebody coordinates without this person; who would, does not leave before this is decided."""
    if not any(one.role is Role.COORDINATOR for one in person.memberships):
        return True
    others = [one.person_id for one in await unit.members.list_with_role(Role.COORDINATOR)]
    held = await unit.people.hold([one for one in others if one != person.id])
    return any(one.active and any(each.role is Role.COORDINATOR for each in one.memberships) for one in held)


def _blocked(person: Person, hanging: Hanging, today: date, unit: MatchingUnit) -> PersonLeavingBlocked:
    return PersonLeavingBlocked(
        subject=person.id,
        occurred_at=unit.now,
        leaves_on=person.leaves_on or today,
        cases=len(hanging.cases),
        questions=len(hanging.questions) + len(hanging.services),
    )
