"""What the page and the metrics read."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_
from sqlmodel import col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from services.notify.domain.mails import ONLY_FOR_READER
from services.notify.domain.message import Message, MessageState
from services.notify.domain.outcome import Reason
from services.notify.domain.wanted import Wanted
from services.notify.ports import StateCount
from services.notify.store.rows import to_message
from services.notify.store.tables import EndedCaseRow, MessageRow
from shared.messaging.postgres_unit import PostgresUnit

STANDING_STILL = select(EndedCaseRow.case_id).where(col(EndedCaseRow.reason) == Reason.CASE_ON_HOLD.value)
PRESSING = (MessageState.REFUSED, MessageState.UNKNOWN, MessageState.QUEUED, MessageState.SENDING)


class PostgresOverview:
    """Reads only; locks nothing."""

    def __init__(self, unit: PostgresUnit) -> None:
        self._unit = unit

    async def count_by_state(self) -> list[StateCount]:
        query = (
            select(MessageRow.state, func.count(), func.min(MessageRow.queued_at))
            .group_by(MessageRow.state)
            .order_by(MessageRow.state)
        )
        counts = await self._unit.session.exec(query)
        return [StateCount(MessageState(state), number, oldest) for state, number, oldest in counts]

    async def list_in_need(self, limit: int) -> list[Message]:
        oldest = col(MessageRow.queued_at).asc(), col(MessageRow.id).asc()
        return [message for state in PRESSING for message in await self._list(state, oldest, limit)]

    async def list_in_state(self, state: MessageState, limit: int) -> list[Message]:
        return await self._list(state, (col(MessageRow.queued_at).desc(), col(MessageRow.id).desc()), limit)

    async def list_found(self, wanted: Wanted, limit: int) -> list[Message]:
        asked = {
            col(MessageRow.case_id): wanted.case_id,
            col(MessageRow.recipient_id): wanted.recipient_id,
        }
        query = select(MessageRow).where(*(column == value for column, value in asked.items() if value is not None))
        if wanted.number is not None:
            known_by = col(MessageRow.case_code), col(MessageRow.referral_number)
            query = query.where(or_(*(column == wanted.number for column in known_by)))
        newest = col(MessageRow.queued_at).desc(), col(MessageRow.id).desc()
        return await self._messages(query.order_by(*newest).limit(limit))

    async def read(self, message_id: UUID) -> Message | None:
        found = await self._messages(select(MessageRow).where(MessageRow.id == message_id))
        for message in found:
            if message.draft.mail.is_digest:
                parts = select(MessageRow).where(MessageRow.part_of == message_id)
                oldest = col(MessageRow.queued_at).asc(), col(MessageRow.id).asc()
                message.parts = tuple(await self._messages(parts.order_by(*oldest)))
        return found[0] if found else None

    async def list_reasons_to_wait(self) -> set[Reason]:
        query = select(MessageRow.reason).where(MessageRow.state == MessageState.QUEUED).distinct()
        return {Reason(reason) for reason in await self._unit.session.exec(query) if reason}

    async def _list(self, state: MessageState, order: Sequence[ColumnElement[Any]], limit: int) -> list[Message]:
        query = select(MessageRow).where(MessageRow.state == state).order_by(*order).limit(limit)
        return await self._messages(query)

    async def _messages(self, query: SelectOfScalar[MessageRow]) -> list[Message]:
        """Without what is only for its reader, and what is about a case that stands still for safety."""
        seen = query.where(or_(col(MessageRow.case_id).is_(None), col(MessageRow.case_id).not_in(STANDING_STILL)))
        seen = seen.where(col(MessageRow.template).not_in(ONLY_FOR_READER))
        return [to_message(dict(row)) for row in await self._unit.session.exec(seen)]
