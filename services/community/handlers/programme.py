"""What a gathering is about: its topics, and who speaks, as far as they let everybody know."""

from dataclasses import dataclass
from uuid import UUID

from services.community.domain.seat import SeatState
from services.community.domain.sign_up import SeenBy
from services.community.ports import CommunityUnit


@dataclass(frozen=True, slots=True)
class Programme:
    """`speakers`: name, organisation and about what, of whoever said yes to be named."""

    topics: tuple[str, ...] = ()
    speakers: tuple[tuple[str, str, str], ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """As a mail tells it, one on each line."""
        return (*self.topics, *(_line(*one) for one in self.speakers))


async def show_programme(gathering_id: UUID, unit: CommunityUnit) -> Programme:
    """As everybody may know it."""
    seats = await unit.seats.read_each(gathering_id, {SeatState.CONFIRMED, SeatState.ATTENDED})
    speaking = [seat.id for seat in seats if seat.speaks]
    told = await unit.sign_ups.open_each(speaking) if speaking else {}
    named = (told[one] for one in speaking if one in told and told[one].seen_by is SeenBy.EVERYBODY)
    topics = tuple(one.title for one in await unit.topics.list_of(gathering_id))
    return Programme(topics, tuple((one.name, one.organisation, one.topic) for one in named))


async def reopen_topics(gathering_id: UUID, unit: CommunityUnit) -> None:
    """It does not take place: the desk decides again on what would be on its programme. The gathering is held."""
    for known in await unit.topics.list_of(gathering_id):
        topic = await unit.topics.get(known.id)
        if topic is not None and topic.gathering_id == gathering_id:
            topic.reopen()
            await unit.topics.save(topic)


def _line(name: str, organisation: str, topic: str) -> str:
    who = f"{name} ({organisation})" if organisation else name
    return f"{who}: {topic}" if topic else who
