"""Where identities come from: a port, so that a simulation can replay them."""

from typing import Protocol
from uuid import UUID

import uuid_utils.compat


class Ids(Protocol):
    """Gives new identities."""

    def new(self) -> UUID:
        """A new UUIDv7: unique, and roughly in the order of time."""


class RandomIds:
    """UUIDv7 of this machine."""

    def new(self) -> UUID:
        """A new UUIDv7 from the host's clock and its random source."""
        return uuid_utils.compat.uuid7()
