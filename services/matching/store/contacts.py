"""Contacts of one question, and what changed about people, on PostgreSQL."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, delete, func, select

from services.matching.domain.contact import Contact, ContactState
from services.matching.domain.person_changes import KeptChange, PersonChange
from services.matching.store.tables import CONTACTS, PERSON_CHANGES, REFERRALS, upsert
from shared.messaging.postgres_unit import UnitContext
from shared.storage.bulk_insert import document_of, insert_document

_ADD_CHANGES: Final = insert_document(PERSON_CHANGES)


class PostgresContacts:
    """The table `contacts`."""

    def __init__(self, context: UnitContext) -> None:
        self._connection = context.connection

    async def get(self, contact_id: UUID) -> Contact | None:
        found = await self._list(_contacts(CONTACTS.c.id == contact_id).with_for_update())
        return found[0] if found else None

    async def list_by_ids(self, contact_ids: Collection[UUID]) -> list[Contact]:
        return await self._list(_contacts(CONTACTS.c.id.in_(list(contact_ids)))) if contact_ids else []

    async def list_of_referral(self, referral_id: UUID) -> list[Contact]:
        return await self._list(_contacts(CONTACTS.c.referral_id == referral_id).order_by(CONTACTS.c.id))

    async def list_new(self, organisation_id: UUID | None = None) -> list[Contact]:
        new = _contacts(CONTACTS.c.state == ContactState.NAMED.value).order_by(CONTACTS.c.id)
        return await self._list(new if organisation_id is None else new.where(_of(organisation_id)))

    async def save(self, contact: Contact) -> None:
        await self._connection.execute(upsert(CONTACTS, _contact_values(contact)))

    async def forget_case(self, case_id: UUID) -> None:
        asked = select(REFERRALS.c.id).where(REFERRALS.c.case_id == case_id)
        await self._connection.execute(delete(CONTACTS).where(CONTACTS.c.referral_id.in_(asked)))

    async def _list(self, query: Select[Any]) -> list[Contact]:
        return [_contact_of(row) for row in await self._connection.execute(query)]


class PostgresPersonHistory:
    """The table `person_changes`."""

    def __init__(self, context: UnitContext) -> None:
        self._connection = context.connection

    async def add(self, changes: Sequence[KeptChange]) -> None:
        rows = [
            {
                "id": one.id,
                "person_id": one.person_id,
                "change": one.change.value,
                "changed_at": one.at,
                "changed_by": one.by,
                "organisation_id": one.organisation_id,
            }
            for one in changes
        ]
        if rows:
            await _ADD_CHANGES.rows(self._connection, document_of(rows))

    async def read_last(self, person_id: UUID, change: PersonChange) -> datetime | None:
        this = (PERSON_CHANGES.c.person_id == person_id, PERSON_CHANGES.c.change == change.value)
        found: datetime | None = await self._connection.scalar(
            select(func.max(PERSON_CHANGES.c.changed_at)).where(*this)
        )
        return found

    async def list_of(self, person_id: UUID, limit: int) -> list[KeptChange]:
        of_person = select(PERSON_CHANGES).where(PERSON_CHANGES.c.person_id == person_id)
        rows = await self._connection.execute(of_person.order_by(PERSON_CHANGES.c.id.desc()).limit(limit))
        return [
            KeptChange(
                row.id, row.person_id, PersonChange(row.change), row.changed_at, row.changed_by, row.organisation_id
            )
            for row in rows
        ]


def _contacts(which: ColumnElement[bool]) -> Select[Any]:
    return select(CONTACTS).where(which)


def _of(organisation_id: UUID) -> ColumnElement[bool]:
    return CONTACTS.c.organisation_id == organisation_id


def _contact_of(row: Row[Any]) -> Contact:
    return Contact(
        id=row.id,
        organisation_id=row.organisation_id,
        referral_id=row.referral_id,
        name=row.name,
        email=row.email,
        phone=row.phone,
        named_by=row.named_by,
        named_at=row.named_at,
        state=ContactState(row.state),
        settled_by=row.settled_by,
        settled_at=row.settled_at,
    )


def _contact_values(contact: Contact) -> dict[str, Any]:
    return {
        "id": contact.id,
        "organisation_id": contact.organisation_id,
        "referral_id": contact.referral_id,
        "name": contact.name,
        "email": contact.email,
        "phone": contact.phone,
        "named_by": contact.named_by,
        "named_at": contact.named_at,
        "state": contact.state.value,
        "settled_by": contact.settled_by,
        "settled_at": contact.settled_at,
    }
