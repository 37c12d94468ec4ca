"""Schemas that others publish. They stand outside this repository: SCHAKEL_TEST_STANDARDS names their folder."""

import os
from collections.abc import Iterable
from pathlib import Path

SETTING = "SCHAKEL_TEST_STANDARDS"
CHECKED_IN = "tests/contracts/test_hsds_standard.py"
HSDS_VERSIONS = ("3.0", "3.1-dev")
NOT_CHECKED = (
    "NOT CHECKED against HSDS's own schemas: what /hsds answers. To check it, set SCHAKEL_TEST_STANDARDS to a folder "
    "with hsds/3.0 and hsds/3.1-dev (the compiled schemas and openapi.json of openreferral/specification)."
)


def hsds_folders() -> list[Path]:
    """One for each version of HSDS; none when the setting is not there. Raises when it names what is not there."""
    given = os.environ.get(SETTING)
    if not given:
        return []
    found = [Path(given) / "hsds" / version for version in HSDS_VERSIONS]
    missing = [str(folder) for folder in found if not folder.is_dir()]
    if missing:
        raise FileNotFoundError(f"{SETTING} is set, but there is no {', '.join(missing)}")
    return found


def loud_lines(tests: Iterable[str]) -> list[str]:
    """What a run has to say that had these tests in it."""
    return [NOT_CHECKED] if not os.environ.get(SETTING) and any(CHECKED_IN in test for test in tests) else []
