"""The desk adds what people can read with a gathering, and takes it away; before it, and long after."""

from uuid import UUID

from services.community.domain.errors import GatheringNotFound
from services.community.domain.material import Material
from services.community.ports import CommunityUnit


async def add_material(gathering_id: UUID, material: Material, unit: CommunityUnit) -> None:
    """Whoever sees the gathering sees it. Raises GatheringNotFound or NotInThisState."""
    gathering = await unit.gatherings.get(gathering_id)
    if gathering is None:
        raise GatheringNotFound
    gathering.add_material(material)
    await unit.gatherings.save(gathering)


async def remove_material(gathering_id: UUID, address: str, unit: CommunityUnit) -> None:
    """Nobody sees it any more. Raises GatheringNotFound."""
    gathering = await unit.gatherings.get(gathering_id)
    if gathering is None:
        raise GatheringNotFound
    gathering.remove_material(address)
    await unit.gatherings.save(gathering)
