"""The audit log of a unit of work: its lines are collected, and written as the last thing before the commit.

So an effect is never without its line, and what was read leaves only when the line stands. The chain is locked by
whoever writes it from there to the commit, and by nobody while they work.
"""

import json
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.kernel.ids import Ids
from shared.kernel.trace import trace_id
from shared.privacy.audit import ITSELF, About, Action, Actor, AuditEntry, Outcome, Via
from shared.privacy.audit_chain import AuditChain, AuditLine, Head
from shared.storage.bulk_insert import columns_of, insert_many
from shared.storage.database import Database
from shared.storage.statements import Statement
from shared.storage.tables import audit_lines

PAGE: Final = 5_000
_LOCK: Final = Statement("SELECT pg_advisory_xact_lock(hashtext('schakel.audit'))")
_HEAD: Final = Statement("SELECT position, hash FROM audit_lines ORDER BY position DESC LIMIT 1")
_ADD: Final = insert_many(audit_lines)


class BufferedAudit:
    """Collects the lines of one unit of work; `pending` is written at commit. The in-memory twin collects likewise."""

    def __init__(self, ids: Ids, now: datetime, traceparent: Callable[[], str]) -> None:
        self._ids, self._now, self._traceparent = ids, now, traceparent
        self.actor: Actor = ITSELF
        self.pending: list[AuditEntry] = []
        self._at_least: AuditEntry | None = None
        self._case_id: UUID | None = None

    def by(self, actor: Actor) -> None:
        """Whoever acts from here on."""
        self.actor = actor

    def in_place_of(self, person_id: UUID | None) -> None:
        """Whom the actor stands in for from here on; None: they act for themselves."""
        self.actor = replace(self.actor, in_place_of=person_id)

    def of_case(self, case_id: UUID | None) -> None:
        """Of which case everything is that this unit tells about something else than a case."""
        self._case_id = case_id

    def record(
        self,
        action: Action,
        about: About,
        about_id: UUID | None,
        purpose: str,
        *,
        fields: Collection[str] = (),
        reason: str | None = None,
        outcome: Outcome = Outcome.DONE,
    ) -> None:
        """A line about this, written with the rest of the transaction or not at all."""
        entry = self._entry(action, about, about_id, purpose)
        self.pending.append(replace(entry, fields=tuple(sorted(fields)), reason=reason, outcome=outcome))

    def at_least(self, action: Action, about: About, about_id: UUID | None, purpose: str) -> None:
        """This line is written when the work tells nothing itself of whom it is about."""
        self._at_least = self._entry(action, about, about_id, purpose)

    def refuse(self) -> None:
        """What was asked is not given, on a page that says so: the least that is told is a refusal."""
        if self._at_least is not None:
            self._at_least = replace(self._at_least, outcome=Outcome.REFUSED)

    def _complete(self) -> list[AuditEntry]:
        """What is written at commit."""
        least, self._at_least = self._at_least, None
        if least is not None and all(entry.about_id != least.about_id for entry in self.pending):
            self.pending.append(replace(least, actor=self.actor))
        if self._case_id is not None:
            self.pending = [
                entry if entry.about is About.CASE else replace(entry, case_id=self._case_id) for entry in self.pending
            ]
        return self.pending

    def _entry(self, action: Action, about: About, about_id: UUID | None, purpose: str) -> AuditEntry:
        return AuditEntry(
            id=self._ids.new(),
            at=self._now,
            actor=self.actor,
            action=action,
            about=about,
            about_id=about_id,
            fields=(),
            purpose=purpose,
            trace_id=trace_id(self._traceparent()),
        )


def chained(chain: AuditChain, entries: Sequence[AuditEntry], last: Head) -> list[AuditLine]:
    """These entries as the lines that follow `last`."""
    lines: list[AuditLine] = []
    for entry in entries:
        lines.append(chain.append(entry, lines[-1].head if lines else last))
    return lines


