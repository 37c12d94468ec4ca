"""Intake dies as if by `kill -9` while a partner reads a family: no byte of it left without its line in the log."""

import asyncio
import os
import signal
import sys
from typing import Any

import pytest

from services.intake.domain.consent import FieldSet
from services.intake.domain.dossier import Fact
from services.intake.handlers.partner_reading import WHY
from services.intake.store.repositories import PostgresIntakeUnit
from shared.kernel.crash_points import VARIABLE
from shared.messaging.audit import PostgresAuditLines
from shared.messaging.postgres_unit import PostgresUnits
from shared.privacy.audit import Outcome
from shared.storage.database import Database
from tests.parts.audit import CHAIN
from tests.unit.intake.helping import FACTS, Help

pytestmark = pytest.mark.postgres
NAME = FACTS[Fact.FIRST_NAME]


@pytest.mark.parametrize(
    ("dies_at", "left", "has_line"),
    [
        ("", True, True),
        ("web.before-commit", False, False),
        ("web.after-commit", False, True),
    ],
)
async def test_nothing_of_a_family_leaves_without_its_line(
    database: Database, units: PostgresUnits[PostgresIntakeUnit], dies_at: str, *, left: bool, has_line: bool
) -> None:
    helping: Any = Help()
    helping.units = units
    await helping.begins()
    await helping.says_yes()
    await helping.allows(FieldSet.CHILD)

    web = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.integration.intake.reading_process", database.url),
        env={**os.environ, VARIABLE: dies_at},
        stdout=asyncio.subprocess.PIPE,
    )
    told, _ = await web.communicate()

    lines = [line async for some in PostgresAuditLines(database).after(0) for line in some]
    read = [one.entry for one in lines if one.entry.purpose == WHY and one.entry.outcome is Outcome.DONE]
    assert (NAME in told.decode(), web.returncode) == (left, -signal.SIGKILL if dies_at else 0)
    assert any(Fact.FIRST_NAME in one.fields for one in read) is has_line
    assert CHAIN.verify(lines) is None
