"""What somebody answered by mail, which waits at notify until that person places it."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True)
class ReplyDraft:
    """What it is about, whose it is and what it says."""

    about: UUID
    person_id: UUID
    text: str


class ReplyDrafts(Protocol):
    """What waits, by the token of the link in the mail to its writer."""

    async def find(self, token: str) -> ReplyDraft | None:
        """What this link opens; None: it is not there (any more)."""

    async def settle(self, token: str) -> None:
        """It is placed, or thrown away."""
