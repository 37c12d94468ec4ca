"""Seats: asked for and confirmed, offered and accepted, given back. Each step holds the gathering, so that one follows
the other: who confirms first has the place.
"""

from uuid import UUID

from services.community.commands import ChangeSignUp, SignUpForGathering
from services.community.domain.errors import GatheringNotFound, NotInThisState, SeatNotFound, SignUpClosed
from services.community.domain.gathering import Gathering
from services.community.domain.seat import HOLDING, Seat, SeatState, takes_offers
from services.community.domain.sign_up import SignUp
from services.community.handlers.feeds import put_in_feed
from services.community.handlers.table_plans import keep_table
from services.community.ports import CommunityUnit
from shared.events.base import Event
from shared.kernel.translatable import to_translate
from shared.unit_of_work import Timer

OFFER_ENDS = "offer ends"
SEAT_LINK = "seat"


async def request_seat(command: SignUpForGathering, unit: CommunityUnit) -> None:
    """The address gets a mail; one that signed up before, too, and it is the same seat. Nobody hears which it was.

    Raises GatheringNotFound or SignUpClosed.
    """
    gathering = await _open(command.gathering_id, unit)
    digest = unit.sign_ups.digest_of(gathering.id, command.sign_up.email)
    seat = await unit.seats.get_by_digest(gathering.id, digest)
    if seat is not None and seat.state is not SeatState.REQUESTED:
        unit.outbox.append(*seat.tell_again(unit.now))
        return
    if seat is None:
        revision = await unit.seats.next_revision(gathering.id, digest)
        seat = Seat(unit.ids.new(), gathering.id, unit.now, revision=revision)
    unit.outbox.append(*seat.request(unit.now))
    await unit.seats.save(seat, digest)
    await unit.sign_ups.keep(seat.id, command.sign_up)
    await put_in_feed(seat, command.sign_up.email, unit)


async def change_sign_up(command: ChangeSignUp, unit: CommunityUnit) -> None:
    """What is told takes the place of what was told. Raises SeatNotFound, or NotInThisState when the seat is over."""
    seat, _ = await held_seat(command.seat_id, unit)
    told = await told_with(seat, unit)
    new = SignUp(
        command.name, told.email, command.organisation, command.topic, command.needs, command.seen_by, command.comes_as,
        told.table_wish,
    )  # fmt: skip
    await unit.sign_ups.keep(seat.id, new)


async def told_with(seat: Seat, unit: CommunityUnit) -> SignUp:
    """What can still be changed. Raises SeatNotFound when it is forgotten, NotInThisState when the seat is over."""
    if not seat.goes_on:
        raise NotInThisState(to_translate("Je bent niet (meer) aangemeld. Meld je opnieuw aan."))
    told = await unit.sign_ups.open(seat.id)
    if told is None:
        raise SeatNotFound
    return told


async def confirm_seat(seat_id: UUID, unit: CommunityUnit) -> None:
    """A place, or a place in the line. Raises SeatNotFound, GatheringNotFound, SignUpClosed or NotInThisState."""
    seat, gathering = await held_seat(seat_id, unit)
    taken = await unit.seats.count(gathering.id, HOLDING)
    waiting = await unit.seats.count(gathering.id, {SeatState.WAITING})
    number = await unit.seats.next_number(gathering.id)
    has_room = not waiting and taken < gathering.details.capacity
    await keep_seat(seat, seat.confirm(number, unit.now, gathering.details.starts_at, has_room=has_room), unit)


async def accept_offer(seat_id: UUID, unit: CommunityUnit) -> None:
    """Raises SeatNotFound, GatheringNotFound, SignUpClosed or NotInThisState."""
    seat, gathering = await held_seat(seat_id, unit)
    unit.timers.clear(offer_key(seat.id))
    await keep_seat(seat, seat.accept(unit.now, gathering.details.starts_at), unit)


async def cancel_seat(seat_id: UUID, unit: CommunityUnit) -> None:
    """Its place goes to who waits longest. Raises SeatNotFound, GatheringNotFound or NotInThisState."""
    seat, gathering = await held_seat(seat_id, unit)
    held_one = seat.state in HOLDING
    unit.timers.clear(offer_key(seat.id))
    await keep_seat(seat, seat.cancel(unit.now), unit)
    # Only who is there votes.
    await unit.votes.forget([seat.id])
    await offer_places(gathering, unit)
    if held_one:
        await _tell_of_empty_seat(seat, gathering, unit)


