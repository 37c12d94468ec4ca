"""Sealed columns: AES-256-GCM with one key per case, and that key wrapped by a key of the environment.

A sealed value opens only in the table, column and row it was sealed for, and a wrapped key only in the row of its
owner. Deleting a case's wrapped key makes every copy of its values unreadable, except where the wrapped key itself was
copied: backups keep those apart, and for a month.
"""

import os
from collections.abc import Callable
from typing import Final, NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from shared.privacy.rotating_key import RotatingKey

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
TAG_BYTES: Final = 16
KEY_ID_BYTES: Final = 8
SEALED, WRAPPED = b"\x01", b"\x02"


class Unreadable(Exception):
    """The value was not sealed for this place with this key, or it was changed."""

    def __init__(self) -> None:
        super().__init__("this sealed value does not open here")


def key_for(purpose: str, key: str) -> bytes:
    """A wrapping key of its own for this purpose, out of a key that is kept for other things as well."""
    return _derived(f"schakel|{purpose}", key.encode(), KEY_BYTES)


class WrappedKey(NamedTuple):
    """A key as it is stored, and the row whose it is; in any other row it opens nothing."""

    table: str
    row_id: UUID
    wrapped: bytes

    @property
    def key_id(self) -> bytes:
        """Which wrapping key it was made with. Raises Unreadable."""
        if not self.wrapped.startswith(WRAPPED) or len(self.wrapped) < len(WRAPPED) + KEY_ID_BYTES:
            raise Unreadable
        return self.wrapped[len(WRAPPED) : len(WRAPPED) + KEY_ID_BYTES]


class WrappingKeys:
    """The environment's keys by their ids; `derive` makes the 32 bytes out of a line of the file."""

    def __init__(self, kept: RotatingKey, derive: Callable[[str], bytes]) -> None:
        self._kept, self._derive = kept, derive
        self._ciphers: dict[str, tuple[bytes, AESGCM]] = {}
        self._cipher(kept.newest)

    @property
    def newest(self) -> tuple[bytes, AESGCM]:
        """The id of the key that new ones are wrapped with, and its cipher."""
        return self._cipher(self._kept.newest)

    def find(self, key_id: bytes) -> AESGCM:
        """The one with this id; another process may have begun to use it a moment ago. Raises Unreadable."""
        if (found := self._find(key_id)) is None:
            self._kept.look()
            found = self._find(key_id)
        if found is None:
            raise Unreadable
        return found

    def _find(self, key_id: bytes) -> AESGCM | None:
        known = map(self._cipher, self._kept.all)
        return next((cipher for each, cipher in known if each == key_id), None)

    def _cipher(self, line: str) -> tuple[bytes, AESGCM]:
        if line not in self._ciphers:
            key = self._derive(line)
            self._ciphers[line] = (key_id_of(key), AESGCM(key))
        return self._ciphers[line]


def key_id_of(wrapping_key: bytes) -> bytes:
    """What a wrapping key is called; it follows from the key, and tells nothing of it."""
    if len(wrapping_key) != KEY_BYTES:
        raise ValueError(f"the wrapping key must be {KEY_BYTES} bytes, not {len(wrapping_key)}")
    return _derived("schakel|key-id", wrapping_key, KEY_ID_BYTES)


class Sealing:
    """Seals and opens. The wrapping keys never reach the database."""

    def __init__(self, keys: WrappingKeys) -> None:
        self._keys = keys

    def new_key(self, table: str, row_id: UUID) -> WrappedKey:
        """A new key for one owner, wrapped: store it in that row, delete it to erase what it sealed."""
        return self._wrap(table, row_id, AESGCM.generate_key(KEY_BYTES * 8))

    def rewrap(self, key: WrappedKey) -> WrappedKey:
        """The same key, wrapped with the newest of the wrapping keys. Raises Unreadable."""
        return self._wrap(key.table, key.row_id, self._unwrapped(key))

    def is_newest(self, key: WrappedKey) -> bool:
        """Whether it was wrapped with the newest. Raises Unreadable."""
        return key.key_id == self._keys.newest[0]

    def seal(self, key: WrappedKey, table: str, column: str, row_id: UUID, plaintext: str) -> bytes:
        """The sealed value for this place. Raises Unreadable for a key of another row."""
        return SEALED + _encrypt(AESGCM(self._unwrapped(key)), plaintext.encode(), _place(table, column, row_id))

    def open(self, key: WrappedKey, table: str, column: str, row_id: UUID, sealed: bytes) -> str:
        """The plain text; raises Unreadable for another place, another key, or a changed value."""
        if not sealed.startswith(SEALED):
            raise Unreadable
        cipher, place = AESGCM(self._unwrapped(key)), _place(table, column, row_id)
        return _decrypt(cipher, sealed[len(SEALED) :], place).decode()

    def _wrap(self, table: str, row_id: UUID, key: bytes) -> WrappedKey:
        key_id, cipher = self._keys.newest
        return WrappedKey(table, row_id, WRAPPED + key_id + _encrypt(cipher, key, _owner(table, row_id, key_id)))

    def _unwrapped(self, key: WrappedKey) -> bytes:
        owner = _owner(key.table, key.row_id, key.key_id)
        return _decrypt(self._keys.find(key.key_id), key.wrapped[len(WRAPPED) + KEY_ID_BYTES :], owner)


def _place(table: str, column: str, row_id: UUID) -> bytes:
    return f"{table}|{column}|{row_id}".encode()


def _owner(table: str, row_id: UUID, key_id: bytes) -> bytes:
    return f"schakel|key|{table}|{row_id}|{key_id.hex()}".encode()


def _derived(info: str, key: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt=None, info=info.encode()).derive(key)


def _encrypt(cipher: AESGCM, plaintext: bytes, label: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + cipher.encrypt(nonce, plaintext, label)


def _decrypt(cipher: AESGCM, sealed: bytes, label: bytes) -> bytes:
    if len(sealed) < NONCE_BYTES + TAG_BYTES:
        raise Unreadable
    try:
        return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], label)
    except InvalidTag:
        raise Unreadable from None
