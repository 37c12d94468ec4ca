"""The timeline of a case: what happened with it, as people read it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

# The kind of a line that tells what is to come; every other tells what happened.
PLANNED: Final = "follow-up-scheduled"


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One line. `kind` is the event's name in kebab case without its version, `detail` a code from our own lists."""

    id: UUID
    case_id: UUID
    at: datetime
    kind: str
    organisation_id: UUID | None = None
    need_id: UUID | None = None
    detail: str | None = None
    on: date | None = None
    number: str | None = None
    """That by which a partner knows its referral."""
