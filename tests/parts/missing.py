"""A real part that is not there: its tests are skipped, loudly. In CI, where all must be there, that is a failure."""

import os
import re
from collections import Counter
from collections.abc import Iterable
from typing import NoReturn

import pytest

SAID = re.compile(r"part missing: (.+?) \((.*)\)$")

WAYS = {
    "PostgreSQL": "run `make test` (it installs an embedded one), or set SCHAKEL_TEST_POSTGRES_URL",
    "Apache Kafka": "start a container engine that can have the image, or set SCHAKEL_TEST_KAFKA=host:port",
    "Redis": "start a container engine that can have the image, or set SCHAKEL_TEST_REDIS=redis://host:port",
    "Chromium": "install Debian's chromium (or another Chromium), or set SCHAKEL_TEST_CHROMIUM to its program",
    "a container engine": "start one that Docker's own client reaches, with Compose",
    "a part of our own": "unset the part's SCHAKEL_TEST_ address, so that the tests start one that they may stop",
}


def skip_for(part: str, why: str) -> NoReturn:
    """Skip the test that asks for `part`; the summary of the run counts it and says how to get the part."""
    pytest.skip(f"part missing: {part} ({why.splitlines()[0]})")


def loud_lines(reasons: Iterable[str]) -> list[str]:
    """One line for each missing part: how many tests it held back, why, and how to get it."""
    held_back = Counter(match.groups() for reason in reasons if (match := SAID.search(reason)))
    return [
        f"{part} is MISSING ({why}): {count} tests were skipped. To run them: {WAYS[part]}"
        for (part, why), count in held_back.items()
    ]


def nothing_may_be_skipped() -> bool:
    """In CI every part must be there, so a skipped test is a failure of the run."""
    return os.environ.get("CI", "").lower() not in {"", "0", "false"}
