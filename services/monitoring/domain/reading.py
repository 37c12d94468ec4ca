"""A point about somebody of the own side: who read more than their work asks. It is about no family."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.events.case_codes import UnusualReading


@dataclass(frozen=True, slots=True)
class ReadingPoint:
    """What somebody read unusually, as intake found it; it stays until a colleague found out what it was."""

    point_id: UUID
    reader_id: UUID
    kind: UnusualReading
    families: int
    since: datetime
    raised_at: datetime
