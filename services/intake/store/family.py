"""The family's own way in, in PostgreSQL."""

from dataclasses import replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete, func
from sqlmodel import col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from services.intake.domain.family_access import CODE_LENGTH, FamilyAccess
from services.intake.domain.family_voice import Experience, FamilyAsk, HelpFelt
from services.intake.store.family_tables import ExperienceRow, FamilyAccessRow, FamilyAskRow, FamilyVisitRow
from services.intake.store.tables import CaseRow
from shared.access.links import Link, hash_of, hashes_of, new_link, new_token
from shared.events.case_codes import FamilyQuestion
from shared.events.family_voice import Felt
from shared.messaging.postgres_unit import PostgresUnit

VISIT: Final = "family-visit"
_QUESTIONS: Final = ("welcome", "fitting", "tailored")
_FIELDS: Final = tuple(FamilyAccess.__dataclass_fields__)


class PostgresFamilyDoor:
    """The tables `family_access` and `family_visits`."""

    def __init__(self, unit: PostgresUnit, now: datetime) -> None:
        self._unit = unit
        self._now = now

    async def give(self, access: FamilyAccess) -> Link:
        await self.take_away(access.case_id)
        link = new_link(CODE_LENGTH)
        token_hash, code_hash = hashes_of(link.token)[0], hashes_of(link.short_code)[1]
        known = {name: getattr(access, name) for name in _FIELDS}
        self._unit.session.add(FamilyAccessRow(**known, token_hash=token_hash, code_hash=code_hash))
        return link

    async def read(self, case_id: UUID) -> FamilyAccess | None:
        return await self._one(select(FamilyAccessRow).where(FamilyAccessRow.case_id == case_id))

    async def find(self, token_or_code: str) -> FamilyAccess | None:
        token_hash, code_hash = hashes_of(token_or_code)
        is_it = or_(col(FamilyAccessRow.token_hash) == token_hash, col(FamilyAccessRow.code_hash) == code_hash)
        return await self._one(select(FamilyAccessRow).where(is_it, col(FamilyAccessRow.expires_at) > self._now))

    async def take_away(self, case_id: UUID) -> None:
        await self._unit.session.exec(delete(FamilyAccessRow).where(col(FamilyAccessRow.case_id) == case_id))

    async def begin_visit(self, access: FamilyAccess, until: datetime) -> str:
        kept = new_token()
        self._unit.session.add(FamilyVisitRow(hash=hash_of(VISIT, kept), access_id=access.id, ends_at=until))
        return kept

    async def visited(self, kept: str) -> FamilyAccess | None:
        by_it = select(FamilyAccessRow).join(FamilyVisitRow, col(FamilyVisitRow.access_id) == FamilyAccessRow.id)
        is_it = FamilyVisitRow.hash == hash_of(VISIT, kept)
        valid = col(FamilyVisitRow.ends_at) > self._now, col(FamilyAccessRow.expires_at) > self._now
        return await self._one(by_it.where(is_it, *valid))

    async def forget_visits(self) -> None:
        await self._unit.session.exec(delete(FamilyVisitRow).where(col(FamilyVisitRow.ends_at) <= self._now))

    async def _one(self, query: SelectOfScalar[FamilyAccessRow]) -> FamilyAccess | None:
        row = (await self._unit.session.exec(query)).one_or_none()
        return FamilyAccess(**{name: getattr(row, name) for name in _FIELDS}) if row else None


class PostgresFamilyVoice:
    """The tables `family_asks` and `experiences`."""

    def __init__(self, unit: PostgresUnit) -> None:
        self._unit = unit

    async def ask(self, ask: FamilyAsk) -> None:
        self._unit.session.add(FamilyAskRow(**_values(ask)))

    async def list_asks(self, case_id: UUID) -> list[FamilyAsk]:
        of_case = select(FamilyAskRow).where(FamilyAskRow.case_id == case_id)
        newest = of_case.order_by(col(FamilyAskRow.asked_at).desc(), col(FamilyAskRow.id))
        return [
            FamilyAsk(**_values(row, FamilyAsk) | {"question": FamilyQuestion(row.question)})
            for row in await self._unit.session.exec(newest)
        ]

    async def settle(self, ask: FamilyAsk, by: UUID, at: datetime) -> None:
        await self._unit.session.merge(FamilyAskRow(**_values(replace(ask, settled_by=by, settled_at=at))))

    async def tell(self, experience: Experience) -> None:
        await self._unit.session.merge(ExperienceRow(**_values(experience)))

    async def list_experiences(self, case_id: UUID) -> list[Experience]:
        rows = await self._unit.session.exec(select(ExperienceRow).where(ExperienceRow.case_id == case_id))
        return [
            Experience(**_values(row, Experience) | {name: Felt(getattr(row, name)) for name in _QUESTIONS})
            for row in rows
        ]

    async def count_felt(self, at_least: int) -> list[HelpFelt]:
        families = func.count(func.distinct(col(CaseRow.household_id)))
        answers = [
            func.count().filter(col(getattr(ExperienceRow, question)) == felt.value)
            for question in _QUESTIONS
            for felt in Felt
        ]
        told = select(ExperienceRow.organisation_id, families, *answers)
        of_cases = told.join(CaseRow, col(CaseRow.id) == ExperienceRow.case_id)
        enough = of_cases.group_by(col(ExperienceRow.organisation_id)).having(families >= at_least)
        return [_felt(*row) for row in await self._unit.session.exec(enough)]


def _felt(organisation_id: UUID, families: int, *answers: int) -> HelpFelt:
    each = iter(answers)
    return HelpFelt(organisation_id, families, *({felt: next(each) for felt in Felt} for _ in _QUESTIONS))


def _values(of: Any, shape: type[Any] | None = None) -> dict[str, Any]:  # noqa: ANN401 - a row, or what it is made of
    return {name: getattr(of, name) for name in (shape or type(of)).__dataclass_fields__}
