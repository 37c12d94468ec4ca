"""Preparation groups: who prepares a gathering together is asked first to tell there."""

from uuid import UUID

from services.community.domain.errors import GatheringNotFound
from services.community.domain.gathering import Gathering
from services.community.ports import CommunityUnit


async def set_prepared(gathering_id: UUID, prepared_id: UUID | None, unit: CommunityUnit) -> None:
    """It prepares this one, or none. Raises GatheringNotFound or NotInThisState."""
    gathering = await unit.gatherings.get(gathering_id)
    prepared = await unit.gatherings.read(prepared_id) if prepared_id else None
    if gathering is None or (prepared_id and prepared is None):
        raise GatheringNotFound
    gathering.prepare(prepared, unit.now)
    await unit.gatherings.save(gathering)


async def show_prepared(gathering: Gathering, unit: CommunityUnit) -> Gathering | None:
    """What it prepares, when everybody may know of that."""
    if gathering.prepares_id is None or not gathering.is_preparation:
        return None
    found = await unit.gatherings.read(gathering.prepares_id)
    return found if found and found.is_public else None


async def show_preparations(gathering_id: UUID, unit: CommunityUnit) -> list[Gathering]:
    """The groups that prepare it."""
    return [one for one in await unit.gatherings.list_preparing(gathering_id) if one.is_preparation]


async def show_to_prepare(unit: CommunityUnit) -> list[Gathering]:
    """What can be prepared: what comes and has not begun."""
    coming = await unit.gatherings.list_from(unit.now, public_only=True)
    return [one for one in coming if one.is_ahead(unit.now) and not one.is_preparation]
