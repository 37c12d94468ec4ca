"""What the databases of the services know of a case or an event. Reads only; what does not answer is named."""

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import datetime
from importlib import import_module
from typing import Any, Final, TypeVar
from uuid import UUID

import asyncpg
from sqlalchemy.ext.asyncio import AsyncConnection

from deploy.install.errors import OperatorError, explain_postgres
from deploy.install.trail import Known, Published, Step, Target, What, belonging, steps
from shared.events.catalogue import wire_name
from shared.events.referral_number import as_referral_number
from shared.kernel.errors import is_transient
from shared.storage.database import Database
from shared.storage.statements import Statement

# Positions of the outbox: what is written last may have taken its place in the order earlier.
OVERLAP: Final = 10_000
_CODE: Final = re.compile(r"([0-9A-Z]{4})-?([0-9A-Z]{4})")
_CASES_OF_NUMBER: Final = {
    "intake": Statement("SELECT id FROM cases WHERE code = :number"),
    "matching": Statement("SELECT DISTINCT case_id FROM referrals WHERE case_code = :number OR number = :number"),
    "monitoring": Statement("SELECT case_id FROM watches WHERE case_code = :number"),
    "notify": Statement(
        """
        SELECT DISTINCT case_id FROM messages
        WHERE (case_code = :number OR referral_number = :number) AND case_id IS NOT NULL
        """
    ),
}
_WHAT_IT_IS: Final = Statement(
    """
    SELECT 'subject' AS what, CAST(subject AS text) AS id FROM subject_versions WHERE subject = CAST(:id AS uuid)
    UNION ALL SELECT 'correlation', CAST(correlation_id AS text) FROM outbox WHERE id = CAST(:id AS uuid)
    UNION ALL SELECT 'correlation', headers ->> 'ce_correlationid' FROM parked_events
        WHERE event_id = CAST(CAST(:id AS uuid) AS text) AND headers ->> 'ce_correlationid' ~ '^[0-9a-f-]{36}$'
    UNION ALL SELECT 'event', CAST(event_id AS text) FROM inbox WHERE event_id = CAST(:id AS uuid)
    """
)
_COLUMNS: Final = ", ".join(Published.__dataclass_fields__)
_OF_SUBJECTS: Final = Statement(f"SELECT {_COLUMNS} FROM outbox WHERE subject = ANY(CAST(:subjects AS uuid[]))")  # noqa: S608 - our own columns
_OF_CHAINS: Final = Statement(
    f"""
    SELECT {_COLUMNS} FROM outbox
    WHERE position > :after AND correlation_id = ANY(CAST(:correlations AS uuid[]))
    """  # noqa: S608 - our own columns
)
_LAST: Final = Statement("SELECT coalesce(max(position), 0) FROM outbox")
_APPLIED: Final = Statement("SELECT event_id, claimed_at FROM inbox WHERE event_id = ANY(CAST(:events AS uuid[]))")
# What a unit of work calls now is ahead of the server's clock where a demo moved it.
_PARKED: Final = Statement(
    """
    SELECT event_id, type, state, reason, attempts,
           parked_at - coalesce((SELECT ahead FROM clock_offset), interval '0') AS at
    FROM parked_events
    WHERE event_id = ANY(CAST(CAST(:events AS uuid[]) AS text[]))
       OR subject = ANY(CAST(CAST(:subjects AS uuid[]) AS text[]))
    """
)
_TIMERS: Final = Statement(
    """
    SELECT key, kind, set_at, due_at, attempts, last_error, causation_id FROM timers
    WHERE subject = ANY(CAST(:subjects AS uuid[])) OR causation_id = ANY(CAST(:events AS uuid[]))
    """
)
_MESSAGES: Final = Statement(
    """
    SELECT m.id, m.template, m.state, m.reason, m.attempt, m.causation_id,
           coalesce(m.settled_at, m.queued_at) - (m.queued_at - coalesce(i.claimed_at, m.queued_at)) AS at
    FROM messages AS m LEFT JOIN inbox AS i ON i.event_id = m.causation_id
    WHERE m.case_id = ANY(CAST(:subjects AS uuid[])) OR m.id = ANY(CAST(:subjects AS uuid[]))
       OR m.causation_id = ANY(CAST(:events AS uuid[]))
    """
)
AnswerT = TypeVar("AnswerT")


