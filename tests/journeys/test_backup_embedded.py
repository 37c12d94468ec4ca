"""A night's backup of an embedded Schakel that runs, and what comes of it after a family was erased."""

import asyncio
import gzip
import tempfile
from pathlib import Path
from uuid import UUID

import pytest

from deploy.demo.stories.people import DoorClosed, Person, SchoolSystem
from services.intake.bootstrap import NAME, open_units
from services.intake.domain.erasure import ErasureReason
from services.intake.handlers.erasing import erase_for_operator
from tests.journeys import canary
from tests.journeys.embedded import EmbeddedSchakel, embedded_schakel

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(300)]


def run(schakel: EmbeddedSchakel, *words: str) -> str:
    done = schakel.command(*words)
    assert done.returncode == 0, done.stderr
    return done.stdout


async def page_of(schakel: EmbeddedSchakel, path: str, code: str) -> str:
    """As its ambassador sees it; empty when there is none any more."""
    world = schakel.world
    async with Person(world) as ambassador:
        await ambassador.sign_in((await world.mail(words="ontvangen", code=code)).to)
        try:
            return (await ambassador.open(path)).text
        except DoorClosed:
            return ""


async def erase(schakel: EmbeddedSchakel, case_id: UUID) -> None:
    async with schakel.deployment.units(NAME, open_units) as units:
        async with units.begin() as unit:
            await erase_for_operator(case_id, ErasureReason.FAMILY_ASKED, unit)
        async with asyncio.timeout(60):
            while True:
                async with units.begin() as unit:
                    if await unit.erased.find([case_id]):
                        return
                await asyncio.sleep(0.2)


def put_back(schakel: EmbeddedSchakel, backups: Path) -> str:
    """Not while it runs; what is said once it does not."""
    refused = schakel.command("restore", str(backups), "--yes")
    assert refused.returncode == 1
    assert "Schakel still runs" in refused.stderr
    assert schakel.stop() == 0
    return run(schakel, "restore", str(backups), "--yes")


def opened(backups: Path) -> Path:
    """What stands in the files, to be searched."""
    folder = backups / "opened"
    folder.mkdir()
    for file in backups.glob("*.gz"):
        (folder / file.stem).write_bytes(gzip.decompress(file.read_bytes()))
    assert len(list(folder.iterdir())) == 4
    return folder


async def test_erased_family_stays_erased_when_the_backup_of_the_night_before_is_put_back() -> None:
    with tempfile.TemporaryDirectory(prefix="schakel-journey-") as made:
        backups = Path(made) / "backups"
        with embedded_schakel(Path(made) / "schakel") as schakel:
            school = SchoolSystem(schakel.world)
            gone, other = [await school.ask(canary.request(), key=key) for key in ("gone", "other")]
            pages = [(each["links"]["page"], each["caseCode"]) for each in (gone, other)]
            run(schakel, "backup", str(backups))
            run(schakel, "keys", "rotate", "vault")
            for page in pages:
                assert canary.FIRST_NAME in await page_of(schakel, *page), "the key was replaced, and nobody noticed"
            run(schakel, "backup", str(backups))
            await erase(schakel, UUID(gone["id"]))

            assert "1 cases were erased since, and are erased again" in put_back(schakel, backups)
            schakel.start()

            assert canary.FIRST_NAME not in await page_of(schakel, *pages[0])
            assert canary.FIRST_NAME in await page_of(schakel, *pages[1])
            assert await schakel.parked() == []
            assert await canary.in_databases(schakel.deployment.app_urls) == {}
        assert canary.in_files(opened(backups)) == {}