async def admit(seat_id: UUID, unit: CommunityUnit) -> None:
    """Who organises gives a free place to somebody who waits, when it is too late to offer it.

    Raises SeatNotFound or NotInThisState.
    """
    seat, gathering = await held_seat(seat_id, unit)
    if not await has_room_to_admit(gathering, unit):
        raise NotInThisState("Dit kan alleen op de laatste dag, als er nog plek is en iemand wacht.")
    await keep_seat(seat, seat.admit(unit.now), unit)


async def has_room_to_admit(gathering: Gathering, unit: CommunityUnit) -> bool:
    """Whether there is a free place, somebody who waits for it, and no time any more to offer it."""
    if not gathering.is_ahead(unit.now) or takes_offers(unit.now, gathering.details.starts_at):
        return False
    if not await unit.seats.count(gathering.id, {SeatState.WAITING}):
        return False
    return await unit.seats.count(gathering.id, HOLDING) < gathering.details.capacity


async def _tell_of_empty_seat(seat: Seat, gathering: Gathering, unit: CommunityUnit) -> None:
    """Only when who organises can give it to somebody who waits."""
    if await has_room_to_admit(gathering, unit):
        unit.outbox.append(*seat.left_empty(unit.now))


async def end_offer(timer: Timer, unit: CommunityUnit) -> None:
    """Its time is over: the next one is asked, or who organises hears that it is too late for that."""
    try:
        seat, gathering = await held_seat(timer.subject, unit)
    except (SeatNotFound, NotInThisState):
        # It was forgotten, or there is nothing to come to any more.
        return
    lapsed = seat.lapse(unit.now)
    await keep_seat(seat, lapsed, unit)
    await offer_places(gathering, unit)
    if lapsed:
        await _tell_of_empty_seat(seat, gathering, unit)


async def offer_places(gathering: Gathering, unit: CommunityUnit) -> None:
    """Every free place to who waits longest, while there is time to answer. The gathering is held by the caller."""
    starts_at = gathering.details.starts_at
    if not gathering.is_coming or not takes_offers(unit.now, starts_at):
        return
    free = gathering.details.capacity - await unit.seats.count(gathering.id, HOLDING)
    for seat in await unit.seats.get_each(gathering.id, {SeatState.WAITING}, limit=max(free, 0)):
        await keep_seat(seat, seat.offer(unit.now, starts_at), unit)
        watch_offer(seat, unit)


def watch_offer(seat: Seat, unit: CommunityUnit) -> None:
    """Its end is looked to, if there is one."""
    if seat.offered_until is not None:
        unit.timers.set(Timer(offer_key(seat.id), OFFER_ENDS, seat.id, seat.offered_until))


def offer_key(seat_id: UUID) -> str:
    """What the timer of an offer is called."""
    return f"offer:{seat_id}"


async def seat_of_link(token: str, unit: CommunityUnit) -> Seat:
    """The seat that a mailed link opens. Raises SeatNotFound or LinkExpired."""
    grant = await unit.links.resolve(token, SEAT_LINK)
    seat = await unit.seats.read(grant.subject_id) if grant else None
    if seat is None:
        raise SeatNotFound
    return seat


async def _open(gathering_id: UUID, unit: CommunityUnit) -> Gathering:
    gathering = await unit.gatherings.get(gathering_id)
    if gathering is None or not gathering.is_coming:
        raise GatheringNotFound
    if unit.now >= gathering.details.starts_at:
        raise SignUpClosed
    return gathering


async def held_seat(seat_id: UUID, unit: CommunityUnit) -> tuple[Seat, Gathering]:
    """The gathering is locked before the seat, always, so that nobody waits for somebody who waits for them.

    Raises SeatNotFound or NotInThisState.
    """
    known = await unit.seats.read(seat_id)
    gathering = await unit.gatherings.get(known.gathering_id) if known else None
    seat = await unit.seats.get(seat_id)
    if seat is None or gathering is None:
        raise SeatNotFound
    if not gathering.is_coming:
        raise NotInThisState(to_translate("Deze bijeenkomst gaat niet door, of is al geweest."))
    return seat, gathering


async def keep_seat(seat: Seat, events: list[Event], unit: CommunityUnit) -> None:
    """The seat as it is now, and what is told of it."""
    unit.outbox.append(*events)
    await unit.seats.save(seat)
    await keep_table(seat, unit)
