"""What receiving mail needs from the store."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol
from uuid import UUID

from services.notify.domain.received import ReceivedMail, ReplyDraft


class ReceivedMails(Protocol):
    """What came in, without what it said."""

    async def hold(self, person_id: UUID) -> None:
        """Nothing else of this person is received while this transaction lasts."""

    async def add(self, received: ReceivedMail) -> bool:
        """Keep it; False when this very mail was received before."""

    async def has(self, mark: bytes) -> bool:
        """Whether this very mail was received before."""

    async def count_told(self, person_id: UUID, templates: Collection[str], since: datetime) -> int:
        """How many of these mails went to this person since then."""

    async def count_by_outcome(self, since: datetime) -> Mapping[str, int]:
        """How many ended how."""

    async def list_newest(self, limit: int) -> list[ReceivedMail]:
        """The newest first."""

    async def forget(self, before: datetime) -> int:
        """Erase what was received before this; returns how many."""


class ReplyDrafts(Protocol):
    """What was answered and not placed yet; its text is sealed."""

    async def add(self, draft: ReplyDraft) -> None:
        """Keep it."""

    async def read(self, draft_id: UUID) -> ReplyDraft | None:
        """One."""

    async def count(self, about_id: UUID, person_id: UUID) -> int:
        """How many of this person about this wait."""

    async def remove(self, draft_id: UUID) -> None:
        """Erase it, if it is there."""

    async def remove_about(self, about_id: UUID) -> None:
        """Erase all about this."""

    async def forget(self, before: datetime) -> int:
        """Erase what was made then or before; returns how many."""


class ClosedQuestions(Protocol):
    """What is over: a reply about it is not taken."""

    async def close(self, about_id: UUID) -> None:
        """From now on."""

    async def is_closed(self, about_id: UUID) -> bool:
        """Whether it is."""

    async def forget(self, before: datetime) -> int:
        """Erase what was closed before this; returns how many."""


class Receiving(Protocol):
    """What a unit of notify has for mail that comes in."""

    @property
    def received(self) -> ReceivedMails:
        """What came in."""

    @property
    def reply_drafts(self) -> ReplyDrafts:
        """What waits to be placed."""

    @property
    def closed_questions(self) -> ClosedQuestions:
        """What is over."""