class Trail:
    """Follows one target through these databases; `away` says which of them did not answer the last time, and why."""

    def __init__(self, databases: Mapping[str, Database]) -> None:
        self._databases = databases
        self._handled = {service: _handled_by(service) for service in databases}
        self._events: dict[str, dict[UUID, Published]] = {service: {} for service in databases}
        self._after = dict.fromkeys(databases, 0)
        self.away: dict[str, str] = {}

    async def find(self, asked: str) -> Target:
        """What this kenmerk or id stands for. Raises OperatorError when nobody knows it."""
        target = Target()
        for part in (await self._each(_reader_of(asked))).values():
            target |= part
        if not target:
            raise OperatorError(_unknown(asked, self.away))
        return target

    async def steps(self, target: Target) -> list[Step]:
        """All that is known of it by now."""
        self.away.clear()
        await self._read(lambda _, connection: _rows(_OF_SUBJECTS, connection, subjects=target.subjects))
        found = self._belonging(target)
        correlations = target.correlations | {event.correlation_id for each in found.values() for event in each}
        await self._each(lambda service, connection: self._read_chains(service, connection, correlations))
        events = self._belonging(target)
        ids = target.events | {event.id for each in events.values() for event in each}
        known = await self._each(lambda service, connection: _known(service, connection, target, ids))
        return steps(events, known, self._handled)

    def _belonging(self, target: Target) -> dict[str, list[Published]]:
        ours = belonging(target, (event for each in self._events.values() for event in each.values()))
        return {
            service: [event for id_, event in each.items() if id_ in ours] for service, each in self._events.items()
        }

    async def _read(self, read: "Callable[[str, AsyncConnection], Awaitable[list[Published]]]") -> None:
        for service, rows in (await self._each(read)).items():
            self._events[service] |= {row.id: row for row in rows}

    async def _read_chains(self, service: str, connection: AsyncConnection, correlations: Iterable[UUID]) -> None:
        ((last,),) = await _LAST.rows(connection)
        after = self._after[service]
        rows = await _rows(_OF_CHAINS, connection, correlations=correlations, after=after)
        self._events[service] |= {row.id: row for row in rows}
        self._after[service] = max(0, last - OVERLAP)

    async def _each(self, read: "Callable[[str, AsyncConnection], Awaitable[AnswerT]]") -> dict[str, AnswerT]:
        """The answer of each database that answers."""
        answers = {}
        for service, database in self._databases.items():
            if service in self.away:
                continue
            try:
                async with database.transaction() as connection:
                    answers[service] = await read(service, connection)
            except Exception as error:
                told = explain_postgres(error)
                if not (told or is_transient(error)):
                    raise
                self.away[service] = ": ".join(told) if told else f"does not answer ({type(error).__name__}: {error})"
        return answers


def _reader_of(asked: str) -> "Callable[[str, AsyncConnection], Awaitable[Target]]":
    """Who reads what this stands for. Raises OperatorError when it is neither kenmerk nor id."""
    number = _number_in(asked)
    try:
        asked_id = None if number else UUID(asked.strip())
    except ValueError:
        raise OperatorError(
            f"{asked!r} is no kenmerk of a case (K7QF-3XHA) or a referral (K7Q-F3X-HA4),"
            " nor the id of an event or a case (a UUID)"
        ) from None

    async def read(service: str, connection: AsyncConnection) -> Target:
        if number:
            # A service without cases knows none of their numbers.
            asked_of = _CASES_OF_NUMBER.get(service)
            rows = await asked_of.rows(connection, {"number": number}) if asked_of else []
            return Target(subjects=frozenset(case_id for (case_id,) in rows))
        found = {"subject": set[UUID](), "correlation": set[UUID](), "event": set[UUID]()}
        for what, text in await _WHAT_IT_IS.rows(connection, {"id": asked_id}):
            found[what].add(UUID(text))
        events = found["event"] | ({asked_id} if asked_id and found["correlation"] else set())
        return Target(frozenset(found["subject"]), frozenset(found["correlation"]), frozenset(events))

    return read


def _number_in(asked: str) -> str | None:
    code = _CODE.fullmatch(asked.strip().upper())
    return f"{code[1]}-{code[2]}" if code else as_referral_number(asked)


async def _rows(statement: Statement, connection: AsyncConnection, **values: Any) -> list[Published]:  # noqa: ANN401 - what a statement takes
    given = {name: list(value) if isinstance(value, frozenset | set) else value for name, value in values.items()}
    return [Published(*row) for row in await statement.rows(connection, given)]


async def _known(service: str, connection: AsyncConnection, target: Target, events: frozenset[UUID]) -> Known:
    asked = {"events": list(events), "subjects": list(target.subjects)}
    rows = await _APPLIED.rows(connection, {"events": asked["events"]})
    applied: dict[UUID, datetime] = {row["event_id"]: row["claimed_at"] for row in rows}
    others: list[Step] = []
    for statement, step_of in _OTHERS.get(service, _EVERYWHERE).items():
        others += [step_of(service, row) for row in await statement.rows(connection, asked)]
    return Known(applied, others)


def _parked(service: str, row: asyncpg.Record) -> Step:
    state = f"{row['state']}: {row['reason']}" + (f" ({row['attempts']} tries)" if row["attempts"] > 1 else "")
    return Step(row["at"], service, What.PARKED, row["type"], row["event_id"], row["event_id"], state)


def _timer(service: str, row: asyncpg.Record) -> Step:
    failed = f", failed {row['attempts']} times: {row['last_error']}" if row["attempts"] else ""
    state = f"due {row['due_at']:%Y-%m-%d %H:%M} UTC{failed}"
    return Step(row["set_at"], service, What.TIMER, row["kind"], row["key"], _text(row["causation_id"]), state)


def _message(service: str, row: asyncpg.Record) -> Step:
    why = f": {row['reason']}" if row["reason"] else ""
    state = f"{row['state']}{why} (attempt {row['attempt']})"
    return Step(row["at"], service, What.MAIL, row["template"], str(row["id"]), _text(row["causation_id"]), state)


_EVERYWHERE: Final = {_PARKED: _parked, _TIMERS: _timer}
_OTHERS: Final = {"notify": _EVERYWHERE | {_MESSAGES: _message}}


def _text(value: UUID | None) -> str | None:
    return str(value) if value else None


def _handled_by(service: str) -> frozenset[str]:
    table = import_module(f"services.{service}.subscriptions").SUBSCRIPTIONS
    return frozenset(wire_name(line.event) for line in table)


def _unknown(asked: str, away: Mapping[str, str]) -> str:
    lines = [f"nothing is known of {asked}: check it for typing errors, and that this is the right Schakel (--data)"]
    lines += [f"{service} could not be asked: its database {why}" for service, why in away.items()]
    return "\n".join(lines)
