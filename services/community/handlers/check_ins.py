"""After something heavy somebody asks how it goes: who stands in for that person, else the desk."""

from typing import Final
from uuid import UUID

from services.community.domain.check_in import CheckIn
from services.community.domain.errors import CheckInNotFound
from services.community.ports import CommunityUnit
from shared.events.care import CheckInAsked
from shared.events.in_hand import CheckInDue

THE_DESK: Final = None


async def ask_to_check_in(event: CheckInDue, unit: CommunityUnit) -> None:
    """Something heavy is over: it is worth a word of thanks, too."""
    await _ask(event.subject, unit)
    await unit.care.thanks.count_help([event.subject])


async def ask_for_an_ear(person_id: UUID, unit: CommunityUnit) -> None:
    """This person would like to talk with somebody; asked twice it is one question."""
    if await unit.care.check_ins.get(person_id) is None:
        await _ask(person_id, unit)


async def list_check_ins(person_id: UUID, unit: CommunityUnit, *, at_the_desk: bool) -> list[CheckIn]:
    """Those that this person can do, the oldest first."""
    found = await unit.care.check_ins.list_for(person_id)
    if at_the_desk:
        found += await unit.care.check_ins.list_for(THE_DESK)
    return [one for one in found if one.may_be_done_by(person_id, at_the_desk=at_the_desk)]


async def tick_check_in(about: UUID, by: UUID, unit: CommunityUnit, *, at_the_desk: bool) -> None:
    """They talked. Raises CheckInNotFound; what was said stays between the two."""
    check_in = await unit.care.check_ins.get(about)
    if check_in is None or not check_in.may_be_done_by(by, at_the_desk=at_the_desk):
        raise CheckInNotFound
    await unit.care.check_ins.remove(about)
    await unit.care.thanks.count_help([by])


async def let_check_ins_go(person_id: UUID, unit: CommunityUnit) -> None:
    """Nobody asks who left; what they would ask, the desk does."""
    await unit.care.check_ins.remove(person_id)
    for one in await unit.care.check_ins.list_for(person_id):
        await unit.care.check_ins.save(CheckIn(one.person_id, THE_DESK, one.asked_at))
        unit.outbox.append(CheckInAsked(subject=one.person_id, occurred_at=unit.now))


async def _ask(person_id: UUID, unit: CommunityUnit) -> None:
    """One of each person; who left is not asked about."""
    person = await unit.members.read(person_id)
    if person is None or not person.standing:
        return
    check_in = CheckIn(person_id, await _who_asks(person.deputy_id, unit), unit.now)
    await unit.care.check_ins.save(check_in)
    unit.outbox.append(CheckInAsked(subject=person_id, occurred_at=unit.now, asked_id=check_in.asked_id))


async def _who_asks(deputy_id: UUID | None, unit: CommunityUnit) -> UUID | None:
    deputy = await unit.members.read(deputy_id) if deputy_id else None
    if deputy is None or not deputy.standing or deputy.is_away(unit.city.day_of(unit.now)):
        return THE_DESK
    return THE_DESK if await unit.care.limits.at_limit([deputy.person_id]) else deputy.person_id
