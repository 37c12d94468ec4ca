"""The vault in PostgreSQL: sealed values, one key per case, and a line in the audit chain for every reading."""

from collections.abc import Collection, Sequence
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete, func
from sqlmodel import col, select

from services.intake.domain.dossier import Dossier, Fact
from services.intake.domain.errors import UnknownCase
from services.intake.domain.rules import Viewer
from services.intake.store.rows import audit_line, audit_row, reading
from services.intake.store.tables import AuditRow, CaseKeyRow, IntakeTable, NeedWordsRow, VaultRow
from shared.messaging.postgres_unit import PostgresUnit, UnitContext
from shared.privacy.audit import AuditEntry, append
from shared.privacy.sealed import Sealing
from shared.storage.bulk_insert import columns_of_all, insert_into_all

CASE_KEYS: Final = IntakeTable.metadata.tables[CaseKeyRow.__tablename__]
VAULT: Final = IntakeTable.metadata.tables[VaultRow.__tablename__]
NEED_WORDS: Final = IntakeTable.metadata.tables[NeedWordsRow.__tablename__]
# Many requests in one statement, straight through the driver: the way that must stay fast.
_ADD: Final = insert_into_all(CASE_KEYS, VAULT, NEED_WORDS)
# One line follows another, so the chain is written by one transaction at a time.
_CHAIN: Final = select(func.pg_advisory_xact_lock(func.hashtext("schakel.intake.audit")))
_LAST: Final = select(AuditRow).order_by(col(AuditRow.position).desc()).limit(1)


class VaultClosed(Exception):
    """This process was not given the key of the vault."""


class PostgresVault:
    """The tables `case_keys`, `vault`, `need_words` and `audit_lines`."""

    def __init__(self, context: UnitContext, unit: PostgresUnit, sealing: Sealing | None) -> None:
        self._connection = context.connection
        self._unit = unit
        self._given = sealing

    async def add(self, dossiers: Sequence[Dossier]) -> None:
        if not dossiers:
            return
        keys = [self._sealing.new_case_key() for _ in dossiers]
        facts = [self._sealed_facts(key, dossier) for key, dossier in zip(keys, dossiers, strict=True)]
        words = [row for key, each in zip(keys, dossiers, strict=True) for row in self._sealed_words(key, each)]
        wrapped = [{"case_id": each.case_id, "wrapped": key} for key, each in zip(keys, dossiers, strict=True)]
        await _ADD.rows(self._connection, columns_of_all({CASE_KEYS: wrapped, VAULT: facts, NEED_WORDS: words}))

    async def rewrite(self, dossier: Dossier, facts: Collection[Fact], *, words_kept: Collection[UUID] = ()) -> None:
        key, case_id, session = await self._key_of(dossier.case_id), dossier.case_id, self._unit.session
        sealed, row = self._sealed_facts(key, dossier), await self._row(case_id)
        for fact in facts:
            setattr(row, fact, sealed.get(fact))
        of_case = delete(NeedWordsRow).where(col(NeedWordsRow.case_id) == case_id)
        await session.exec(of_case.where(col(NeedWordsRow.need_id).not_in(words_kept)))
        session.add_all(NeedWordsRow(**words) for words in self._sealed_words(key, dossier))

    async def open(self, case_id: UUID, facts: Collection[Fact], viewer: Viewer, why: str, *, words: bool) -> Dossier:
        key = await self._key_of(case_id)
        opened = self._opened(key, await self._row(case_id), facts)
        await self._record(reading(self._unit, case_id, facts, viewer, why, words=words))
        return Dossier(case_id, opened, await self._opened_words(key, case_id) if words else {})

    async def forget(self, case_id: UUID) -> None:
        await self._unit.session.exec(delete(CaseKeyRow).where(col(CaseKeyRow.case_id) == case_id))

    @property
    def _sealing(self) -> Sealing:
        if self._given is None:
            raise VaultClosed
        return self._given

    async def _key_of(self, case_id: UUID) -> bytes:
        query = select(CaseKeyRow.wrapped).where(CaseKeyRow.case_id == case_id)
        key = (await self._unit.session.exec(query)).one_or_none()
        if key is None:
            raise UnknownCase
        return key

    async def _row(self, case_id: UUID) -> VaultRow:
        return (await self._unit.session.exec(select(VaultRow).where(VaultRow.case_id == case_id))).one()

    def _sealed_facts(self, key: bytes, dossier: Dossier) -> dict[str, Any]:
        seal, table, case_id = self._sealing.seal, VAULT.name, dossier.case_id
        sealed = {fact.value: seal(key, table, fact.value, case_id, value) for fact, value in dossier.facts.items()}
        return {"case_id": case_id, **sealed}

    def _sealed_words(self, key: bytes, dossier: Dossier) -> list[dict[str, Any]]:
        seal, table = self._sealing.seal, NEED_WORDS.name
        return [
            {"need_id": need_id, "case_id": dossier.case_id, "words": seal(key, table, "words", need_id, words)}
            for need_id, words in dossier.words.items()
        ]

    def _opened(self, key: bytes, row: VaultRow, facts: Collection[Fact]) -> dict[Fact, str]:
        sealed = {fact: value for fact in facts if (value := getattr(row, fact)) is not None}
        return {
            fact: self._sealing.open(key, VAULT.name, fact.value, row.case_id, value) for fact, value in sealed.items()
        }

    async def _opened_words(self, key: bytes, case_id: UUID) -> dict[UUID, str]:
        rows = await self._unit.session.exec(select(NeedWordsRow).where(NeedWordsRow.case_id == case_id))
        opened = self._sealing.open
        return {row.need_id: opened(key, NEED_WORDS.name, "words", row.need_id, row.words) for row in rows}

    async def _record(self, entry: AuditEntry) -> None:
        session = self._unit.session
        await session.exec(_CHAIN)
        last = (await session.exec(_LAST)).one_or_none()
        session.add(audit_row(append(entry, audit_line(last) if last else None)))
