"""Who goes along to an appointment, and what organisations ask and offer each other."""

from collections.abc import Collection
from datetime import date
from typing import Protocol
from uuid import UUID

from services.community.domain.company import Companion, CompanionAsk, Company, Moment
from services.community.domain.notice import Notice, Reply


class Companions(Protocol):
    """Who goes along, and who was asked."""

    async def get(self, person_id: UUID) -> Companion | None:
        """None: this person does not go along."""

    async def save(self, companion: Companion) -> None:
        """Keep it."""

    async def remove(self, person_id: UUID) -> None:
        """With when they were asked."""

    async def hold_all(self) -> list[Companion]:
        """All, by id, locked: whoever asks one asks alone."""

    async def list_asks(self) -> list[CompanionAsk]:
        """Of bookings that are still kept."""

    async def add_ask(self, ask: CompanionAsk) -> None:
        """Somebody was asked."""


class Companies(Protocol):
    """The bookings. Whoever changes one holds it before it holds who goes along."""

    async def get(self, company_id: UUID) -> Company | None:
        """One, locked until the transaction ends."""

    async def read(self, company_id: UUID) -> Company | None:
        """One, to look at."""

    async def save(self, company: Company) -> None:
        """Keep it."""

    async def list_of(self, person_id: UUID) -> list[Company]:
        """Those that this person booked, is asked for or goes along with, by day."""

    async def list_busy(self, moment: Moment) -> list[UUID]:
        """Who is asked for this part of this day, or goes along then."""

    async def remove(self, company_id: UUID) -> None:
        """With who was asked for it."""

    async def forget_before(self, day: date) -> None:
        """Those of before this day are gone."""


class Notices(Protocol):
    """What organisations ask and offer, and who replied. Whoever changes a reply holds its notice first."""

    async def get(self, notice_id: UUID) -> Notice | None:
        """One, locked until the transaction ends."""

    async def save(self, notice: Notice) -> None:
        """Keep it."""

    async def list_open(self, today: date) -> list[Notice]:
        """Those that everybody in the network sees, the first to end first."""

    async def list_of(self, organisation_id: UUID) -> list[Notice]:
        """Those that it placed, the newest first."""

    async def list_past(self, today: date, limit: int) -> list[UUID]:
        """Those that are open and past their last day."""

    async def add_reply(self, reply: Reply) -> bool:
        """A new one; False: this organisation replied already."""

    async def read_reply(self, reply_id: UUID) -> Reply | None:
        """One."""

    async def save_reply(self, reply: Reply) -> None:
        """Keep it."""

    async def list_replies(self, notice_ids: Collection[UUID]) -> list[Reply]:
        """Those to these notices, the oldest first."""

    async def list_replies_of(self, organisation_id: UUID) -> list[tuple[Reply, Notice]]:
        """Those of this organisation, each with what it replied to, the oldest first."""

    async def forget_before(self, day: date) -> None:
        """What ended before this day is gone, with its replies."""

    async def forget_person(self, person_id: UUID) -> None:
        """What this person placed, replied or answered is gone."""


class SwapUnit(Protocol):
    """What one transaction of community has of this."""

    @property
    def companions(self) -> Companions: ...
    @property
    def companies(self) -> Companies: ...
    @property
    def notices(self) -> Notices: ...
