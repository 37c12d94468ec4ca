"""The keys that can be replaced while Schakel runs, and where an installation keeps them."""

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from deploy.install.secret_store import Secrets, new_key, new_vault_key, write_file
from services.community.settings import sign_ups_key
from services.matching.settings import second_factor_key
from shared.kernel.settings import PREFIX
from shared.privacy.rotating_key import RotatingKey
from shared.privacy.sealed import Sealing, WrappingKeys

FOLDER: Final = f"{PREFIX}SECRETS_FOLDER"


@dataclass(frozen=True, slots=True)
class KeyKind:
    """A key of one service: what its secret is called, how a new one is made, and how it wraps."""

    service: str
    secret: str
    make: Callable[[], str]
    derive: Callable[[str], bytes]

    def sealing(self, lines: Sequence[str]) -> Sealing:
        """What these keys wrap and open, the newest first."""
        return Sealing(WrappingKeys(RotatingKey("\n".join(lines)), self.derive))

    @property
    def setting(self) -> str:
        """What the service's processes know it by."""
        return PREFIX + self.secret.upper()


KINDS: Final[Mapping[str, KeyKind]] = {
    "vault": KeyKind("intake", "vault_key", new_vault_key, base64.b64decode),
    "codes": KeyKind("matching", "code_key", new_key, second_factor_key),
    "seats": KeyKind("community", "address_key", new_key, sign_ups_key),
}
"""By the name that an operator types."""


@dataclass(frozen=True, slots=True)
class KeyStore:
    """`secrets.json` stands in `folder`, and the file that a service's processes look at in `files/<service>`."""

    folder: Path
    files: Path
    readable_by: int = 0o600

    def read(self, kind: KeyKind) -> list[str]:
        """The keys, the newest first."""
        return str(getattr(Secrets.load(self.folder), kind.secret)).splitlines()

    def write(self, kind: KeyKind, keys: Sequence[str]) -> None:
        """Keep these; whoever runs takes them up within a second."""
        Secrets.replace(self.folder, kind.secret, "\n".join(keys))
        write_file(self.file(kind), "\n".join(keys), self.readable_by)

    def file(self, kind: KeyKind) -> Path:
        """What the processes look at."""
        return self.files / kind.service / kind.secret

    def lay_out(self) -> None:
        """The files say what `secrets.json` says, after a first start or when a copy of it was put back."""
        for kind in KINDS.values():
            kept = "\n".join(self.read(kind))
            if not self.file(kind).exists() or self.file(kind).read_text(encoding="utf-8") != kept:
                write_file(self.file(kind), kept, self.readable_by)
