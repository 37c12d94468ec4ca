"""Hosts: they join, pause and stop; each is asked in turn, says yes or no, or swaps.

Each step holds the gathering first, so that two who answer at once do not both ask the next one.
"""

from datetime import date
from typing import Final
from uuid import UUID

from services.community.domain.errors import GatheringNotFound, HostTurnNotFound, NotInThisState
from services.community.domain.gathering import Gathering
from services.community.domain.hosting import (
    FILLING,
    HOST_ANSWERS_WITHIN,
    HOSTS_NEEDED,
    PROMISED,
    STANDING,
    Host,
    HostTurn,
    TurnState,
    next_host,
)
from services.community.domain.lots import lot_of
from services.community.handlers.members_there import is_there
from services.community.ports import CommunityUnit
from shared.events.base import Event
from shared.events.community import NoHostFound
from shared.unit_of_work import Timer

HOST_TURN_ENDS: Final = "host turn ends"


async def join_hosts(person_id: UUID, organisation_id: UUID, unit: CommunityUnit, paused_until: date | None) -> None:
    """This person is asked now and then, after `paused_until` when that is given."""
    await unit.hosts.save(Host(person_id, organisation_id, paused_until))


async def stop_hosting(person_id: UUID, unit: CommunityUnit) -> None:
    """This person is asked no more; what they said yes to stays."""
    await unit.hosts.remove(person_id)


async def ask_hosts(gathering_id: UUID, unit: CommunityUnit) -> None:
    """Two hosts are asked, or as many as are missing. Raises GatheringNotFound or NotInThisState."""
    gathering = await unit.gatherings.get(gathering_id)
    if gathering is None:
        raise GatheringNotFound
    if not gathering.is_ahead(unit.now):
        raise NotInThisState("Gastheren vraag je als de bijeenkomst is aangekondigd en nog niet is begonnen.")
    await _fill(gathering, unit)


async def accept_turn(turn_id: UUID, person_id: UUID, unit: CommunityUnit) -> None:
    """Yes; who wanted to swap is free once there are enough without them.

    Raises HostTurnNotFound, NotInThisState or SignUpClosed.
    """
    turn, gathering = await _held(turn_id, person_id, unit)
    await _keep(turn, turn.accept(unit.now), unit)
    unit.timers.clear(_key(turn.id))
    promised = [one for one in await unit.turns.list_of(gathering.id) if one.state in PROMISED]
    swapping = [one for one in promised if one.state is TurnState.SWAPPING]
    if swapping and len(promised) > HOSTS_NEEDED:
        await _keep(swapping[0], swapping[0].swap(turn, unit.now), unit)


async def decline_turn(turn_id: UUID, person_id: UUID, unit: CommunityUnit) -> None:
    """No: the next one is asked. Raises HostTurnNotFound or NotInThisState."""
    turn, gathering = await _held(turn_id, person_id, unit)
    await _keep(turn, turn.decline(unit.now), unit)
    unit.timers.clear(_key(turn.id))
    await _fill(gathering, unit)


async def swap_turn(turn_id: UUID, person_id: UUID, unit: CommunityUnit) -> None:
    """Somebody else is asked; until that one says yes, this person hosts. Raises HostTurnNotFound, NotInThisState."""
    turn, gathering = await _held(turn_id, person_id, unit)
    turn.ask_to_swap()
    await _keep(turn, [], unit)
    await _fill(gathering, unit)


async def end_host_turn(timer: Timer, unit: CommunityUnit) -> None:
    """Nobody answered: the next one is asked."""
    known = await unit.turns.get(timer.subject)
    gathering = await unit.gatherings.get(known.gathering_id) if known else None
    turn = await unit.turns.get(timer.subject)
    if turn is None or gathering is None or not gathering.is_coming:
        return
    await _keep(turn, turn.lapse(unit.now), unit)
    if gathering.is_ahead(unit.now):
        await _fill(gathering, unit)


async def tell_hosts_that_it_moved(gathering: Gathering, unit: CommunityUnit) -> None:
    """Everybody who was asked or said yes. The gathering is held by the caller."""
    for turn in await unit.turns.list_of(gathering.id):
        await _keep(turn, turn.moved(unit.now, gathering.details.starts_at), unit)
        _watch(turn, unit)


