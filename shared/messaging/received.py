"""A record as it was received: which service published it, what could be read of it, and its row when it is parked."""

from dataclasses import dataclass, replace
from hashlib import sha256
from uuid import UUID

from shared.events.base import Envelope
from shared.events.catalogue import SERVICE_OF_TOPIC
from shared.messaging.bus.base import Delivered
from shared.messaging.cloudevents import Attributes, Undecodable, decode
from shared.messaging.parked import NO_SEQUENCE
from shared.unit_of_work import Parked, ParkedState, RecordKey, UnitOfWork

# Characters; a key of ours is a UUID. An index of PostgreSQL takes no more than some 2,700 bytes.
LONGEST_KEY = 200


@dataclass(frozen=True, slots=True)
class IncomingEvent:
    """A record, the service that published it, and what could be read of it: an envelope, or the problem."""

    delivered: Delivered
    service: str
    envelope: Envelope | None
    problem: Undecodable | None

    @classmethod
    def read(cls, delivered: Delivered) -> "IncomingEvent":
        """Never raises, whatever the bytes are."""
        service = SERVICE_OF_TOPIC.get(delivered.topic, delivered.topic)
        delivered = replace(delivered, key=_short(delivered.key))
        try:
            return cls(delivered, service, decode(delivered), None)
        except Undecodable as problem:
            return cls(delivered, service, None, problem)

    @property
    def key(self) -> RecordKey:
        """What it blocks when it is parked: later events of its service with this key."""
        return self.service, self.delivered.key

    @property
    def partition(self) -> tuple[str, int]:
        """The topic and partition that it came from."""
        return self.delivered.topic, self.delivered.partition

    @property
    def attributes(self) -> Envelope | Attributes | None:
        """Which event of which subject this is; None when even that cannot be read."""
        return self.envelope or (self.problem.attributes if self.problem else None)

    @property
    def is_tombstone(self) -> bool:
        """Whether everything about its subject is deleted."""
        return self.envelope is not None and self.envelope.event.is_tombstone

    @property
    def is_whole(self) -> bool:
        """Whether it tells all that there is to know of its subject."""
        return self.envelope is not None and self.envelope.event.is_whole

    @property
    def about(self) -> UUID | None:
        """The case that it is about, or else its subject; None when not even that can be read."""
        if self.envelope is not None:
            return self.envelope.event.about
        return self.attributes.subject if self.attributes else None

    def parked(self, unit: UnitOfWork, state: ParkedState, reason: str, *, alone: bool) -> Parked:
        """The row that keeps this record, whole as it came; `alone`: it blocks nothing of its subject."""
        attributes, record = self.attributes, self.delivered
        return Parked(
            event_id=str(attributes.id) if attributes else f"{record.topic}/{record.partition}/{record.offset}",
            service=self.service,
            subject=record.key,
            sequence=attributes.sequence if attributes and not alone else NO_SEQUENCE,
            type=record.headers.get("ce_type", "unknown")[:200],
            state=state,
            reason=reason,
            value=record.value,
            headers=record.headers,
            parked_at=unit.now,
        )


def _short(key: str) -> str:
    """The key itself, or what stands for one that no table would take."""
    if len(key) <= LONGEST_KEY:
        return key
    return f"sha256:{sha256(key.encode(errors='replace')).hexdigest()}"
