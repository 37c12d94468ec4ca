"""Two cases of one child that have one plan, for the routes that ask about it."""

from typing import Final
from uuid import UUID

from services.intake.domain.same_child import PairState, SameChild
from services.intake.ports import IntakeUnit
from tests.unit.monitoring.builders import an_id

PAIR: Final = an_id("two requests for one child")


async def are_one(older: UUID, younger: UUID, unit: IntakeUnit) -> None:
    """Both families said yes a moment ago."""
    await unit.same_children.add(SameChild(PAIR, older, younger, unit.now, PairState.JOINED, settled_at=unit.now))
