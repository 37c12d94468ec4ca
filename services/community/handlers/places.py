"""Places, and the look that somebody took at each."""

from uuid import UUID

from services.community.commands import CheckPlace
from services.community.domain.errors import PlaceNotFound
from services.community.domain.place import Place
from services.community.ports import CommunityUnit


async def add_place(name: str, address: str, unit: CommunityUnit) -> UUID:
    """A place that nobody looked at yet; returns its id."""
    place = Place(unit.ids.new(), name, address)
    await unit.places.save(place)
    return place.id


async def find_place(place_id: UUID, unit: CommunityUnit) -> Place:
    """Raises PlaceNotFound."""
    place = await unit.places.get(place_id)
    if place is None:
        raise PlaceNotFound
    return place


async def check_place(command: CheckPlace, unit: CommunityUnit) -> Place:
    """Somebody was there; the place as it stands after that. Raises PlaceNotFound."""
    place = await find_place(command.place_id, unit)
    place = place.checked(command.found, unit.city.day_of(unit.now), agreed=command.agreed)
    await unit.places.save(place)
    return place
