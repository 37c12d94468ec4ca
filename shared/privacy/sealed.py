"""Sealed columns: AES-256-GCM with one key per case, and that key wrapped by the environment's key.

A sealed value opens only in the table, column and row it was sealed for. Deleting a case's wrapped key makes every
copy of its values unreadable, in backups too.
"""

import os
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16
FORMAT = b"\x01"
WRAPPING_LABEL = b"schakel|case-key"


class Unreadable(Exception):
    """The value was not sealed for this place with this key, or it was changed."""

    def __init__(self) -> None:
        super().__init__("this sealed value does not open here")


def key_for(purpose: str, key: str) -> bytes:
    """A wrapping key of its own for this purpose, out of a key that is kept for other things as well."""
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"schakel|{purpose}".encode()).derive(key.encode())


class Sealing:
    """Seals and opens. `wrapping_key` is 32 bytes from the environment; it never reaches the database."""

    def __init__(self, wrapping_key: bytes) -> None:
        if len(wrapping_key) != KEY_BYTES:
            raise ValueError(f"the wrapping key must be {KEY_BYTES} bytes, not {len(wrapping_key)}")
        self._wrapping = AESGCM(wrapping_key)

    def new_case_key(self) -> bytes:
        """A new key for one case, wrapped: store this, delete it to erase the case."""
        return _encrypt(self._wrapping, AESGCM.generate_key(KEY_BYTES * 8), WRAPPING_LABEL)

    def seal(self, case_key: bytes, table: str, column: str, row_id: UUID, plaintext: str) -> bytes:
        """The sealed value for this place. `case_key` is the wrapped key from `new_case_key`."""
        return _encrypt(self._unwrap(case_key), plaintext.encode(), _place(table, column, row_id))

    def open(self, case_key: bytes, table: str, column: str, row_id: UUID, sealed: bytes) -> str:
        """The plain text; raises Unreadable for another place, another key, or a changed value."""
        return _decrypt(self._unwrap(case_key), sealed, _place(table, column, row_id)).decode()

    def _unwrap(self, case_key: bytes) -> AESGCM:
        return AESGCM(_decrypt(self._wrapping, case_key, WRAPPING_LABEL))


def _place(table: str, column: str, row_id: UUID) -> bytes:
    return f"{table}|{column}|{row_id}".encode()


def _encrypt(cipher: AESGCM, plaintext: bytes, label: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return FORMAT + nonce + cipher.encrypt(nonce, plaintext, label)


def _decrypt(cipher: AESGCM, sealed: bytes, label: bytes) -> bytes:
    if len(sealed) < len(FORMAT) + NONCE_BYTES + TAG_BYTES or not sealed.startswith(FORMAT):
        raise Unreadable
    start = len(FORMAT) + NONCE_BYTES
    try:
        return cipher.decrypt(sealed[len(FORMAT) : start], sealed[start:], label)
    except InvalidTag:
        raise Unreadable from None
