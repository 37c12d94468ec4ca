"""The skills passports of a few people."""

from typing import Protocol
from uuid import UUID

from services.community.domain.passport import Passport


class Passports(Protocol):
    """Each sealed with a key of its own."""

    async def get(self, person_id: UUID) -> Passport | None:
        """One, locked until the transaction ends; None: it is not switched on."""

    async def save(self, passport: Passport) -> None:
        """Keep it."""

    async def remove(self, person_id: UUID) -> None:
        """For good, with its key and its questions."""

    async def list_people(self) -> list[UUID]:
        """For whom it is on, by id."""

    async def list_all(self) -> list[Passport]:
        """All, for the figures of the pilot."""

    async def add_question(self, endorsement_id: UUID, person_id: UUID) -> None:
        """This person asked somebody for a word."""

    async def who_asked(self, endorsement_id: UUID) -> UUID | None:
        """Who asked for it."""

    async def remove_question(self, endorsement_id: UUID) -> None:
        """Nobody asks any more."""


class PassportUnit(Protocol):
    """What one transaction of community has of this."""

    @property
    def passports(self) -> Passports: ...
