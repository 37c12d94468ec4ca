"""What organisations ask and offer each other, on PostgreSQL."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import date
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.community.domain.notice import Good, Notice, NoticeState, Reply, ReplyState, Side, Wanted
from services.community.store.rows import Row
from services.community.store.swap_tables import NOTICES, REPLIES
from services.community.store.table_rows import TableRows


class PostgresNotices:
    """The tables `notices` and `replies`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._rows, self._replies = TableRows(connection, NOTICES), TableRows(connection, REPLIES)

    async def get(self, notice_id: UUID) -> Notice | None:
        row = await self._rows.find(notice_id, locked=True)
        return _notice_of(row) if row else None

    async def save(self, notice: Notice) -> None:
        row = asdict(notice)
        await self._rows.write({**row.pop("wanted"), **row})

    async def list_open(self, today: date) -> list[Notice]:
        shown = select(NOTICES).where(NOTICES.c.state == NoticeState.OPEN, NOTICES.c.until >= today)
        return [_notice_of(row) for row in await self._rows.list_rows(shown.order_by(NOTICES.c.until, NOTICES.c.id))]

    async def list_of(self, organisation_id: UUID) -> list[Notice]:
        theirs = select(NOTICES).where(NOTICES.c.organisation_id == organisation_id)
        newest = theirs.order_by(NOTICES.c.placed_at.desc(), NOTICES.c.id)
        return [_notice_of(row) for row in await self._rows.list_rows(newest)]

    async def list_past(self, today: date, limit: int) -> list[UUID]:
        past = select(NOTICES.c.id).where(NOTICES.c.state == NoticeState.OPEN, NOTICES.c.until < today)
        return list(await self._connection.scalars(past.order_by(NOTICES.c.until, NOTICES.c.id).limit(limit)))

    async def add_reply(self, reply: Reply) -> bool:
        added = insert(REPLIES).values(asdict(reply))
        once = added.on_conflict_do_nothing(index_elements=["notice_id", "organisation_id"]).returning(REPLIES.c.id)
        return await self._connection.scalar(once) is not None

    async def read_reply(self, reply_id: UUID) -> Reply | None:
        row = await self._replies.find(reply_id)
        return _reply_of(row) if row else None

    async def save_reply(self, reply: Reply) -> None:
        await self._replies.write(asdict(reply))

    async def list_replies(self, notice_ids: Collection[UUID]) -> list[Reply]:
        theirs = select(REPLIES).where(REPLIES.c.notice_id.in_(notice_ids))
        in_order = theirs.order_by(REPLIES.c.replied_at, REPLIES.c.id)
        return [_reply_of(row) for row in await self._replies.list_rows(in_order)]

    async def list_replies_of(self, organisation_id: UUID) -> list[tuple[Reply, Notice]]:
        theirs = select(REPLIES).where(REPLIES.c.organisation_id == organisation_id)
        replies = list(
            map(_reply_of, await self._replies.list_rows(theirs.order_by(REPLIES.c.replied_at, REPLIES.c.id)))
        )
        about = select(NOTICES).where(NOTICES.c.id.in_([one.notice_id for one in replies]))
        notices = {row["id"]: _notice_of(row) for row in await self._rows.list_rows(about)}
        return [(one, notices[one.notice_id]) for one in replies]

    async def forget_before(self, day: date) -> None:
        await self._connection.execute(delete(NOTICES).where(NOTICES.c.until < day))

    async def forget_person(self, person_id: UUID) -> None:
        await self._connection.execute(delete(NOTICES).where(NOTICES.c.placed_by == person_id))
        theirs = (REPLIES.c.replied_by == person_id) | (REPLIES.c.answered_by == person_id)
        await self._connection.execute(delete(REPLIES).where(theirs))


def _notice_of(row: Row) -> Notice:
    rest = dict(row)
    wanted = Wanted(
        Side(rest.pop("side")), Good(rest.pop("good")), rest.pop("about"), rest.pop("area"), rest.pop("until")
    )
    return Notice(**{**rest, "wanted": wanted, "state": NoticeState(rest["state"])})


def _reply_of(row: Row) -> Reply:
    return Reply(**{**row, "state": ReplyState(row["state"])})
