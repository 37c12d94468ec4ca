"""The topics that Schakel needs: made from the catalogue and held against it. What is wrong is named, not changed."""

import asyncio
import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import KafkaError, NoError, TopicAlreadyExistsError, for_code

from shared.events.catalogue import SERVICE_OF_TOPIC
from shared.kernel.waiting import TookTooLong, within
from shared.messaging.bus.base import BusAway
from shared.messaging.bus.kafka_client import Broker

PARTITIONS = 6
# A topic is deleted from by segments: with one a day, nothing is there much longer than it must be.
KEPT_FOR, SEGMENT = timedelta(days=180), timedelta(days=1)
ANSWER_WITHIN = 15.0
"""Seconds for each question to the brokers."""
MISSING = "it does not exist"
ATTEMPTS = 5
"""One second apart, as long as the trouble may pass."""


@dataclass(frozen=True, slots=True)
class WrongTopic:
    """A topic that is there, but not as Schakel needs it; `problems` says what was found and what is needed."""

    topic: str
    problems: tuple[str, ...]

    @property
    def is_missing(self) -> bool:
        """It is not there at all."""
        return self.problems == (MISSING,)


@dataclass(frozen=True, slots=True)
class TopicsReport:
    """What was found and done, by topic name."""

    created: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    wrong: tuple[WrongTopic, ...] = ()

    @property
    def is_well(self) -> bool:
        """Whether every topic is now as it must be."""
        return not self.wrong


def config_for(replication_factor: int) -> dict[str, str]:
    """One broker may be missing, as far as there are enough: then nothing that was acknowledged is lost."""
    return {
        "retention.ms": _milliseconds(KEPT_FOR),
        "segment.ms": _milliseconds(SEGMENT),
        "cleanup.policy": "delete",
        "min.insync.replicas": str(max(1, replication_factor - 1)),
    }


def _milliseconds(span: timedelta) -> str:
    return str(span // timedelta(milliseconds=1))


class _NotSeenYet(Exception):
    """It was made a moment ago, and not every broker tells of it yet: look again what it is like."""

    retriable = True


async def ensure_topics(
    broker: Broker,
    *,
    replication_factor: int = 1,
    partitions: int = PARTITIONS,
    topics: Sequence[str] = tuple(SERVICE_OF_TOPIC),
    create: bool = True,
) -> TopicsReport:
    """Make the topics that are missing (without `create` they are wrong) and verify the others. Raises BusAway.

    A broker that has only just begun may know no brokers yet, not even itself, and one may not know yet of a topic that
    was just made; it is asked a few times.
    """
    needed = _Needed(partitions, replication_factor, config_for(replication_factor))
    attempt = 1
    while True:
        try:
            return await _attempt(broker, topics, needed, create=create)
        except Exception as problem:
            if attempt == ATTEMPTS or not getattr(problem, "retriable", False):
                raise BusAway(f"the topics cannot be seen to: {type(problem).__name__} {problem}") from problem
        attempt += 1
        await asyncio.sleep(1)


async def _attempt(broker: Broker, topics: Sequence[str], needed: "_Needed", *, create: bool) -> TopicsReport:
    admin = AIOKafkaAdminClient(**broker.options(), client_id="schakel-topics", request_timeout_ms=10_000)
    try:
        await within(ANSWER_WITHIN, admin.start())
        found = await within(ANSWER_WITHIN, _found(admin, topics))
        missing = [topic for topic in topics if topic not in found]
        wrong = {topic: _differences(state, needed) for topic, state in found.items()}
        if create and missing:
            wrong |= await within(ANSWER_WITHIN, _create(admin, missing, needed))
        else:
            wrong |= dict.fromkeys(missing, (MISSING,))
    finally:
        with contextlib.suppress(KafkaError, OSError, TimeoutError, TookTooLong):
            await within(ANSWER_WITHIN, admin.close())
    return _report(topics, missing, wrong)


def _report(topics: Sequence[str], missing: Sequence[str], wrong: Mapping[str, tuple[str, ...]]) -> TopicsReport:
    return TopicsReport(
        created=tuple(topic for topic in missing if not wrong[topic]),
        right=tuple(topic for topic in topics if topic not in missing and not wrong[topic]),
        wrong=tuple(WrongTopic(topic, wrong[topic]) for topic in topics if wrong[topic]),
    )


@dataclass(frozen=True, slots=True)
class _Needed:
    partitions: int
    replication_factor: int
    config: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _State:
    partitions: int
    replication_factors: frozenset[int]
    config: Mapping[str, str]


async def _found(admin: AIOKafkaAdminClient, topics: Sequence[str]) -> dict[str, _State]:
    """Those of the topics that exist, in the order asked for."""
    described = {
        topic["topic"]: topic["partitions"] for topic in await admin.describe_topics() if not topic["error_code"]
    }
    there = [topic for topic in topics if topic in described]
    configs = await _configs(admin, there) if there else {}
    return {
        topic: _State(
            partitions=len(described[topic]),
            replication_factors=frozenset(len(partition["replicas"]) for partition in described[topic]),
            config=configs.get(topic, {}),
        )
        for topic in there
    }


async def _configs(admin: AIOKafkaAdminClient, topics: Sequence[str]) -> dict[str, dict[str, str]]:
    answers = await admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, topic) for topic in topics])
    return {
        name: {entry[0]: entry[1] for entry in entries}
        for answer in answers
        for _code, _message, _kind, name, entries in answer.resources
    }


def _differences(state: _State, needed: _Needed) -> tuple[str, ...]:
    problems = []
    if state.partitions != needed.partitions:
        # More partitions can be added, but then the records of one subject would stand in two of them.
        problems.append(f"{state.partitions} partitions, needed {needed.partitions}")
    if state.replication_factors != {needed.replication_factor}:
        counts = ", ".join(map(str, sorted(state.replication_factors)))
        problems.append(f"{counts} replicas, needed {needed.replication_factor}")
    for name, value in needed.config.items():
        if state.config.get(name) != value:
            problems.append(f"{name}={state.config.get(name)}, needed {value}")
    return tuple(problems)


async def _create(admin: AIOKafkaAdminClient, topics: Sequence[str], needed: _Needed) -> dict[str, tuple[str, ...]]:
    """For each topic what went wrong: nothing, as a rule."""
    wanted = [
        NewTopic(topic, needed.partitions, needed.replication_factor, topic_configs=dict(needed.config))
        for topic in topics
    ]
    answer = await admin.create_topics(wanted)
    problems: dict[str, tuple[str, ...]] = {}
    for topic, code, message in answer.topic_errors:
        error = for_code(code)
        if error is TopicAlreadyExistsError:
            raise _NotSeenYet(topic)
        problems[topic] = () if error is NoError else (f"could not be made: {message or error.__name__}",)
    return problems
