"""Votes of whoever is at a gathering, behind the link of their seat: open → closed, and counted once.

Until then nobody reads how it goes; after that nobody can tell who chose what.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from services.community.domain.errors import NotInThisState
from shared.kernel.translatable import to_translate

VOTES_EACH: Final = 3


@dataclass(slots=True)
class Voting:
    """Whether the votes of one gathering are still coming in. Once closed it stays so: the votes are gone."""

    gathering_id: UUID
    is_open: bool = True

    def take(self, chosen: Collection[UUID]) -> None:
        """Raises NotInThisState."""
        if not self.is_open:
            raise NotInThisState(to_translate("Stemmen kan niet meer. De stemmen zijn geteld."))
        if len(chosen) > VOTES_EACH:
            raise NotInThisState(to_translate("Dit zijn te veel onderwerpen. Kies er minder."))

    def close(self) -> None:
        """Raises NotInThisState when that was done already."""
        if not self.is_open:
            raise NotInThisState("De stemmen zijn al geteld.")
        self.is_open = False
