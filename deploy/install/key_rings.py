"""The keys by which services know each other and the sessions: `<folder>/<service>/key_ring.json` for each service.

They are made where they are missing, and may be rotated while Schakel runs: every file first gets the new key, a moment
later it is the one that signs, and the old one is accepted as long as something that it signed may live. Nothing that
is stored opens with them: who loses them signs in again. The key of marks (`shared.privacy.marks`) is not rotated.
"""

import os
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from joserfc.jwk import OctKey, OKPKey, import_key

from deploy.install.errors import OperatorError
from shared.access.service_tokens import TOKEN_LASTS as QUESTION_LASTS
from shared.access.sessions import SESSION_LASTS
from shared.access.signing import ED25519, HS256, PAIRS, SESSIONS, SIGNED_BY, SYSTEMS
from shared.access.system_tokens import TOKEN_LASTS as SYSTEM_LASTS
from shared.events.catalogue import SERVICES
from shared.kernel.key_ring import KeyRingUnreadable, Keys, RingKey, read_keys, written
from shared.privacy.marks import PURPOSE as MARKS
from shared.privacy.marks import SHARED_BY

FILE: Final = "key_ring.json"
FOR_ITS_OWNER: Final = 0o600
# By then every process has looked at its file, and a clock that differs a little does not matter.
KNOWN_BEFORE: Final = timedelta(seconds=30)
CLOCKS_DIFFER: Final = timedelta(minutes=1)
ROTATED: Final[Mapping[str, tuple[str, ...]]] = {
    "sessions": (SESSIONS,),
    "systems": (SYSTEMS,),
    "services": tuple(PAIRS),
}
"""What can be rotated by name, and for what these keys are."""
_LASTS: Final = {SESSIONS: SESSION_LASTS, SYSTEMS: SYSTEM_LASTS}


def new_key(purpose: str, *, signs_from: datetime | None = None) -> RingKey:
    """A key that nobody has used: a pair of halves where one signs and all check, else a shared secret."""
    made: OKPKey | OctKey
    if purpose in SIGNED_BY:
        made, algorithm = OKPKey.generate_key("Ed25519"), ED25519
    else:
        made, algorithm = OctKey.generate_key(256), HS256
    jwk = {"kid": secrets.token_urlsafe(9), "alg": algorithm, "use": "sig", **made.as_dict(private=True)}
    return RingKey(jwk=jwk, signs_from=signs_from)


def ring_of(service: str, keys: Keys) -> dict[str, tuple[RingKey, ...]]:
    """What this service is given of all keys: to sign its own, to check what is for it, and no more."""
    ring = {purpose: tuple(keys[purpose]) for purpose, pair in PAIRS.items() if service in pair}
    if service in SHARED_BY:
        ring[MARKS] = tuple(keys[MARKS])
    for purpose, signer in SIGNED_BY.items():
        ring[purpose] = tuple(one if service == signer else _public(one) for one in keys[purpose])
    return ring


def make_key_rings(folder: Path, *, mode: int = FOR_ITS_OWNER) -> None:
    """Make what is missing, and bring together what a rotation left half done. Raises OperatorError."""
    keys = _kept(folder)
    for purpose in (*SIGNED_BY, *PAIRS, MARKS):
        if not any(_signs(one) and one.accepted_until is None for one in keys.get(purpose, ())):
            keys[purpose] = (*keys.get(purpose, ()), new_key(purpose))
    _write(folder, keys, mode)


def rotate_rings(folder: Path, kind: str, now: datetime, *, at_once: bool = False) -> datetime:
    """A new key for each purpose of this kind; returns until when the old ones are accepted.

    `at_once`: the old ones may have been seen by somebody, so that what they signed opens nothing from now on.
    Raises OperatorError, with everything as it was.
    """
    keys = _kept(folder)
    if missing := [purpose for purpose in ROTATED[kind] if not keys.get(purpose)]:
        msg = f"there are no keys for {', '.join(missing)} in {folder}: start Schakel once, which makes them"
        raise OperatorError(msg)
    until = now
    for purpose in ROTATED[kind]:
        signs_from = now if at_once else now + KNOWN_BEFORE
        ends = now if at_once else signs_from + _LASTS.get(purpose, QUESTION_LASTS) + CLOCKS_DIFFER
        old = [_ended(one, ends) for one in keys[purpose] if one.accepted_at(now)]
        keys[purpose] = (*old, new_key(purpose, signs_from=signs_from))
        until = max(until, ends)
    _write(folder, keys, FOR_ITS_OWNER)
    return until


def _ended(key: RingKey, ends: datetime) -> RingKey:
    ends = min(ends, key.accepted_until) if key.accepted_until else ends
    return key.model_copy(update={"accepted_until": ends})


def _public(key: RingKey) -> RingKey:
    return key.model_copy(update={"jwk": dict(import_key(key.jwk).as_dict(private=False))})


def _signs(key: RingKey) -> bool:
    return import_key(key.jwk).is_private


def _kept(folder: Path) -> dict[str, tuple[RingKey, ...]]:
    """What all the files hold together: of each key the half that says most, and the end that comes first."""
    keys: dict[str, dict[str, RingKey]] = {}
    for file in _files(folder).values():
        if not file.exists():
            continue
        try:
            found = read_keys(file)
        except KeyRingUnreadable as wrong:
            msg = f"{file} is damaged ({wrong}): take it away and start Schakel again; people sign in anew"
            raise OperatorError(msg) from None
        for purpose, of in found.items():
            for one in of:
                known = keys.setdefault(purpose, {}).get(one.kid, one)
                keys[purpose][one.kid] = _together(known, one)
    return {purpose: tuple(sorted(of.values(), key=_age)) for purpose, of in keys.items()}


def _together(one: RingKey, other: RingKey) -> RingKey:
    whole = one if _signs(one) else other
    ends = [each.accepted_until for each in (one, other) if each.accepted_until]
    return whole.model_copy(update={"accepted_until": min(ends, default=None)})


def _age(key: RingKey) -> tuple[bool, Any]:
    return (key.signs_from is not None, key.signs_from)


def _files(folder: Path) -> dict[str, Path]:
    return {service: folder / service / FILE for service in SERVICES}


def _write(folder: Path, keys: Keys, mode: int) -> None:
    """All files are there before the first takes its place; one that says the same stays."""
    new: list[tuple[Path, Path]] = []
    for service, file in _files(folder).items():
        text = written(ring_of(service, keys))
        if file.exists() and file.read_text(encoding="utf-8") == text:
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_name(f"{FILE}.{secrets.token_hex(4)}")
        _write_beside(beside, text, file.stat().st_mode & 0o777 if file.exists() else mode)
        new.append((beside, file))
    for beside, file in _signers_last(new):
        beside.rename(file)


def _write_beside(file: Path, text: str, mode: int) -> None:
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FOR_ITS_OWNER)
    with os.fdopen(handle, "w", encoding="utf-8") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())
    file.chmod(mode)


def _signers_last(new: Iterable[tuple[Path, Path]]) -> list[tuple[Path, Path]]:
    """Whoever checks knows a key before whoever signs with it."""
    return sorted(new, key=lambda each: each[1].parent.name in SIGNED_BY.values())
