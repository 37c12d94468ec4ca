"""What notify received, in memory: the twin of `store.receiving`."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from services.notify.domain.message import Message
from services.notify.domain.received import ReceivedMail, ReplyDraft
from tests.twins.tables import MemoryTables


class InMemoryReceivedMails:
    """Received mails in a dict."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[bytes, ReceivedMail] = tables.table("received_mails")
        self._messages: dict[UUID, Message] = tables.table("messages")

    async def hold(self, person_id: UUID) -> None:
        """One transaction at a time."""

    async def add(self, received: ReceivedMail) -> bool:
        is_new = received.mark not in self._rows
        self._rows.setdefault(received.mark, received)
        return is_new

    async def has(self, mark: bytes) -> bool:
        return mark in self._rows

    async def count_told(self, person_id: UUID, templates: Collection[str], since: datetime) -> int:
        mails = [row for row in self._messages.values() if row.draft.recipient_id == person_id]
        return sum(row.draft.mail.template in templates and row.queued_at > since for row in mails)

    async def count_by_outcome(self, since: datetime) -> Mapping[str, int]:
        return Counter(row.outcome for row in self._rows.values() if row.received_at > since)

    async def list_newest(self, limit: int) -> list[ReceivedMail]:
        newest = sorted(self._rows.values(), key=lambda row: (row.received_at, row.id), reverse=True)
        return newest[:limit]

    async def forget(self, before: datetime) -> int:
        old = [mark for mark, row in self._rows.items() if row.received_at < before]
        for mark in old:
            del self._rows[mark]
        return len(old)


class InMemoryReplyDrafts:
    """Drafts in a dict."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, ReplyDraft] = tables.table("reply_drafts")

    async def add(self, draft: ReplyDraft) -> None:
        self._rows[draft.id] = draft

    async def read(self, draft_id: UUID) -> ReplyDraft | None:
        return self._rows.get(draft_id)

    async def count(self, about_id: UUID, person_id: UUID) -> int:
        return sum((row.about_id, row.person_id) == (about_id, person_id) for row in self._rows.values())

    async def remove(self, draft_id: UUID) -> None:
        self._rows.pop(draft_id, None)

    async def remove_about(self, about_id: UUID) -> None:
        self._remove([row for row in self._rows.values() if row.about_id == about_id])

    async def forget(self, before: datetime) -> int:
        return self._remove([row for row in self._rows.values() if row.made_at <= before])

    def _remove(self, rows: Collection[ReplyDraft]) -> int:
        for row in rows:
            del self._rows[row.id]
        return len(rows)


class InMemoryClosedQuestions:
    """Closed questions in a dict."""

    def __init__(self, tables: MemoryTables, now: datetime) -> None:
        self._rows: dict[UUID, datetime] = tables.table("closed_questions")
        self._now = now

    async def close(self, about_id: UUID) -> None:
        self._rows.setdefault(about_id, self._now)

    async def is_closed(self, about_id: UUID) -> bool:
        return about_id in self._rows

    async def forget(self, before: datetime) -> int:
        old = [about_id for about_id, at in self._rows.items() if at < before]
        for about_id in old:
            del self._rows[about_id]
        return len(old)