class PostgresAudit(BufferedAudit):
    """Writes the collected lines in one statement."""

    def __init__(
        self, connection: AsyncConnection, chain: AuditChain, ids: Ids, now: datetime, traceparent: Callable[[], str]
    ) -> None:
        super().__init__(ids, now, traceparent)
        self._connection, self._chain = connection, chain

    async def flush(self) -> None:
        """Chain and write. The last of the transaction: whoever comes next waits from here until its commit."""
        if not self._complete():
            return
        await _LOCK.rows(self._connection)
        found = await _HEAD.rows(self._connection)
        lines = chained(self._chain, self.pending, Head(*found[0]) if found else Head())
        await _ADD.rows(self._connection, columns_of(audit_lines, [_row(line) for line in lines]))
        self.pending.clear()


class PostgresAuditLines:
    """The audit log of one database, to be read and checked."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def head(self) -> Head:
        """How far the chain is."""
        async with self._database.statements() as connection:
            found = await _HEAD.rows(connection)
        return Head(*found[0]) if found else Head()

    async def read(self, position: int) -> AuditLine | None:
        """The line at this position."""
        query = select(audit_lines).where(audit_lines.c.position == position)
        async with self._database.statements() as connection:
            row = (await connection.execute(query)).mappings().one_or_none()
        return line_of_row(row) if row else None

    async def last_before(self, moment: datetime) -> Head:
        """How far the chain was with the last line before the first that is not older than this; none: the beginning.

        The log always keeps its last line, for the next one follows it.
        """
        first = select(func.min(audit_lines.c.position)).where(audit_lines.c.at >= moment)
        kept = func.coalesce(first.scalar_subquery(), select(func.max(audit_lines.c.position)).scalar_subquery())
        query = select(audit_lines.c.position, audit_lines.c.hash).where(audit_lines.c.position < kept)
        async with self._database.statements() as connection:
            row = (await connection.execute(query.order_by(audit_lines.c.position.desc()).limit(1))).one_or_none()
        return Head(*row) if row else Head()

    async def remove(self, until: Head) -> int:
        """Delete the lines up to this one: as the owner of the table, a service may not. Returns how many."""
        async with self._database.transaction() as connection:
            gone = await connection.execute(audit_lines.delete().where(audit_lines.c.position <= until.position))
        return gone.rowcount

    async def after(self, position: int) -> AsyncIterator[list[AuditLine]]:
        """Every line behind this position, many at a time."""
        while True:
            query = select(audit_lines).where(audit_lines.c.position > position)
            async with self._database.statements() as connection:
                rows = (await connection.execute(query.order_by(audit_lines.c.position).limit(PAGE))).mappings().all()
            if not rows:
                return
            yield [line_of_row(row) for row in rows]
            position = rows[-1]["position"]


def _row(line: AuditLine) -> dict[str, Any]:
    entry = asdict(line.entry)
    actor = entry.pop("actor")
    entry["fields"] = json.dumps(line.entry.fields)
    return {"position": line.position, **entry, **actor, "previous_hash": line.previous_hash, "hash": line.hash}


def line_of_row(row: Any) -> AuditLine:  # noqa: ANN401 - SQLAlchemy's mapping of a row
    actor = Actor(
        person_id=row["person_id"],
        via=Via(row["via"]),
        via_id=row["via_id"],
        role=row["role"],
        organisation_id=row["organisation_id"],
        in_place_of=row["in_place_of"],
    )
    entry = AuditEntry(
        id=row["id"],
        at=row["at"],
        actor=actor,
        action=Action(row["action"]),
        about=About(row["about"]),
        about_id=row["about_id"],
        fields=tuple(row["fields"]),
        purpose=row["purpose"],
        reason=row["reason"],
        outcome=Outcome(row["outcome"]),
        trace_id=row["trace_id"],
        case_id=row["case_id"],
    )
    return AuditLine(row["position"], entry, row["previous_hash"], row["hash"])
