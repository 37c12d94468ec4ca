"""An operator looks at the audit logs: what commands did stands in them, and whoever bends one is found out."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest

from deploy.embedded.throw_away_server import migrated_server
from deploy.install.provision import ServiceDatabase
from shared.kernel.ids import RandomIds
from shared.messaging.audit import PostgresAuditLines
from shared.messaging.audit_anchors import AuditWatch
from shared.messaging.postgres_unit import PostgresUnit, PostgresUnits
from shared.privacy.anchors import Anchors
from shared.privacy.audit import About, Action
from shared.storage.database import Database, driver_dsn
from tests.journeys.test_cli import schakel
from tests.parts.audit import CHAIN
from tests.parts.city import SCHIEWIJK, a_city

BENT = (
    ("UPDATE audit_lines SET purpose = 'doctor' WHERE position = 1", "line 1: it was changed"),
    ("DELETE FROM audit_lines WHERE position = 1", "line 1: line 1 is missing; 2 comes next"),
    ("DELETE FROM audit_lines WHERE position = 2", "line 2: the end was cut off"),
    ("DELETE FROM audit_lines", "line 1: the end was cut off"),
)
pytestmark = [pytest.mark.postgres, pytest.mark.timeout(180)]


async def say(database: ServiceDatabase, folder: Path, *command: str, **more: str) -> tuple[int, str]:
    given = {
        "SCHAKEL_INTAKE_DATABASE_URL": database.app_url,
        "SCHAKEL_CITY": str(SCHIEWIJK),
        "SCHAKEL_ANCHOR_FOLDER": str(folder / "anchors"),
    }
    done = await asyncio.to_thread(schakel, *command, folder=folder, **given, **more)
    return done.returncode, done.stdout + done.stderr


async def as_owner(database: ServiceDatabase, statement: str) -> None:
    connection = await asyncpg.connect(driver_dsn(database.owner_url))
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


async def anchor(database: ServiceDatabase, folder: Path) -> None:
    opened = Database(database.app_url, application_name="test")
    try:
        watch = AuditWatch(PostgresAuditLines(opened), CHAIN, Anchors(folder / "anchors" / "intake"))
        assert (await watch.anchor(datetime.now(UTC))).broken is None
    finally:
        await opened.close()


async def test_commands_are_lines_and_a_log_that_was_bent_is_told_with_its_first_bad_line(tmp_path: Path) -> None:
    async with migrated_server() as databases:
        intake = databases["intake"]
        for command in (("keys", "list"), ("parked", "list")):
            code, told = await say(intake, tmp_path, *command)
            assert code == 0, told
        opened = Database(intake.app_url, application_name="test")
        lines = [line async for some in PostgresAuditLines(opened).after(0) for line in some]
        await opened.close()
        assert [(line.entry.purpose, line.entry.actor.via) for line in lines] == [
            ("keys show-all", "command"),
            ("parked show-all", "command"),
        ]
        assert all(len(line.entry.actor.via_id or "") == 16 for line in lines)
        await anchor(intake, tmp_path)
        await as_owner(intake, "CREATE TABLE kept AS SELECT * FROM audit_lines")

        for count in (2, 3):
            code, told = await say(intake, tmp_path, "audit", "verify")
            # That the log was looked at is its next line.
            assert (code, f"intake: {count} lines hold, and agree with 1 anchors" in told) == (0, True), told
        await as_owner(intake, "DELETE FROM audit_lines; INSERT INTO audit_lines SELECT * FROM kept")
        for bend, said in BENT:
            await as_owner(intake, bend)
            code, told = await say(intake, tmp_path, "audit", "verify")
            assert (code, said in told) == (1, True), told
            await as_owner(intake, "DELETE FROM audit_lines; INSERT INTO audit_lines SELECT * FROM kept")


async def test_lines_that_were_kept_long_enough_go_as_the_owner_and_the_rest_holds(tmp_path: Path) -> None:
    async with migrated_server() as databases:
        intake, owner = databases["intake"], {"SCHAKEL_INTAKE_OWNER_URL": databases["intake"].owner_url}
        await as_owner(intake, "INSERT INTO clock_offset (ahead) VALUES (interval '-6 years')")
        for _ in range(2):
            await say(intake, tmp_path, "keys", "list")
        await as_owner(intake, "DELETE FROM clock_offset")
        code, told = await say(intake, tmp_path, "audit", "prune", **owner)
        assert (code, "not the folder with its anchors" in told) == (1, True), told
        await anchor(intake, tmp_path)

        code, told = await say(intake, tmp_path, "audit", "prune")
        assert (code, "this role may not do that" in told) == (1, True), told
        code, told = await say(intake, tmp_path, "audit", "verify")
        assert (code, "intake: 2 lines hold" in told) == (0, True), told
        code, told = await say(intake, tmp_path, "audit", "prune", **owner)
        assert (code, "intake: 2 lines of more than 5 years ago are gone" in told) == (0, True), told
        code, told = await say(intake, tmp_path, "audit", "verify")
        assert (code, "intake: 4 lines hold" in told) == (0, True), told


async def test_what_was_done_with_person_or_case_is_shown_and_that_you_looked_is_a_line(
    tmp_path: Path,
) -> None:
    async with migrated_server() as databases:
        intake, person, case = databases["intake"], "00000000-0000-0000-0000-0000000000aa", UUID(int=0xCA5E)
        code, told = await say(intake, tmp_path, "audit", "show", "--person", person)
        assert (code, "there are no lines" in told) == (0, True), told
        code, told = await say(intake, tmp_path, "audit", "show", "--person", person)
        assert (code, "audit show" in told, f"person {person}" in told) == (0, True, True), told
        code, told = await say(intake, tmp_path, "audit", "show")
        assert (code, "name a kenmerk, or a person" in told) == (1, True), told

        opened = Database(intake.app_url, application_name="test")
        units = PostgresUnits(opened, service="intake", ids=RandomIds(), city=a_city(), chain=CHAIN, make=PostgresUnit)
        async with units.begin() as unit:
            unit.audit.of_case(case)
            unit.audit.record(Action.READ, About.REFERRAL, UUID(int=7), "partner-answer")
        await opened.close()

        code, told = await say(intake, tmp_path, "audit", "show", str(case))
        assert (code, "partner-answer" in told, "audit show" in told) == (0, True, False), told
        code, told = await say(intake, tmp_path, "audit", "show", str(case))
        assert (code, f"case {case}" in told, "audit show" in told) == (0, True, True), told