async def ask_in_place_of(turn: HostTurn, gathering: Gathering, unit: CommunityUnit) -> None:
    """This turn is gone; somebody else is asked, while there is something to host. The gathering is held."""
    unit.timers.clear(_key(turn.id))
    if gathering.is_ahead(unit.now):
        await _fill(gathering, unit)


async def remind_hosts(gathering: Gathering, days: int, unit: CommunityUnit) -> None:
    """Everybody who said yes."""
    for turn in await unit.turns.list_of(gathering.id):
        unit.outbox.append(*turn.remind(unit.now, days))


async def tell_hosts_that_it_is_off(gathering: Gathering, unit: CommunityUnit) -> None:
    """The same, and nothing rings any more."""
    for turn in await unit.turns.list_of(gathering.id):
        unit.timers.clear(_key(turn.id))
        await _keep(turn, turn.revoke(unit.now, gathering.details.starts_at), unit)


async def show_turns(person_id: UUID, unit: CommunityUnit) -> tuple[Host | None, list[tuple[HostTurn, Gathering]]]:
    """Whether this person hosts, and the turns of theirs that are to come, in their order."""
    found = []
    for turn in await unit.turns.list_of_person(person_id, STANDING):
        gathering = await unit.gatherings.read(turn.gathering_id)
        if gathering is not None and gathering.is_ahead(unit.now):
            found.append((turn, gathering))
    return await unit.hosts.get(person_id), sorted(found, key=lambda each: each[1].details.starts_at)


async def _fill(gathering: Gathering, unit: CommunityUnit) -> None:
    starts_at, hosts = gathering.details.starts_at, await _who_may_be_asked(gathering, unit)
    while True:
        turns = await unit.turns.list_of_kind(gathering.details.kind)
        here = [one.turn for one in turns if one.turn.gathering_id == gathering.id]
        if sum(one.state in FILLING for one in here) >= HOSTS_NEEDED:
            return
        chosen = next_host(gathering.id, starts_at, hosts, turns, lambda host: lot_of(gathering.id, host.person_id))
        if chosen is None:
            unit.outbox.append(NoHostFound(subject=gathering.id, occurred_at=unit.now, starts_at=starts_at))
            return
        await _ask(chosen, gathering, unit)


async def _who_may_be_asked(gathering: Gathering, unit: CommunityUnit) -> list[Host]:
    """Who rests, is away or has enough to do is not asked, nor who left the network or that organisation."""
    today = unit.city.day_of(unit.now)
    hosts = [one for one in await unit.hosts.list_all() if one.may_be_asked(today)]
    members = await unit.members.read_many([one.person_id for one in hosts])
    known = ((one, members.get(one.person_id)) for one in hosts)
    there = [(one, member) for one, member in known if member and is_there(member, gathering, unit)]
    full = await unit.care.limits.at_limit([one.person_id for one, _ in there])
    return [one for one, member in there if member.works_for(one.organisation_id) and one.person_id not in full]


async def _ask(host: Host, gathering: Gathering, unit: CommunityUnit) -> None:
    answer_by = min(unit.now + HOST_ANSWERS_WITHIN, gathering.details.starts_at)
    turn = HostTurn(unit.ids.new(), gathering.id, host.person_id, host.organisation_id, answer_by)
    await _keep(turn, turn.propose(unit.now, gathering.details.starts_at), unit)
    _watch(turn, unit)


def _watch(turn: HostTurn, unit: CommunityUnit) -> None:
    """The end of its question is looked to, while it is open."""
    if turn.state is TurnState.PROPOSED:
        unit.timers.set(Timer(_key(turn.id), HOST_TURN_ENDS, turn.id, turn.answer_by))


async def _held(turn_id: UUID, person_id: UUID, unit: CommunityUnit) -> tuple[HostTurn, Gathering]:
    known = await unit.turns.get(turn_id)
    gathering = await unit.gatherings.get(known.gathering_id) if known else None
    turn = await unit.turns.get(turn_id)
    if turn is None or gathering is None or turn.person_id != person_id:
        raise HostTurnNotFound
    if not gathering.is_ahead(unit.now):
        raise NotInThisState("Deze bijeenkomst gaat niet door, of is al begonnen.")
    return turn, gathering


async def _keep(turn: HostTurn, events: list[Event], unit: CommunityUnit) -> None:
    unit.outbox.append(*events)
    await unit.turns.save(turn)


def _key(turn_id: UUID) -> str:
    return f"host:{turn_id}"
