"""The only place where monitoring's concrete things are built and joined."""

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Final

from services.monitoring.adapters.intake_words import IntakeFollowUpWords, NoVault
from services.monitoring.adapters.metrics import BoardMetrics
from services.monitoring.handlers.watches import fetch_watches
from services.monitoring.ports import KeptWords
from services.monitoring.schedule import JOBS, TIMERS
from services.monitoring.settings import MonitoringSettings
from services.monitoring.store.repositories import PostgresMonitoringUnit
from services.monitoring.subscriptions import SUBSCRIPTIONS
from shared.access.people_book import MatchingPeopleBook
from shared.access.service_tokens import ServiceTokens
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

NAME: Final = "monitoring"
METRICS_EVERY: Final = timedelta(seconds=10)


def open_units(
    city: City,
    database: Database,
    ids: Ids,
    random: Random,  # noqa: ARG001 - every service opens its units in the same way
    chain: AuditChain,
    follow_up_words: KeptWords | None = None,
    marks: Marks | None = None,
) -> PostgresUnits[PostgresMonitoringUnit]:
    """Monitoring's units of work, for its own processes and for the command line."""
    calendar, kept = DutchCalendar(), follow_up_words or NoVault()
    return PostgresUnits(
        database,
        service=NAME,
        ids=ids,
        city=city,
        chain=chain,
        make=lambda context: PostgresMonitoringUnit(context, calendar, kept, marks),
    )


def build(settings: MonitoringSettings, parts: Parts) -> Service:
    """Monitoring, ready to run."""
    tokens = ServiceTokens(settings.key_ring, NAME, parts.clock)
    words = IntakeFollowUpWords(parts.http, settings.intake_url, tokens)
    chain, marks = AuditChain(settings.audit_key), KeyedMarks(settings.key_ring)
    units = open_units(settings.city, parts.database, parts.ids, parts.random, chain, words, marks)

    def web() -> "FastAPI":
        # Imported when a web process asks for it: a worker does without pages and their libraries.
        from services.monitoring.web.app import web_app

        return web_app(settings, parts, units, MatchingPeopleBook(parts.http, settings.matching_url, tokens))

    jobs = (*JOBS, Every("refresh the figures of the board", METRICS_EVERY, BoardMetrics(parts.registry).refresh))
    wiring = WorkerWiring(NAME, units, SUBSCRIPTIONS, TIMERS, jobs, prepare=fetch_watches)
    wired = wire_worker(wiring, settings, parts)
    return Service(
        name=NAME,
        web=web,
        worker=wired.tasks,
        units=units,
        checks=wired.checks,
    )
