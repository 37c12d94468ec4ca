"""A night's backup of an embedded Schakel that runs, and what comes of it after a family was erased."""

import gzip
import tempfile
from pathlib import Path
from uuid import UUID

import pytest

from deploy.demo.stories.people import DoorClosed, Person, SchoolSystem
from services.intake.bootstrap import NAME, open_units
from services.intake.handlers.cases import erase_case
from shared.privacy.anchors import Anchors
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
    async with schakel.deployment.units(NAME, open_units) as units, units.begin() as unit:
        await erase_case(case_id, unit)
    Anchors(schakel.folder / "anchors" / NAME).append("erased", {"case_id": str(case_id), "erased_on": "2026-03-02"})


async def test_erased_family_stays_erased_when_the_backup_of_the_night_before_is_put_back() -> None:
    with tempfile.TemporaryDirectory(prefix="schakel-journey-") as made:
        folder, backups, opened = (Path(made) / name for name in ("schakel", "backups", "opened"))
        with embedded_schakel(folder) as schakel:
            school = SchoolSystem(schakel.world)
            gone, other = [await school.ask(canary.request(), key=key) for key in ("gone", "other")]
            pages = [(each["links"]["page"], each["caseCode"]) for each in (gone, other)]
            assert "keys.tar.gz" in run(schakel, "backup", str(backups))
            run(schakel, "keys", "rotate", "vault")
            for page in pages:
                assert canary.FIRST_NAME in await page_of(schakel, *page), "the key was replaced, and nobody noticed"
            run(schakel, "backup", str(backups))
            await erase(schakel, UUID(gone["id"]))
            refused = schakel.command("restore", str(backups), "--yes")
            assert refused.returncode == 1
            assert "Schakel still runs" in refused.stderr
            assert schakel.stop() == 0

            said = run(schakel, "restore", str(backups), "--yes")
            assert "1 cases were erased since, and are erased again" in said
            schakel.start()

            assert canary.FIRST_NAME not in await page_of(schakel, *pages[0])
            assert canary.FIRST_NAME in await page_of(schakel, *pages[1])
            assert await schakel.parked() == []
            assert await canary.in_databases(schakel.deployment.app_urls) == {}

        opened.mkdir()
        for file in backups.glob("*.gz"):
            (opened / file.stem).write_bytes(gzip.decompress(file.read_bytes()))
        assert len(list(opened.iterdir())) == 4
        assert canary.in_files(opened) == {}
