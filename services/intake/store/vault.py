"""The vault in PostgreSQL: sealed values, one key per case, and a line in the audit log for every reading."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import col, select

from services.intake.domain.audited import Act
from services.intake.domain.dossier import Dossier, Fact, NeedWords, Note, NoteKind
from services.intake.domain.errors import UnknownCase
from services.intake.domain.rules import Viewer
from services.intake.store.readings import record_act, record_notes, record_reading
from services.intake.store.tables import CaseKeyRow, CaseNoteRow, IntakeTable, NeedWordsRow, VaultRow
from shared.messaging.postgres_unit import PostgresUnit, UnitContext
from shared.privacy.sealed import Sealing, WrappedKey
from shared.storage.bulk_insert import columns_of_all, insert_into_all

CASE_KEYS: Final = IntakeTable.metadata.tables[CaseKeyRow.__tablename__]
VAULT: Final = IntakeTable.metadata.tables[VaultRow.__tablename__]
NEED_WORDS: Final = IntakeTable.metadata.tables[NeedWordsRow.__tablename__]
NOTES: Final = IntakeTable.metadata.tables[CaseNoteRow.__tablename__]
CALLED: Final = (Fact.FIRST_NAME, Fact.PREFERRED_NAME)
_ABOUT_A_NOTE: Final = ("id", "case_id", "kind", "written_by", "written_at")
_SAID: Final = tuple(NeedWords.__dataclass_fields__)
# Many requests in one statement, straight through the driver: the way that must stay fast.
_ADD: Final = insert_into_all(CASE_KEYS, VAULT, NEED_WORDS)


class VaultClosed(Exception):
    """This process was not given the key of the vault."""


class PostgresVault:
    """The tables `case_keys`, `vault`, `need_words` and `case_notes`."""

    def __init__(self, context: UnitContext, unit: PostgresUnit, sealing: Sealing | None) -> None:
        self._connection = context.connection
        self._unit = unit
        self._given = sealing

    async def add(self, dossiers: Sequence[Dossier], marks: Mapping[UUID, bytes] | None = None) -> None:
        if not dossiers:
            return
        keys = [self._sealing.new_key(CASE_KEYS.name, each.case_id) for each in dossiers]
        facts = [self._sealed_facts(key, dossier) for key, dossier in zip(keys, dossiers, strict=True)]
        words = [row for key, each in zip(keys, dossiers, strict=True) for row in self._sealed_words(key, each)]
        of = marks or {}
        wrapped = [{"case_id": one.row_id, "wrapped": one.wrapped, "child_mark": of.get(one.row_id)} for one in keys]
        await _ADD.rows(self._connection, columns_of_all({CASE_KEYS: wrapped, VAULT: facts, NEED_WORDS: words}))

    async def rewrite(self, dossier: Dossier, facts: Collection[Fact], *, words_kept: Collection[UUID] = ()) -> None:
        key, case_id, session = await self._key_of(dossier.case_id), dossier.case_id, self._unit.session
        await self._seal_facts(key, dossier, facts)
        of_case = delete(NeedWordsRow).where(col(NeedWordsRow.case_id) == case_id)
        await session.exec(of_case.where(col(NeedWordsRow.need_id).not_in(words_kept)))
        session.add_all(NeedWordsRow(**words) for words in self._sealed_words(key, dossier))

    async def tell(self, case_id: UUID, facts: Mapping[Fact, str | None]) -> set[Fact]:
        told, key = {fact: value for fact, value in facts.items() if value}, await self._key_of(case_id)
        before = self._opened(key, await self._row(case_id), facts.keys())
        await self._seal_facts(key, Dossier(case_id, told), facts)
        return {fact for fact in facts if told.get(fact) != before.get(fact)}

    async def keep_note(self, note: Note) -> None:
        key = await self._key_of(note.case_id)
        if not note.words:
            await self._unit.session.exec(delete(CaseNoteRow).where(col(CaseNoteRow.id) == note.id))
            return
        words = self._sealing.seal(key, NOTES.name, "words", note.id, note.words)
        about: dict[str, Any] = {name: getattr(note, name) for name in _ABOUT_A_NOTE}
        await self._unit.session.merge(CaseNoteRow(**about, words=words))

    async def open(
        self, case_id: UUID, facts: Collection[Fact], viewer: Viewer | None, why: str, *, words: bool
    ) -> Dossier:
        key = await self._key_of(case_id)
        opened = self._opened(key, await self._row(case_id), facts)
        record_reading(self._unit.audit, case_id, facts, viewer, why, words=words)
        if not words:
            return Dossier(case_id, opened)
        return Dossier(case_id, opened, await self._opened_words(key, case_id), await self._opened_notes(key, case_id))

    async def open_need(self, case_id: UUID, need_id: UUID, viewer: Viewer, why: str) -> str | None:
        key, of_case = await self._key_of(case_id), NeedWordsRow.case_id == case_id
        row = (
            await self._unit.session.exec(select(NeedWordsRow).where(of_case, NeedWordsRow.need_id == need_id))
        ).one_or_none()
        record_reading(self._unit.audit, case_id, [], viewer, why, words=False, also=("words",))
        return self._opened_need(key, row).words if row else None

    async def open_names(self, case_ids: Collection[UUID], viewer: Viewer, why: str) -> dict[UUID, Dossier]:
        of_these = col(VaultRow.case_id).in_(case_ids)
        query = select(CaseKeyRow.wrapped, VaultRow).where(CaseKeyRow.case_id == VaultRow.case_id, of_these)
        found = (await self._unit.session.exec(query.order_by(col(VaultRow.case_id)))).all()
        keys = {row.case_id: WrappedKey(CASE_KEYS.name, row.case_id, wrapped) for wrapped, row in found}
        opened = {row.case_id: Dossier(row.case_id, self._opened(keys[row.case_id], row, CALLED)) for _, row in found}
        for each in opened:
            record_reading(self._unit.audit, each, CALLED, viewer, why, words=False)
        return opened

    async def read_birth_dates(self, case_ids: Collection[UUID]) -> dict[UUID, date]:
        of_these = col(VaultRow.case_id).in_(case_ids)
        query = select(CaseKeyRow.wrapped, VaultRow).where(CaseKeyRow.case_id == VaultRow.case_id, of_these)
        found = (await self._unit.session.exec(query.order_by(col(VaultRow.case_id)))).all()
        keys = {row.case_id: WrappedKey(CASE_KEYS.name, row.case_id, wrapped) for wrapped, row in found}
        told = {row.case_id: self._opened(keys[row.case_id], row, [Fact.BIRTH_DATE]) for _, row in found}
        dossiers = [Dossier(each, facts) for each, facts in told.items()]
        return {one.case_id: one.born for one in dossiers if one.born}

    async def open_notes(self, kind: NoteKind, viewer: Viewer, why: str) -> list[Note]:
        of_kind = select(CaseKeyRow.wrapped, CaseNoteRow).where(
            col(CaseKeyRow.case_id) == CaseNoteRow.case_id, CaseNoteRow.kind == kind
        )
        found = await self._unit.session.exec(of_kind.order_by(col(CaseNoteRow.written_at), col(CaseNoteRow.id)))
        notes = [
            self._opened_note(WrappedKey(CASE_KEYS.name, row.case_id, wrapped), row) for wrapped, row in found.all()
        ]
        for note in notes:
            record_notes(self._unit.audit, note.case_id, viewer, why)
        return notes

    async def record(self, case_ids: Collection[UUID], act: Act, by: UUID) -> None:
        for case_id in case_ids:
            record_act(self._unit.audit, case_id, act, by)

    async def forget(self, case_id: UUID) -> None:
        await self._unit.session.exec(delete(CaseKeyRow).where(col(CaseKeyRow.case_id) == case_id))

    @property
    def _sealing(self) -> Sealing:
        if self._given is None:
            raise VaultClosed
        return self._given

    async def _key_of(self, case_id: UUID) -> WrappedKey:
        query = select(CaseKeyRow.wrapped).where(CaseKeyRow.case_id == case_id)
        wrapped = (await self._unit.session.exec(query)).one_or_none()
        if wrapped is None:
            raise UnknownCase
        return WrappedKey(CASE_KEYS.name, case_id, wrapped)

    async def _row(self, case_id: UUID) -> VaultRow:
        return (await self._unit.session.exec(select(VaultRow).where(VaultRow.case_id == case_id))).one()

    async def _seal_facts(self, key: WrappedKey, dossier: Dossier, facts: Collection[Fact]) -> None:
        sealed, row = self._sealed_facts(key, dossier), await self._row(dossier.case_id)
        for fact in facts:
            setattr(row, fact, sealed.get(fact))

    def _sealed_facts(self, key: WrappedKey, dossier: Dossier) -> dict[str, Any]:
        seal, table, case_id = self._sealing.seal, VAULT.name, dossier.case_id
        sealed = {fact.value: seal(key, table, fact.value, case_id, value) for fact, value in dossier.facts.items()}
        return {"case_id": case_id, **sealed}

    def _sealed_words(self, key: WrappedKey, dossier: Dossier) -> list[dict[str, Any]]:
        return [
            {"need_id": need_id, "case_id": dossier.case_id, **self._sealed_need(key, need_id, said)}
            for need_id, said in dossier.needs.items()
            if said != NeedWords()
        ]

    def _sealed_need(self, key: WrappedKey, need_id: UUID, said: NeedWords) -> dict[str, bytes | None]:
        seal, told = self._sealing.seal, {name: getattr(said, name) for name in _SAID}
        return {
            name: seal(key, NEED_WORDS.name, name, need_id, value) if value else None for name, value in told.items()
        }

    def _opened(self, key: WrappedKey, row: VaultRow, facts: Collection[Fact]) -> dict[Fact, str]:
        sealed = {fact: value for fact in facts if (value := getattr(row, fact)) is not None}
        return {
            fact: self._sealing.open(key, VAULT.name, fact.value, row.case_id, value) for fact, value in sealed.items()
        }

    async def _opened_words(self, key: WrappedKey, case_id: UUID) -> dict[UUID, NeedWords]:
        rows = await self._unit.session.exec(select(NeedWordsRow).where(NeedWordsRow.case_id == case_id))
        return {row.need_id: self._opened_need(key, row) for row in rows}

    def _opened_need(self, key: WrappedKey, row: NeedWordsRow) -> NeedWords:
        opened, sealed = self._sealing.open, {name: getattr(row, name) for name in _SAID}
        return NeedWords(**{
            name: opened(key, NEED_WORDS.name, name, row.need_id, value) for name, value in sealed.items() if value
        })  # fmt: skip

    async def _opened_notes(self, key: WrappedKey, case_id: UUID) -> tuple[Note, ...]:
        of_case = select(CaseNoteRow).where(CaseNoteRow.case_id == case_id)
        rows = await self._unit.session.exec(of_case.order_by(col(CaseNoteRow.written_at), col(CaseNoteRow.id)))
        return tuple(self._opened_note(key, row) for row in rows)

    def _opened_note(self, key: WrappedKey, row: CaseNoteRow) -> Note:
        words = self._sealing.open(key, NOTES.name, "words", row.id, row.words)
        return Note(row.id, row.case_id, NoteKind(row.kind), row.written_by, row.written_at, words)
