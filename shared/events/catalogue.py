"""Wire name <-> class, and service -> topic: the only place with topic names."""

import re
from functools import cache
from types import ModuleType

from pydantic.alias_generators import to_snake

from shared.events import (
    directory,
    early_signals,
    family_safety,
    intake,
    matching,
    monitoring,
    notify,
    referral_contacts,
    referral_terms,
)
from shared.events.base import Event

SERVICES: dict[str, tuple[ModuleType, ...]] = {
    "intake": (intake, family_safety, early_signals),
    "matching": (matching, referral_contacts, referral_terms, directory),
    "monitoring": (monitoring,),
    "notify": (notify,),
}
TOPICS: dict[str, str] = {service: f"schakel.{service}" for service in SERVICES}

_SERVICE_OF_MODULE = {module.__name__: service for service, modules in SERVICES.items() for module in modules}
_VERSION = re.compile(r"V[0-9]+$")

# Shapes that other events build on; they are never published themselves.
ABSTRACT = frozenset(
    {
        "CaseFact", "SignalFact", "ReferralFact", "ClockFact", "FollowUpFact", "FollowUpQuestionFact",
        "EscalationFact", "MessageFact", "SearchFact",
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


def topic_of(service: str) -> str:
    """The topic that a service publishes to."""
    return TOPICS[service]
