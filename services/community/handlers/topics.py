"""Topics: proposed by whoever is in the network, and planned or declined by the desk."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from services.community.domain.errors import GatheringNotFound, NotInThisState, TopicNotFound
from services.community.domain.gathering import Gathering
from services.community.domain.topic import Topic, TopicState
from services.community.handlers.forgetting import FORGOTTEN_AT_ONCE
from services.community.ports import CommunityUnit


@dataclass(frozen=True, slots=True)
class ProposeTopic:
    """What somebody would like on the programme. `wanted_for`: a gathering or a series."""

    title: str
    speaker: str
    wanted_for: UUID | None


async def list_wanted(unit: CommunityUnit) -> list[tuple[UUID, str]]:
    """For what a topic can be proposed: the gatherings to come that everybody knows of, and the series that go on."""
    coming = await unit.gatherings.list_from(unit.now, public_only=True)
    ahead = [
        (one.id, f"{one.details.title}, {unit.city.day_of(one.details.starts_at):%d-%m-%Y}")
        for one in coming
        if one.is_ahead(unit.now)
    ]
    return [*ahead, *((one.id, f"{one.title} (reeks)") for one in await unit.series.list_running())]


async def propose_topic(command: ProposeTopic, person_id: UUID, unit: CommunityUnit) -> None:
    """The desk hears of it. Raises NotInThisState when what it is for is over."""
    if command.wanted_for is not None and command.wanted_for not in dict(await list_wanted(unit)):
        raise NotInThisState("Voor deze bijeenkomst kun je niets meer voorstellen. Kies een andere.")
    topic = Topic(unit.ids.new(), person_id, command.title, command.speaker, unit.now, wanted_for=command.wanted_for)
    unit.outbox.append(*topic.propose(unit.now))
    await unit.topics.save(topic)


async def plan_topic(topic_id: UUID, gathering_id: UUID, unit: CommunityUnit) -> None:
    """Whoever proposed it hears for when. Raises TopicNotFound, GatheringNotFound or NotInThisState."""
    # Held, so that nothing is planned for what is called off at this moment.
    gathering = await unit.gatherings.get(gathering_id)
    if gathering is None:
        raise GatheringNotFound
    if not gathering.is_ahead(unit.now):
        raise NotInThisState("Deze bijeenkomst gaat niet door, of is al begonnen. Kies een andere.")
    topic = await _held(topic_id, unit)
    unit.outbox.append(*topic.plan(gathering.id, unit.now))
    await unit.topics.save(topic)


async def decline_topic(topic_id: UUID, reason: str, unit: CommunityUnit) -> None:
    """Whoever proposed it reads why. Raises TopicNotFound or NotInThisState."""
    topic = await _held(topic_id, unit)
    unit.outbox.append(*topic.decline(reason, unit.now))
    await unit.topics.save(topic)


async def withdraw_topic(topic_id: UUID, person_id: UUID, unit: CommunityUnit) -> None:
    """Not any more. Raises TopicNotFound, also for somebody else's, or NotInThisState."""
    topic = await _held(topic_id, unit)
    if topic.person_id != person_id:
        raise TopicNotFound
    topic.withdraw()
    await unit.topics.save(topic)


async def let_proposer_go(person_id: UUID, unit: CommunityUnit) -> None:
    """What this person proposed goes; what is on the programme stays there, and nobody reads whose it was."""
    for known in await unit.topics.list_of_person(person_id):
        topic = await unit.topics.get(known.id)
        if topic is not None and topic.state is TopicState.PLANNED:
            topic.person_id = None
            await unit.topics.save(topic)
        else:
            await unit.topics.remove([known.id])


async def find_topic(topic_id: UUID, unit: CommunityUnit) -> Topic:
    """One, to look at. Raises TopicNotFound."""
    topic = await unit.topics.read(topic_id)
    if topic is None:
        raise TopicNotFound
    return topic


async def list_open_topics(unit: CommunityUnit) -> list[Topic]:
    """What the desk still decides on, the oldest first."""
    return await unit.topics.list_in({TopicState.OPEN})


async def list_ahead(unit: CommunityUnit) -> list[Gathering]:
    """For what the desk can plan one."""
    coming = await unit.gatherings.list_from(unit.now, public_only=True)
    return [one for one in coming if one.is_ahead(unit.now)]


async def forget_topics(unit: CommunityUnit) -> None:
    """What nobody decided on in half a year goes, and after as long what was not planned."""
    proposed_before = unit.now - timedelta(weeks=unit.city.gatherings.kept_weeks)
    await unit.topics.remove(await unit.topics.list_old(proposed_before, FORGOTTEN_AT_ONCE))


async def _held(topic_id: UUID, unit: CommunityUnit) -> Topic:
    topic = await unit.topics.get(topic_id)
    if topic is None:
        raise TopicNotFound
    return topic
