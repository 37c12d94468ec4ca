"""The only place where intake's concrete things are built and joined."""

from random import Random
from typing import TYPE_CHECKING, Final

from services.intake.adapters.chance import RandomCodes
from services.intake.adapters.community_shelf import CommunityShelf
from services.intake.adapters.erased_ledger import ErasedLedger
from services.intake.adapters.metrics import ErasureMetrics
from services.intake.ports.erasing import Ledger
from services.intake.schedule import JOBS, METRICS_EVERY, TIMERS
from services.intake.settings import IntakeSettings
from services.intake.store.repositories import PostgresIntakeUnit
from services.intake.subscriptions import SUBSCRIPTIONS
from shared.access.people_book import MatchingPeopleBook
from shared.access.service_tokens import ServiceTokens
from shared.kernel.city import City
from shared.kernel.ids import Ids
from shared.messaging.postgres_unit import PostgresUnits
from shared.messaging.schedule import Every
from shared.privacy.anchors import Anchors
from shared.privacy.audit_chain import AuditChain
from shared.privacy.marks import KeyedMarks, Marks
from shared.privacy.sealed import Sealing
from shared.runtime.service import Parts, Service
from shared.runtime.worker import WorkerWiring, wire_worker
from shared.storage.database import Database

if TYPE_CHECKING:
    from fastapi import FastAPI

NAME: Final = "intake"


def open_units(  # noqa: PLR0913 - one of each concrete thing
    city: City,
    database: Database,
    ids: Ids,
    random: Random,
    chain: AuditChain,
    *,
    sealing: Sealing | None = None,
    ledger: Ledger | None = None,
    marks: Marks | None = None,
) -> PostgresUnits[PostgresIntakeUnit]:
    """Intake's units of work, for its own processes and for the command line, which cannot open the vault.

    `ledger`: who was erased, for whoever erases. `marks`: for whoever publishes whom a family would rather not have.
    """
    codes = RandomCodes(random)
    return PostgresUnits(
        database,
        service=NAME,
        ids=ids,
        city=city,
        chain=chain,
        make=lambda context: PostgresIntakeUnit(context, sealing, codes, ledger, marks),
    )


def build(settings: IntakeSettings, parts: Parts) -> Service:
    """Intake, ready to run."""
    chain = AuditChain(settings.audit_key)
    ledger = ErasedLedger(Anchors(settings.anchor_folder / NAME))
    units = open_units(
        settings.city,
        parts.database,
        parts.ids,
        parts.random,
        chain,
        sealing=settings.sealing,
        ledger=ledger,
        marks=KeyedMarks(settings.key_ring),
    )

    def web() -> "FastAPI":
        # Imported when a web process asks for it: a worker does without pages and their libraries.
        from services.intake.web.app import web_app

        tokens = ServiceTokens(settings.key_ring, NAME, parts.clock)
        people = MatchingPeopleBook(parts.http, settings.matching_url, tokens)
        shelf = CommunityShelf(parts.http, settings.community_url, parts.clock)
        return web_app(settings, parts, units, people, shelf)

    jobs = (*JOBS, Every("count unconfirmed erasures", METRICS_EVERY, ErasureMetrics(parts.registry).refresh))
    wiring = WorkerWiring(NAME, units, SUBSCRIPTIONS, TIMERS, jobs, publishes_at_once=True)
    wired = wire_worker(wiring, settings, parts)
    return Service(
        name=NAME,
        web=web,
        worker=wired.tasks,
        units=units,
        checks=wired.checks,
    )
