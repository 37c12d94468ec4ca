"""What people write each other, on PostgreSQL, sealed with a key of each."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, delete, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.community.domain.card_mail import CardMail
from services.community.store.card_tables import CARD_MAIL_KEYS, CARD_MAIL_WORDS, CARD_MAILS
from services.community.store.seats import SignUpsClosed
from shared.privacy.sealed import Sealing, WrappedKey

WORDS: Final = CARD_MAIL_WORDS.c.words.name


class PostgresCardMails:
    """The tables `card_mails`, `card_mail_keys` and `card_mail_words`."""

    def __init__(self, connection: AsyncConnection, sealing: Sealing | None) -> None:
        self._connection, self._given = connection, sealing

    async def add(self, mail: CardMail) -> None:
        key = self._sealing.new_key(CARD_MAIL_KEYS.name, mail.id)
        sealed = self._sealing.seal(key, CARD_MAIL_WORDS.name, WORDS, mail.id, mail.words)
        row = {
            "id": mail.id, "person_id": mail.person_id, "from_person_id": mail.from_person_id, "sent_at": mail.sent_at,
        }  # fmt: skip
        await self._connection.execute(insert(CARD_MAILS).values(row))
        await self._connection.execute(insert(CARD_MAIL_KEYS).values(mail_id=mail.id, wrapped=key.wrapped))
        await self._connection.execute(insert(CARD_MAIL_WORDS).values(mail_id=mail.id, words=sealed))

    async def open(self, mail_id: UUID) -> CardMail | None:
        return next(iter(await self._list(CARD_MAILS.c.id == mail_id)), None)

    async def list_of_person(self, person_id: UUID) -> list[CardMail]:
        return await self._list(_of_person(person_id))

    async def forget_of_person(self, person_id: UUID) -> None:
        await self._connection.execute(delete(CARD_MAILS).where(_of_person(person_id)))

    async def forget_before(self, sent: datetime) -> None:
        await self._connection.execute(delete(CARD_MAILS).where(CARD_MAILS.c.sent_at < sent))

    async def _list(self, which: ColumnElement[bool]) -> list[CardMail]:
        known = (
            select(CARD_MAILS, CARD_MAIL_KEYS.c.wrapped, CARD_MAIL_WORDS.c.words)
            .join(CARD_MAIL_KEYS, CARD_MAIL_KEYS.c.mail_id == CARD_MAILS.c.id)
            .join(CARD_MAIL_WORDS, CARD_MAIL_WORDS.c.mail_id == CARD_MAILS.c.id)
        )
        in_order = known.where(which).order_by(CARD_MAILS.c.sent_at, CARD_MAILS.c.id)
        return [self._opened(dict(row)) for row in (await self._connection.execute(in_order)).mappings()]

    def _opened(self, row: dict[str, Any]) -> CardMail:
        key = WrappedKey(CARD_MAIL_KEYS.name, row["id"], row.pop("wrapped"))
        words = self._sealing.open(key, CARD_MAIL_WORDS.name, WORDS, row["id"], row.pop(WORDS))
        return CardMail(**row, words=words)

    @property
    def _sealing(self) -> Sealing:
        if self._given is None:
            raise SignUpsClosed
        return self._given


def _of_person(person_id: UUID) -> ColumnElement[bool]:
    return or_(CARD_MAILS.c.person_id == person_id, CARD_MAILS.c.from_person_id == person_id)
