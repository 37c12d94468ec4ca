"""Who was there: the list at the door."""

from collections.abc import Collection
from datetime import date, time
from uuid import UUID

from services.community.commands import RecordAttendance
from services.community.domain.errors import GatheringNotFound
from services.community.domain.expertise import AskState
from services.community.domain.gathering import Gathering
from services.community.domain.participation import Share
from services.community.domain.seat import EXPECTED, SeatState
from services.community.domain.sign_up import ComesAs
from services.community.handlers.participants import Participant, participant_of
from services.community.handlers.told import told_by
from services.community.ports import CommunityUnit


async def show_door_list(gathering_id: UUID, unit: CommunityUnit) -> list[Participant]:
    """Everybody who has a place, by name; without those who are forgotten."""
    told = await told_by(gathering_id, EXPECTED, unit)
    people = [participant_of(seat, one) for seat, one in told]
    return sorted(people, key=lambda one: (one.name.casefold(), one.seat.id))


async def record_attendance(command: RecordAttendance, unit: CommunityUnit) -> None:
    """Ticked, and put right as often as needed. Raises GatheringNotFound or NotInThisState."""
    gathering = await _get(command.gathering_id, unit)
    seats = await unit.seats.get_each(gathering.id, EXPECTED)
    came = sum(seat.id in command.came for seat in seats)
    events = gathering.record_attendance(came, len(seats) - came, command.walk_ins, unit.now)
    for seat in seats:
        seat.tick(came=seat.id in command.came)
        await unit.seats.save(seat)
    share = await _share(gathering.id, command.came, unit)
    gathering.told_as, gathering.of_experience = share.told, share.of_experience
    unit.outbox.append(*events)
    await unit.gatherings.save(gathering)


async def _share(gathering_id: UUID, came: Collection[UUID], unit: CommunityUnit) -> Share:
    """Whoever was asked as an expert by experience and said yes needs no seat."""
    seats = await told_by(gathering_id, EXPECTED, unit)
    told = [one for seat, one in seats if seat.id in came and one.comes_as is not ComesAs.NOT_TOLD]
    asked = sum(one.state is AskState.AGREED for one in await unit.expert_asks.list_of(gathering_id))
    return Share(asked + sum(one.is_of_experience for one in told), asked + len(told))


async def show_share_of_year(unit: CommunityUnit) -> Share:
    """Of all gatherings of this year, as the city counts years."""
    year = unit.city.day_of(unit.now).year
    starts, ends = (unit.city.instant_of(date(one, 1, 1), time()) for one in (year, year + 1))
    return await unit.gatherings.sum_of_experience(starts, ends)


async def count_who_came(gathering: Gathering, unit: CommunityUnit) -> int | None:
    """How many there were, with who had not signed up; None when nobody ticked."""
    if gathering.walk_ins is None:
        return None
    return gathering.walk_ins + await unit.seats.count(gathering.id, {SeatState.ATTENDED})


async def _get(gathering_id: UUID, unit: CommunityUnit) -> Gathering:
    gathering = await unit.gatherings.get(gathering_id)
    if gathering is None:
        raise GatheringNotFound
    return gathering
