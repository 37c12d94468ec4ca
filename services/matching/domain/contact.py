"""Who was named through a link as contact of one question: known by name and number, and no member of the network."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from services.matching.domain.network import Person
from shared.events.directory import ContactNamed


class ContactState(StrEnum):
    """What became of it. `removed`: the yes that named them was taken back."""

    NAMED = "named"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Contact:
    """Mail about this one question goes to them, and their link opens this one question. They cannot sign in."""

    id: UUID
    organisation_id: UUID
    referral_id: UUID
    name: str
    email: str
    phone: str
    named_by: UUID
    named_at: datetime
    state: ContactState = ContactState.NAMED
    settled_by: UUID | None = None
    settled_at: datetime | None = None

    @property
    def is_new(self) -> bool:
        """Whether nobody of the organisation said yet that this is right."""
        return self.state is ContactState.NAMED

    def answers_for(self, referral_id: UUID) -> bool:
        """Whether their link opens this question."""
        return self.is_new and self.referral_id == referral_id

    def settled(self, state: ContactState, *, by: UUID, at: datetime) -> "Contact":
        """Confirmed, refused or removed."""
        return replace(self, state=state, settled_by=by, settled_at=at)

    def as_person(self) -> Person:
        """How pages and mails call them: without any membership."""
        return Person(self.id, self.name, self.email, self.phone)

    def was_named(self, told: tuple[UUID, ...]) -> ContactNamed:
        """The fact; `told` are the colleagues who hear of it."""
        return ContactNamed(
            subject=self.id,
            occurred_at=self.named_at,
            organisation_id=self.organisation_id,
            referral_id=self.referral_id,
            named_by=self.named_by,
            told=told,
        )
