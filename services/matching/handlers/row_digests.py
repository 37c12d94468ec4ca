"""What a row of a file says, in a few bytes: the same row again is known by it."""

from dataclasses import fields
from hashlib import blake2b
from typing import Final

from services.matching.commands import ServiceEntry

BYTES: Final = 16
_FIELDS: Final = tuple(one.name for one in fields(ServiceEntry) if one.name not in {"line", "file", "silent"})
# Another release that reads other fields has other digests.
_SHAPE: Final = blake2b(repr(_FIELDS).encode(), digest_size=BYTES).digest()


def digest_of(entry: ServiceEntry) -> str:
    """Of all that it says, wherever it stands in whichever file."""
    said = repr(([getattr(entry, name) for name in _FIELDS], sorted(entry.silent)))
    return blake2b(said.encode("utf-8", "surrogatepass"), digest_size=BYTES, key=_SHAPE).hexdigest()
