"""What was received, and what waits to be placed, on PostgreSQL."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, delete, func, select

from services.notify.domain.received import ReceivedMail, ReplyDraft
from services.notify.store.tables import ClosedQuestionRow, MessageRow, ReceivedMailRow, ReplyDraftRow
from shared.messaging.postgres_unit import PostgresUnit
from shared.privacy.sealed import Sealing, WrappedKey

TABLE: Final = ReplyDraftRow.__tablename__
SEALED: Final = "sealed"


class PostgresReceivedMails:
    """The table `received_mails`."""

    def __init__(self, unit: PostgresUnit) -> None:
        self._unit = unit

    async def hold(self, person_id: UUID) -> None:
        key = func.hashtextextended(f"received:{person_id}", 0)
        await self._unit.session.exec(select(func.pg_advisory_xact_lock(key)))

    async def add(self, received: ReceivedMail) -> bool:
        new = insert(ReceivedMailRow).values(
            id=received.id,
            mark=received.mark,
            received_at=received.received_at,
            outcome=received.outcome,
            about_id=received.about_id,
            person_id=received.person_id,
        )
        once = new.on_conflict_do_nothing(index_elements=["mark"]).returning(col(ReceivedMailRow.id))
        return (await self._unit.session.exec(once)).one_or_none() is not None

    async def has(self, mark: bytes) -> bool:
        query = select(ReceivedMailRow.id).where(ReceivedMailRow.mark == mark)
        return (await self._unit.session.exec(query)).one_or_none() is not None

    async def count_told(self, person_id: UUID, templates: Collection[str], since: datetime) -> int:
        told = (
            col(MessageRow.recipient_id) == person_id,
            col(MessageRow.template).in_(templates),
            col(MessageRow.queued_at) > since,
        )
        return (await self._unit.session.exec(select(func.count()).select_from(MessageRow).where(*told))).one()

    async def count_by_outcome(self, since: datetime) -> Mapping[str, int]:
        query = select(ReceivedMailRow.outcome, func.count()).where(col(ReceivedMailRow.received_at) > since)
        return dict((await self._unit.session.exec(query.group_by(ReceivedMailRow.outcome))).all())

    async def list_newest(self, limit: int) -> list[ReceivedMail]:
        newest = col(ReceivedMailRow.received_at).desc(), col(ReceivedMailRow.id).desc()
        rows = await self._unit.session.exec(select(ReceivedMailRow).order_by(*newest).limit(limit))
        return [ReceivedMail(**dict(row)) for row in rows]

    async def forget(self, before: datetime) -> int:
        old = delete(ReceivedMailRow).where(col(ReceivedMailRow.received_at) < before)
        return (await self._unit.session.exec(old)).rowcount


class PostgresReplyDrafts:
    """The table `reply_drafts`; each text is sealed with a key of its own, which goes with its row."""

    def __init__(self, unit: PostgresUnit, sealing: Sealing | None) -> None:
        self._unit, self._given = unit, sealing

    async def add(self, draft: ReplyDraft) -> None:
        key = self._sealing.new_key(TABLE, draft.id)
        words = self._sealing.seal(key, TABLE, SEALED, draft.id, draft.text)
        row = {"id": draft.id, "about_id": draft.about_id, "person_id": draft.person_id, "made_at": draft.made_at}
        await self._unit.session.exec(insert(ReplyDraftRow).values(**row, wrapped=key.wrapped, sealed=words))

    async def read(self, draft_id: UUID) -> ReplyDraft | None:
        row = (await self._unit.session.exec(select(ReplyDraftRow).where(ReplyDraftRow.id == draft_id))).one_or_none()
        if row is None:
            return None
        key = WrappedKey(TABLE, row.id, row.wrapped)
        text = self._sealing.open(key, TABLE, SEALED, row.id, row.sealed)
        return ReplyDraft(row.id, row.about_id, row.person_id, row.made_at, text)

    async def count(self, about_id: UUID, person_id: UUID) -> int:
        theirs = col(ReplyDraftRow.about_id) == about_id, col(ReplyDraftRow.person_id) == person_id
        return (await self._unit.session.exec(select(func.count()).select_from(ReplyDraftRow).where(*theirs))).one()

    async def remove(self, draft_id: UUID) -> None:
        await self._unit.session.exec(delete(ReplyDraftRow).where(col(ReplyDraftRow.id) == draft_id))

    async def remove_about(self, about_id: UUID) -> None:
        await self._unit.session.exec(delete(ReplyDraftRow).where(col(ReplyDraftRow.about_id) == about_id))

    async def forget(self, before: datetime) -> int:
        old = delete(ReplyDraftRow).where(col(ReplyDraftRow.made_at) <= before)
        return (await self._unit.session.exec(old)).rowcount

    @property
    def _sealing(self) -> Sealing:
        if self._given is None:
            raise LookupError("what was answered opens in notify's own processes only")
        return self._given


class PostgresClosedQuestions:
    """The table `closed_questions`."""

    def __init__(self, unit: PostgresUnit) -> None:
        self._unit = unit

    async def close(self, about_id: UUID) -> None:
        closed = insert(ClosedQuestionRow).values(about_id=about_id, closed_at=self._unit.now)
        await self._unit.session.exec(closed.on_conflict_do_nothing())

    async def is_closed(self, about_id: UUID) -> bool:
        query = select(ClosedQuestionRow.about_id).where(ClosedQuestionRow.about_id == about_id)
        return (await self._unit.session.exec(query)).one_or_none() is not None

    async def forget(self, before: datetime) -> int:
        old = delete(ClosedQuestionRow).where(col(ClosedQuestionRow.closed_at) < before)
        return (await self._unit.session.exec(old)).rowcount
