"""What somebody began to fill in and did not send yet. Its words are the family's: they are kept sealed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid5


class DraftKind(StrEnum):
    """Which form it is."""

    REQUEST = "request"
    INVENTORY = "inventory"


# What stands in one field: words, or the choices that were ticked.
Typed = str | list[str]


@dataclass(frozen=True, slots=True)
class Draft:
    """A form as far as it was filled in, for whoever fills it in and nobody else.

    `case_id`: of an inventory. `version` goes up with each change, so that what is sent is what was shown.
    """

    id: UUID
    kind: DraftKind
    owner_id: UUID
    saved_at: datetime
    typed: Mapping[str, Typed] = field(repr=False)
    case_id: UUID | None = None
    version: int = 1


def inventory_draft_id(case_id: UUID, owner_id: UUID) -> UUID:
    """Of a case each person has at most one unfinished inventory."""
    return uuid5(case_id, str(owner_id))
