"""A wrapping key is replaced while families ask for help and professionals read: nobody notices."""

import asyncio
from random import Random
from uuid import UUID

import pytest

from deploy.install.key_store import KINDS
from deploy.install.rotation import KeysLost, RotationRuns, keys_in, rotate
from deploy.install.secret_store import Secrets
from services.intake.domain.dossier import Fact
from services.matching.bootstrap import open_units
from services.matching.handlers.second_factor import prepare_enrolment, seed_of
from shared.kernel.ids import RandomIds
from shared.privacy.sealed import WrappedKey
from shared.storage.database import Database
from tests.integration.backup.installation import VAULT, Installation, Units
from tests.parts.city import a_city
from tests.unit.intake.builders import ROOS, request
from tests.unit.intake.conformance import submitted

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(120)]


async def rotated(schakel: Installation, batch: int = 3) -> list[tuple[int, int]]:
    steps: list[tuple[int, int]] = []
    await rotate(VAULT, schakel.owner_url, schakel.store, lambda *step: steps.append(step), batch=batch)
    return steps


async def wrapped_by(schakel: Installation) -> set[bytes]:
    async with schakel.owner() as connection:
        rows = await connection.fetch("SELECT case_id, wrapped FROM case_keys")
    return {WrappedKey("case_keys", *row).key_id for row in rows}


class Work:
    """Reads and requests, one after another until it is over; whatever fails, fails the test."""

    def __init__(self, units: Units) -> None:
        self._units, self.over = units, asyncio.Event()
        self.read = self.asked = 0

    async def keep_reading(self, case_id: UUID) -> None:
        while not self.over.is_set():
            async with self._units.begin() as unit:
                dossier = await unit.vault.open(case_id, [Fact.FIRST_NAME], ROOS, "test", words=False)
            assert dossier.facts
            self.read += 1

    async def keep_asking(self) -> None:
        while not self.over.is_set():
            await submitted(self._units, request())
            self.asked += 1


async def test_requests_and_reads_go_on_while_the_key_is_replaced(schakel: Installation) -> None:
    cases = await schakel.add_cases(20)
    (old,) = schakel.store.read(VAULT)
    async with schakel.intake() as units:
        work = Work(units)
        reading = [work.keep_reading(cases[0].id), work.keep_reading(cases[-1].id)]
        working = [asyncio.create_task(each) for each in (*reading, work.keep_asking())]
        await asyncio.sleep(0.5)
        steps = await rotated(schakel)
        read, asked = work.read, work.asked
        await asyncio.sleep(0.5)
        work.over.set()
        await asyncio.gather(*working)

    assert len(steps) >= 7
    assert (read > 10, asked > 2, work.read > read) == (True, True, True)
    (new,) = schakel.store.read(VAULT)
    assert new != old
    assert schakel.store.file(VAULT).read_text() == new
    assert await wrapped_by(schakel) == {VAULT.sealing([new]).newest_id}


async def test_key_that_is_missing_stops_it_and_nothing_is_removed(schakel: Installation) -> None:
    await schakel.add_cases(2)
    (old,) = schakel.store.read(VAULT)
    schakel.store.write(VAULT, [VAULT.make()])
    with pytest.raises(KeysLost, match="bring-back"):
        await rotated(schakel)

    schakel.store.write(VAULT, [*schakel.store.read(VAULT), old])
    await rotated(schakel)
    assert len(schakel.store.read(VAULT)) == 1


async def test_two_do_not_rotate_at_once(schakel: Installation) -> None:
    first = asyncio.create_task(rotated(schakel))
    await asyncio.sleep(0.5)
    with pytest.raises(RotationRuns):
        await rotated(schakel)
    await first


async def test_second_factors_are_wrapped_anew_by_command(schakel: Installation) -> None:
    person, kind = UUID(int=7), KINDS["codes"]
    (old,) = schakel.store.read(kind)
    database = Database(schakel.found.app_urls["matching"], application_name="test")
    units = open_units(a_city(), database, RandomIds(), Random(1), schakel.found.chain("matching"))
    async with units.begin() as unit:
        await prepare_enrolment(person, unit, kind.sealing([old]))
        before = await unit.second_factors.read(person)

    done = await asyncio.to_thread(schakel.command, "keys", "rotate", "codes")

    assert done.returncode == 0, done.stderr
    assert "1 keys were wrapped anew" in done.stdout
    (new,) = schakel.store.read(kind)
    async with units.begin() as unit:
        after = await unit.second_factors.read(person)
    await database.close()
    assert before is not None
    assert after is not None
    assert before.wrapped_key != after.wrapped_key
    assert seed_of(after, kind.sealing([new])) == seed_of(before, kind.sealing([old]))


async def test_backup_of_before_goes_back_with_the_key_of_before(schakel: Installation) -> None:
    (case,) = await schakel.add_cases()
    copy = schakel.folder / "secrets.copy"
    copy.write_bytes((schakel.folder / "secrets.json").read_bytes())
    kept = keys_in(copy, VAULT)
    folder = str(schakel.backups)
    for words in (["backup", folder], ["keys", "rotate", "vault"]):
        done = await asyncio.to_thread(schakel.command, *words)
        assert done.returncode == 0, done.stderr
    assert kept != [Secrets.load(schakel.folder).vault_key]

    refused = await asyncio.to_thread(schakel.command, "restore", folder, "--yes")
    assert refused.returncode == 1
    assert "schakel keys bring-back vault FILE" in refused.stderr
    for words in (
        ["keys", "bring-back", "vault", str(copy)],
        ["restore", folder, "--yes"],
        ["keys", "rotate", "vault"],
    ):
        done = await asyncio.to_thread(schakel.command, *words)
        assert done.returncode == 0, done.stderr
    assert (await schakel.facts_of(case.id)).facts
    assert len(schakel.store.read(VAULT)) == 1
