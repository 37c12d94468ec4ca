"""Calendars that people subscribe to: made, renewed, switched off, and read."""

from collections.abc import Collection, Iterable
from typing import Final
from uuid import UUID

from services.community.domain.errors import FeedNotFound, NotInThisState, SeatNotFound
from services.community.domain.expertise import AskState
from services.community.domain.feed import FEED_LASTS, IN_FEED, SHOWN_AFTER, Entry, Feed, is_shown
from services.community.domain.gathering import Gathering
from services.community.domain.hosting import PROMISED
from services.community.domain.seat import Seat
from services.community.ports import CommunityUnit
from shared.kernel.translatable import to_translate

FEED_LINK: Final = "feed"
# In place of a gathering: the mark of an address that stands for all of them.
_ALL_GATHERINGS: Final = UUID(int=0)


async def make_feed_of_person(person_id: UUID, unit: CommunityUnit) -> str:
    """A new link, in place of the one before; returns its token, which is kept nowhere. Raises NotInThisState."""
    await stop_feed_of_person(person_id, unit)
    return await _make(Feed(unit.ids.new(), unit.now, person_id=person_id), unit)


async def stop_feed_of_person(person_id: UUID, unit: CommunityUnit) -> None:
    """The link opens nothing any more."""
    await _remove(await unit.feeds.find_of_person(person_id), unit)


async def make_feed_of_seat(seat: Seat, unit: CommunityUnit) -> str:
    """The same for whoever signed up with the address of this seat. Raises SeatNotFound or NotInThisState."""
    email = await _email_of(seat, unit)
    digest = digest_of_address(email, unit)
    await _remove(await unit.feeds.find_of_address(digest), unit)
    feed = Feed(unit.ids.new(), unit.now, address_digest=digest)
    token = await _make(feed, unit)
    await unit.feeds.add_seats(feed.id, [one.id for one in await _seats_of(email, unit)])
    return token


async def stop_feed_of_seat(seat: Seat, unit: CommunityUnit) -> None:
    """The link opens nothing any more. Raises SeatNotFound when it is forgotten whose it was."""
    await _remove(await unit.feeds.find_of_address(digest_of_address(await _email_of(seat, unit), unit)), unit)


async def has_feed(seat: Seat, unit: CommunityUnit) -> bool:
    """Whether whoever has this seat has one."""
    told = await unit.sign_ups.open(seat.id)
    return told is not None and await unit.feeds.find_of_address(digest_of_address(told.email, unit)) is not None


async def put_in_feed(seat: Seat, email: str, unit: CommunityUnit) -> None:
    """A new seat of somebody who may have one."""
    feed = await unit.feeds.find_of_address(digest_of_address(email, unit))
    if feed is not None:
        await unit.feeds.add_seats(feed.id, [seat.id])


async def read_feed(token: str, unit: CommunityUnit) -> list[Entry]:
    """What stands in it, in its order. Raises FeedNotFound or LinkExpired."""
    grant = await unit.links.resolve(token, FEED_LINK)
    feed = await unit.feeds.read(grant.subject_id) if grant else None
    if feed is None:
        raise FeedNotFound
    seats = [one for one in await unit.feeds.list_seats(feed.id) if one.state in IN_FEED]
    revisions = {one.gathering_id: one.revision for one in seats}
    if feed.person_id is not None:
        turns = await unit.turns.list_of_person(feed.person_id, PROMISED)
        asks = await unit.expert_asks.list_of_person(feed.person_id)
        revisions |= {one.gathering_id: 0 for one in turns}
        revisions |= {one.gathering_id: 0 for one in asks if one.state is AskState.AGREED}
    found = [await unit.gatherings.read(one) for one in revisions]
    return await _entries([one for one in found if one], unit, revisions)


async def read_public_feed(unit: CommunityUnit) -> list[Entry]:
    """All that everybody knows of."""
    return await _entries(await unit.gatherings.list_from(unit.now - SHOWN_AFTER, public_only=True), unit, {})


async def forget_old_feeds(unit: CommunityUnit) -> None:
    """Their links ended."""
    await unit.feeds.remove(await unit.feeds.list_made_before(unit.now - FEED_LASTS))


async def _make(feed: Feed, unit: CommunityUnit) -> str:
    if not await unit.feeds.add(feed):
        raise NotInThisState(to_translate("Je maakte net al een link. Probeer het nog een keer."))
    link = await unit.links.mint(FEED_LINK, feed.id, feed.person_id or feed.id, feed.made_at + FEED_LASTS)
    return link.token


async def _remove(feed: Feed | None, unit: CommunityUnit) -> None:
    if feed is not None:
        await unit.feeds.remove([feed.id])


async def _seats_of(email: str, unit: CommunityUnit) -> list[Seat]:
    """Those of this address at what is to come, and at what was a while ago."""
    known = await unit.gatherings.list_from(unit.now - SHOWN_AFTER, public_only=True)
    found = [await unit.seats.get_by_digest(one.id, unit.sign_ups.digest_of(one.id, email)) for one in known]
    return [one for one in found if one]


async def _email_of(seat: Seat, unit: CommunityUnit) -> str:
    told = await unit.sign_ups.open(seat.id)
    if told is None:
        raise SeatNotFound
    return told.email


def digest_of_address(email: str, unit: CommunityUnit) -> bytes:
    """The mark of an address, whatever the gathering."""
    return unit.sign_ups.digest_of(_ALL_GATHERINGS, email)


async def _entries(gatherings: Iterable[Gathering], unit: CommunityUnit, revisions: dict[UUID, int]) -> list[Entry]:
    shown: Collection[Gathering] = [one for one in gatherings if is_shown(one, unit.now)]
    places = await unit.places.get_each({one.details.place_id for one in shown if one.details.place_id})
    in_order = sorted(shown, key=lambda one: (one.details.starts_at, one.id))
    return [
        Entry(one, places.get(one.details.place_id) if one.details.place_id else None, revisions.get(one.id, 0))
        for one in in_order
    ]
