"""Names in the environment that look like settings and are none: a slip of the pen that would do nothing, unseen."""

import json
import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Final

from shared.events.catalogue import SERVICES
from shared.kernel.settings import FILE_SUFFIX, PREFIX

# What commands, Compose and the Makefile read, and the tests.
OF_OPERATORS: Final = frozenset(
    {"ADMIN_URL", "BIND", "CITY_LOGO", "CRASH_AT", "CRASH_ROUNDS", "DATA", "HTTPS_PORT", "HTTP_PORT", "LIVES",
     "OUTER_PROXIES", "OWNER_URL", "SECRETS_FOLDER", "SEED", "SERVICE", "SITE"}
)  # fmt: skip
OF_TESTS: Final = f"{PREFIX}TEST_"
_OF_ONE: Final = re.compile(rf"({'|'.join(map(str.upper, SERVICES))})_(.+)")


@cache
def setting_names() -> frozenset[str]:
    """The settings of all services, without prefix; the file is written by `schakel schemas export`."""
    return frozenset(json.loads(files("shared.runtime").joinpath("setting_names.json").read_text(encoding="utf-8")))


def unknown_settings(names: Iterable[str]) -> dict[str, str]:
    """Each name that means nothing to any part of Schakel, and the nearest that does; empty: none is near."""
    given = {name.removesuffix(FILE_SUFFIX) for name in names if name.startswith(PREFIX)}
    return {name: _nearest(name) for name in sorted(given) if not _is_known(name)}


def complaint(name: str, nearest: str) -> str:
    """What to say of it."""
    return f"{name} is no setting, and does nothing: " + (f"did you mean {nearest}?" if nearest else "take it out")


def _is_known(name: str) -> bool:
    known = setting_names() | OF_OPERATORS
    plain = name.removeprefix(PREFIX)
    of_one = _OF_ONE.fullmatch(plain)
    return plain in known or name.startswith(OF_TESTS) or (of_one is not None and of_one[2] in known)


def _nearest(name: str) -> str:
    plain = name.removeprefix(PREFIX)
    of_one = _OF_ONE.fullmatch(plain)
    start, end = (f"{PREFIX}{of_one[1]}_", of_one[2]) if of_one else (PREFIX, plain)
    return next((start + near for near in get_close_matches(end, sorted(setting_names() | OF_OPERATORS), n=1)), "")
