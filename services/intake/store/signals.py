"""Early signals in PostgreSQL; what somebody wrote for herself is sealed, with a key for each signal."""

from dataclasses import fields
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import case as when
from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from services.intake.domain.signal import Signal
from services.intake.store.early_tables import SignalKeyRow, SignalRemarkRow, SignalRow
from services.intake.store.intake_table import IntakeTable
from services.intake.store.vault import VaultClosed
from shared.events.base import AgeBand
from shared.events.case_codes import SignalEnd
from shared.messaging.postgres_unit import PostgresUnit
from shared.privacy.sealed import Sealing, WrappedKey

REMARKS: Final = IntakeTable.metadata.tables[SignalRemarkRow.__tablename__]
KEYS: Final = IntakeTable.metadata.tables[SignalKeyRow.__tablename__]
REMARK: Final = "remark"
# When it must be looked at next.
_NEXT: Final = when((col(SignalRow.asked_at).is_(None), col(SignalRow.question_at)), else_=col(SignalRow.ends_at))


class PostgresSignals:
    """The tables `signals`, `signal_keys` and `signal_remarks`."""

    def __init__(self, unit: PostgresUnit, sealing: Sealing | None) -> None:
        self._unit = unit
        self._given = sealing

    async def add(self, signal: Signal, remark: str | None) -> bool:
        new = insert(SignalRow).values(**_row(signal)).on_conflict_do_nothing().returning(col(SignalRow.id))
        if (await self._unit.session.exec(new)).one_or_none() is None:
            return False
        if remark:
            key = self._sealing.new_key(KEYS.name, signal.id)
            sealed = self._sealing.seal(key, REMARKS.name, REMARK, signal.id, remark)
            await self._unit.session.exec(insert(SignalKeyRow).values(signal_id=signal.id, wrapped=key.wrapped))
            await self._unit.session.exec(insert(SignalRemarkRow).values(signal_id=signal.id, remark=sealed))
        return True

    async def get(self, signal_id: UUID, ambassador_id: UUID) -> Signal | None:
        return await self._one(self._of(ambassador_id).where(SignalRow.id == signal_id).with_for_update())

    async def read(self, signal_id: UUID, ambassador_id: UUID) -> Signal | None:
        return await self._one(self._of(ambassador_id).where(SignalRow.id == signal_id))

    async def save(self, signal: Signal) -> None:
        await self._unit.session.merge(SignalRow(**_row(signal)))
        if not signal.is_open:
            await self.forget_remark(signal.id)

    async def forget_remark(self, signal_id: UUID) -> None:
        await self._unit.session.exec(delete(SignalKeyRow).where(col(SignalKeyRow.signal_id) == signal_id))

    async def list_passed_on(self, person_id: UUID, limit: int) -> list[Signal]:
        theirs = select(SignalRow).where(SignalRow.passed_on_by == person_id)
        newest = theirs.order_by(col(SignalRow.raised_at).desc(), col(SignalRow.id).desc()).limit(limit)
        fresh = newest.execution_options(populate_existing=True)
        return [_signal(row) for row in await self._unit.session.exec(fresh)]

    async def list_open(self, ambassador_id: UUID) -> list[Signal]:
        newest = self._of(ambassador_id).where(col(SignalRow.end).is_(None))
        newest = newest.order_by(col(SignalRow.raised_at).desc(), col(SignalRow.id).desc())
        return [_signal(row) for row in await self._unit.session.exec(newest)]

    async def list_due(self, at: datetime, limit: int) -> list[Signal]:
        due = select(SignalRow).where(col(SignalRow.end).is_(None), at >= _NEXT).order_by(_NEXT, col(SignalRow.id))
        fresh = due.limit(limit).with_for_update(skip_locked=True).execution_options(populate_existing=True)
        return [_signal(row) for row in await self._unit.session.exec(fresh)]

    async def remark_of(self, signal_id: UUID) -> str | None:
        query = select(SignalKeyRow.wrapped, SignalRemarkRow.remark)
        query = query.join(SignalRemarkRow, col(SignalRemarkRow.signal_id) == col(SignalKeyRow.signal_id))
        row = (await self._unit.session.exec(query.where(SignalKeyRow.signal_id == signal_id))).one_or_none()
        if row is None:
            return None
        return self._sealing.open(WrappedKey(KEYS.name, signal_id, row[0]), REMARKS.name, REMARK, signal_id, row[1])

    async def forget_district(self, case_id: UUID) -> list[UUID]:
        of_case = update(SignalRow).where(col(SignalRow.case_id) == case_id).values(district=None)
        return list((await self._unit.session.exec(of_case.returning(col(SignalRow.id)))).scalars())

    async def forget_of_case(self, case_id: UUID) -> list[UUID]:
        # With its end the key of its remark went, and with that the remark.
        gone = delete(SignalRow).where(col(SignalRow.case_id) == case_id).returning(col(SignalRow.id))
        return list((await self._unit.session.exec(gone)).scalars())

    @property
    def _sealing(self) -> Sealing:
        if self._given is None:
            raise VaultClosed
        return self._given

    def _of(self, ambassador_id: UUID) -> SelectOfScalar[SignalRow]:
        # What this unit read before may have been changed by another since then.
        own = select(SignalRow).where(SignalRow.ambassador_id == ambassador_id)
        return own.execution_options(populate_existing=True)

    async def _one(self, query: SelectOfScalar[SignalRow]) -> Signal | None:
        row = (await self._unit.session.exec(query)).one_or_none()
        return _signal(row) if row else None


def _row(signal: Signal) -> dict[str, Any]:
    row = {each.name: getattr(signal, each.name) for each in fields(Signal)}
    return {**row, "worries": list(signal.worries)}


def _signal(row: SignalRow) -> Signal:
    values = {each.name: getattr(row, each.name) for each in fields(Signal)}
    return Signal(
        **{
            **values,
            "worries": tuple(row.worries),
            "age_band": AgeBand(row.age_band) if row.age_band else None,
            "end": SignalEnd(row.end) if row.end else None,
        }
    )
