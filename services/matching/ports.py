"""What the handlers need from the store and the outside."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from services.matching.commands import ImportMap
from services.matching.domain.case import CaseFile
from services.matching.domain.network import Organisation, Person, Service
from services.matching.domain.referral import Referral
from services.matching.domain.rules import Offer
from services.matching.domain.sign_in import SignIn
from shared.access.links import Links
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Considered:
    """One line of a ranking as it is kept for the coordinator. `position` 0: not asked, for the reason given."""

    position: int
    service_id: UUID
    organisation_id: UUID
    score: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MapQuery:
    """A question to the social map. `text` is what a person typed; empty fields do not filter."""

    text: str = ""
    category: str = ""
    district: str = ""
    language: str = ""
    age: int | None = None
    free_only: bool = False
    organisation_id: UUID | None = None
    include_inactive: bool = False
    page: int = 1
    per_page: int = 20


@dataclass(frozen=True, slots=True)
class Found:
    """One page of services, and how many there are in all."""

    offers: tuple[Offer, ...]
    total: int


class Cases(Protocol):
    """What matching knows of cases."""

    async def get(self, case_id: UUID) -> CaseFile | None:
        """The case, locked until the transaction ends: whoever works on one case, works alone."""

    async def look_at(self, case_id: UUID) -> CaseFile | None:
        """The case as it is now, for a page; not locked."""

    async def add(self, case: CaseFile) -> None:
        """Keep a new case, which has no needs yet; one that is known already stays as it is."""

    async def save(self, case: CaseFile) -> None:
        """Keep it and all its needs."""


class Referrals(Protocol):
    """Referrals, and the rankings that they came from."""

    async def get(self, referral_id: UUID) -> Referral | None:
        """One of them."""

    async def of_case(self, case_id: UUID) -> list[Referral]:
        """All of one case, oldest first."""

    async def of_need(self, need_id: UUID) -> list[Referral]:
        """All of one need, oldest first."""

    async def newest(
        self, limit: int, *, school_id: UUID | None = None, partner_id: UUID | None = None
    ) -> list[Referral]:
        """The newest ones, of the cases of one school or asked of one organisation."""

    async def save(self, referral: Referral) -> None:
        """Keep it. Raises PartnerAlreadyActive when the need has another active one (P2)."""

    async def load(self, service_ids: Collection[UUID]) -> Mapping[UUID, int]:
        """How many referrals take a place with each of these services; absent: none. Help that was given takes none."""

    async def keep_ranking(self, need_id: UUID, considered: Sequence[Considered]) -> None:
        """Keep the newest ranking of a need in place of the one before."""

    async def ranking(self, need_id: UUID) -> list[Considered]:
        """The newest ranking of a need: who can be asked in order, then who cannot."""

    async def forget_case(self, case_id: UUID) -> None:
        """Delete everything of a case, rankings too."""


class Organisations(Protocol):
    """Organisations on the map."""

    async def get(self, organisation_id: UUID) -> Organisation | None:
        """One of them."""

    async def many(self, organisation_ids: Collection[UUID]) -> dict[UUID, Organisation]:
        """These, by id; unknown ones are left out."""

    async def save(self, organisation: Organisation) -> None:
        """Keep it."""

    async def page(self, page: int, per_page: int) -> tuple[list[Organisation], int]:
        """One page by name, and how many there are."""


class Services(Protocol):
    """The social map."""

    async def get(self, service_id: UUID) -> Service | None:
        """One of them."""

    async def offer(self, service_id: UUID) -> Offer | None:
        """One of them with its organisation."""

    async def save(self, service: Service) -> None:
        """Keep it."""

    async def for_category(self, category: str) -> list[Offer]:
        """Every service for a need, inactive ones too."""

    async def search(self, query: MapQuery) -> Found:
        """What a person looks for on the map."""


class People(Protocol):
    """Professionals and volunteers."""

    async def get(self, person_id: UUID) -> Person | None:
        """One of them."""

    async def many(self, person_ids: Collection[UUID]) -> list[Person]:
        """These, in the order of the ids; unknown ones are left out."""

    async def by_email(self, email: str) -> Person | None:
        """Whose address this is; case does not matter."""

    async def of_organisation(self, organisation_id: UUID) -> list[Person]:
        """The active people of one organisation, by name."""

    async def add(self, person: Person) -> Person:
        """Keep somebody new. Whoever has this address or id already stays as they are, and is given back instead.

        Waits for others who are adding the same address at this moment.
        """

    async def save(self, person: Person) -> None:
        """Keep it."""


class SignIns(Protocol):
    """Attempts to sign in."""

    async def get(self, sign_in_id: UUID) -> SignIn | None:
        """One of them, locked, so that tries cannot be made side by side."""

    async def save(self, sign_in: SignIn) -> None:
        """Keep it."""

    async def close_all_of(self, person_id: UUID) -> None:
        """No earlier code of this person works any more."""

    async def forget(self, before: datetime) -> int:
        """Delete those that expired before; returns how many."""


class MatchingUnit(UnitOfWork, Protocol):
    """One transaction of matching."""

    @property
    def cases(self) -> Cases: ...
    @property
    def referrals(self) -> Referrals: ...
    @property
    def organisations(self) -> Organisations: ...
    @property
    def services(self) -> Services: ...
    @property
    def people(self) -> People: ...
    @property
    def sign_ins(self) -> SignIns: ...
    @property
    def links(self) -> Links: ...


class BadContactDetail(Exception):
    """An e-mail address or phone number that cannot be one; `example` is a good one."""

    def __init__(self, problem: str, example: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.example = example


class ContactDetails(Protocol):
    """Knows what an address and a phone number look like."""

    def email(self, typed: str) -> str:
        """The address as it is kept. Raises BadContactDetail."""

    def phone(self, typed: str) -> str:
        """The number as it is kept. Raises BadContactDetail."""


class MapSource(Protocol):
    """A file (or other source) with a social map."""

    def read(self) -> ImportMap:
        """Everything that is in it: good rows as entries, bad rows by name. Never raises for a bad row."""
