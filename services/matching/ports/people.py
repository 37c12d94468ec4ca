"""What the handlers need of the people of the network, and of who was named for one question."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from services.matching.domain.contact import Contact
from services.matching.domain.leaving import Hanging
from services.matching.domain.network import Person
from services.matching.domain.person_changes import KeptChange, PersonChange
from shared.events.base import Role


class Standing(StrEnum):
    """Which people are looked for."""

    THERE = "there"
    AWAY = "away"
    LEAVING = "leaving"
    WITHOUT_DEPUTY = "without-deputy"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class PeopleQuery:
    """A question to the list of people. `text`: a part of a name, of theirs or of their organisation."""

    today: date
    text: str = ""
    role: Role | None = None
    standing: Standing = Standing.THERE
    page: int = 1
    per_page: int = 50


class People(Protocol):
    """Professionals and volunteers."""

    async def get(self, person_id: UUID) -> Person | None:
        """The person, locked, so that two changes at once are both kept."""

    async def read(self, person_id: UUID) -> Person | None:
        """The person as they are now."""

    async def read_by_email(self, email: str) -> Person | None:
        """Whose address this is; case does not matter."""

    async def list_by_emails(self, emails: Collection[str]) -> list[Person]:
        """Whose addresses these are; case does not matter."""

    async def list_by_ids(self, person_ids: Collection[UUID]) -> list[Person]:
        """These, in the order of the ids; unknown ones are left out."""

    async def hold(self, person_ids: Collection[UUID]) -> list[Person]:
        """The same; nobody of them leaves before this transaction ends."""

    async def hold_next(self, after: UUID, limit: int) -> list[Person]:
        """Those behind this id, in the order of theirs; nobody changes them before this transaction ends."""

    async def list_of_organisation(self, organisation_id: UUID) -> list[Person]:
        """The active people of one organisation, by name."""

    async def add(self, person: Person) -> Person:
        """Keep somebody new. Whoever has this address or id already stays as they are, and is given back instead.

        Waits for others who are adding the same address at this moment.
        """

    async def add_all(self, newcomers: Sequence[Person]) -> set[UUID]:
        """Keep everybody whose address and id are new; the ids of those. Waits as `add` does."""

    async def save(self, person: Person) -> None:
        """Insert it, or take over every field."""

    async def list_page(self, query: PeopleQuery) -> tuple[list[Person], int]:
        """One page by name, and how many there are in all."""


class Contacts(Protocol):
    """Who was named through a link as contact of one question."""

    async def get(self, contact_id: UUID) -> Contact | None:
        """The contact, locked, so that two who decide at once are told of each other."""

    async def list_by_ids(self, contact_ids: Collection[UUID]) -> list[Contact]:
        """Those that are known."""

    async def list_of_referral(self, referral_id: UUID) -> list[Contact]:
        """All that were named for one question, oldest first."""

    async def list_new(self, organisation_id: UUID | None = None) -> list[Contact]:
        """Of whom nobody said yet that they are right, oldest first: of one organisation, or all."""

    async def save(self, contact: Contact) -> None:
        """Insert it, or take over every field."""

    async def forget_case(self, case_id: UUID) -> None:
        """Delete those of a case's questions; before the questions themselves."""


class Hangings(Protocol):
    """What must be with somebody else before a person leaves."""

    async def read_of(self, person_id: UUID) -> Hanging:
        """Their open families, questions and offers, each in a fixed order."""

    async def list_people(self, today: date) -> list[UUID]:
        """Who leaves today or should have left before, and who left while a family or a question hangs on them."""


class PersonHistory(Protocol):
    """Who changed what about whom."""

    async def add(self, changes: Sequence[KeptChange]) -> None:
        """Keep them."""

    async def read_last(self, person_id: UUID, change: PersonChange) -> datetime | None:
        """When this was last done to this person."""

    async def list_of(self, person_id: UUID, limit: int) -> list[KeptChange]:
        """The newest first."""
