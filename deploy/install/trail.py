"""The trail of a case or an event: what was published, applied, parked, set and mailed, put together in order of time.

Ids, types, times and states only; whom it concerns is nowhere in it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID


class What(StrEnum):
    """What happened; in this order when it was at one instant."""

    RECEIVED = "received"  # by a service that does nothing with it
    APPLIED = "applied"
    PARKED = "parked"
    PUBLISHED = "published"
    WAITS = "waits"  # written in the outbox, not on the bus yet
    TIMER = "timer set"
    MAIL = "mail"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened: `id` is the event's, the message's or the timer's; `cause` the event that led to it."""

    at: datetime
    service: str
    what: What
    type: str
    id: str
    cause: str | None = None
    state: str = ""
    since_cause: timedelta | None = None

    @property
    def key(self) -> tuple[str, ...]:
        """Another one when it is news."""
        return self.service, self.what, self.id, self.state


@dataclass(frozen=True, slots=True)
class Published:
    """A row of an outbox."""

    id: UUID
    subject: UUID
    type: str
    correlation_id: UUID
    causation_id: UUID | None
    appended_at: datetime
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked after: everything of these subjects and what came of it, or all of these chains of events."""

    subjects: frozenset[UUID] = frozenset()
    correlations: frozenset[UUID] = frozenset()
    events: frozenset[UUID] = frozenset()

    def __or__(self, other: "Target") -> "Target":
        return Target(
            self.subjects | other.subjects, self.correlations | other.correlations, self.events | other.events
        )

    def __bool__(self) -> bool:
        return bool(self.subjects or self.correlations or self.events)


@dataclass(frozen=True, slots=True)
class Known:
    """What one service's database knows of the events; times are those of its server."""

    applied: Mapping[UUID, datetime] = field(default_factory=dict)
    others: Sequence[Step] = ()


def belonging(target: Target, published: Iterable[Published]) -> dict[UUID, Published]:
    """Those of them that are of the target, and what came of these; other chains may only have crossed them."""
    candidates = {each.id: each for each in published}
    followers: dict[UUID, list[UUID]] = {}
    for each in candidates.values():
        if each.causation_id is not None:
            followers.setdefault(each.causation_id, []).append(each.id)
    found = {each.id for each in candidates.values() if _is_of(target, each)}
    ahead = list(found | target.events)
    while ahead:
        new = [follower for follower in followers.get(ahead.pop(), ()) if follower not in found]
        found.update(new)
        ahead += new
    return {event_id: candidates[event_id] for event_id in found}


def _is_of(target: Target, event: Published) -> bool:
    return event.subject in target.subjects or event.correlation_id in target.correlations or event.id in target.events


def steps(
    events: Mapping[str, Collection[Published]], known: Mapping[str, Known], handled: Mapping[str, frozenset[str]]
) -> list[Step]:
    """All that happened, by time, each with its delay since its cause. `handled`: the types that a service acts on."""
    of = {event.id: event for each in events.values() for event in each}
    found = [_published(service, event) for service, each in events.items() for event in each]
    for service, what in known.items():
        found += [_applied(service, of.get(id_), id_, at, handled[service]) for id_, at in what.applied.items()]
        found += what.others
    said = {str(event.id): event.appended_at for event in of.values()}
    order = list(What)
    return sorted((_delayed(step, said) for step in found), key=lambda step: (step.at, order.index(step.what), step.id))


def _published(service: str, event: Published) -> Step:
    cause = str(event.causation_id) if event.causation_id else None
    if event.published_at is None:
        return Step(event.appended_at, service, What.WAITS, event.type, str(event.id), cause)
    state = f"on the bus after {in_words(event.published_at - event.appended_at)}"
    return Step(event.appended_at, service, What.PUBLISHED, event.type, str(event.id), cause, state)


def _applied(service: str, event: Published | None, event_id: UUID, at: datetime, handled: frozenset[str]) -> Step:
    kind = event.type if event else ""
    what = What.APPLIED if kind in handled or not kind else What.RECEIVED
    return Step(at, service, what, kind, str(event_id), str(event_id))


def _delayed(step: Step, said: Mapping[str, datetime]) -> Step:
    begun = said.get(step.cause or "")
    since = step.at - begun if begun else None
    return Step(step.at, step.service, step.what, step.type, step.id, step.cause, step.state, since)


def in_words(delay: timedelta) -> str:
    """`35 ms`, `2.4 s`, `3 min`, `5.0 h`, `12 days`: as exact as it matters."""
    seconds = delay.total_seconds()
    for unit, length, until in (("ms", 0.001, 1), ("s", 1, 120), ("min", 60, 7200), ("h", 3600, 172_800)):
        if abs(seconds) < until:
            return f"{seconds / length:.1f} {unit}" if unit in {"s", "h"} else f"{seconds / length:.0f} {unit}"
    return f"{seconds / 86_400:.0f} days"
