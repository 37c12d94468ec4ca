"""The command line without anything to talk to: help, refusals with how to fix them, and no traceback."""

import importlib.metadata
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from deploy import __version__
from deploy.cli.app import app
from deploy.install.building import settings_of
from shared.events.catalogue import SERVICES
from shared.kernel.settings import PREFIX, load
from shared.runtime.process import NEEDS, WRONG_SETTINGS
from tests.parts.audit import AUDIT_KEY
from tests.parts.city import SCHIEWIJK

COMMANDS = (
    "demo", "up", "migrate", "provision", "refill", "topics", "doctor", "trace", "parked list", "parked show",
    "parked retry", "parked skip", "clock forward", "map import", "people add", "people list", "people leave",
    "people absent", "people reset-second-factor", "keys create", "keys list", "keys revoke", "keys secrets",
    "keys rings", "keys rotate", "keys bring-back", "schemas export", "city check", "city schema",
    "audit verify", "audit show", "audit prune", "backup", "restore", "erase", "announce",
)  # fmt: skip


def schakel(*arguments: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """The command line in an empty folder, with no settings but these."""
    return run("deploy.cli", *arguments, folder=folder, **{"SCHAKEL_AUDIT_KEY": AUDIT_KEY, **variables})


def run(module: str, *arguments: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """A process of ours in an empty folder, with no settings but these."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    root = str(Path(__file__).parents[2])
    return subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=folder,
        env={**clean, "PYTHONPATH": root, "COLUMNS": "200", **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    done = CliRunner().invoke(app, [*command.split(), "--help"], prog_name="schakel", env={"COLUMNS": "200"})

    assert done.exit_code == 0, done.output
    assert f"schakel {command}" in done.output


@pytest.mark.parametrize(
    ("arguments", "fix"),
    [
        (("parked", "list"), "schakel up"),
        (("doctor",), "SCHAKEL_INTAKE_DATABASE_URL"),
        (("doctor", "--data", "/dev/null"), "schakel up"),
        (("topics",), "SCHAKEL_KAFKA_BOOTSTRAP"),
        (("demo", "--city", "nergenshuizen"), "there is no city 'nergenshuizen': choose schiewijk or veldermeer"),
        (("up", "--city", "nergenshuizen"), "schiewijk or veldermeer"),
        (("clock", "forward", "3x"), "14d"),
        (("map", "import", "nothing.csv"), "nothing.csv"),
        (("provision", "--admin-url", "postgresql://x"), "SCHAKEL_INTAKE_OWNER_URL"),
        (
            ("people", "add", "--organisation", "x", "--role", "boss", "--name", "x", "--email", "x@y.example"),
            "operator",
        ),
        (("people", "add", "--role", "partner", "--name", "Bente"), "--organisation, --email"),
        (("people", "add", "--id", "00000000-0000-4000-8000-000000000000", "--name", " "), "--name"),
        (("people", "add", "--id", "00000000-0000-4000-8000-000000000000", "--email", "Bente <b@x>"), "--email"),
        (("people", "add", "--id", "00000000-0000-4000-8000-000000000000", "--email", ""), "--email"),
        (("people", "add", "--id", "00000000-0000-4000-8000-000000000000", "--phone", "bel maar"), "--phone"),
        (("people", "add", "--id", "00000000-0000-4000-8000-000000000000", "--organisation", "x"), "organisation"),
    ],
)
def test_trouble_is_one_line_that_says_how_to_fix_it(arguments: tuple[str, ...], fix: str, tmp_path: Path) -> None:
    done = schakel(*arguments, folder=tmp_path)

    assert done.returncode == 1
    assert done.stderr.startswith("✗ ")
    assert fix in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("data", ["map.csv", "map.csv/data"])
def test_folder_that_cannot_be_written_is_named_with_another_way(data: str, tmp_path: Path) -> None:
    (tmp_path / "map.csv").touch()

    done = schakel("up", "--data", data, folder=tmp_path)

    assert done.returncode == 1
    assert done.stderr.startswith(f"✗ {data} cannot be written (")
    assert "choose another with --data" in done.stderr


def test_clock_stands_fast_in_production(tmp_path: Path) -> None:
    url = "postgresql+asyncpg://nobody@127.0.0.1:1/none"

    done = schakel("clock", "forward", "14d", folder=tmp_path, SCHAKEL_INTAKE_DATABASE_URL=url)

    assert done.returncode == 1
    assert "stands fast" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "variables", "fix"),
    [
        (("doctor",), {"SCHAKEL_INTAKE_DATABASE_URL": "garbage"}, "SCHAKEL_INTAKE_DATABASE_URL is wrong"),
        (("parked", "list"), {"SCHAKEL_NOTIFY_DATABASE_URL": "mysql://db/x"}, "SCHAKEL_NOTIFY_DATABASE_URL is wrong"),
        (("clock", "forward", "1d"), {"SCHAKEL_INTAKE_DATABASE_URL": "garbage"}, "SCHAKEL_INTAKE_DATABASE_URL"),
        (("provision", "--admin-url", "garbage"), {}, "SCHAKEL_ADMIN_URL"),
        (
            ("doctor",),
            {"SCHAKEL_INTAKE_DATABASE_URL_FILE": sys.executable},
            "SCHAKEL_INTAKE_DATABASE_URL_FILE is wrong",
        ),
    ],
)
def test_wrong_address_is_one_line_that_names_it(
    arguments: tuple[str, ...], variables: dict[str, str], fix: str, tmp_path: Path
) -> None:
    done = schakel(*arguments, folder=tmp_path, **variables)

    assert done.returncode == 1
    assert done.stderr.startswith("✗ ")
    assert fix in done.stderr
    assert "Traceback" not in done.stderr


def test_doctor_names_everything_that_is_wrong_and_ends_with_1(tmp_path: Path) -> None:
    url = "postgresql+asyncpg://nobody:hidden@127.0.0.1:1/none"

    done = schakel("doctor", folder=tmp_path, SCHAKEL_NOTIFY_DATABASE_URL=url)

    assert done.returncode == 1
    for name in ("SCHAKEL_KEY_RING", "SCHAKEL_PUBLIC_URL", "SCHAKEL_SMTP_HOST"):
        assert name in done.stdout
    assert "does not answer" in done.stdout
    assert "hidden" not in done.stdout + done.stderr


def test_fresh_secrets_are_lines_for_an_env_file_and_differ_each_time(tmp_path: Path) -> None:
    first, second = (schakel("keys", "secrets", folder=tmp_path).stdout.splitlines() for _ in range(2))

    assert [line.partition("=")[0] for line in first] == [line.partition("=")[0] for line in second]
    assert not {line.partition("=")[2] for line in first} & {line.partition("=")[2] for line in second}
    assert "SCHAKEL_INTAKE_VAULT_KEY" in "\n".join(first)


def test_fresh_secrets_are_read_by_the_services_and_nothing_else_is_secret(tmp_path: Path) -> None:
    lines = schakel("keys", "secrets", folder=tmp_path).stdout.splitlines()
    printed = dict(line.split("=", 1) for line in lines)
    rings = schakel("keys", "rings", str(tmp_path / "keys"), folder=tmp_path).stdout.splitlines()
    given = {
        **printed,
        **dict(line.split("=", 1) for line in rings),
        **{f"SCHAKEL_{name.upper()}_DATABASE_URL": f"postgresql://{name}:word@db/{name}" for name in SERVICES},
        **{f"SCHAKEL_{name.upper()}_KAFKA_USER": f"schakel-{name}" for name in SERVICES},
        **{f"SCHAKEL_{name.upper()}_KAFKA_PASSWORD": "word" for name in SERVICES},
        "SCHAKEL_PUBLIC_URL": "https://schakel.example",
        "SCHAKEL_CITY": str(SCHIEWIJK),
        "SCHAKEL_KAFKA_BOOTSTRAP": "kafka:9092",
        "SCHAKEL_SMTP_HOST": "mail.example",
        "SCHAKEL_MAIL_FROM": "schakel@gemeente.example",
    }

    settings = [load(settings_of(name), given, service=name, required=NEEDS) for name in SERVICES]

    assert {one.database_url.rpartition("/")[2] for one in settings} == set(SERVICES)
    shown = "".join(one.model_dump_json() for one in settings)
    assert [name for name, value in printed.items() if value not in shown] == []


@pytest.mark.timeout(180)
def test_keys_are_rotated_where_they_are_and_what_cannot_be_is_said(tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    assert schakel("keys", "rings", str(keys), folder=tmp_path).returncode == 0
    before = {file: file.read_text() for file in keys.rglob("*.json")}

    rotated = schakel("keys", "rotate", "sessions", "--data", str(tmp_path), folder=tmp_path)

    assert rotated.returncode == 0, rotated.stderr
    assert len(before) == len(SERVICES)
    assert [file for file, text in before.items() if file.read_text() == text] == []
    for wrong, said in (
        (("vaults",), "choose from vault, codes, seats, sessions, systems, services"),
        (("sessions", "--data", str(tmp_path / "nowhere")), "there are no keys for sessions"),
    ):
        refused = schakel("keys", "rotate", *wrong, folder=tmp_path)
        assert (refused.returncode, refused.stderr.count("\n"), said in refused.stderr) == (1, 1, True)


def test_service_names_everything_that_is_missing_at_once(tmp_path: Path) -> None:
    done = run("services.notify", "web", folder=tmp_path)

    assert done.returncode == WRONG_SETTINGS
    missing = (
        "CITY", "DATABASE_URL", "KAFKA_BOOTSTRAP", "PUBLIC_URL", "KEY_RING", "AUDIT_KEY", "SMTP_HOST", "MAIL_FROM",
    )  # fmt: skip
    assert done.stderr.count("is missing: ") == len(missing)
    assert [name for name in missing if f"SCHAKEL_{name} is missing" not in done.stderr] == []


def test_slip_of_the_pen_is_named_at_the_start_and_by_the_doctor(tmp_path: Path) -> None:
    slip = {"SCHAKEL_KAFKA_BOOTSTRP": "kafka:9092", "SCHAKEL_INTAKE_URL": "http://intake:8000"}
    said = "SCHAKEL_KAFKA_BOOTSTRP is no setting, and does nothing: did you mean SCHAKEL_KAFKA_BOOTSTRAP?"

    started = run("services.notify", "worker", folder=tmp_path, **slip)
    looked_at = schakel("doctor", folder=tmp_path, SCHAKEL_NOTIFY_DATABASE_URL="postgresql://x@127.0.0.1:1/x", **slip)

    assert started.returncode == WRONG_SETTINGS
    assert started.stderr.splitlines()[0] == said
    assert started.stderr.count("is no setting") == 1
    assert looked_at.returncode == 1
    assert said.replace(": did", "\n  → did") in looked_at.stdout


def test_version_is_told_also_where_the_package_is_not_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def not_installed(_name: str) -> str:
        raise importlib.metadata.PackageNotFoundError

    monkeypatch.setattr(importlib.metadata, "version", not_installed)

    assert CliRunner().invoke(app, ["--version"]).output == f"schakel {__version__}\n"
    assert schakel("--version", folder=tmp_path).stdout == f"schakel {__version__}\n"
