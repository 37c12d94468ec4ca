"""The commands of an operator on an embedded Schakel that runs, and on one that does not."""

import asyncio
import functools
import re
import tempfile
import uuid
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import asyncpg
import pytest

from deploy.demo.stories.child import Child
from deploy.demo.stories.people import DoorClosed, SchoolSystem
from deploy.demo.stories.telling import Telling
from services.intake.web.school_systems import REMEMBERED_SECONDS
from shared.events.catalogue import SERVICES
from tests.journeys.embedded import EmbeddedSchakel, embedded_schakel
from tests.parts.stories import AMINA

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(240)]
HEARS_INTAKE = ("matching", "monitoring", "notify")
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@pytest.fixture(scope="module")
def schakel() -> Iterator[EmbeddedSchakel]:
    """One for all of these tests; none of them depends on what another one did."""
    with (
        tempfile.TemporaryDirectory(prefix="schakel-journey-") as made,
        embedded_schakel(Path(made) / "schakel") as running,
    ):
        yield running


def test_doctor_finds_nothing_wrong(schakel: EmbeddedSchakel) -> None:
    done = schakel.command("doctor")

    findings = [line for line in done.stdout.splitlines() if line.startswith("✗")]
    # Style sheets are built by `make assets`, which is not what is tried here.
    assert [finding for finding in findings if "pages" not in finding] == []
    assert sum(line.startswith("✓") for line in done.stdout.splitlines()) >= 12


def test_migrate_again_changes_nothing(schakel: EmbeddedSchakel) -> None:
    done = schakel.command("migrate")

    assert done.returncode == 0, done.stderr
    assert done.stdout.count("the newest tables") == len(SERVICES)
    assert schakel.command("migrate", "--check").returncode == 0


async def test_key_opens_the_door_until_it_is_revoked(schakel: EmbeddedSchakel) -> None:
    listed = schakel.command("keys", "list").stdout
    _, organisation, ambassador = UUID.findall(listed)[:3]
    made = schakel.command(
        "keys", "create", "--organisation", organisation, "--ambassador", ambassador, "--label", "een ander systeem"
    )
    assert made.returncode == 0, made.stderr
    world = schakel.world
    world.api_key = made.stdout.splitlines()[-1]

    case = await SchoolSystem(world).ask(AMINA.request(world), key="with-the-new-key")
    key = UUID.findall(made.stdout)[0]
    revoked = schakel.command("keys", "revoke", key)

    assert revoked.returncode == 0
    assert world.api_key not in schakel.command("keys", "list").stdout
    # A key is remembered for five seconds, so it may still open the door for as long.
    await asyncio.sleep(REMEMBERED_SECONDS + 1)
    with pytest.raises(DoorClosed, match="401"):
        await SchoolSystem(world).look(case["links"]["self"])


def test_key_for_somebody_else_is_refused(schakel: EmbeddedSchakel) -> None:
    nobody = "00000000-0000-4000-8000-000000000000"

    done = schakel.command("keys", "create", "--organisation", nobody, "--ambassador", nobody, "--label", "x")

    assert done.returncode == 1
    assert done.stderr == "✗ Deze persoon kan niet namens jouw organisatie hulp vragen.\n"


async def test_event_of_a_future_version_stands_aside_until_somebody_passes_over_it(schakel: EmbeddedSchakel) -> None:
    event = await _say(schakel, "nl.schakel.intake.request-received.v99")
    await _until(functools.partial(_parked_everywhere, schakel), there=True)

    listed = schakel.command("parked", "list")
    shown = schakel.command("parked", "show", event)
    retried = schakel.command("parked", "retry", event, "--service", "monitoring")
    retried_everywhere = schakel.command("parked", "retry", event)
    unclear = schakel.command("parked", "skip", event, "--yes")
    passed_over = [schakel.command("parked", "skip", event, "--yes", "--service", service) for service in HEARS_INTAKE]

    assert event in listed.stdout
    assert [f"v99 at {service}" in shown.stdout for service in HEARS_INTAKE] == [True] * 3
    assert [line.split()[1] for line in retried.stdout.splitlines()] == ["monitoring:"]
    assert [line.split()[1].strip(":") for line in retried_everywhere.stdout.splitlines()] == [*HEARS_INTAKE]
    assert unclear.returncode == 1
    assert f"parked at {', '.join(HEARS_INTAKE)}: say at which with --service" in unclear.stderr
    assert [done.returncode for done in passed_over] == [0, 0, 0]
    await _until(schakel.parked, there=False)
    assert schakel.command("parked", "skip", event, "--yes").returncode == 1


async def test_refill_has_no_effect_twice(schakel: EmbeddedSchakel) -> None:
    child = Child(schakel.world, Telling(), AMINA, "refill")
    await child.school_asks()
    await child.partner_is_asked("asked")
    before = len(await schakel.world.mails())

    done = schakel.command("refill")

    assert done.returncode == 0, done.stderr
    await _until(functools.partial(_waiting, schakel), there=False)
    assert len(await schakel.world.mails()) == before
    # What no release can read yet is said again too, and stands aside again.
    assert [kind for kind in await schakel.parked() if not kind.endswith(".v99")] == []


def test_person_joins_a_known_organisation_only(schakel: EmbeddedSchakel) -> None:
    organisation = UUID.findall(schakel.command("keys", "list").stdout)[1]
    person = ("--role", "ambassador", "--name", "Bente Bedacht", "--email", "bente@school.example")

    joined = schakel.command("people", "add", "--organisation", organisation, *person)
    refused = schakel.command("people", "add", "--organisation", "nergens", *person)

    assert joined.returncode == 0, joined.stderr
    assert refused.returncode == 1
    assert "map import" in refused.stderr


