"""A city's file that lost an entry: no process starts that would show a code instead of words, and the doctor tells."""

import asyncio
import re
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import httpx
import pytest

from deploy.embedded.throw_away_server import migrated_server
from deploy.install.checkup import check_up
from deploy.install.deployments import Deployment
from deploy.install.finding import Finding
from deploy.install.provision import ServiceDatabase
from shared.storage.database import driver_dsn
from tests.journeys.embedded import embedded_schakel
from tests.parts.audit import AUDIT_KEY
from tests.parts.city import SCHIEWIJK
from tests.parts.containers import free_port
from tests.parts.keys import ring_file

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(180)]
OFFERED = 'faith = "Geloofsgemeenschap"\n'
RETIRED = 'faith = { words = "Geloofsgemeenschap", retired = true }\n'
WHAT = "organisations.kind holds the code faith once, and the city has no words for it"
FIX = "add faith to [organisation_kinds] of the file that SCHAKEL_CITY (or --city) names, with retired = true if it is"
ORGANISATION = """
    INSERT INTO organisations (id, name, kind, description, website, email, phone, strengths, limits, has_agreement,
                               on_map, active, version, checks_asked, searched_as, says_searched_as)
    VALUES (gen_random_uuid(), 'De Bron', 'faith', '', '', '', '', '', '', false, true, true, 1, 0, 'de bron', '')
"""


@asynccontextmanager
async def matching_with_a_church() -> AsyncIterator[ServiceDatabase]:
    """Matching's database with one organisation, of a kind that the city's file knew at that time."""
    async with migrated_server() as databases:
        connection = await asyncpg.connect(driver_dsn(databases["matching"].owner_url))
        await connection.execute(ORGANISATION)
        await connection.close()
        yield databases["matching"]


def environ_in(city: Path, database: ServiceDatabase) -> dict[str, str]:
    """Of a process of matching as it is started on a machine, with a broker that does not answer."""
    return {
        "SCHAKEL_ENVIRONMENT": "test",
        "SCHAKEL_DATABASE_URL": database.app_url,
        "SCHAKEL_PUBLIC_URL": "http://localhost:8080",
        "SCHAKEL_CITY": str(city),
        "SCHAKEL_AUDIT_KEY": AUDIT_KEY,
        "SCHAKEL_CODE_KEY": "CODE" * 32,
        "SCHAKEL_KEY_RING": ring_file("matching"),
        "SCHAKEL_KAFKA_BOOTSTRAP": f"127.0.0.1:{free_port()}",
        "SCHAKEL_PORT": str(free_port()),
        "SCHAKEL_METRICS_PORT": str(free_port()),
    }


def a_city_file(folder: Path, kind: str) -> Path:
    file = folder / "city.toml"
    whole = SCHIEWIJK.read_text(encoding="utf-8")
    assert OFFERED in whole
    # The words of a code in other languages go with it.
    told = whole.replace(OFFERED, kind) if kind else re.sub(r"^faith = .*\n", "", whole, flags=re.MULTILINE)
    file.write_text(told, encoding="utf-8")
    return file


def process(kind: str, environ: dict[str, str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "services.matching", kind]
    return subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


async def test_process_does_not_start_with_a_stored_code_without_words_and_the_doctor_says_so_too(
    tmp_path: Path,
) -> None:
    async with matching_with_a_church() as database:
        environ = environ_in(a_city_file(tmp_path, ""), database)
        processes = [process(kind, environ) for kind in ("web", "worker")]
        ends = await asyncio.gather(*(asyncio.to_thread(one.communicate, timeout=60) for one in processes))
        found = Deployment("a test", {"matching": database}, {"matching": environ})
        findings = [finding async for finding in check_up(found, embedded=True) if finding.area == "matching codes"]

    for one, (_, errors) in zip(processes, ends, strict=True):
        assert one.returncode == 78
        assert f"matching: {WHAT}: {FIX}" in errors
        assert "Traceback" not in errors
    assert [(finding.words, finding.is_well) for finding in findings] == [(WHAT, False)]
    assert findings[0].fix.startswith(FIX)


async def test_process_starts_when_the_code_is_retired(tmp_path: Path) -> None:
    async with matching_with_a_church() as database:
        environ = environ_in(a_city_file(tmp_path, RETIRED), database)
        web, worker = process("web", environ), process("worker", environ)
        try:
            for port in ("PORT", "METRICS_PORT"):
                await answers(f"http://127.0.0.1:{environ[f'SCHAKEL_{port}']}/livez")
            found = Deployment("a test", {"matching": database}, {"matching": environ})
            findings = [finding async for finding in check_up(found, embedded=True)]
        finally:
            for one in (web, worker):
                one.terminate()
                await asyncio.to_thread(one.communicate, timeout=60)

    assert Finding("matching codes", "each that is stored has words in the city's file") in findings


async def test_embedded_schakel_does_not_start_either_and_says_why() -> None:
    with tempfile.TemporaryDirectory(prefix="schakel-journey-") as made:
        file = a_city_file(Path(made), OFFERED)
        map_file = Path(made) / "map.csv"
        map_file.write_text("organisatie;soort_organisatie;aanbod;categorieen\nDe Bron;faith;Soep;food\n")
        with embedded_schakel(Path(made) / "schakel", city=str(file)) as schakel:
            taken_over = schakel.command("map", "import", str(map_file))
            assert taken_over.returncode == 0, taken_over.stderr
            schakel.stop()
            a_city_file(Path(made), "")
            schakel.begin()
            assert schakel.process is not None
            assert await asyncio.to_thread(schakel.process.wait, 60) == 1
            said = " ".join(schakel.output.split())

    # Intake keeps the kinds of organisations as well; whichever starts first says it.
    assert f"{WHAT}: {FIX}" in said
    assert "Traceback" not in said


async def answers(url: str) -> None:
    """Wait until it does."""
    async with asyncio.timeout(60), httpx.AsyncClient() as http:
        while True:
            try:
                assert (await http.get(url)).status_code == 200
            except httpx.TransportError:
                await asyncio.sleep(0.2)
            else:
                return
