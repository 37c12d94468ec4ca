"""What follows for everybody who signed up, when something becomes of the gathering: told, reminded, forgotten."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from services.community.domain.gathering import Gathering
from services.community.domain.seat import CONFIRM_WITHIN, FORGOTTEN_AFTER, INVOLVED, REMINDED_BEFORE, SeatState
from services.community.handlers.expertise import (
    remind_experts,
    tell_experts_that_it_is_off,
    tell_experts_that_it_moved,
)
from services.community.handlers.forgetting import FORGOTTEN_AT_ONCE
from services.community.handlers.hosting import remind_hosts, tell_hosts_that_it_is_off, tell_hosts_that_it_moved
from services.community.handlers.invited import tell_invited_that_it_is_off, tell_invited_that_it_moved
from services.community.handlers.programme import reopen_topics
from services.community.handlers.seats import offer_key, watch_offer
from services.community.ports import CommunityUnit
from shared.unit_of_work import Timer

REMIND: Final = "remind"


async def tell_that_it_moved(gathering: Gathering, unit: CommunityUnit) -> None:
    """Everybody who has a place or waits for one; the reminders move along."""
    for seat in await unit.seats.get_each(gathering.id, INVOLVED):
        unit.outbox.append(*seat.moved(unit.now, gathering.sequence, gathering.details.starts_at))
        await unit.seats.save(seat)
        watch_offer(seat, unit)
    await tell_hosts_that_it_moved(gathering, unit)
    await tell_experts_that_it_moved(gathering, unit)
    await tell_invited_that_it_moved(gathering, unit)
    plan_reminders(gathering, unit)


async def tell_that_it_is_off(gathering: Gathering, unit: CommunityUnit) -> None:
    """Everybody who has a place or waits for one; nothing rings any more."""
    for seat in await unit.seats.get_each(gathering.id, INVOLVED):
        unit.timers.clear(offer_key(seat.id))
        unit.outbox.append(*seat.called_off(unit.now, gathering.sequence))
    await tell_hosts_that_it_is_off(gathering, unit)
    await tell_experts_that_it_is_off(gathering, unit)
    await tell_invited_that_it_is_off(gathering, unit)
    await reopen_topics(gathering.id, unit)
    unit.timers.clear(*(_key(gathering.id, days) for days in REMINDED_BEFORE))


def plan_reminders(gathering: Gathering, unit: CommunityUnit) -> None:
    """A week and a day before, in the morning; what has passed is not made up for."""
    day = unit.city.day_of(gathering.details.starts_at)
    for days in REMINDED_BEFORE:
        key, at = (
            _key(gathering.id, days),
            unit.city.instant_of(day - timedelta(days=days), unit.city.follow_up.asked_at),
        )
        if at > unit.now:
            unit.timers.set(Timer(key, REMIND, gathering.id, at, {"days": str(days)}))
        else:
            unit.timers.clear(key)


async def remind(timer: Timer, unit: CommunityUnit) -> None:
    """Everybody who comes, whoever hosts, and whoever tells from experience."""
    gathering = await unit.gatherings.get(timer.subject)
    if gathering is None or not gathering.is_coming:
        return
    for seat in await unit.seats.get_each(gathering.id, {SeatState.CONFIRMED}):
        unit.outbox.append(*seat.remind(unit.now, int(timer.data["days"])))
    await remind_hosts(gathering, int(timer.data["days"]), unit)
    await remind_experts(gathering, int(timer.data["days"]), unit)


async def forget_who_came(unit: CommunityUnit) -> None:
    """Names, wishes and votes that nobody counted go four weeks after the gathering; what nobody confirmed, in time."""
    over = await unit.seats.list_to_forget(unit.now - FORGOTTEN_AFTER, unit.now - CONFIRM_WITHIN, FORGOTTEN_AT_ONCE)
    await unit.sign_ups.forget(over)
    await unit.votes.forget(over)
    await unit.tables.forget(over)
    await unit.appointments.forget(over)
    await unit.seats.delete_unconfirmed(over)


def _key(gathering_id: UUID, days: int) -> str:
    return f"{REMIND}:{gathering_id}:{days}"
