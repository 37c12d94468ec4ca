"""A service by its name, as the command line and the embedded run make it; only the one that is asked for is imported.

What is found by name is held by `tests/architecture/anatomy.py`.
"""

from collections.abc import Mapping
from importlib import import_module
from types import ModuleType

from shared.events.catalogue import SERVICES
from shared.kernel.settings import CommonSettings, load
from shared.runtime.service import Parts, Service


def settings_of(service: str) -> type[CommonSettings]:
    """The class of its settings. Raises KeyError for a name that is no service's."""
    found: type[CommonSettings] = getattr(_module(service, "settings"), f"{service.capitalize()}Settings")
    return found


def build_service(service: str, environ: Mapping[str, str], parts: Parts) -> Service:
    """One service by this environment. Raises SettingsInvalid or KeyError."""
    built: Service = _module(service, "bootstrap").build(load(settings_of(service), environ), parts)
    return built


def _module(service: str, name: str) -> ModuleType:
    if service not in SERVICES:
        raise KeyError(service)
    return import_module(f"services.{service}.{name}")
