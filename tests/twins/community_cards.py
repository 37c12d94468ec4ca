"""The twins of cards and what belongs to them."""

from collections.abc import Collection, Sequence
from copy import copy, deepcopy
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.community.domain.card import Card, Consent
from services.community.domain.card_code import CardCode
from services.community.domain.card_mail import CardMail
from services.community.domain.contact import OrganisationContact
from services.community.domain.training import Training, TrainingTold
from services.community.ports.cards import Photo
from tests.twins.tables import MemoryTables
from tests.twins.unit_of_work import MemoryContext, MemoryUnit


class InMemoryCards:
    """Cards, consents and photos by person."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Card] = tables.table("cards")
        self._consents: dict[UUID, tuple[Consent, ...]] = tables.table("card_consents")
        self._photos: dict[UUID, Photo] = tables.table("card_photos")

    async def get(self, person_id: UUID) -> Card | None:
        return await self.read(person_id)

    async def read(self, person_id: UUID) -> Card | None:
        found = self._rows.get(person_id)
        return deepcopy(found) if found else None

    async def read_each(self, person_ids: Collection[UUID]) -> dict[UUID, Card]:
        return {one: deepcopy(self._rows[one]) for one in person_ids if one in self._rows}

    async def save(self, card: Card, consents: Sequence[Consent] = ()) -> None:
        given = (*self._consents.get(card.person_id, ()), *consents)
        self._consents[card.person_id] = tuple(sorted(given, key=lambda one: (one.given_at, one.field)))
        self._rows[card.person_id] = deepcopy(card)

    async def list_consents(self, person_id: UUID) -> list[Consent]:
        return list(self._consents.get(person_id, ()))

    async def keep_photo(self, person_id: UUID, photo: Photo | None) -> None:
        self._photos.pop(person_id, None)
        if photo is not None:
            self._photos[person_id] = photo

    async def find_photo(self, digest: str) -> tuple[UUID, Photo] | None:
        return next(((whose, one) for whose, one in self._photos.items() if one.digest == digest), None)

    async def list_unasked(self, checked: datetime, limit: int) -> list[UUID]:
        due = (one.person_id for one in self._rows.values() if one.asked_at is None and one.checked_at <= checked)
        return sorted(due)[:limit]

    async def remove(self, person_id: UUID) -> None:
        tables: tuple[dict[UUID, Any], ...] = (self._rows, self._consents, self._photos)
        for table in tables:
            table.pop(person_id, None)


class InMemoryCardMails:
    """What was written, by id."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, CardMail] = tables.table("card_mails")

    async def add(self, mail: CardMail) -> None:
        self._rows[mail.id] = mail

    async def open(self, mail_id: UUID) -> CardMail | None:
        return self._rows.get(mail_id)

    async def list_of_person(self, person_id: UUID) -> list[CardMail]:
        theirs = (one for one in self._rows.values() if person_id in {one.person_id, one.from_person_id})
        return sorted(theirs, key=lambda one: (one.sent_at, one.id))

    async def forget_of_person(self, person_id: UUID) -> None:
        for one in await self.list_of_person(person_id):
            del self._rows[one.id]

    async def forget_before(self, sent: datetime) -> None:
        for one in list(self._rows.values()):
            if one.sent_at < sent:
                del self._rows[one.id]


class InMemoryCardCodes:
    """Codes by id."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, CardCode] = tables.table("card_codes")

    async def add(self, code: CardCode) -> None:
        self._rows[code.id] = code

    async def read(self, code_id: UUID) -> CardCode | None:
        return self._rows.get(code_id)

    async def find_of_person(self, person_id: UUID) -> CardCode | None:
        return next((one for one in self._rows.values() if one.person_id == person_id), None)

    async def withdraw(self, person_id: UUID) -> None:
        for one in list(self._rows.values()):
            if one.person_id == person_id:
                self._rows[one.id] = replace(one, person_id=None)

    async def forget_before(self, made: datetime) -> None:
        for one in list(self._rows.values()):
            if one.made_at < made:
                del self._rows[one.id]


class InMemoryTrainings:
    """Trainings by person."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Training] = tables.table("trainings")

    async def get(self, person_id: UUID) -> Training | None:
        return (await self.read_each([person_id])).get(person_id)

    async def read_each(self, person_ids: Collection[UUID]) -> dict[UUID, Training]:
        return {one: copy(self._rows[one]) for one in person_ids if one in self._rows}

    async def save(self, training: Training) -> None:
        self._rows[training.person_id] = copy(training)

    async def list_untold(self, ending: date, ended: date) -> list[UUID]:
        return sorted(
            one.person_id
            for one in self._rows.values()
            if (one.valid_until <= ending and one.told is TrainingTold.NOTHING)
            or (one.valid_until < ended and one.told is not TrainingTold.EXPIRED)
        )

    async def remove(self, person_id: UUID) -> None:
        self._rows.pop(person_id, None)


class InMemoryOrganisationContacts:
    """The latest of two organisations."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[tuple[UUID, UUID], OrganisationContact] = tables.table("organisation_contacts")

    async def note(self, contact: OrganisationContact) -> None:
        both = contact.one_id, contact.other_id
        before = self._rows.get(both)
        if before is None or contact.day >= before.day:
            self._rows[both] = contact

    async def read(self, one_id: UUID, other_id: UUID) -> OrganisationContact | None:
        return self._rows.get((min(one_id, other_id), max(one_id, other_id)))

    async def forget_before(self, day: date) -> None:
        for both, one in list(self._rows.items()):
            if one.day < day:
                del self._rows[both]


class MemoryCardsUnit(MemoryUnit):
    """What belongs to cards, inside one transaction."""

    def __init__(self, context: MemoryContext) -> None:
        super().__init__(context)
        self.cards = InMemoryCards(context.tables)
        self.card_mails = InMemoryCardMails(context.tables)
        self.card_codes = InMemoryCardCodes(context.tables)
        self.trainings = InMemoryTrainings(context.tables)
        self.organisation_contacts = InMemoryOrganisationContacts(context.tables)
