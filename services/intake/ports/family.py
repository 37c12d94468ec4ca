"""What the family's own page needs."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from services.intake.domain.family_access import FamilyAccess
from services.intake.domain.family_voice import Experience, FamilyAsk, HelpFelt
from shared.access.links import Link


class FamilyDoor(Protocol):
    """How a family comes in: one link with its code for a case, and the visits that began with it."""

    async def give(self, access: FamilyAccess) -> Link:
        """A new link. The one of before opens nothing any more, and whoever is in by it is out."""

    async def read(self, case_id: UUID) -> FamilyAccess | None:
        """That of this case, also when its time is over."""

    async def find(self, token_or_code: str) -> FamilyAccess | None:
        """What this opens now; None when it opens nothing."""

    async def take_away(self, case_id: UUID) -> None:
        """Nobody comes in any more, and whoever is in is out."""

    async def begin_visit(self, access: FamilyAccess, until: datetime) -> str:
        """Somebody is in; returns what their browser keeps."""

    async def visited(self, kept: str) -> FamilyAccess | None:
        """By what the browser that kept this came in; None when that is over."""

    async def forget_visits(self) -> None:
        """Delete those that are over."""


class FamilyVoice(Protocol):
    """What the family says on its page, in codes; its words are in the vault."""

    async def ask(self, ask: FamilyAsk) -> None:
        """A new question to its ambassador."""

    async def list_asks(self, case_id: UUID) -> list[FamilyAsk]:
        """All of this case, the newest first."""

    async def settle(self, ask: FamilyAsk, by: UUID, at: datetime) -> None:
        """It was talked about."""

    async def tell(self, experience: Experience) -> None:
        """How help was, in place of what was told of the same need before."""

    async def list_experiences(self, case_id: UUID) -> list[Experience]:
        """Those of this case."""

    async def count_felt(self, at_least: int) -> list[HelpFelt]:
        """Of each organisation of which at least so many families told it. Children of one family are one family."""
