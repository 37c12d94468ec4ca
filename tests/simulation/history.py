"""What the services said, as anybody can read it in their outboxes afterwards."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from shared.events.base import Event
from shared.events.catalogue import classes_by_wire_name
from tests.simulation.world import World
from tests.twins.tables import MemoryTables

EventT = TypeVar("EventT", bound=Event)


@dataclass(frozen=True, slots=True)
class Fact:
    """One event, who said it, when it was written, and which event led to it."""

    id: UUID
    service: str
    written_at: datetime
    event: Event
    causation_id: UUID | None


class History:
    """All facts of one life, those of one service in the order of writing."""

    def __init__(self, world: World) -> None:
        self.facts = [fact for node in world.nodes for fact in _facts_of(node.name, node.truth.tables)]
        self.by_id = {fact.id: fact for fact in self.facts}

    def of(self, kind: type[EventT], case_id: UUID | None = None) -> list[EventT]:
        """Those of this kind, of one case or of all."""
        found = [fact.event for fact in self.facts if isinstance(fact.event, kind)]
        return [event for event in found if case_id in {None, event.subject}]

    def after(self, fact: Fact) -> list[Event]:
        """What was said of the same subject later: by the same service, or at a later moment."""
        own = [one for one in self.facts if one.service == fact.service]
        later = own[own.index(fact) + 1 :]
        others = [one for one in self.facts if one.service != fact.service and one.written_at >= fact.written_at]
        return [one.event for one in [*later, *others] if one.event.subject == fact.event.subject]


def _facts_of(service: str, tables: MemoryTables) -> Iterator[Fact]:
    classes, written_at = classes_by_wire_name(), tables.table("outbox_appended_at")
    for row, _ in tables.table("outbox").values():
        event = classes[row.type].model_validate_json(row.data)
        yield Fact(row.id, service, written_at[row.position], event, row.causation_id)