def test_person_is_changed_by_id_the_address_too(schakel: EmbeddedSchakel) -> None:
    organisation = UUID.findall(schakel.command("keys", "list").stdout)[1]
    entry = ("--organisation", organisation, "--name", "Wim Bedacht", "--email", "wmi@school.example")
    joined = schakel.command("people", "add", *entry, "--role", "coordinator")
    person = UUID.findall(joined.stdout)[0]

    changed = schakel.command("people", "add", "--id", person, "--email", "wim@school.example")
    again = schakel.command("people", "add", *entry[:-1], "wim@school.example", "--role", "partner")
    nobody = schakel.command("people", "add", "--id", organisation, "--name", "Wim")

    assert f"{person} (coordinator of organisation {organisation})" in changed.stdout
    assert f"{person} (partner of organisation {organisation})" in again.stdout
    assert nobody.returncode == 1
    assert "kennen we niet" in nobody.stderr


def test_map_import_names_every_bad_row_and_takes_over_the_good_ones(schakel: EmbeddedSchakel, tmp_path: Path) -> None:
    file = tmp_path / "kaart.csv"
    file.write_text(
        "organisatie;aanbod;categorieen;contactpersoon;email;wijk\n"
        "Stichting Verzonnen;Fietsen voor kinderen;bike;Kim Bedacht;kim@verzonnen.example\n"
        + "".join(f"Stichting Verzonnen;Vliegtuig {at};vliegtuig;Kim;kim@verzonnen.example\n" for at in range(60)),
        encoding="utf-8",
    )

    first, again = schakel.command("map", "import", str(file)), schakel.command("map", "import", str(file))

    assert "1 services" in first.stdout
    assert "mistakes: 60; a row with a mistake is not taken over" in first.stdout
    assert first.stdout.count(str(file)) == 61
    assert "wijken" in first.stdout
    assert "0 services" in again.stdout
    assert [first.returncode, again.returncode] == [0, 0]
    assert "✓ taken over: 0 organisations" in again.stdout


@pytest.mark.parametrize(
    ("name", "text", "named"),
    [
        ("kaart.json", "{", "geen goede JSON"),
        ("kaart.csv", "organisatie;aanbod;categorieen;wijk\nStichting Verzonnen;Vliegen;vliegtuig;Oost\n", "vliegtuig"),
        ("kaart.csv", "organisatie;aanbod;categorieen;wijk\n", "wijken"),
    ],
)
def test_map_import_calls_nothing_taken_over_of_a_file_without_a_good_row(
    schakel: EmbeddedSchakel, tmp_path: Path, name: str, text: str, named: str
) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")

    nothing = schakel.command("map", "import", str(file))

    assert nothing.returncode == 1
    assert named in nothing.stdout
    assert "✓" not in nothing.stdout
    assert "were taken over" not in nothing.stdout
    assert "nothing was taken over" in nothing.stderr


async def test_directory_is_said_again_and_nobody_gets_mail_of_it(schakel: EmbeddedSchakel) -> None:
    before = await schakel.world.mails()
    assert "said again: " in schakel.command("announce").stdout
    assert await schakel.world.mails() == before


def test_clock_goes_forward_and_says_how_far(schakel: EmbeddedSchakel) -> None:
    done = schakel.command("clock", "forward", "1h")
    assert done.returncode == 0, done.stderr
    assert "1 hours ahead" in done.stdout


def test_commands_start_the_databases_themselves_when_nothing_runs() -> None:
    with tempfile.TemporaryDirectory(prefix="schakel-journey-") as made:
        with embedded_schakel(Path(made) / "schakel") as schakel:
            assert schakel.stop() == 0
            done = schakel.command("keys", "list")
        assert done.returncode == 0, done.stderr
        assert "leerlingvolgsysteem" in done.stdout
        assert not (Path(made) / "schakel" / "postgres" / "data" / "postmaster.pid").exists()


async def _say(schakel: EmbeddedSchakel, wire_name: str) -> str:
    """An event in intake's outbox as a later release would say it; returns its id."""
    intake = await asyncpg.connect(schakel.deployment.app_urls["intake"].replace("+asyncpg", ""))
    try:
        event: uuid.UUID = await intake.fetchval(
            "INSERT INTO outbox (id, subject, sequence, type, topic, occurred_at, correlation_id, data) "
            "VALUES (gen_random_uuid(), gen_random_uuid(), 1, $1, 'schakel.intake', now(), gen_random_uuid(), '{}') "
            "RETURNING id", wire_name,
        )  # fmt: skip
    finally:
        await intake.close()
    return str(event)


async def _parked_everywhere(schakel: EmbeddedSchakel) -> list[str]:
    """What stands aside, once each that hears intake has put it aside."""
    return found if len(found := await schakel.parked()) == len(HEARS_INTAKE) else []


async def _waiting(schakel: EmbeddedSchakel) -> list[str]:
    """The services whose outbox has something to publish."""
    found: list[str] = []
    for service, url in schakel.deployment.app_urls.items():
        connection = await asyncpg.connect(url.replace("+asyncpg", ""))
        if await connection.fetchval("SELECT EXISTS (SELECT FROM outbox WHERE published_at IS NULL)"):
            found.append(service)
        await connection.close()
    return found


async def _until(question: Callable[[], Awaitable[list[str]]], *, there: bool) -> None:
    """There is something, or there is nothing any more."""
    async with asyncio.timeout(30):
        while bool(await question()) is not there:  # noqa: ASYNC110 - a database does not tell
            await asyncio.sleep(0.1)
