"""Until when the trainings of trusted persons count, in PostgreSQL."""

from datetime import date
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select

from services.intake.store.early_tables import TrainingRow
from shared.messaging.postgres_unit import PostgresUnit


class PostgresTrainings:
    """The table `trainings`."""

    def __init__(self, unit: PostgresUnit) -> None:
        self._unit = unit

    async def save(self, person_id: UUID, valid_until: date) -> None:
        new = insert(TrainingRow).values(person_id=person_id, valid_until=valid_until)
        renewed = new.on_conflict_do_update(
            index_elements=[col(TrainingRow.person_id)], set_={"valid_until": new.excluded.valid_until}
        )
        await self._unit.session.exec(renewed)

    async def read(self, person_id: UUID) -> date | None:
        theirs = select(TrainingRow).where(col(TrainingRow.person_id) == person_id)
        row = (await self._unit.session.exec(theirs)).one_or_none()
        return row.valid_until if row else None

    async def remove(self, person_id: UUID) -> None:
        await self._unit.session.exec(delete(TrainingRow).where(col(TrainingRow.person_id) == person_id))
