"""Experts by experience: they join, pause and stop; each is asked in turn, and says yes or no.

Each step holds the gathering first, so that two who answer at once do not both ask the next one.
"""

from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from services.community.domain.errors import ExpertAskNotFound, GatheringNotFound, NotInThisState
from services.community.domain.expertise import (
    EXPERT_ANSWERS_WITHIN,
    STANDING,
    AskState,
    Expert,
    ExpertAsk,
    begins_quarter,
    next_expert,
)
from services.community.domain.gathering import Gathering
from services.community.domain.lots import lot_of
from services.community.handlers.members_there import is_there
from services.community.handlers.preparing import show_preparations
from services.community.ports import CommunityUnit
from shared.events.base import Event
from shared.events.programme import NoExpertFound
from shared.unit_of_work import Timer

EXPERT_ASK_ENDS: Final = "expert ask ends"


async def join_experts(person_id: UUID, unit: CommunityUnit, paused_until: date | None) -> None:
    """This person is asked now and then, after `paused_until` when that is given."""
    await unit.experts.save(Expert(person_id, paused_until))


async def stop_as_expert(person_id: UUID, unit: CommunityUnit) -> None:
    """This person is asked no more, and another one is for what was open; what they said yes to stays.

    What they were asked before is forgotten.
    """
    await unit.experts.remove(person_id)
    for ask in await unit.expert_asks.list_of_person(person_id):
        if ask.state is not AskState.AGREED:
            await _forget(ask, unit)


async def ask_expert(gathering_id: UUID, thanks: str, unit: CommunityUnit) -> None:
    """Whoever's turn it is gets a mail. Raises GatheringNotFound, or NotInThisState when nobody may be asked now."""
    gathering = await unit.gatherings.get(gathering_id)
    if gathering is None:
        raise GatheringNotFound
    if not gathering.is_ahead(unit.now):
        raise NotInThisState("Vragen kan als de bijeenkomst is aangekondigd en nog niet is begonnen.")
    if not await _ask_next(gathering, thanks, unit):
        raise NotInThisState(
            "Er is nu niemand die we mogen vragen. Iedereen die wil, is kort geleden al gevraagd of neemt rust."
        )


async def agree_as_expert(ask_id: UUID, person_id: UUID, unit: CommunityUnit) -> None:
    """Yes. Raises ExpertAskNotFound, NotInThisState or SignUpClosed."""
    ask, _ = await _held(ask_id, person_id, unit)
    ask.agree(unit.now)
    unit.timers.clear(_key(ask.id))
    await unit.expert_asks.save(ask)


async def decline_as_expert(ask_id: UUID, person_id: UUID, unit: CommunityUnit) -> None:
    """No, also after a yes: the next one is asked. Raises ExpertAskNotFound or NotInThisState."""
    ask, gathering = await _held(ask_id, person_id, unit)
    ask.decline()
    unit.timers.clear(_key(ask.id))
    await unit.expert_asks.save(ask)
    await _ask_another(ask, gathering, unit)


async def end_expert_ask(timer: Timer, unit: CommunityUnit) -> None:
    """Nobody answered: the next one is asked."""
    known = await unit.expert_asks.get(timer.subject)
    gathering = await unit.gatherings.get(known.gathering_id) if known else None
    ask = await unit.expert_asks.get(timer.subject)
    if ask is None or gathering is None or not ask.lapse(unit.now):
        return
    await unit.expert_asks.save(ask)
    if gathering.is_ahead(unit.now):
        await _ask_another(ask, gathering, unit)


async def settle_thanks(ask_id: UUID, unit: CommunityUnit) -> UUID:
    """They got what was promised; returns the gathering. Raises ExpertAskNotFound or NotInThisState."""
    ask, _ = await _with_gathering(ask_id, unit)
    ask.settle(unit.city.day_of(unit.now))
    await unit.expert_asks.save(ask)
    return ask.gathering_id


async def tell_experts_that_it_moved(gathering: Gathering, unit: CommunityUnit) -> None:
    """Whoever was asked or said yes. The gathering is held by the caller."""
    for ask in await unit.expert_asks.list_of(gathering.id):
        await _keep(ask, ask.moved(unit.now, gathering.details.starts_at), unit)


async def remind_experts(gathering: Gathering, days: int, unit: CommunityUnit) -> None:
    """Everybody who said yes."""
    for ask in await unit.expert_asks.list_of(gathering.id):
        unit.outbox.append(*ask.remind(unit.now, days))


async def tell_experts_that_it_is_off(gathering: Gathering, unit: CommunityUnit) -> None:
    """The same, and nothing rings any more."""
    for ask in await unit.expert_asks.list_of(gathering.id):
        await _keep(ask, ask.revoke(unit.now, gathering.details.starts_at), unit)
        unit.timers.clear(_key(ask.id))


