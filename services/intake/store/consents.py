"""Families' consents in PostgreSQL."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from typing import Any, Final
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import delete, update
from sqlmodel import col, select

from services.intake.domain.consent import Consent, ConsentState
from services.intake.store.consent_table import ConsentRow
from shared.events.base import ConsentGiver
from shared.messaging.postgres_unit import PostgresUnit

_CONSENT: Final = TypeAdapter(Consent)
_NAMES: Final = tuple(each.name for each in fields(Consent))


class PostgresConsents:
    """The table `consents`."""

    def __init__(self, unit: PostgresUnit) -> None:
        self._unit = unit

    async def add(self, consents: Sequence[Consent]) -> None:
        self._unit.session.add_all(ConsentRow(**_row(each)) for each in consents)

    async def save(self, consent: Consent) -> None:
        this = update(ConsentRow).where(col(ConsentRow.id) == consent.id)
        await self._unit.session.exec(this.values(state=consent.state, ended_at=consent.ended_at))

    async def list_of_case(self, case_id: UUID) -> list[Consent]:
        of_case = select(ConsentRow).where(ConsentRow.case_id == case_id)
        oldest = of_case.order_by(col(ConsentRow.recorded_at), col(ConsentRow.id))
        # `save` goes past the session's models.
        rows = await self._unit.session.exec(oldest.execution_options(populate_existing=True))
        return [_consent(row) for row in rows]

    async def list_passed(self, today: date, limit: int) -> list[Consent]:
        passed = select(ConsentRow).where(ConsentRow.state == ConsentState.GIVEN, col(ConsentRow.until) < today)
        oldest = passed.order_by(col(ConsentRow.until), col(ConsentRow.id)).limit(limit)
        rows = await self._unit.session.exec(oldest.execution_options(populate_existing=True))
        return [_consent(row) for row in rows]

    async def list_growing(self, after: UUID | None, limit: int) -> list[UUID]:
        case_id = col(ConsentRow.case_id)
        growing = select(ConsentRow.case_id).where(
            ConsentRow.state == ConsentState.GIVEN, ConsentRow.given_by != ConsentGiver.YOUNG_PERSON
        )
        if after is not None:
            growing = growing.where(case_id > after)
        return list(await self._unit.session.exec(growing.group_by(case_id).order_by(case_id).limit(limit)))

    async def forget(self, case_id: UUID) -> None:
        await self._unit.session.exec(delete(ConsentRow).where(col(ConsentRow.case_id) == case_id))


def _row(consent: Consent) -> dict[str, Any]:
    return {name: getattr(consent, name) for name in _NAMES} | {"field_sets": sorted(consent.field_sets)}


def _consent(row: ConsentRow) -> Consent:
    return _CONSENT.validate_python({name: getattr(row, name) for name in _NAMES})
