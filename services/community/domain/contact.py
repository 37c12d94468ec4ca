"""When two organisations were last in touch, and how: a day and a kind, and nobody's name."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class ContactKind(StrEnum):
    """How."""

    INTRODUCTION = "introduction"
    GATHERING = "gathering"
    APPOINTMENT = "appointment"
    MAIL = "mail"


@dataclass(frozen=True, slots=True)
class OrganisationContact:
    """Of two organisations, the one with the lower id first."""

    one_id: UUID
    other_id: UUID
    day: date
    kind: ContactKind

    @classmethod
    def between(cls, a: UUID, b: UUID, day: date, kind: ContactKind) -> "OrganisationContact":
        """In whatever order they are told."""
        return cls(min(a, b), max(a, b), day, kind)
