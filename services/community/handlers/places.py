"""Places, and the look that somebody took at each."""

from uuid import UUID

from services.community.commands import CheckPlace
from services.community.domain.errors import NotInThisState, PlaceNotFound
from services.community.domain.expertise import AskState
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
    """Somebody was there; the place as it stands after that. Raises PlaceNotFound.

    Raises NotInThisState when it is not said who agreed while experts are known, or it is none of them.
    """
    place = await find_place(command.place_id, unit)
    known = await known_experts(unit)
    if command.agreed_by is None and command.agreed and known:
        raise NotInThisState("Kies welke ervaringsdeskundige erbij was.")
    if command.agreed_by is not None and command.agreed_by not in known:
        raise NotInThisState("Deze persoon staat niet meer in de lijst. Kies iemand anders.")
    agreed = command.agreed or command.agreed_by is not None
    day = unit.city.day_of(unit.now)
    place = place.checked(command.found, day, agreed=agreed, agreed_by=command.agreed_by)
    await unit.places.save(place)
    return place


async def known_experts(unit: CommunityUnit) -> list[UUID]:
    """Who said yes once to tell from experience, and is in the network: of nobody else the desk may know it."""
    said_yes = {one.person_id for one in await unit.expert_asks.list_all() if one.state is AskState.AGREED}
    members = await unit.members.read_many(said_yes)
    return sorted(person_id for person_id, member in members.items() if member.standing)
