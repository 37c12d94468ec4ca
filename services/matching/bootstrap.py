"""The only place where matching's concrete things are built and joined."""

from typing import TYPE_CHECKING

from services.matching.schedule import JOBS, TIMERS
from services.matching.settings import MatchingSettings
from services.matching.store.repositories import PostgresMatchingUnit
from services.matching.subscriptions import SUBSCRIPTIONS
from shared.messaging.postgres_unit import PostgresUnits
from shared.runtime.service import Parts, Service
from shared.runtime.worker import WorkerWiring, web_checks, wire_worker

if TYPE_CHECKING:
    from fastapi import FastAPI


def build(settings: MatchingSettings, parts: Parts) -> Service:
    """Matching, ready to run."""
    units = PostgresUnits(
        parts.database, service="matching", ids=parts.ids, city=settings.city, make=PostgresMatchingUnit
    )
    wiring = WorkerWiring("matching", units, SUBSCRIPTIONS, TIMERS, JOBS, publishes_at_once=True)
    wired = wire_worker(wiring, settings, parts)
    return Service(
        name="matching",
        web=lambda: _web(settings, parts, units),
        worker=wired.tasks,
        units=units,
        checks=wired.checks,
    )


def _web(settings: MatchingSettings, parts: Parts, units: PostgresUnits[PostgresMatchingUnit]) -> "FastAPI":
    # Imported when a web process asks for it: a worker does without pages and their libraries.
    from services.matching.adapters.contact_details import DutchContactDetails
    from services.matching.web.app import make_app
    from services.matching.web.dependencies import Doors
    from shared.web.pages import Templates

    doors = Doors(
        units=units,
        templates=Templates("services.matching"),
        contact_details=DutchContactDetails(),
        code_key=settings.code_key.encode(),
        desk=settings.desk,
        public_url=settings.public_url,
    )
    return make_app(doors, settings, parts, web_checks(parts))
