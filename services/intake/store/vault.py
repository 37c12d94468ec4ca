"""The vault in PostgreSQL: sealed values, one key per case, and a line in the audit chain for every reading."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, func, select

from services.intake.domain.dossier import Dossier, Fact
from services.intake.domain.errors import UnknownCase
from services.intake.domain.rules import Viewer
from services.intake.store.reading import reading
from services.intake.store.tables import AuditRow, CaseKeyRow, IntakeTable, NeedWordsRow, VaultRow
from shared.messaging.postgres_unit import UnitContext
from shared.privacy.audit import AuditEntry, AuditLine, append
from shared.privacy.sealed import Sealing
from shared.storage.bulk_insert import columns_of_all, insert_into_all

CASE_KEYS = IntakeTable.metadata.tables[CaseKeyRow.__tablename__]
VAULT = IntakeTable.metadata.tables[VaultRow.__tablename__]
NEED_WORDS = IntakeTable.metadata.tables[NeedWordsRow.__tablename__]
AUDIT = IntakeTable.metadata.tables[AuditRow.__tablename__]

_ADD = insert_into_all(CASE_KEYS, VAULT, NEED_WORDS)
# One line follows another, so the chain is written by one transaction at a time.
_CHAIN = select(func.pg_advisory_xact_lock(func.hashtext("schakel.intake.audit")))
_LAST = select(AUDIT).order_by(AUDIT.c.position.desc()).limit(1)


class PostgresVault:
    """The tables `case_keys`, `vault`, `need_words` and `audit_lines`."""

    def __init__(self, context: UnitContext, sealing: Sealing) -> None:
        self._context = context
        self._connection = context.connection
        self._sealing = sealing

    async def put(self, dossiers: Sequence[Dossier]) -> None:
        """Store new dossiers, each with a new key."""
        if not dossiers:
            return
        keys = [self._sealing.new_case_key() for _ in dossiers]
        facts = [self._sealed_facts(key, dossier) for key, dossier in zip(keys, dossiers, strict=True)]
        words = [row for key, each in zip(keys, dossiers, strict=True) for row in self._sealed_words(key, each)]
        wrapped = [{"case_id": each.case_id, "wrapped": key} for key, each in zip(keys, dossiers, strict=True)]
        await _ADD.rows(self._connection, columns_of_all({CASE_KEYS: wrapped, VAULT: facts, NEED_WORDS: words}))

    async def rewrite(self, dossier: Dossier, facts: Collection[Fact], *, words_kept: Collection[UUID] = ()) -> None:
        """Store these facts, and its words in place of all words but those to be kept."""
        key, case_id = await self._key_of(dossier.case_id), dossier.case_id
        sealed = self._sealed_facts(key, dossier)
        told = {fact.value: sealed.get(fact.value) for fact in facts}
        await self._connection.execute(VAULT.update().where(VAULT.c.case_id == case_id).values(told))
        gone = (NEED_WORDS.c.case_id == case_id) & NEED_WORDS.c.need_id.not_in(words_kept)
        await self._connection.execute(delete(NEED_WORDS).where(gone))
        words = self._sealed_words(key, dossier)
        if words:
            await self._connection.execute(NEED_WORDS.insert(), words)

    async def open(self, case_id: UUID, facts: Collection[Fact], viewer: Viewer, why: str, *, words: bool) -> Dossier:
        """These facts; writes down who read what."""
        key = await self._key_of(case_id)
        row = (await self._connection.execute(select(VAULT).where(VAULT.c.case_id == case_id))).mappings().one()
        await self._write_down(reading(self._context, case_id, facts, viewer, why, words=words))
        return Dossier(
            case_id, self._opened(key, dict(row), facts), await self._opened_words(key, case_id) if words else {}
        )

    async def forget(self, case_id: UUID) -> None:
        """Destroy the key, and with it everything that was sealed."""
        await self._connection.execute(delete(CASE_KEYS).where(CASE_KEYS.c.case_id == case_id))

    async def _key_of(self, case_id: UUID) -> bytes:
        query = select(CASE_KEYS.c.wrapped).where(CASE_KEYS.c.case_id == case_id)
        key: bytes | None = (await self._connection.execute(query)).scalar_one_or_none()
        if key is None:
            raise UnknownCase
        return key

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

    def _opened(self, key: bytes, row: Mapping[str, Any], facts: Collection[Fact]) -> dict[Fact, str]:
        there = [fact for fact in facts if row[fact.value] is not None]
        case_id: UUID = row["case_id"]
        return {fact: self._sealing.open(key, VAULT.name, fact.value, case_id, row[fact.value]) for fact in there}

    async def _opened_words(self, key: bytes, case_id: UUID) -> dict[UUID, str]:
        query = select(NEED_WORDS.c.need_id, NEED_WORDS.c.words).where(NEED_WORDS.c.case_id == case_id)
        rows = (await self._connection.execute(query)).all()
        return {need_id: self._sealing.open(key, NEED_WORDS.name, "words", need_id, words) for need_id, words in rows}

    async def _write_down(self, entry: AuditEntry) -> None:
        await self._connection.execute(_CHAIN)
        last = (await self._connection.execute(_LAST)).one_or_none()
        line = append(entry, line_of(last) if last else None)
        await self._connection.execute(AUDIT.insert().values(_row_of(line)))


def line_of(row: Row[Any]) -> AuditLine:
    """A row as a line of the chain, for `shared.privacy.audit.verify`."""
    entry = AuditEntry(row.id, row.at, row.actor_id, row.action, row.case_id, tuple(row.fields), row.purpose)
    return AuditLine(row.position, entry, row.previous_hash, row.hash)


def _row_of(line: AuditLine) -> dict[str, Any]:
    entry = line.entry
    return {
        "position": line.position,
        "id": entry.id,
        "at": entry.at,
        "actor_id": entry.actor_id,
        "action": entry.action,
        "case_id": entry.case_id,
        "fields": list(entry.fields),
        "purpose": entry.purpose,
        "previous_hash": line.previous_hash,
        "hash": line.hash,
    }
