"""An embedded Schakel stays in the city that was chosen at its first start, and says so when another is named."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from deploy.demo.city.demo_city import demo_city
from deploy.demo.first_start import DatabasesOfAnotherCity, load_the_city
from deploy.install.deployments import Deployment
from tests.journeys.embedded import EmbeddedSchakel, embedded_schakel
from tests.journeys.test_cli import schakel as in_an_empty_folder
from tests.parts.city import VELDERMEER

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(240)]


@pytest.fixture(scope="module")
def schakel() -> Iterator[EmbeddedSchakel]:
    """In the second city."""
    with (
        tempfile.TemporaryDirectory(prefix="schakel-journey-") as made,
        embedded_schakel(Path(made) / "schakel", city="veldermeer") as running,
    ):
        yield running


def test_pages_and_commands_are_of_the_city_of_the_folder(schakel: EmbeddedSchakel) -> None:
    page = httpx.get(f"{schakel.url}/kaart").text

    assert "Havenkwartier" in page
    assert "Schiewijk" not in page
    assert "the newest tables" in schakel.command("doctor").stdout


async def test_databases_of_another_city_get_no_second_map(schakel: EmbeddedSchakel) -> None:
    found, other = schakel.deployment, demo_city("schiewijk")
    elsewhere = {name: {**given, "SCHAKEL_CITY": str(other.file)} for name, given in found.environ.items()}

    with pytest.raises(DatabasesOfAnotherCity, match=r"not of Schiewijk.*compose-down VOLUMES=1"):
        await load_the_city(
            Deployment("a test", found.databases, elsewhere), other.map_file, schakel.secrets.school_api_key, print
        )


def test_another_city_is_refused_and_the_same_goes_on(schakel: EmbeddedSchakel) -> None:
    assert schakel.stop() == 0

    refused = schakel.command("up", "--city", "schiewijk")
    schakel.city = ""
    schakel.start()

    assert refused.returncode == 1
    assert "is of veldermeer, not of schiewijk: leave --city out" in refused.stderr
    assert "Havenkwartier" in httpx.get(f"{schakel.url}/kaart").text


def test_city_of_ones_own_has_no_stories_to_play(tmp_path: Path) -> None:
    file = tmp_path / "city.toml"
    file.write_bytes(VELDERMEER.read_bytes())

    done = in_an_empty_folder("demo", "--exit", "--city", str(file), folder=tmp_path)

    assert done.returncode == 1
    assert "nothing was invented for Veldermeer: `schakel up --city`" in done.stderr
    assert "Traceback" not in done.stderr


def test_city_of_ones_own_starts_with_an_empty_map_and_is_told_so_until_it_has_one() -> None:
    with tempfile.TemporaryDirectory(prefix="schakel-journey-") as made:
        Path(made).chmod(0o755)
        file = Path(made) / "city.toml"
        file.write_bytes(VELDERMEER.read_bytes())
        own = EmbeddedSchakel(Path(made) / "schakel", city=str(file))
        try:
            own.begin()
            own.wait_until(lambda: "the social map is empty" in own.output)

            assert httpx.get(f"{own.url}/kaart").status_code == httpx.codes.OK
            assert "no keys yet" in own.command("keys", "list").stdout

            csv = Path(made) / "map.csv"
            csv.write_text("organisatie;aanbod;categorieen\nDe Soeplepel;Weekkrat;groceries\n", encoding="utf-8")
            own.command("map", "import", str(csv))
            own.stop()
            own.start()
            assert "the social map is empty" not in own.output.rpartition("starting PostgreSQL")[2]
        finally:
            own.clear_away()
