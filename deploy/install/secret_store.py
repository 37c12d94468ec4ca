"""The secrets of one installation: made at the first start, kept in a file that only its owner can read.

The file names what it holds. A secret that a later release needs, or that of a new service, is added; one that was
there and is gone is missed: made anew it would open nothing.
"""

import base64
import json
import os
import secrets
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError

from deploy.install.errors import OperatorError
from shared.events.catalogue import SERVICES

FILE = "secrets.json"
KEY_BYTES = 32


def new_key() -> str:
    """43 characters of chance."""
    return secrets.token_urlsafe(KEY_BYTES)


def new_vault_key() -> str:
    """32 bytes of chance in base64, as sealed columns want their key."""
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def new_api_key() -> str:
    """What a school's system shows at the door."""
    return f"sk_{secrets.token_urlsafe(KEY_BYTES)}"


Secret = Annotated[str, StringConstraints(min_length=KEY_BYTES)]


def _one_for_each(passwords: dict[str, str]) -> dict[str, str]:
    if missing := set(SERVICES) - passwords.keys():
        raise ValueError(f"none for {', '.join(sorted(missing))}")
    return passwords


Passwords = Annotated[dict[str, Secret], AfterValidator(_one_for_each)]


MAKERS: Final[Mapping[str, Callable[[], str]]] = {
    "superuser_password": new_key,
    "vault_key": new_vault_key,
    "code_key": new_key,
    "address_key": new_key,
    "school_api_key": new_api_key,
    "kafka_admin_password": new_key,
}
OF_EACH_SERVICE: Final = ("owner_passwords", "app_passwords", "audit_keys", "kafka_passwords", "redis_passwords")
OF_ONE_SERVICE: Final[Mapping[str, str]] = {
    "vault_key": "intake",
    "code_key": "matching",
    "address_key": "community",
}
"""The keys that only one service may know, and which service that is."""
MADE: Final = "made"
_NOTHING: Final[dict[str, Any]] = {MADE: []}


class SecretsUnreadable(OperatorError):
    """The file is there, or was, and cannot be used."""


class SecretsTooFew(OperatorError):
    """The file is of an older release, and its next start adds what is missing."""


class Secrets(BaseModel):
    """Everything that must stay the same between two starts, and that nobody else may know."""

    model_config = ConfigDict(frozen=True)

    # Without defaults: what is missing from the file must be missed, not made anew at every start.
    superuser_password: Secret
    owner_passwords: Passwords
    app_passwords: Passwords
    audit_keys: Passwords
    vault_key: Secret
    code_key: Secret
    address_key: Secret
    school_api_key: Secret
    kafka_admin_password: Secret
    kafka_passwords: Passwords
    redis_passwords: Passwords

    def keys_of(self, service: str) -> dict[str, str]:
        """What this service is given besides its database and its ring of keys."""
        own = {name: getattr(self, name) for name, owner in OF_ONE_SERVICE.items() if owner == service}
        return {**own, "audit_key": self.audit_keys[service]}

    @classmethod
    def fresh(cls) -> Self:
        """New ones, that nobody has used."""
        return cls.model_validate(_grown(_NOTHING))

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Those of this folder. Raises FileNotFoundError, NotADirectoryError, SecretsUnreadable or SecretsTooFew."""
        kept = _read(folder)
        if new := _needed() - _made(kept):
            names = ", ".join(sorted(new))
            raise SecretsTooFew(
                f"{folder / FILE} is of an older release, without {names}: start Schakel once, which adds it"
            )
        return cls._checked(kept, folder)

    @classmethod
    def load_or_make(cls, folder: Path, *, opening: Iterable[Path] = ()) -> Self:
        """Those of this folder, with what is needed and was never made. Only one process may do so at a time.

        `opening`: what they open; where it is there, they were made before. Raises SecretsUnreadable.
        """
        folder.mkdir(parents=True, exist_ok=True)
        if (folder / FILE).exists():
            kept = _read(folder)
            cls._checked(_grown(kept), folder)
        elif opened := [str(path) for path in opening if path.exists()]:
            msg = f"{folder / FILE} is gone, and {', '.join(opened)} can only be opened with it: put back a copy"
            raise SecretsUnreadable(msg)
        else:
            kept = _NOTHING
        if _needed() - _made(kept):
            _write(folder, _grown(kept))
        return cls.load(folder)

    @classmethod
    def replace(cls, folder: Path, name: str, value: str) -> None:
        """Keep this in place of what was there. Raises SecretsUnreadable."""
        kept = _read(folder) | {name: value}
        cls._checked(kept, folder)
        _write(folder, kept)

    @classmethod
    def _checked(cls, kept: Mapping[str, Any], folder: Path) -> Self:
        try:
            return cls.model_validate(kept)
        except ValidationError as problem:
            wrong = ", ".join(sorted({str(error["loc"][0]) for error in problem.errors() if error["loc"]}))
            raise _damaged(folder, f" or incomplete ({wrong})" if wrong else "") from None


def _damaged(folder: Path, more: str = "") -> SecretsUnreadable:
    return SecretsUnreadable(
        f"{folder / FILE} is damaged{more}: put back a copy; without it the data in {folder} cannot be opened"
    )


def _read(folder: Path) -> dict[str, Any]:
    try:
        kept = json.loads((folder / FILE).read_bytes())
    except ValueError:
        raise _damaged(folder) from None
    except PermissionError:
        msg = (
            f"{folder / FILE} belongs to another user: start Schakel as that user, or choose another folder with --data"
        )
        raise SecretsUnreadable(msg) from None
    if not isinstance(kept, dict) or not isinstance(kept.get(MADE), list):
        raise _damaged(folder)
    return kept


def _write(folder: Path, kept: Mapping[str, Any]) -> None:
    write_file(folder / FILE, json.dumps(kept, indent=2), 0o600)


def write_file(file: Path, text: str, readable_by: int) -> None:
    """All of it or nothing, and on the disk when this returns."""
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, readable_by)
    with os.fdopen(handle, "w", encoding="utf-8") as written:
        written.write(text)
        written.flush()
        os.fsync(written.fileno())
    new.rename(file)


def _needed() -> set[str]:
    """What this release needs, by name; of each service apart."""
    return {*MAKERS} | {f"{name}.{service}" for name in OF_EACH_SERVICE for service in SERVICES}


def _made(kept: Mapping[str, Any]) -> set[str]:
    """What was made at some time, whether it is there or was lost since."""
    return {str(name) for name in kept[MADE]}


def _grown(kept: Mapping[str, Any]) -> dict[str, Any]:
    """With what was never made; what is there stays, also what only a newer release knows."""
    grown = {name: dict(value) if isinstance(value, dict) else value for name, value in kept.items()}
    new = _needed() - _made(kept)
    for name, make in MAKERS.items():
        if name in new:
            grown.setdefault(name, make())
    for name in OF_EACH_SERVICE:
        for service in SERVICES:
            if f"{name}.{service}" in new and isinstance(grown.setdefault(name, {}), dict):
                grown[name].setdefault(service, new_key())
    grown[MADE] = sorted(_needed() | _made(kept))
    return grown
