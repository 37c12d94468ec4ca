"""Notes of the desk about a case: free words for coordinators only. They go on no bus, and end with the case."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

MOST_LETTERS: Final = 1000


@dataclass(frozen=True, slots=True)
class Note:
    """What a coordinator wrote down for colleagues, and when; `pinned`: it stands on top."""

    note_id: UUID
    case_id: UUID
    written_by: UUID
    written_at: datetime
    words: str = field(repr=False)
    pinned: bool = False
