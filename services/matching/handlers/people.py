"""The people of the network: kept with who changed what, and told to every service."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from services.matching.domain.leaving import ends_sessions
from services.matching.domain.network import Person
from services.matching.domain.people_errors import PhoneMissing
from services.matching.domain.person_changes import Changes, KeptChange, changes_between
from services.matching.ports import MatchingUnit
from shared.access.members import Member


async def list_person(person: Person, unit: MatchingUnit, *, in_bulk: bool = False) -> None:
    """Tell every service, this one too, what this person may do now; `in_bulk`: nobody waits for it."""
    listed = person.listed(at=unit.now)
    await unit.members.save(Member.of(listed))
    unit.outbox.append(listed, in_bulk=in_bulk)


async def welcome(newcomer: Person, unit: MatchingUnit, *, by: UUID | None = None) -> Person:
    """Keep somebody new. Whoever has this address or id already stays as they are, and is given back instead.

    Raises PhoneMissing.
    """
    if newcomer.cannot_be_called:
        raise PhoneMissing
    kept = await unit.people.add(newcomer)
    if kept == newcomer:
        await remember(newcomer.id, changes_between(None, newcomer), unit, by=by)
        await list_person(newcomer, unit)
    return kept


async def welcome_all(newcomers: Sequence[Person], unit: MatchingUnit) -> set[UUID]:
    """Keep everybody of a file who is new; the ids of those. Whoever has such an address or id stays as they are."""
    added = await unit.people.add_all(newcomers)
    new = [person for person in newcomers if person.id in added]
    await unit.person_history.add(
        [
            KeptChange(unit.ids.new(), person.id, change, unit.now, None, where)
            for person in new
            for change, where in changes_between(None, person)
        ]
    )
    listed = [person.listed(at=unit.now) for person in new]
    if listed:
        await unit.members.save_all([Member.of(one) for one in listed])
        unit.outbox.append(*listed, in_bulk=True)
    return added


async def take_in(newcomer: Person, unit: MatchingUnit, *, by: UUID) -> Person:
    """Somebody for one organisation: new, or known by this address already, and then there as well.

    Who left comes back for this only: what else they were is not given back.
    """
    kept = await welcome(newcomer, unit, by=by)
    if kept == newcomer:
        return kept
    known = await unit.people.get(kept.id) or kept
    person = known if known.active else replace(known, active=True, memberships=())
    for one in newcomer.memberships:
        person = person.joining(one.organisation_id, one.role, leads=one.leads)
    return await keep_person(known, person, unit, by=by)


async def keep_person(
    known: Person, person: Person, unit: MatchingUnit, *, by: UUID | None = None, in_bulk: bool = False
) -> Person:
    """Keep what changed, with who changed it; nothing changed: nothing happens.

    Where something ends, sessions and codes on their way are over, whoever ended it and in which way. `in_bulk`: one of
    many in a file, for whom others do not wait; where something ends, they do. Raises PhoneMissing.
    """
    if person == known:
        return known
    if person.cannot_be_called and not known.cannot_be_called:
        raise PhoneMissing
    changed, ends = replace(person, version=known.version + 1), ends_sessions(known, person)
    if ends:
        changed = replace(changed, epoch=known.epoch + 1)
        await unit.sign_ins.close_all_of(known.id)
    await unit.people.save(changed)
    await remember(known.id, changes_between(known, changed), unit, by=by)
    if known.listed(at=unit.now) != changed.listed(at=unit.now):
        await list_person(changed, unit, in_bulk=in_bulk and not ends)
    return changed


async def remember(person_id: UUID, changes: Changes, unit: MatchingUnit, *, by: UUID | None = None) -> None:
    """Who did what and when, for the desk."""
    await unit.person_history.add(
        [KeptChange(unit.ids.new(), person_id, change, unit.now, by, where) for change, where in changes]
    )
