"""What came of a gathering, for who was there and for who was not: by mail, once for each."""

from uuid import UUID

from services.community.domain.errors import GatheringNotFound
from services.community.domain.expertise import AskState
from services.community.domain.gathering import Gathering, GatheringState
from services.community.domain.hosting import PROMISED
from services.community.domain.seat import TOLD_AFTERWARDS
from services.community.handlers.following import follows_with_address, tell_followers_of_report
from services.community.handlers.told import told_by
from services.community.ports import CommunityUnit
from shared.events.community import ReportShared


async def report_gathering(gathering_id: UUID, words: str, unit: CommunityUnit) -> None:
    """Everybody can read it; who signed up, said yes to help or follows its themes gets a mail the first time.

    Raises GatheringNotFound or NotInThisState.
    """
    gathering = await unit.gatherings.get(gathering_id)
    if gathering is None:
        raise GatheringNotFound
    is_first = gathering.state is not GatheringState.REPORTED
    unit.outbox.append(*gathering.write_report(words, unit.now))
    await unit.gatherings.save(gathering)
    if is_first:
        await _tell(gathering, unit)


async def has_heard_of_report(gathering: Gathering, email: str, unit: CommunityUnit) -> bool:
    """Whether it goes to this address already, of a seat or of whoever follows: only the sender knows whose it is."""
    told = await told_by(gathering.id, TOLD_AFTERWARDS, unit)
    signed_up = any(one.email.casefold() == email.casefold() for _, one in told)
    return signed_up or await follows_with_address(gathering, email, unit)


async def _tell(gathering: Gathering, unit: CommunityUnit) -> None:
    # Whoever cancelled and came back has two seats, and hears it once.
    told = {one.email.casefold(): seat for seat, one in await told_by(gathering.id, TOLD_AFTERWARDS, unit)}
    for seat in told.values():
        unit.outbox.append(*seat.reported(unit.now))
    people = await _who_helped(gathering.id, unit)
    for person_id in sorted(people):
        unit.outbox.append(ReportShared(subject=gathering.id, occurred_at=unit.now, person_id=person_id))
    await tell_followers_of_report(gathering, told, people, unit)


async def _who_helped(gathering_id: UUID, unit: CommunityUnit) -> set[UUID]:
    """Whoever said yes to host, or to tell from experience: they need no seat."""
    turns, asks = await unit.turns.list_of(gathering_id), await unit.expert_asks.list_of(gathering_id)
    hosts = {one.person_id for one in turns if one.state in PROMISED}
    return hosts | {one.person_id for one in asks if one.state is AskState.AGREED}
