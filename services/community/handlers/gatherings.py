"""Gatherings: made, announced, changed, cancelled, held and reported."""

from typing import Final
from uuid import UUID

from services.community.commands import ChangeGathering
from services.community.domain.contact import ContactKind
from services.community.domain.errors import GatheringNotFound
from services.community.domain.gathering import Details, Gathering
from services.community.domain.hosting import PROMISED
from services.community.domain.place import Place
from services.community.handlers.around import plan_reminders, tell_that_it_is_off, tell_that_it_moved
from services.community.handlers.contacts import note_contact
from services.community.handlers.following import tell_followers
from services.community.handlers.seats import offer_places
from services.community.handlers.thanks import count_hosts
from services.community.ports import CommunityUnit
from shared.events.community import CancelReason

CLOSED_AT_ONCE: Final = 50
REPORTS_SHOWN: Final = 50


async def draft_gathering(details: Details, unit: CommunityUnit) -> UUID:
    """A new one, which nobody but the desk sees; returns its id."""
    gathering = Gathering(unit.ids.new(), details, changed_at=unit.now)
    await unit.gatherings.save(gathering)
    return gathering.id


async def find_gathering(gathering_id: UUID, unit: CommunityUnit, *, at_the_desk: bool = False) -> Gathering:
    """The gathering to look at. Raises GatheringNotFound, for others than the desk also when it was not announced."""
    gathering = await unit.gatherings.read(gathering_id)
    if gathering is None or not (at_the_desk or gathering.is_public):
        raise GatheringNotFound
    return gathering


async def change_gathering(command: ChangeGathering, unit: CommunityUnit) -> None:
    """Raises GatheringNotFound, NotInThisState or NotReadyToAnnounce."""
    gathering = await _get(command.gathering_id, unit)
    place = await place_of(command.details, unit)
    events = gathering.change(command.details, place, unit.city, unit.now)
    unit.outbox.append(*events)
    await unit.gatherings.save(gathering)
    if events:
        await tell_that_it_moved(gathering, unit)
    await offer_places(gathering, unit)


async def announce_gathering(gathering_id: UUID, unit: CommunityUnit) -> None:
    """Raises GatheringNotFound, NotInThisState or NotReadyToAnnounce."""
    gathering = await _get(gathering_id, unit)
    place = await place_of(gathering.details, unit)
    unit.outbox.append(*gathering.announce(place, unit.city, unit.now))
    await unit.gatherings.save(gathering)
    plan_reminders(gathering, unit)
    await tell_followers(gathering, unit)


async def cancel_gathering(gathering_id: UUID, reason: CancelReason, unit: CommunityUnit) -> None:
    """Raises GatheringNotFound or NotInThisState."""
    gathering = await _get(gathering_id, unit)
    unit.outbox.append(*gathering.cancel(reason, unit.now))
    await unit.gatherings.save(gathering)
    await tell_that_it_is_off(gathering, unit)


async def close_what_is_over(unit: CommunityUnit) -> None:
    """What was announced and has ended was held."""
    for gathering_id in await unit.gatherings.list_over(unit.now, CLOSED_AT_ONCE):
        gathering = await _get(gathering_id, unit)
        if gathering.is_coming:
            unit.outbox.append(*gathering.hold(unit.now))
            await unit.gatherings.save(gathering)
            hosts = [one for one in await unit.turns.list_of(gathering_id) if one.state in PROMISED]
            await note_contact([one.organisation_id for one in hosts], ContactKind.GATHERING, unit)
            await count_hosts(gathering.id, unit)


async def show_gatherings(unit: CommunityUnit, *, at_the_desk: bool) -> tuple[list[Gathering], list[Gathering]]:
    """What comes, in its order, and what was, the newest first; what was not announced for the desk only."""
    public_only = not at_the_desk
    coming = await unit.gatherings.list_from(unit.now, public_only=public_only)
    return coming, await unit.gatherings.list_before(unit.now, REPORTS_SHOWN, public_only=public_only)


async def is_where_it_was(gathering: Gathering, unit: CommunityUnit) -> bool:
    """Whether the one before it in its series is at the same place: everybody should come by once."""
    if gathering.series_id is None or gathering.details.place_id is None:
        return False
    before = await unit.gatherings.read_before(gathering.series_id, gathering.details.starts_at)
    return before is not None and before.details.place_id == gathering.details.place_id


async def place_of(details: Details, unit: CommunityUnit) -> Place | None:
    """Where it is, when that is known."""
    return await unit.places.get(details.place_id) if details.place_id else None


async def _get(gathering_id: UUID, unit: CommunityUnit) -> Gathering:
    gathering = await unit.gatherings.get(gathering_id)
    if gathering is None:
        raise GatheringNotFound
    return gathering
