"""The secrets of one embedded run: made at the first start, kept in a file that only its owner can read."""

import base64
import os
import secrets
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError

from deploy.install.errors import OperatorError
from shared.events.catalogue import SERVICES

FILE = "secrets.json"
KEY_BYTES = 32


def new_key() -> str:
    """43 characters of chance."""
    return secrets.token_urlsafe(KEY_BYTES)


def new_vault_key() -> str:
    """32 bytes of chance in base64, as intake's vault wants its key."""
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


class SecretsUnreadable(OperatorError):
    """The file is there, and cannot be used."""


class Secrets(BaseModel):
    """Everything that must stay the same between two starts, and that nobody else may know."""

    model_config = ConfigDict(frozen=True)

    # Without defaults: what is missing from the file must be missed, not made anew at every start.
    superuser_password: Secret
    owner_passwords: Passwords
    app_passwords: Passwords
    session_key: Secret
    service_key: Secret
    vault_key: Secret
    code_key: Secret
    school_api_key: Secret

    @classmethod
    def fresh(cls) -> Self:
        """New ones, that nobody has used."""
        return cls(
            superuser_password=new_key(),
            owner_passwords={service: new_key() for service in SERVICES},
            app_passwords={service: new_key() for service in SERVICES},
            session_key=new_key(),
            service_key=new_key(),
            vault_key=new_vault_key(),
            code_key=new_key(),
            school_api_key=new_api_key(),
        )

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Those of this folder. Raises FileNotFoundError, NotADirectoryError or SecretsUnreadable."""
        file = folder / FILE
        try:
            return cls.model_validate_json(file.read_bytes())
        except ValidationError as problem:
            wrong = ", ".join(sorted({str(error["loc"][0]) for error in problem.errors() if error["loc"]}))
            what = f"is damaged or incomplete ({wrong})" if wrong else "is damaged"
            msg = f"{file} {what}: put back a copy; without it the data in {folder} cannot be opened"
            raise SecretsUnreadable(msg) from None
        except PermissionError:
            msg = f"{file} belongs to another user: start Schakel as that user, or choose another folder with --data"
            raise SecretsUnreadable(msg) from None

    @classmethod
    def load_or_make(cls, folder: Path) -> Self:
        """Those of this folder, made now if there are none yet."""
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / FILE
        if not file.exists():
            new = folder / f"{FILE}.{secrets.token_hex(4)}"
            handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as written:
                written.write(cls.fresh().model_dump_json(indent=2))
                written.flush()
                os.fsync(written.fileno())
            new.rename(file)
        return cls.load(folder)
