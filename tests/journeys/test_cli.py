"""The command line without anything to talk to: help, refusals with their mend, and no traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from deploy.cli.app import app
from shared.settings import PREFIX

COMMANDS = (
    "demo", "up", "migrate", "provision", "refill", "topics", "doctor", "parked list", "parked show", "parked retry",
    "parked skip", "clock forward", "map import", "people add", "keys create", "keys list", "keys revoke",
    "keys secrets", "schemas export",
)  # fmt: skip


def schakel(*arguments: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run it in an empty folder, with no settings but these."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    root = str(Path(__file__).parents[2])
    return subprocess.run(
        [sys.executable, "-m", "deploy.cli", *arguments],
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
    ("arguments", "mend"),
    [
        (("parked", "list"), "schakel up"),
        (("doctor",), "SCHAKEL_INTAKE_DATABASE_URL"),
        (("topics",), "SCHAKEL_KAFKA_BOOTSTRAP"),
        (("clock", "forward", "3x"), "14d"),
        (("map", "import", "nothing.csv"), "nothing.csv"),
        (("provision", "--admin-url", "postgresql://x"), "SCHAKEL_INTAKE_OWNER_URL"),
        (
            ("people", "add", "--organisation", "x", "--role", "boss", "--name", "x", "--email", "x@y.example"),
            "operator",
        ),
    ],
)
def test_trouble_is_one_line_that_says_how_to_mend_it(arguments: tuple[str, ...], mend: str, tmp_path: Path) -> None:
    done = schakel(*arguments, folder=tmp_path)

    assert done.returncode == 1
    assert done.stderr.startswith("✗ ")
    assert mend in done.stderr
    assert "Traceback" not in done.stderr


def test_clock_stands_fast_in_production(tmp_path: Path) -> None:
    url = "postgresql+asyncpg://nobody@127.0.0.1:1/none"

    done = schakel("clock", "forward", "14d", folder=tmp_path, SCHAKEL_INTAKE_DATABASE_URL=url)

    assert done.returncode == 1
    assert "stands fast" in done.stderr


def test_doctor_names_everything_that_is_wrong_and_ends_with_1(tmp_path: Path) -> None:
    url = "postgresql+asyncpg://nobody:hidden@127.0.0.1:1/none"

    done = schakel("doctor", folder=tmp_path, SCHAKEL_NOTIFY_DATABASE_URL=url)

    assert done.returncode == 1
    for name in ("SCHAKEL_SESSION_KEY", "SCHAKEL_SERVICE_KEY", "SCHAKEL_PUBLIC_URL", "SCHAKEL_SMTP_HOST"):
        assert name in done.stdout
    assert "does not answer" in done.stdout
    assert "hidden" not in done.stdout + done.stderr


def test_fresh_secrets_are_lines_for_an_env_file_and_differ_each_time(tmp_path: Path) -> None:
    first, second = (schakel("keys", "secrets", folder=tmp_path).stdout.splitlines() for _ in range(2))

    assert [line.partition("=")[0] for line in first] == [line.partition("=")[0] for line in second]
    assert not {line.partition("=")[2] for line in first} & {line.partition("=")[2] for line in second}
    assert "SCHAKEL_INTAKE_VAULT_KEY" in "\n".join(first)


def test_version_is_told(tmp_path: Path) -> None:
    assert schakel("--version", folder=tmp_path).stdout.startswith("schakel ")
