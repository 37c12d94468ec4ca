"""The only place where community's concrete things are built and joined."""

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from services.community.adapters.calendar_files import ICalendarFiles
from services.community.adapters.intake_commonness import IntakeCommonness
from services.community.adapters.metrics import GatheringMetrics
from services.community.adapters.notify_replies import NotifyReplies
from services.community.schedule import JOBS, TIMERS
from services.community.settings import CommunitySettings
from services.community.store.repositories import PostgresCommunityUnit
from services.community.subscriptions import SUBSCRIPTIONS
from shared.access.people_book import MatchingPeopleBook
from shared.access.service_tokens import ServiceTokens
from shared.kernel.city import City
from shared.kernel.ids import Ids
from shared.messaging.postgres_unit import PostgresUnits
from shared.messaging.schedule import Every
from shared.privacy.audit_chain import AuditChain
from shared.runtime.service import Parts, Service
from shared.runtime.worker import WorkerWiring, wire_worker
from shared.storage.database import Database

if TYPE_CHECKING:
    from fastapi import FastAPI

NAME: Final = "community"
METRICS_EVERY: Final = timedelta(minutes=1)


def open_units(
    city: City,
    database: Database,
    ids: Ids,
    random: Random,  # noqa: ARG001 - every service opens its units in the same way
    chain: AuditChain,
    settings: CommunitySettings | None = None,
) -> PostgresUnits[PostgresCommunityUnit]:
    """Community's units of work, for its own processes and for the command line, which opens no sign-ups."""
    sealing, digest_key = (settings.sealing, settings.digest_key) if settings else (None, b"")
    return PostgresUnits(
        database,
        service=NAME,
        ids=ids,
        city=city,
        chain=chain,
        make=lambda context: PostgresCommunityUnit(context, sealing, digest_key),
    )


def calendars_of(settings: CommunitySettings) -> ICalendarFiles:
    """Who writes files for calendars here."""
    host = urlsplit(settings.public_url).hostname or ""
    return ICalendarFiles(settings.city, host, settings.public_url)


def build(settings: CommunitySettings, parts: Parts) -> Service:
    """Community, ready to run."""
    units = open_units(settings.city, parts.database, parts.ids, parts.random, AuditChain(settings.audit_key), settings)

    def web() -> "FastAPI":
        # Imported when a web process asks for it: a worker does without pages and their libraries.
        from services.community.adapters.photos import PillowPhotos
        from services.community.web.app import web_app
        from services.community.web.dependencies import Beside

        tokens = ServiceTokens(settings.key_ring, NAME, parts.clock)
        beside = Beside(
            calendars=calendars_of(settings),
            photos=PillowPhotos(),
            people=MatchingPeopleBook(parts.http, settings.matching_url, tokens),
            commonness=IntakeCommonness(parts.http, settings.intake_url, tokens),
            replies=NotifyReplies(parts.http, settings.notify_url, tokens),
        )
        return web_app(settings, parts, units, beside)

    metrics = Every("refresh the figures of the gatherings", METRICS_EVERY, GatheringMetrics(parts.registry).refresh)
    wired = wire_worker(WorkerWiring(NAME, units, SUBSCRIPTIONS, TIMERS, (*JOBS, metrics)), settings, parts)
    return Service(name=NAME, web=web, worker=wired.tasks, units=units, checks=wired.checks)
