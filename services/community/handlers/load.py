"""What people have in hand, and what they set themselves; told once when that changes whether they are asked."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from services.community.domain.load import Busy, Load
from services.community.ports import CommunityUnit
from shared.events.in_hand import FamiliesInHandChanged


@dataclass(frozen=True, slots=True)
class OwnLoad:
    """What somebody reads of themselves."""

    load: Load
    limit: int
    busy: Busy
    rests: bool


async def keep_families(event: FamiliesInHandChanged, unit: CommunityUnit) -> None:
    """So many wait for this person."""
    load = await unit.care.loads.get(event.subject)
    await _keep(replace(load, families=event.families, heavy=event.heavy), unit)


async def set_own_limit(person_id: UUID, limit: int, paused_until: date | None, unit: CommunityUnit) -> None:
    """So much this person wants to have in hand, and nothing new up to and with that day."""
    load = await unit.care.loads.get(person_id)
    await _keep(replace(load, limit=limit, paused_until=paused_until), unit)


async def show_own_load(person_id: UUID, unit: CommunityUnit) -> OwnLoad:
    """What waits for this person, and how much they want."""
    load = (await unit.care.loads.read_each([person_id]))[person_id]
    limit, today = unit.city.load.limit, unit.city.day_of(unit.now)
    return OwnLoad(load, load.limit or limit, load.busy(limit, today), load.rests(today))


async def list_at_limit(unit: CommunityUnit) -> list[UUID]:
    """Whom nobody asks anything new now, by id; how much they have in hand is theirs."""
    everybody = [one.person_id for one in await unit.care.loads.list_all()]
    return sorted(await unit.care.limits.at_limit(everybody))


async def tell_who_is_busy(unit: CommunityUnit) -> None:
    """Turns are given, held and called off, and rest ends: whoever can or cannot be asked since then is told of."""
    limit, today = unit.city.load.limit, unit.city.day_of(unit.now)
    for one in await unit.care.loads.list_all():
        if one.busy(limit, today) is not one.told:
            await _keep(await unit.care.loads.get(one.person_id), unit)


async def let_load_go(person_id: UUID, unit: CommunityUnit) -> None:
    """Who left the network is at no limit."""
    load = await unit.care.loads.get(person_id)
    if load.told is Busy.FULL:
        _, events = Load(person_id, told=Busy.FULL).tell(unit.city.load.limit, unit.now, unit.city.day_of(unit.now))
        unit.outbox.append(*events)
    await unit.care.loads.remove(person_id)


async def _keep(load: Load, unit: CommunityUnit) -> None:
    told, events = load.tell(unit.city.load.limit, unit.now, unit.city.day_of(unit.now))
    await unit.care.loads.save(told)
    unit.outbox.append(*events)
