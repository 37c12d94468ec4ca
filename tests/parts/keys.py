"""The keys of the tests' services: each has its own ring, as an installation gives it."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from uuid import UUID

from deploy.install.key_rings import FILE, make_key_rings, new_key, ring_of
from shared.access.sessions import Sessions
from shared.access.signing import PAIRS, SIGNED_BY, pair
from shared.access.system_tokens import SystemTokens
from shared.events.http import ASKS
from shared.kernel.key_ring import KeyRing, RingKey
from shared.privacy.marks import PURPOSE as MARKS
from shared.privacy.marks import KeyedMarks


def new_keys() -> dict[str, tuple[RingKey, ...]]:
    """One for each purpose."""
    return {purpose: (new_key(purpose),) for purpose in (*SIGNED_BY, *PAIRS, MARKS)}


KEYS: Final = new_keys()


@cache
def ring(service: str) -> KeyRing:
    """What this service holds."""
    return KeyRing(ring_of(service, KEYS))


def mark(case_id: UUID, organisation_id: UUID) -> str:
    """How facts name this organisation in this case."""
    return KeyedMarks(ring("intake")).of(case_id, organisation_id)


def sessions_of_matching(*, secure: bool) -> Sessions:
    """Who signs people in."""
    return Sessions(ring("matching"), secure=secure)


def tokens_of_intake() -> SystemTokens:
    """Who gives schools' systems their tokens."""
    return SystemTokens(ring("intake"))


def ring_that_asks(asks: str, answers: str) -> KeyRing:
    """The ring of a service, with a key of its own making for a question that it has no business to ask."""
    if (asks, answers) in ASKS:
        return ring(asks)
    return KeyRing({pair(asks, answers): (new_key(pair(asks, answers)),)})


def unsigned(head: Mapping[str, Any], claims: Mapping[str, Any]) -> str:
    """A token that nobody signed, as a library would make one when it is asked to."""
    parts = (json.dumps(dict(each)).encode() for each in (head, claims))
    return ".".join([*(urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts), ""])


@cache
def _folder() -> TemporaryDirectory[str]:
    folder = TemporaryDirectory(prefix="schakel-keys-")
    make_key_rings(Path(folder.name))
    return folder


def ring_file(service: str) -> str:
    """A ring in a file, for settings that are read from an environment; its keys are not those of `ring`."""
    return str(Path(_folder().name) / service / FILE)
