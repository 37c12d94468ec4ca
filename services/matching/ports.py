"""What the handlers need from the store and the outside."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from services.matching.domain.application import Applications
from services.matching.domain.case import CaseFile
from services.matching.domain.entry import Proposals
from services.matching.domain.network import Organisation, Person, Service
from services.matching.domain.partner_question import PartnerQuestion
from services.matching.domain.referral import Referral
from services.matching.domain.rules import Offer
from services.matching.domain.second_factor import SecondFactors
from services.matching.domain.sign_in import SignIns
from shared.access.links import Links
from shared.access.members import Members
from shared.access.replies import Replies
from shared.events.referral_codes import HandoverKind
from shared.kernel.working_time import Calendar
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
class SearchResult:
    """One page of services, and how many there are in all."""

    offers: tuple[Offer, ...]
    total: int


# `get` reads and locks until the transaction ends; `read` and `list…` do not lock.
class Cases(Protocol):
    """What matching knows of cases."""

    async def get(self, case_id: UUID) -> CaseFile | None:
        """The case, locked: whoever works on one case, works alone."""

    async def read(self, case_id: UUID) -> CaseFile | None:
        """The case as it is now, for a page."""

    async def add(self, case: CaseFile) -> None:
        """Keep a new case, which has no needs yet; one that is known already stays as it is."""

    async def save(self, case: CaseFile) -> None:
        """Insert it with its needs, or take over every field of them."""


class Referrals(Protocol):
    """Referrals, and the rankings that they came from. Whoever changes one has its case locked."""

    async def read(self, referral_id: UUID) -> Referral | None:
        """The referral as it is now."""

    async def list_of_case(self, case_id: UUID) -> list[Referral]:
        """All of one case, oldest first."""

    async def list_of_need(self, need_id: UUID) -> list[Referral]:
        """All of one need, oldest first."""

    async def list_newest(
        self, limit: int, *, school_id: UUID | None = None, partner_id: UUID | None = None
    ) -> list[Referral]:
        """The newest ones, of the cases of one school or asked of one organisation."""

    async def save(self, referral: Referral) -> None:
        """Insert it, or take over every field. Raises PartnerAlreadyActive: the need has another active one (P2)."""

    async def count_open(self, service_ids: Collection[UUID]) -> Mapping[UUID, int]:
        """How many referrals take a place with each of these services; absent: none. Help that was given takes none."""

    async def count_handovers(self) -> Mapping[HandoverKind, int]:
        """How many referrals were handed over warm, and how many cold."""

    async def list_questions(self, referral_id: UUID) -> list[PartnerQuestion]:
        """What the partner asked before it answered, oldest first."""

    async def save_question(self, question: PartnerQuestion) -> None:
        """Insert it, or take over every field."""

    async def save_ranking(self, need_id: UUID, considered: Sequence[Considered]) -> None:
        """Keep the newest ranking of a need in place of the one before."""

    async def read_ranking(self, need_id: UUID) -> list[Considered]:
        """The newest ranking of a need: who can be asked in order, then who cannot."""

    async def forget_words(self, case_id: UUID) -> None:
        """Delete what anybody wrote about a case: questions, their answers, and why a partner said no."""

    async def forget_case(self, case_id: UUID) -> None:
        """Delete everything of a case, rankings too."""


class Organisations(Protocol):
    """Organisations on the map."""

    async def get(self, organisation_id: UUID) -> Organisation | None:
        """The organisation, locked: whoever changes its entries, does so alone."""

    async def read(self, organisation_id: UUID) -> Organisation | None:
        """The organisation as it is now."""

    async def read_names(self, organisation_ids: Collection[UUID]) -> dict[UUID, str]:
        """What these are called, by id; unknown ones are left out."""

    async def list_page(self, page: int, per_page: int) -> tuple[list[Organisation], int]:
        """One page by name, and how many there are."""

    async def search(self, text: str, kind: str, page: int, per_page: int) -> tuple[list[Organisation], int]:
        """The same of those with these words in their name, and of this kind; empty does not filter."""

    async def list_unchecked(self, before: datetime, asked_before: datetime, limit: int) -> list[Organisation]:
        """Those that offer something, unconfirmed since `before`, not asked after `asked_before`; locked."""

    async def save(self, organisation: Organisation) -> None:
        """Insert it, or take over every field."""


class Services(Protocol):
    """The social map."""

    async def get(self, service_id: UUID) -> Service | None:
        """The service, locked."""

    async def read(self, service_id: UUID) -> Service | None:
        """The service as it is now."""

    async def read_names(self, service_ids: Collection[UUID]) -> dict[UUID, str]:
        """What these are called, by id; unknown ones are left out."""

    async def read_offer(self, service_id: UUID) -> Offer | None:
        """The service with its organisation."""

    async def list_for_category(self, category: str) -> list[Offer]:
        """Every service for a need, inactive ones too."""

    async def list_of_organisation(self, organisation_id: UUID) -> list[Service]:
        """All that one organisation offers, inactive ones too, by name."""

    async def search(self, query: MapQuery) -> SearchResult:
        """What a person looks for on the map."""

    async def save(self, service: Service) -> None:
        """Insert it, or take over every field."""


class People(Protocol):
    """Professionals and volunteers."""

    async def get(self, person_id: UUID) -> Person | None:
        """The person, locked, so that two changes at once are both kept."""

    async def read(self, person_id: UUID) -> Person | None:
        """The person as they are now."""

    async def read_by_email(self, email: str) -> Person | None:
        """Whose address this is; case does not matter."""

    async def list_by_ids(self, person_ids: Collection[UUID]) -> list[Person]:
        """These, in the order of the ids; unknown ones are left out."""

    async def list_of_organisation(self, organisation_id: UUID) -> list[Person]:
        """The active people of one organisation, by name."""

    async def add(self, person: Person) -> Person:
        """Keep somebody new, after others who add the same address now. Whoever has it is given back, as they are."""

    async def save(self, person: Person) -> None:
        """Insert it, or take over every field."""


class MatchingUnit(UnitOfWork, Protocol):
    """One transaction of matching."""

    @property
    def calendar(self) -> Calendar:
        """Which days people work."""

    @property
    def cases(self) -> Cases: ...
    @property
    def referrals(self) -> Referrals: ...
    @property
    def organisations(self) -> Organisations: ...
    @property
    def services(self) -> Services: ...
    @property
    def applications(self) -> Applications: ...
    @property
    def proposals(self) -> Proposals: ...
    @property
    def people(self) -> People: ...
    @property
    def sign_ins(self) -> SignIns: ...
    @property
    def second_factors(self) -> SecondFactors: ...
    @property
    def links(self) -> Links: ...
    @property
    def members(self) -> Members: ...
    @property
    def replies(self) -> Replies: ...
