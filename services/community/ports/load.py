"""How busy people are, who looks after whom, and who thanked whom."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol
from uuid import UUID

from services.community.domain.check_in import CheckIn
from services.community.domain.load import Load
from services.community.domain.thanks import Thanks
from shared.access.limits import Limits


class Loads(Protocol):
    """What people have in hand, with the turns that are to come."""

    async def get(self, person_id: UUID) -> Load:
        """One, held until the transaction ends; of whom nothing is known, nothing in hand."""

    async def read_each(self, people: Collection[UUID]) -> dict[UUID, Load]:
        """These, to look at."""

    async def list_all(self) -> list[Load]:
        """Everybody who has something in hand, or set something, by id."""

    async def save(self, load: Load) -> None:
        """Keep it; turns and questions are kept elsewhere."""

    async def remove(self, person_id: UUID) -> None:
        """Nothing is known of this person any more."""


class CheckIns(Protocol):
    """Who is to be asked how it goes."""

    async def get(self, person_id: UUID) -> CheckIn | None:
        """About this person."""

    async def save(self, check_in: CheckIn) -> None:
        """One of each person: a new one in place of the one before."""

    async def remove(self, person_id: UUID) -> None:
        """Somebody asked."""

    async def list_for(self, asked_id: UUID | None) -> list[CheckIn]:
        """Those that this person does, or else those of the desk, the oldest first."""


class ThanksLog(Protocol):
    """Who thanked whom, and who helped without being thanked since."""

    async def add(self, thanks: Thanks) -> None:
        """Keep it; what this person did until now is thanked for."""

    async def list_of(self, person_id: UUID) -> list[Thanks]:
        """What this person is thanked for, the newest first."""

    async def count_help(self, people: Collection[UUID]) -> None:
        """Each of them helped once more."""

    async def list_unthanked(self, times: int) -> list[UUID]:
        """Who helped so often and was not thanked since, by id."""

    async def forget_before(self, moment: datetime) -> None:
        """What was thanked for longer ago is not kept."""

    async def forget_person(self, person_id: UUID) -> None:
        """What they were thanked for goes; of whom they thanked, nobody knows that it was they."""


class Care(Protocol):
    """All of these, inside one transaction."""

    @property
    def loads(self) -> Loads: ...
    @property
    def limits(self) -> Limits: ...
    @property
    def check_ins(self) -> CheckIns: ...
    @property
    def thanks(self) -> ThanksLog: ...


__all__ = ["Care", "CheckIns", "Limits", "Loads", "ThanksLog"]
