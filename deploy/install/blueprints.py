"""The four services as the command line and the embedded run make them: settings and `build` of each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from shared.kernel.settings import CommonSettings, load
from shared.runtime.service import Parts, Service


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
