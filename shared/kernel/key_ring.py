"""The keys that one service signs and checks with: its own file, which may be written anew while it runs.

A key has a day from which it signs and one until which it is accepted, so that a new one is known to all before
anybody signs with it, and an old one still opens what it signed.
"""

import json
import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Self

import structlog
from joserfc.errors import JoseError
from joserfc.jwk import Key, OctKey, import_key
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

# How often the file is looked at, however many tokens come.
LOOKED_AT_SECONDS: Final = 1.0
log = structlog.get_logger(__name__)


class KeyRingUnreadable(Exception):
    """The file is no ring of keys; what is in it is never shown."""


class NoSuchKey(LookupError):
    """This service has no key to sign this with: another one does."""


class RingKey(BaseModel):
    """One key, as a JWK (RFC 7517) with its `kid`; whoever only checks a signature has its public half."""

    model_config = ConfigDict(frozen=True)

    jwk: dict[str, Any] = Field(repr=False)
    signs_from: AwareDatetime | None = None
    """Before this it is only known; None: from the beginning."""
    accepted_until: AwareDatetime | None = None
    """What it signed opens nothing after this; None: no newer one took its place."""

    @property
    def kid(self) -> str:
        """Its name, in the head of what it signed."""
        return str(self.jwk["kid"])

    def signs_at(self, now: datetime) -> bool:
        """Whether its turn has come and its end has not."""
        return (self.signs_from is None or self.signs_from <= now) and self.accepted_at(now)

    def accepted_at(self, now: datetime) -> bool:
        """Whether what it signed is believed."""
        return self.accepted_until is None or now < self.accepted_until


Keys = Mapping[str, Sequence[RingKey]]
"""By what they are for, the oldest first."""
KEYS: Final[TypeAdapter[dict[str, tuple[RingKey, ...]]]] = TypeAdapter(dict[str, tuple[RingKey, ...]])


def read_keys(file: Path) -> Keys:
    """What stands in this file. Raises KeyRingUnreadable."""
    try:
        return KEYS.validate_json(file.read_bytes())
    except OSError as error:
        raise KeyRingUnreadable(error.strerror or type(error).__name__) from None
    except ValidationError:
        raise KeyRingUnreadable("no ring of keys stands in it") from None


def written(keys: Keys) -> str:
    """As it stands in the file."""
    return json.dumps(KEYS.dump_python({purpose: tuple(of) for purpose, of in keys.items()}, mode="json"), indent=2)


class KeyRing:
    """What is in the file now. `known` and `to_sign` look at most once a second whether it was written anew."""

    def __init__(self, keys: Keys, file: Path | None = None) -> None:
        self._file = file
        self._mark: object = None
        self._looked_at = float("-inf")
        self._hold(keys)

    @classmethod
    def of(cls, file: Path) -> Self:
        """That of this file. Raises KeyRingUnreadable."""
        ring = cls({}, file)
        ring._mark = _mark_of(file)
        ring._hold(read_keys(file))
        return ring

    def to_sign(self, purpose: str, now: datetime) -> tuple[str, Key]:
        """The name of the newest key whose turn has come, and the key. Raises NoSuchKey."""
        self._look()
        for one in reversed(self._keys.get(purpose, ())):
            if one.signs_at(now) and self._made[one.kid].is_private:
                return one.kid, self._made[one.kid]
        raise NoSuchKey(purpose)

    def secret(self, purpose: str) -> bytes:
        """What the services that hold this key have in common, to make marks with. Raises NoSuchKey."""
        self._look()
        for one in self._keys.get(purpose, ()):
            made = self._made[one.kid]
            if isinstance(made, OctKey):
                return made.raw_value
        raise NoSuchKey(purpose)

    def known(self, purposes: Iterable[str], kid: object, now: datetime) -> tuple[str, Key] | None:
        """For which of these purposes the key of this name is, and the key; None: it is not here, or its end came."""
        self._look()
        for purpose in purposes:
            for one in self._keys.get(purpose, ()):
                if one.kid == kid and one.accepted_at(now):
                    return purpose, self._made[one.kid]
        return None

    def _hold(self, keys: Keys) -> None:
        try:
            self._made = {one.kid: import_key(one.jwk) for of in keys.values() for one in of}
        except (JoseError, KeyError, ValueError, TypeError):
            raise KeyRingUnreadable("one of its keys is none") from None
        self._keys = keys

    def _look(self) -> None:
        if self._file is None or time.monotonic() - self._looked_at < LOOKED_AT_SECONDS:
            return
        self._looked_at = time.monotonic()
        mark = _mark_of(self._file)
        if mark == self._mark:
            return
        try:
            self._hold(read_keys(self._file))
        except KeyRingUnreadable as wrong:
            # What was read before still holds; the doctor and the next start name the file.
            log.warning("key_ring_unreadable", error=str(wrong))
            return
        self._mark = mark
        log.info("key_ring_read_anew")


def _mark_of(file: Path) -> object:
    """Another one after each time that it was written."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
