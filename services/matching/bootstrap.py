"""The only place where matching's concrete things are built and joined."""

from random import Random
from typing import TYPE_CHECKING, Final

from services.matching.adapters.map_reader import MapFileReader
from services.matching.adapters.metrics import ReferralMetrics
from services.matching.domain.vocabulary import Vocabulary
from services.matching.handlers.import_parts import read_parts
from services.matching.handlers.import_work import WORK_EVERY, ImportWork
from services.matching.schedule import JOBS, METRICS_EVERY, TIMERS
from services.matching.settings import MatchingSettings
from services.matching.store.repositories import PostgresMatchingUnit
from services.matching.subscriptions import SUBSCRIPTIONS
from shared.kernel.city import City
from shared.kernel.dutch_calendar import DutchCalendar
from shared.kernel.ids import Ids
from shared.messaging.postgres_unit import PostgresUnits
from shared.messaging.schedule import Every
from shared.privacy.audit_chain import AuditChain
from shared.privacy.marks import KeyedMarks, Marks
from shared.runtime.service import Parts, Service
from shared.runtime.worker import WorkerWiring, wire_worker
from shared.storage.database import Database

if TYPE_CHECKING:
    from fastapi import FastAPI

NAME: Final = "matching"


def open_units(
    city: City,
    database: Database,
    ids: Ids,
    random: Random,  # noqa: ARG001 - every service opens its units in the same way
    chain: AuditChain,
    marks: Marks | None = None,
) -> PostgresUnits[PostgresMatchingUnit]:
    """Matching's units of work, for its own processes and for the command line."""
    calendar = DutchCalendar()
    return PostgresUnits(
        database,
        service=NAME,
        ids=ids,
        city=city,
        chain=chain,
        make=lambda context: PostgresMatchingUnit(context, calendar, marks),
    )


def build(settings: MatchingSettings, parts: Parts) -> Service:
    """Matching, ready to run."""
    chain, marks = AuditChain(settings.audit_key), KeyedMarks(settings.key_ring)
    units = open_units(settings.city, parts.database, parts.ids, parts.random, chain, marks)

    def web() -> "FastAPI":
        # Imported when a web process asks for it: a worker does without pages and their libraries.
        from services.matching.web.app import web_app

        return web_app(settings, parts, units)

    jobs = (
        *JOBS,
        Every("count the handovers", METRICS_EVERY, ReferralMetrics(parts.registry).refresh),
        Every("take over maps", WORK_EVERY, ImportWork(MapFileReader(read_parts)).do_next),
    )
    wiring = WorkerWiring(NAME, units, SUBSCRIPTIONS, TIMERS, jobs, publishes_at_once=True)
    wired = wire_worker(wiring, settings, parts)
    return Service(
        name=NAME,
        web=web,
        worker=wired.tasks,
        units=units,
        checks=wired.checks,
        # The first word of a process reads the forms of Dutch, the next ones of the city are kept: half a second.
        warm=lambda: Vocabulary(settings.city),
    )
