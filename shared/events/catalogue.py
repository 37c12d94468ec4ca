"""Wire name <-> class, and service -> topics: the only place with topic names."""

import re
from functools import cache
from types import ModuleType

from pydantic.alias_generators import to_snake

from shared.events import (
    acquaintance,
    cards,
    care,
    community,
    consents,
    directory,
    early_signals,
    family_safety,
    family_voice,
    following,
    in_hand,
    intake,
    knowledge,
    matching,
    monitoring,
    notify,
    programme,
    referral_contacts,
    referral_deletion,
    referral_terms,
    same_child,
    skills,
    sparring,
    swap,
)
from shared.events.base import Event

SERVICES: dict[str, tuple[ModuleType, ...]] = {
    "intake": (intake, consents, family_safety, family_voice, early_signals, same_child),
    "matching": (matching, referral_contacts, referral_deletion, referral_terms, directory),
    "monitoring": (monitoring, in_hand),
    "notify": (notify,),
    "community": (community, programme, following, acquaintance, knowledge, cards, care, swap, skills, sparring),
}
# What a service publishes to: first what somebody waits for, then what comes in bulk and may take its time.
TOPICS: dict[str, tuple[str, ...]] = {service: (f"schakel.{service}",) for service in SERVICES} | {
    "matching": ("schakel.matching", "schakel.directory")
}
SERVICE_OF_TOPIC: dict[str, str] = {topic: service for service, topics in TOPICS.items() for topic in topics}
# Every fact about an organisation and what it offers: a subject whose facts took two ways would arrive with gaps.
# `PersonListed` may end sessions: then it waits for no import.
IN_BULK: frozenset[type[Event]] = frozenset(
    {
        directory.OrganisationListed, directory.ServiceListed, directory.OrganisationAccepted,
        directory.EntryProposed, directory.EntryProposalSettled, directory.EntryCheckDue, directory.EntryCheckMissed,
        directory.EntryHidden, directory.EntryDoubted, directory.EntryReported,
    }
)  # fmt: skip
# What a file says of somebody and ends nothing of theirs: they are new, or one of many with another name or number.
MAY_BE_IN_BULK: frozenset[type[Event]] = frozenset({directory.PersonListed})

_SERVICE_OF_MODULE = {module.__name__: service for service, modules in SERVICES.items() for module in modules}
_VERSION = re.compile(r"V[0-9]+$")

# Shapes that other events build on; they are never published themselves.
ABSTRACT = frozenset(
    {
        "CaseFact", "ConsentFact", "SignalFact", "ReferralFact", "ClockFact", "FollowUpFact", "FollowUpQuestionFact",
        "EscalationFact", "MessageFact", "SearchFact", "SeatFact", "HostTurnFact", "SameChildFact",
        "ArticleFact", "EditionFact",
        "OutcomeFact", "InvitationFact", "TopicFact", "ExampleFact", "ExpertFact", "ThemeFact",
        "AppointmentFact", "IntroductionFact", "CompanyFact", "NoticeFact",
        "SparringFact", "SparringAskFact", "SparringAnswerFact",
    }
)  # fmt: skip


def events_of(service: str) -> tuple[type[Event], ...]:
    """Every event class that `service` can publish, in the order of its modules."""
    return tuple(
        value
        for module in SERVICES[service]
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, Event)
        and value.__module__ == module.__name__
        and value.__name__ not in ABSTRACT
    )


def all_events() -> tuple[type[Event], ...]:
    """Every event class of every service."""
    return tuple(event for service in SERVICES for event in events_of(service))


def service_of(event: type[Event]) -> str:
    """The service that publishes this event."""
    return _SERVICE_OF_MODULE[event.__module__]


def name_of(event: type[Event]) -> str:
    """What happened, in whichever version: the second version of `RequestReceived` is the class `RequestReceivedV2`."""
    return _VERSION.sub("", event.__name__)


@cache
def kind_of(event: type[Event]) -> str:
    """`request-received`: what happened, in whichever version; the part of the wire name that timelines keep."""
    return to_snake(name_of(event)).replace("_", "-")


@cache
def wire_name(event: type[Event]) -> str:
    """`nl.schakel.intake.request-received.v1`: what the event is called outside Python."""
    return f"nl.schakel.{service_of(event)}.{kind_of(event)}.v{event.version}"


@cache
def classes_by_wire_name() -> dict[str, type[Event]]:
    """Every wire name that this release can read."""
    return {wire_name(event): event for event in all_events()}


@cache
def topics_for(event: type[Event]) -> tuple[str, ...]:
    """The topics that this event may stand in: as a rule one."""
    prompt, *bulk = TOPICS[service_of(event)]
    if event in MAY_BE_IN_BULK:
        return prompt, *bulk
    return (bulk[0],) if event in IN_BULK else (prompt,)


def topic_of(service: str) -> str:
    """The topic of a service for what somebody waits for."""
    return TOPICS[service][0]


def is_bulk(topic: str) -> bool:
    """Whether nobody waits for what stands there."""
    service = SERVICE_OF_TOPIC.get(topic)
    return service is not None and topic != topic_of(service)
