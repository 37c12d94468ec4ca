"""What hangs on a person, on PostgreSQL: families, questions and offers."""

from datetime import date
from uuid import UUID

from sqlalchemy import select

from services.matching.domain.case import HAS_AMBASSADOR
from services.matching.domain.leaving import Hanging, HangingCase, HangingQuestion, HangingService
from services.matching.domain.referral_state import ACTIVE
from services.matching.store.tables import CASES, REFERRALS, SERVICES
from shared.messaging.postgres_unit import UnitContext
from shared.storage.statements import Statement


def _listed(states: frozenset[str]) -> str:
    return ", ".join(f"'{state}'" for state in sorted(states))


_PEOPLE = Statement(
    f"""
    SELECT id FROM people WHERE active AND leaves_on <= CAST(:today AS date)
    UNION
    SELECT people.id FROM people JOIN cases ON cases.ambassador_id = people.id
    WHERE NOT people.active AND cases.state IN ({_listed(frozenset(HAS_AMBASSADOR))})
    UNION
    SELECT people.id FROM people JOIN referrals ON referrals.contact_id = people.id
    WHERE NOT people.active AND referrals.state IN ({_listed(frozenset(ACTIVE))})
    ORDER BY id
    """  # noqa: S608 - our own codes
)


class PostgresHangings:
    """Reads the tables `cases`, `referrals` and `services`."""

    def __init__(self, context: UnitContext) -> None:
        self._connection = context.connection

    async def read_of(self, person_id: UUID) -> Hanging:
        return Hanging(await self._cases(person_id), await self._questions(person_id), await self._services(person_id))

    async def list_people(self, today: date) -> list[UUID]:
        return [row[0] for row in await _PEOPLE.rows(self._connection, {"today": today})]

    async def _cases(self, person_id: UUID) -> tuple[HangingCase, ...]:
        theirs = (CASES.c.ambassador_id == person_id, CASES.c.state.in_(sorted(HAS_AMBASSADOR)))
        query = select(CASES.c.id, CASES.c.code, CASES.c.organisation_id).where(*theirs)
        rows = await self._connection.execute(query.order_by(CASES.c.code, CASES.c.id))
        return tuple(HangingCase(*row) for row in rows)

    async def _questions(self, person_id: UUID) -> tuple[HangingQuestion, ...]:
        theirs = (REFERRALS.c.contact_id == person_id, REFERRALS.c.state.in_(sorted(ACTIVE)))
        facts = (REFERRALS.c.id, REFERRALS.c.case_code, REFERRALS.c.organisation_id, REFERRALS.c.category)
        rows = await self._connection.execute(select(*facts).where(*theirs).order_by(REFERRALS.c.id))
        return tuple(HangingQuestion(*row) for row in rows)

    async def _services(self, person_id: UUID) -> tuple[HangingService, ...]:
        asked = SERVICES.c.contact_ids.contains([person_id])
        facts = (SERVICES.c.id, SERVICES.c.name, SERVICES.c.organisation_id)
        rows = await self._connection.execute(select(*facts).where(asked).order_by(SERVICES.c.name, SERVICES.c.id))
        return tuple(HangingService(*row) for row in rows)
