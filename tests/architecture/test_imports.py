"""Imports point inward, and services know nothing of each other."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture import importing
from tests.architecture.tree import ROOT, Rule, project, sample

APART, SHARED = importing.services_never_import_each_other, importing.shared_never_imports_services
EVENTS, DOMAIN = importing.events_stand_alone, importing.domain_imports_events_and_the_standard_library
INWARD, PORTS = importing.imports_point_inward, importing.deciding_rooms_work_through_ports
BAD = [
    (APART, "services/intake/handlers.py", "from services.matching.domain.referral import Referral"),
    (APART, "services/intake/web/pages.py", "def page():\n    import services.notify.handlers"),
    (APART, "services/intake/web/pages.py", "from ...notify import handlers"),
    (SHARED, "shared/messaging/outbox.py", "from services.intake import bootstrap"),
    (SHARED, "shared/runtime/process.py", "import deploy.cli"),
    (SHARED, "services/intake/bootstrap.py", "from deploy import embedded"),
    (SHARED, "deploy/embedded/run.py", "from tests.parts import kafka"),
    (EVENTS, "shared/events/base.py", "from shared.storage.database import Database"),
    (EVENTS, "shared/events/intake.py", "import sqlmodel"),
    (DOMAIN, "services/intake/domain/case.py", "import pydantic"),
    (DOMAIN, "services/intake/domain/case.py", "from shared.unit_of_work import UnitOfWork"),
    (DOMAIN, "services/intake/domain/case.py", "from services.intake.ports import Cases"),
    (DOMAIN, "services/intake/domain/case.py", "import random"),
    (DOMAIN, "services/intake/domain/case.py", "from os import environ"),
    (DOMAIN, "services/intake/domain/rules.py", "from shared.kernel.city.file import read_city"),
    (DOMAIN, "services/intake/domain/rules.py", "from shared import ids"),
    (INWARD, "services/intake/domain/case.py", "from services.intake import handlers"),
    (INWARD, "services/intake/ports.py", "from services.intake.store.tables import CaseRow"),
    (INWARD, "services/intake/handlers.py", "from services.intake.store.repositories import PostgresCases"),
    (INWARD, "services/intake/handlers/cases.py", "from services.intake.adapters.smtp import SmtpMailer"),
    (INWARD, "services/intake/web/pages.py", "from services.intake.store import repositories"),
    (INWARD, "services/intake/web/pages.py", "from services.intake.bootstrap import build"),
    (INWARD, "services/intake/store/repositories.py", "from services.intake.web import forms"),
    (INWARD, "services/intake/store/repositories.py", "from services.intake import handlers"),
    (INWARD, "services/intake/adapters/smtp.py", "from services.intake.store.tables import Row"),
    (INWARD, "services/intake/subscriptions.py", "from services.intake.adapters import smtp"),
    (INWARD, "services/intake/__main__.py", "from services.intake.store.repositories import PostgresUnit"),
    (PORTS, "services/intake/handlers.py", "import sqlalchemy"),
    (PORTS, "services/intake/handlers.py", "from shared.storage.database import Database"),
    (PORTS, "services/intake/handlers/cases.py", "from shared.messaging.bus.kafka_producer import KafkaBus"),
    (PORTS, "services/intake/commands.py", "from fastapi import Request"),
    (PORTS, "services/intake/schedule.py", "import httpx"),
    (PORTS, "services/intake/subscriptions.py", "import asyncio"),
    (SHARED, "services/intake/bootstrap.py", "from tests.twins.intake import MemoryIntakeUnit"),
    (SHARED, "deploy/embedded/run.py", "from tests.twins.unit_of_work import MemoryUnits"),
]
GOOD = {
    "services/intake/domain/case.py": "import dataclasses\nfrom shared.events.intake import CaseClosed\n"
    "from services.intake.domain.errors import CaseIsClosed\nfrom shared.kernel.city import City\n"
    "from shared.kernel.errors import Refusal",
    "services/intake/ports.py": "from typing import Protocol\nfrom shared.unit_of_work import UnitOfWork\n"
    "from services.intake.domain.case import Case",
    "services/intake/handlers.py": "from services.intake.ports import IntakeUnit\nfrom shared.kernel.ids import Ids\n"
    "from services.intake.commands import SubmitRequest",
    "services/intake/store/repositories.py": "import sqlalchemy\nfrom services.intake.domain.case import Case\n"
    "from services.intake.store import tables\nfrom shared.storage.database import PostgresUnit",
    "services/intake/web/pages.py": "import fastapi\nfrom services.intake import handlers\nimport shared.web",
    "services/intake/bootstrap.py": "from services.intake.store.repositories import PostgresCases\n"
    "from services.intake.adapters.chance import Chance\nfrom services.intake.web import pages",
    "shared/events/base.py": "import enum\nimport pydantic",
    "deploy/embedded/run.py": "from services.intake.bootstrap import build\nimport shared.storage.database",
}
# One file for each contract of import-linter (`make check`), which also follows imports of imports.
BROKEN = {
    "shared/broken.py": "import services.intake.domain.broken",
    "services/intake/domain/broken.py": "import sqlalchemy",
    "services/matching/broken.py": "import services.intake.handlers",
    "services/intake/handlers.py": "import services.intake.store.broken",
    "services/intake/store/broken.py": "",
    "shared/kernel/broken.py": "import shared.runtime.broken",
    "shared/runtime/broken.py": "",
}


@pytest.mark.parametrize("rule", importing.RULES, ids=lambda rule: rule.__name__)
def test_schakel_keeps_the_rule(rule: Rule) -> None:
    violations = rule(project())
    assert not violations, "\n".join(violations)


@pytest.mark.parametrize(("rule", "path", "text"), BAD, ids=[f"{path}: {text}" for _, path, text in BAD])
def test_rule_rejects_a_bad_sample(rule: Rule, path: str, text: str) -> None:
    violations = rule(sample({path: text}))
    assert len(violations) == 1
    assert violations[0].startswith(f"{path}:{len(text.splitlines())}: ")


@pytest.mark.parametrize("rule", importing.RULES, ids=lambda rule: rule.__name__)
def test_rule_accepts_a_good_sample_and_has_a_bad_one(rule: Rule) -> None:
    assert rule(sample(GOOD)) == []
    assert rule in {bad for bad, *_ in BAD}


def test_every_contract_of_the_import_linter_rejects_a_bad_sample(tmp_path: Path) -> None:
    services = ("intake", "matching", "monitoring", "notify", "community")
    rooms = ("access", "events", "kernel", "messaging", "privacy", "runtime", "storage", "unit_of_work", "web")
    packages = ["shared", *(f"shared/{room}" for room in rooms), "services", "deploy"]
    packages += [f"services/{name}{room}" for name in services for room in ("", "/domain", "/store")]
    files = {f"{package}/__init__.py": "" for package in packages} | BROKEN
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    lint = Path(sys.executable).with_name("lint-imports")
    command = [str(lint), "--config", str(ROOT / "pyproject.toml"), "--no-cache"]
    there = os.environ | {"PYTHONPATH": str(tmp_path)}
    done = subprocess.run(command, cwd=tmp_path, env=there, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "0 kept, 5 broken" in done.stdout
