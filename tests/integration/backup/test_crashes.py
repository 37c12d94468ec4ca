"""Killed at any point, a command leaves nothing half behind, and can be given again."""

import asyncio

import pytest

from deploy.backup.archive import Part, files_in
from tests.integration.backup.installation import VAULT, Installation

pytestmark = [pytest.mark.postgres, pytest.mark.crash, pytest.mark.timeout(240)]
KILLED = -9


async def run(schakel: Installation, *words: str, crash_at: str = "") -> str:
    done = await asyncio.to_thread(schakel.command, *words, crash_at=crash_at)
    assert done.returncode == (KILLED if crash_at else 0), done.stderr
    return done.stdout


async def test_backup_that_is_killed_leaves_no_half_file(schakel: Installation) -> None:
    folder = str(schakel.backups)
    await run(schakel, "backup", folder, crash_at="backup.before-name")
    assert [files_in(schakel.backups, part) for part in Part] == [{}, {}]
    await run(schakel, "backup", folder, crash_at="backup.after-file")
    assert files_in(schakel.backups, Part.DATA) == {}, "data come last, when their keys are there"

    await run(schakel, "backup", folder)

    assert len(files_in(schakel.backups, Part.DATA)) == 1
    assert not list(schakel.backups.glob("*.partial"))


@pytest.mark.parametrize("point", ["restore.before-commit", "restore.after-database", "restore.before-opening"])
async def test_restore_that_is_killed_keeps_everybody_out_until_it_is_done(schakel: Installation, point: str) -> None:
    (case,) = await schakel.add_cases()
    folder = str(schakel.backups)
    await run(schakel, "backup", folder)
    await schakel.add_cases(2)

    await run(schakel, "restore", folder, "--yes", crash_at=point)
    refused = await asyncio.to_thread(schakel.command, "up")
    assert refused.returncode == 1
    assert "run `schakel restore` again" in refused.stderr

    schakel.start_server()
    said = await run(schakel, "restore", folder, "--yes")
    assert "everything is as it was" in said
    assert (await schakel.facts_of(case.id)).facts
    async with schakel.owner() as connection:
        assert await connection.fetchval("SELECT count(*) FROM cases") == 1


@pytest.mark.parametrize("point", ["rotate.after-new-key", "rotate.after-batch", "rotate.before-removal"])
async def test_rotation_that_is_killed_goes_on_with_the_same_new_key(schakel: Installation, point: str) -> None:
    cases = await schakel.add_cases(3)
    await run(schakel, "keys", "rotate", "vault", crash_at=point)
    new, old = schakel.store.read(VAULT)
    for case in cases:
        assert (await schakel.facts_of(case.id)).facts

    await run(schakel, "keys", "rotate", "vault")

    assert schakel.store.read(VAULT) == [new]
    assert new != old
    for case in cases:
        assert (await schakel.facts_of(case.id)).facts


async def test_erasing_that_is_killed_after_its_tombstone_is_finished_and_told(schakel: Installation) -> None:
    gone, other = await schakel.add_cases(2)
    folder = str(schakel.backups)
    await run(schakel, "erase", gone.code, "--yes")
    await run(schakel, "backup", folder)
    # Intake's worker would do it; here the restore does, for it finds a case that is being erased.
    await run(schakel, "restore", folder, "--yes", crash_at="intake.after-tombstone")
    assert set(schakel.ledger.read()) == {gone.id}

    schakel.start_server()
    await run(schakel, "restore", folder, "--yes")

    assert set(schakel.ledger.read()) == {gone.id}
    assert (await schakel.facts_of(other.id)).facts
    async with schakel.owner() as connection:
        assert [row["id"] for row in await connection.fetch("SELECT id FROM cases")] == [other.id]
        assert await connection.fetchval("SELECT count(*) FROM erased WHERE subject = $1", gone.id) == 1
        told = "SELECT count(*) FROM outbox WHERE type LIKE '%case-erased%' AND subject = $1"
        assert await connection.fetchval(told, gone.id), "the other services hear of it, perhaps more than once"
