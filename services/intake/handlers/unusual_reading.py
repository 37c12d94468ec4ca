"""Who reads so much, or there where nothing is left to do, that other people of the desk must look at it."""

from datetime import timedelta
from typing import Final

from services.intake.domain.audited import TOLD_DESK
from services.intake.ports import IntakeUnit
from services.intake.ports.readers import Reader
from shared.events.case_codes import UnusualReading
from shared.events.intake import UnusualReadingFound
from shared.privacy.audit import About, Action

LOOKED_BACK: Final = timedelta(hours=1)


async def find_unusual_reading(unit: IntakeUnit) -> None:
    """Tell the desk of whoever did so in the last hour: once for a person, kind and day."""
    since = unit.now - LOOKED_BACK
    for reader in await unit.readers.list_busy(since, unit.city.privacy.files_an_hour):
        await _tell(reader, UnusualReading.MANY_FILES, unit)
    for reader in await unit.readers.list_without_task(since):
        await _tell(reader, UnusualReading.WITHOUT_TASK, unit)


async def _tell(reader: Reader, kind: UnusualReading, unit: IntakeUnit) -> None:
    told = await unit.readers.last_told(reader.person_id, kind)
    if told is not None and unit.city.day_of(told) == unit.city.day_of(unit.now):
        return
    # The line is what remembers that it was told.
    unit.audit.record(Action.ADMINISTER, About.PERSON, reader.person_id, TOLD_DESK, reason=kind.value)
    unit.outbox.append(
        UnusualReadingFound(
            subject=reader.person_id,
            occurred_at=unit.now,
            kind=kind,
            families=reader.families,
            since=reader.since,
        )
    )
