"""The names of all services' settings, in the file by which a process knows what is no setting."""

import json
from pathlib import Path
from typing import Final

import shared.runtime
from deploy.install.building import settings_of
from shared.events.catalogue import SERVICES

FILE: Final = Path(shared.runtime.__path__[0]) / "setting_names.json"


def text() -> str:
    """What the file must hold."""
    names = {field.upper() for service in SERVICES for field in settings_of(service).model_fields}
    return json.dumps(sorted(names), indent=1) + "\n"


def export() -> list[str]:
    """Write it where it differs; the name of what was written."""
    if in_step():
        return []
    FILE.write_text(text(), encoding="utf-8")
    return [FILE.name]


def check() -> list[str]:
    """What is not in step."""
    return [] if in_step() else [f"{FILE.name} is not in step with the settings: schakel schemas export"]


def in_step() -> bool:
    """Whether the file says what the code says."""
    return FILE.is_file() and FILE.read_text(encoding="utf-8") == text()