async def show_asks(person_id: UUID, unit: CommunityUnit) -> tuple[Expert | None, list[tuple[ExpertAsk, Gathering]]]:
    """Whether this person may be asked, and what is asked of them that is to come, in its order."""
    found = []
    for ask in await unit.expert_asks.list_of_person(person_id):
        gathering = await unit.gatherings.read(ask.gathering_id) if ask.state in STANDING else None
        if gathering is not None and gathering.is_ahead(unit.now):
            found.append((ask, gathering))
    return await unit.experts.get(person_id), sorted(found, key=lambda one: (one[1].details.starts_at, one[0].id))


async def let_expert_go(person_id: UUID, unit: CommunityUnit) -> None:
    """Who left the network is no expert here any more: another one is asked for what they said yes to."""
    await stop_as_expert(person_id, unit)
    for ask in await unit.expert_asks.list_of_person(person_id):
        await _forget(ask, unit)


async def forget_asks(unit: CommunityUnit) -> None:
    """Nobody can tell later who was asked and did not come.

    This quarter it counts how often somebody was asked, and until the gathering is over that they were asked for it.
    """
    kept_from = unit.now - timedelta(weeks=unit.city.gatherings.kept_weeks)
    await unit.expert_asks.forget_over(min(kept_from, _quarter_begins(unit)), unit.now)


async def _forget(ask: ExpertAsk, unit: CommunityUnit) -> None:
    """Nobody can tell any more that this person was asked; the gathering is held, so that one other is asked."""
    gathering = await unit.gatherings.get(ask.gathering_id)
    held = await unit.expert_asks.get(ask.id)
    unit.timers.clear(_key(ask.id))
    await unit.expert_asks.remove([ask.id])
    if held and held.state in STANDING and gathering is not None and gathering.is_ahead(unit.now):
        await _ask_another(ask, gathering, unit)


async def _ask_another(ask: ExpertAsk, gathering: Gathering, unit: CommunityUnit) -> None:
    """For the same thanks; when nobody may be asked, the desk hears it."""
    if not await _ask_next(gathering, ask.thanks, unit):
        starts_at = gathering.details.starts_at
        unit.outbox.append(NoExpertFound(subject=gathering.id, occurred_at=unit.now, starts_at=starts_at))


async def _ask_next(gathering: Gathering, thanks: str, unit: CommunityUnit) -> bool:
    chosen = next_expert(
        gathering.id,
        await _who_may_be_asked(gathering, unit),
        await unit.expert_asks.list_all(),
        _quarter_begins(unit),
        unit.city.gatherings.expert_asks_per_quarter,
        lambda one: lot_of(gathering.id, one.person_id),
        [one.id for one in await show_preparations(gathering.id, unit)],
    )
    if chosen is None:
        return False
    starts_at = gathering.details.starts_at
    answer_by = min(unit.now + EXPERT_ANSWERS_WITHIN, starts_at)
    ask = ExpertAsk(unit.ids.new(), gathering.id, chosen.person_id, unit.now, answer_by, thanks)
    await _keep(ask, ask.ask(unit.now, starts_at), unit)
    return True


def _quarter_begins(unit: CommunityUnit) -> datetime:
    return unit.city.instant_of(begins_quarter(unit.city.day_of(unit.now)), time())


async def _who_may_be_asked(gathering: Gathering, unit: CommunityUnit) -> list[Expert]:
    """Who rests or has enough to do is not asked, nor who is away or left the network."""
    today = unit.city.day_of(unit.now)
    experts = [one for one in await unit.experts.list_all() if one.may_be_asked(today)]
    members = await unit.members.read_many([one.person_id for one in experts])
    known = ((one, members.get(one.person_id)) for one in experts)
    full = await unit.care.limits.at_limit([one.person_id for one in experts])
    there = [one for one, member in known if member and is_there(member, gathering, unit)]
    return [one for one in there if one.person_id not in full]


async def _with_gathering(ask_id: UUID, unit: CommunityUnit) -> tuple[ExpertAsk, Gathering]:
    """The gathering is held first. Raises ExpertAskNotFound."""
    known = await unit.expert_asks.get(ask_id)
    gathering = await unit.gatherings.get(known.gathering_id) if known else None
    ask = await unit.expert_asks.get(ask_id)
    if ask is None or gathering is None:
        raise ExpertAskNotFound
    return ask, gathering


async def _held(ask_id: UUID, person_id: UUID, unit: CommunityUnit) -> tuple[ExpertAsk, Gathering]:
    ask, gathering = await _with_gathering(ask_id, unit)
    if ask.person_id != person_id:
        raise ExpertAskNotFound
    if not gathering.is_ahead(unit.now):
        raise NotInThisState("Deze bijeenkomst gaat niet door, of is al begonnen.")
    return ask, gathering


async def _keep(ask: ExpertAsk, events: list[Event], unit: CommunityUnit) -> None:
    """As it is now; the end of its question is looked to, while it is open."""
    unit.outbox.append(*events)
    await unit.expert_asks.save(ask)
    if ask.state is AskState.ASKED:
        unit.timers.set(Timer(_key(ask.id), EXPERT_ASK_ENDS, ask.id, ask.answer_by))


def _key(ask_id: UUID) -> str:
    return f"expert:{ask_id}"
