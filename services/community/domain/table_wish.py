"""What the tables of a gathering are made with: where somebody is at home, and whom they would like to meet."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from services.community.domain.errors import NotInThisState
from shared.kernel.translatable import to_translate

# More of them is no choice.
MOST_TO_MEET: Final = 3
ONCE: Final = to_translate("Bij welke organisatie je hoort, kies je één keer.")


@dataclass(frozen=True, slots=True)
class TableWish:
    """As somebody told it with their seat. `to_meet`: organisations; nobody else reads which."""

    organisation_id: UUID | None = None
    district: str = ""
    expertise: str = ""
    to_meet: frozenset[UUID] = frozenset()

    def at_home(self, written: str, names: Mapping[UUID, str]) -> "TableWish":
        """With the organisation that was chosen, else the one that is called as somebody wrote it."""
        if self.organisation_id is not None:
            return self
        called = written.strip().casefold()
        return replace(
            self, organisation_id=next((one for one, name in names.items() if name.casefold() == called), None)
        )

    def told_anew(self, wish: "TableWish", known: Mapping[UUID, str]) -> "TableWish":
        """What is told now, of organisations in the network. Where somebody is at home is told once: who could change
        it would find out, one organisation after the other, who wishes to meet it. Raises NotInThisState.
        """
        home = wish.organisation_id
        if self.organisation_id in known:
            if home not in {None, self.organisation_id}:
                raise NotInThisState(ONCE)
            home = self.organisation_id
        return replace(wish, organisation_id=home, to_meet=wish.to_meet & frozenset(known) - {home})

    def wants(self, other: "TableWish") -> bool:
        """Whether this one would like to meet the organisation of the other."""
        return other.organisation_id is not None and other.organisation_id in self.to_meet

    def is_mutual(self, other: "TableWish") -> bool:
        """Whether the other wants it as well: then both hear of it."""
        return self.wants(other) and other.wants(self)
