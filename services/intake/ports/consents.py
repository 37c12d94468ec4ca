"""What a family's consents need, and who said yes to what."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from services.intake.domain.accepted import AcceptedReferral
from services.intake.domain.consent import Consent


class ConsentRepository(Protocol):
    """Every answer that families gave. Whoever changes those of a case holds the case."""

    async def add(self, consents: Sequence[Consent]) -> None:
        """Store new answers."""

    async def save(self, consent: Consent) -> None:
        """Store in which state it is, and since when; nothing else of it ever changes."""

    async def list_of_case(self, case_id: UUID) -> list[Consent]:
        """All, oldest first, also those that count no more."""

    async def list_passed(self, today: date, limit: int) -> list[Consent]:
        """Given ones whose last day was before today, the oldest day first."""

    async def list_growing(self, after: UUID | None, limit: int) -> list[UUID]:
        """Cases with one that counts and was not given by the young person alone, by id from behind this one on."""

    async def forget(self, case_id: UUID) -> None:
        """Delete all of this case."""


class AcceptedReferrals(Protocol):
    """Who helps whom at this moment, as matching publishes it."""

    async def save(self, accepted: AcceptedReferral) -> None:
        """This organisation said yes; told again only who speaks for it changes."""

    async def read(self, referral_id: UUID) -> AcceptedReferral | None:
        """Who helps by this referral; None: nobody, or not any more."""

    async def list_of_case(self, case_id: UUID) -> list[AcceptedReferral]:
        """Who helps now, by the id of the referral."""

    async def end(self, referral_id: UUID) -> None:
        """It helps no more."""

    async def forget(self, case_id: UUID) -> None:
        """Delete all of this case."""
