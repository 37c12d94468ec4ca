"""Which event a service consumes, and what it does then: `on(PartnerActivated, ask_partner)`.

A table of these reads as sentences, and mypy checks on each line that the handler takes this class of event.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from shared.events.base import Event
from shared.events.catalogue import service_of

EventT = TypeVar("EventT", bound=Event)
UnitT = TypeVar("UnitT")
UnitT_contra = TypeVar("UnitT_contra", contravariant=True)


@dataclass(frozen=True, slots=True)
class Subscription(Generic[UnitT_contra]):
    """One line of a service's table. Made by `on`, which alone checks that event and handler belong together."""

    event: type[Event]
    handler: Callable[[Any, UnitT_contra], Awaitable[None]]


def on(event: type[EventT], handler: Callable[[EventT, UnitT], Awaitable[None]]) -> Subscription[UnitT]:
    """When this event is consumed, call this handler, in the transaction of the inbox."""
    return Subscription(event, handler)


def by_event(
    subscriptions: Iterable[Subscription[UnitT]],
) -> Mapping[type[Event], Callable[[Any, UnitT], Awaitable[None]]]:
    """The handler of each event. Raises ValueError when two lines name the same event: one of them would never run."""
    handlers: dict[type[Event], Callable[[Any, UnitT], Awaitable[None]]] = {}
    for line in subscriptions:
        if line.event in handlers:
            raise ValueError(f"two subscriptions to {line.event.__name__}")
        handlers[line.event] = line.handler
    return handlers


def publishers(subscriptions: Iterable[Subscription[Any]]) -> tuple[str, ...]:
    """The services whose topics must be read for these, sorted."""
    return tuple(sorted({service_of(line.event) for line in subscriptions}))
