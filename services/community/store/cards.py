"""Cards and their photos on PostgreSQL, sealed with a key of each; who may read them stands beside them."""

import json
from base64 import b64decode, b64encode
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid5

from sqlalchemy import Select, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.community.domain.card import Audience, Card, CardField, Consent
from services.community.ports.cards import Photo
from services.community.store.card_tables import CARD_CONSENTS, CARD_KEYS, CARD_PHOTOS, CARD_VALUES, CARDS
from services.community.store.rows import Row
from services.community.store.seats import SignUpsClosed
from services.community.store.table_rows import TableRows
from shared.privacy.sealed import Sealing, WrappedKey

WROTE: Final = CARD_VALUES.c.wrote.name
SIZES: Final = (CARD_PHOTOS.c.large.name, CARD_PHOTOS.c.small.name)
_WHOLE: Final = (
    select(CARDS, CARD_KEYS.c.wrapped, CARD_VALUES.c.wrote)
    .join(CARD_KEYS, CARD_KEYS.c.person_id == CARDS.c.person_id)
    .join(CARD_VALUES, CARD_VALUES.c.person_id == CARDS.c.person_id)
)


class PostgresCards:
    """The tables `cards`, `card_keys`, `card_values`, `card_photos` and `card_consents`."""

    def __init__(self, connection: AsyncConnection, sealing: Sealing | None) -> None:
        self._connection, self._given = connection, sealing
        self._rows = TableRows(connection, CARDS)

    async def get(self, person_id: UUID) -> Card | None:
        await self._rows.find(person_id, locked=True)
        return await self.read(person_id)

    async def read(self, person_id: UUID) -> Card | None:
        return (await self.read_each([person_id])).get(person_id)

    async def read_each(self, person_ids: Collection[UUID]) -> dict[UUID, Card]:
        rows = await self._rows.list_rows(_WHOLE.where(CARDS.c.person_id.in_(person_ids)))
        given = select(CARD_CONSENTS).where(CARD_CONSENTS.c.person_id.in_(person_ids))
        consents: dict[UUID, dict[CardField, Consent]] = {}
        for row in await self._rows.list_rows(_in_order(given)):
            one = _consent_of(row)
            consents.setdefault(row["person_id"], {})[one.field] = one
        return {row["person_id"]: self._card_of(row, consents.get(row["person_id"], {})) for row in rows}

    async def save(self, card: Card, consents: Sequence[Consent] = ()) -> None:
        await self._rows.write({"person_id": card.person_id, "checked_at": card.checked_at, "asked_at": card.asked_at})
        key = await self._key(card.person_id)
        told = json.dumps({name.value: list(values) for name, values in card.wrote.items()})
        sealed = self._sealing.seal(key, CARD_VALUES.name, WROTE, card.person_id, told)
        await TableRows(self._connection, CARD_VALUES).write({"person_id": card.person_id, WROTE: sealed})
        for one in consents:
            await self._connection.execute(insert(CARD_CONSENTS).values(_consent_row(card.person_id, one)))

    async def list_consents(self, person_id: UUID) -> list[Consent]:
        theirs = select(CARD_CONSENTS).where(CARD_CONSENTS.c.person_id == person_id)
        return [_consent_of(row) for row in await self._rows.list_rows(_in_order(theirs))]

    async def keep_photo(self, person_id: UUID, photo: Photo | None) -> None:
        rows = TableRows(self._connection, CARD_PHOTOS)
        await rows.remove(person_id)
        if photo is None:
            return
        key = await self._key(person_id)
        sealed = {
            size: self._sealing.seal(key, CARD_PHOTOS.name, size, person_id, b64encode(getattr(photo, size)).decode())
            for size in SIZES
        }
        await rows.write({"person_id": person_id, "digest": photo.digest, **sealed})

    async def find_photo(self, digest: str) -> tuple[UUID, Photo] | None:
        known = select(CARD_PHOTOS, CARD_KEYS.c.wrapped).join(CARD_KEYS).where(CARD_PHOTOS.c.digest == digest)
        for row in await self._rows.list_rows(known.limit(1)):
            person_id = row["person_id"]
            key = WrappedKey(CARD_KEYS.name, person_id, row["wrapped"])
            opened = {
                size: b64decode(self._sealing.open(key, CARD_PHOTOS.name, size, person_id, row[size])) for size in SIZES
            }
            return person_id, Photo(digest=digest, **opened)
        return None

    async def list_unasked(self, checked: datetime, limit: int) -> list[UUID]:
        due = select(CARDS.c.person_id).where(CARDS.c.asked_at.is_(None), CARDS.c.checked_at <= checked)
        return list(await self._connection.scalars(due.order_by(CARDS.c.person_id).limit(limit)))

    async def remove(self, person_id: UUID) -> None:
        await self._connection.execute(delete(CARDS).where(CARDS.c.person_id == person_id))

    async def _key(self, person_id: UUID) -> WrappedKey:
        """The one that is there, or a new one."""
        new = self._sealing.new_key(CARD_KEYS.name, person_id)
        added = insert(CARD_KEYS).values(person_id=person_id, wrapped=new.wrapped)
        await self._connection.execute(added.on_conflict_do_nothing())
        wrapped = await self._connection.scalar(select(CARD_KEYS.c.wrapped).where(CARD_KEYS.c.person_id == person_id))
        return WrappedKey(CARD_KEYS.name, person_id, wrapped or b"")

    def _card_of(self, row: Row, consents: dict[CardField, Consent]) -> Card:
        person_id = row["person_id"]
        key = WrappedKey(CARD_KEYS.name, person_id, row["wrapped"])
        told = json.loads(self._sealing.open(key, CARD_VALUES.name, WROTE, person_id, row[WROTE]))
        wrote = {CardField(name): tuple(values) for name, values in told.items()}
        return Card(person_id, row["checked_at"], wrote, consents, row["asked_at"])

    @property
    def _sealing(self) -> Sealing:
        if self._given is None:
            raise SignUpsClosed
        return self._given


def _in_order(query: Select[Any]) -> Select[Any]:
    return query.order_by(CARD_CONSENTS.c.given_at, CARD_CONSENTS.c.field)


def _consent_row(person_id: UUID, consent: Consent) -> dict[str, Any]:
    # The same field at the same moment is the same answer.
    made = uuid5(person_id, f"{consent.field} {consent.given_at.isoformat()}")
    return {
        "id": made,
        "person_id": person_id,
        "field": consent.field.value,
        "audience": int(consent.audience),
        "text_version": consent.text_version,
        "given_at": consent.given_at,
        "given_by": consent.given_by,
    }


def _consent_of(row: Row) -> Consent:
    return Consent(
        CardField(row["field"]), Audience(row["audience"]), row["text_version"], row["given_at"], row["given_by"]
    )
