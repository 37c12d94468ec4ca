"""Notify's database for tests, and units of work whose time and ids are the test's."""

from dataclasses import replace
from pathlib import Path
from random import Random

import services.notify.store
from services.notify.store.repositories import PostgresNotifyUnit
from shared.kernel.clock import Clock
from shared.kernel.dutch_calendar import DutchCalendar
from shared.messaging.postgres_unit import PostgresUnits, UnitContext
from shared.privacy.rotating_key import RotatingKey
from shared.privacy.sealed import Sealing, WrappingKeys, key_for
from shared.storage.database import Database
from shared.storage.migrations import upgrade
from tests.parts.audit import CHAIN
from tests.parts.city import a_city
from tests.twins.ids import SeededIds
from tests.twins.notify import MemoryNotifyUnit
from tests.twins.unit_of_work import MemoryUnits

SEALING = Sealing(WrappingKeys(RotatingKey("k" * 32), lambda key: key_for("reply-drafts", key)))
FOLDER = Path(services.notify.store.__file__).parent / "migrations"


async def migrated(url: str) -> None:
    """The newest tables."""
    await upgrade(url, FOLDER)


def postgres_units(database: Database, clock: Clock) -> PostgresUnits[PostgresNotifyUnit]:
    """On PostgreSQL."""

    def make(context: UnitContext) -> PostgresNotifyUnit:
        return PostgresNotifyUnit(replace(context, now=clock.now()), DutchCalendar(), SEALING)

    return PostgresUnits(database, service="notify", ids=SeededIds(Random(1)), city=a_city(), chain=CHAIN, make=make)


def memory_units(clock: Clock) -> MemoryUnits[MemoryNotifyUnit]:
    """In memory."""
    return MemoryUnits(service="notify", clock=clock, ids=SeededIds(Random(1)), make=MemoryNotifyUnit)
