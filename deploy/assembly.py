"""The four services as the command line and the embedded run make them: settings and `build` of each."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from random import SystemRandom
from typing import Any

import httpx

from deploy.deployments import Deployment, NoDeployment
from shared.bus.local import LocalBus
from shared.clock import SystemClock
from shared.database import Database
from shared.ids import RandomIds
from shared.service import Parts, Service
from shared.settings import PREFIX, CommonSettings, load
from shared.unit_of_work import Units


@dataclass(frozen=True)
class Blueprint:
    """What a service is made with."""

    settings: type[CommonSettings]
    build: Callable[[Any, Parts], Service]


def blueprint(service: str) -> Blueprint:
    """Of one service; only that one is imported."""
    match service:
        case "intake":
            from services.intake.bootstrap import build as build_intake
            from services.intake.settings import IntakeSettings

            return Blueprint(IntakeSettings, build_intake)
        case "matching":
            from services.matching.bootstrap import build as build_matching
            from services.matching.settings import MatchingSettings

            return Blueprint(MatchingSettings, build_matching)
        case "monitoring":
            from services.monitoring.bootstrap import build as build_monitoring
            from services.monitoring.settings import MonitoringSettings

            return Blueprint(MonitoringSettings, build_monitoring)
        case "notify":
            from services.notify.bootstrap import build as build_notify
            from services.notify.settings import NotifySettings

            return Blueprint(NotifySettings, build_notify)
        case _:
            raise KeyError(service)


def build_service(service: str, environ: Mapping[str, str], parts: Parts) -> Service:
    """One service by this environment. Raises SettingsInvalid."""
    plan = blueprint(service)
    return plan.build(load(plan.settings, environ), parts)


@asynccontextmanager
async def units_of(found: Deployment, service: str) -> AsyncIterator[Units[Any]]:
    """The units of work of one service, for a command: nothing of it runs. Raises NoDeployment or SettingsInvalid."""
    if service not in found.databases:
        msg = f"{service} is not named in {found.place}: set {PREFIX}{service.upper()}_DATABASE_URL"
        raise NoDeployment(msg)
    environ = {**found.environ[service], f"{PREFIX}DATABASE_URL": found.databases[service].app_url}
    database = Database(found.databases[service].app_url, application_name="schakel-cli", pool_size=2)
    async with httpx.AsyncClient() as http:
        try:
            parts = Parts(database, LocalBus(), http, RandomIds(), None, SystemClock(), SystemRandom())
            yield build_service(service, environ, parts).units
        finally:
            await database.close()
