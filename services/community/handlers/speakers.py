"""Whoever is asked to speak at a gathering, also without an account: asked by mail, yes or no, and named or not."""

from dataclasses import replace
from uuid import UUID

from services.community.domain.errors import GatheringNotFound, NotInThisState, SeatNotFound
from services.community.domain.seat import Seat, SeatState
from services.community.domain.sign_up import SeenBy, SignUp
from services.community.handlers.feeds import put_in_feed
from services.community.handlers.seats import held_seat, keep_seat, offer_key
from services.community.ports import CommunityUnit
from shared.kernel.translatable import to_translate


async def invite_speaker(gathering_id: UUID, told: SignUp, unit: CommunityUnit) -> UUID:
    """They get a mail, also when they have a seat; nobody is asked twice at once.

    Raises GatheringNotFound or NotInThisState.
    """
    gathering = await unit.gatherings.get(gathering_id)
    if gathering is None:
        raise GatheringNotFound
    if not gathering.is_ahead(unit.now):
        raise NotInThisState("Een spreker vraag je als de bijeenkomst is aangekondigd en nog niet is begonnen.")
    digest = unit.sign_ups.digest_of(gathering.id, told.email)
    seat = await unit.seats.get_by_digest(gathering.id, digest)
    if seat is None:
        revision = await unit.seats.next_revision(gathering.id, digest)
        seat = Seat(unit.ids.new(), gathering.id, unit.now, revision=revision)
    unit.outbox.append(*seat.invite(unit.now, told.topic))
    await unit.seats.save(seat, digest)
    # What somebody told when they signed up themselves stays as it is.
    if seat.state is SeatState.INVITED:
        await unit.sign_ups.keep(seat.id, replace(told, seen_by=SeenBy.NOBODY))
        await put_in_feed(seat, told.email, unit)
    return seat.id


async def agree_to_speak(seat_id: UUID, unit: CommunityUnit, *, is_named: bool) -> None:
    """Yes; everybody reads their name only when they say so. Raises SeatNotFound or NotInThisState."""
    seat, gathering = await held_seat(seat_id, unit)
    if not gathering.is_ahead(unit.now):
        raise NotInThisState(to_translate("Deze bijeenkomst is al begonnen."))
    about = seat.asked_about
    await keep_seat(seat, seat.agree(await unit.seats.next_number(gathering.id), unit.now), unit)
    unit.timers.clear(offer_key(seat.id))
    told = await unit.sign_ups.open(seat.id)
    if told is None:
        raise SeatNotFound
    seen_by = SeenBy.EVERYBODY if is_named else told.seen_by
    await unit.sign_ups.keep(seat.id, replace(told, topic=about or told.topic, seen_by=seen_by))


async def decline_to_speak(seat_id: UUID, unit: CommunityUnit) -> None:
    """No: the desk hears it. Name and address go at once, but of whoever had a seat already: that stays theirs.

    Raises SeatNotFound or NotInThisState.
    """
    seat, _ = await held_seat(seat_id, unit)
    await keep_seat(seat, seat.decline(unit.now), unit)
    if not seat.goes_on:
        await unit.sign_ups.forget([seat.id])
