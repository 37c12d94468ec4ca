"""What a row of a file says, in a few bytes: the same row again is known by it."""

from dataclasses import fields
from hashlib import blake2b
from operator import attrgetter
from typing import Final

from services.matching.commands import ContactEntry, ServiceEntry

BYTES: Final = 16
_APART: Final = frozenset({"line", "file", "silent", "contacts"})
_FIELDS: Final = tuple(one.name for one in fields(ServiceEntry) if one.name not in _APART)
_OF_CONTACT: Final = tuple(one.name for one in fields(ContactEntry))
_SAID, _SAID_OF = attrgetter(*_FIELDS), attrgetter(*_OF_CONTACT)
# Another release that reads other fields has other digests.
_SHAPE: Final = blake2b(repr((_FIELDS, _OF_CONTACT)).encode(), digest_size=BYTES).digest()


def digest_of(entry: ServiceEntry) -> str:
    """Of all that it says, wherever it stands in whichever file."""
    said = repr((_SAID(entry), *map(_SAID_OF, entry.contacts), *sorted(entry.silent)))
    return blake2b(said.encode("utf-8", "surrogatepass"), digest_size=BYTES, key=_SHAPE).hexdigest()
