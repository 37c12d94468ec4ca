"""Whoever is at a gathering votes behind the link of their seat, until the desk counts.

Each step holds the gathering.
"""

from collections.abc import Collection
from typing import Final
from uuid import UUID

from services.community.domain.errors import GatheringNotFound, NotInThisState, SeatNotFound
from services.community.domain.gathering import Gathering
from services.community.domain.needs_round import Subject
from services.community.domain.seat import Seat, SeatState
from services.community.domain.voting import Voting
from services.community.ports import CommunityUnit
from shared.kernel.translatable import to_translate

VOTERS: Final = frozenset({SeatState.CONFIRMED, SeatState.ATTENDED})


async def open_voting(gathering_id: UUID, unit: CommunityUnit) -> None:
    """From now on. Raises GatheringNotFound or NotInThisState."""
    gathering = await _hold(gathering_id, unit)
    if not gathering.takes_wishes(unit.now) or await unit.votes.read(gathering_id) is not None:
        raise NotInThisState("Stemmen kan één keer, vanaf het begin van de bijeenkomst, tot het verslag er is.")
    if not await unit.subjects.list_of(gathering_id):
        raise NotInThisState("Er is nog geen onderwerp om op te stemmen. Zet eerst wensen bij elkaar.")
    await unit.votes.save(Voting(gathering_id))


async def close_voting(gathering_id: UUID, unit: CommunityUnit) -> None:
    """The votes are counted, and of nobody it stays known what they chose. Raises GatheringNotFound, NotInThisState."""
    await _hold(gathering_id, unit)
    voting = await _voting(gathering_id, unit)
    voting.close()
    for subject_id, number in (await unit.votes.count(gathering_id)).items():
        subject = await unit.subjects.get(subject_id)
        if subject is not None:
            subject.given = number
            await unit.subjects.save(subject)
    await unit.votes.remove(gathering_id)
    await unit.votes.save(voting)


async def vote(seat_id: UUID, chosen: Collection[UUID], unit: CommunityUnit) -> None:
    """In place of what this seat chose before. Raises SeatNotFound, GatheringNotFound or NotInThisState."""
    seat = await unit.seats.read(seat_id)
    if seat is None:
        raise SeatNotFound
    gathering = await _hold(seat.gathering_id, unit)
    if not may_vote(seat, gathering, unit):
        raise NotInThisState(to_translate("Stemmen kan wie een plek heeft, vanaf het begin tot het verslag er is."))
    known = {one.id for one in await unit.subjects.list_of(gathering.id)}
    (await _voting(gathering.id, unit)).take(chosen)
    await unit.votes.cast(seat.id, known & set(chosen))


async def show_ballot(seat: Seat, unit: CommunityUnit) -> tuple[Voting, list[Subject], frozenset[UUID]]:
    """What can be chosen, in no order of votes, and what this seat chose. Raises NotInThisState."""
    subjects = sorted(await unit.subjects.list_of(seat.gathering_id), key=lambda one: (one.title.casefold(), one.id))
    return await _voting(seat.gathering_id, unit), subjects, await unit.votes.list_of(seat.id)


def may_vote(seat: Seat, gathering: Gathering, unit: CommunityUnit) -> bool:
    """Whether it is somebody who is there, at a gathering that goes on or was."""
    return seat.state in VOTERS and gathering.takes_wishes(unit.now)


async def _voting(gathering_id: UUID, unit: CommunityUnit) -> Voting:
    voting = await unit.votes.read(gathering_id)
    if voting is None:
        raise NotInThisState(
            to_translate("Er wordt nog niet gestemd. Wacht tot wie de bijeenkomst leidt het stemmen opent.")
        )
    return voting


async def _hold(gathering_id: UUID, unit: CommunityUnit) -> Gathering:
    gathering = await unit.gatherings.get(gathering_id)
    if gathering is None:
        raise GatheringNotFound
    return gathering
