"""Answers to requests that may be sent twice and are served once."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AskedBefore:
    """A machine's mark on one request: `key` is its own, `scope` says whose, `fingerprint` is of what it asked."""

    scope: str
    key: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What was answered to such a request."""

    fingerprint: str
    status: int
    body: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What is known of keys at the moment they are taken: which another transaction holds, and the earlier replies."""

    held: frozenset[AskedBefore]
    known: Mapping[tuple[str, str], Reply]
