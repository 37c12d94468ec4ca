"""What the handlers need from the store and the outside."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from services.matching.domain.application import Applications
from services.matching.domain.case import CaseFile
from services.matching.domain.disclosure import Alike
from services.matching.domain.entry import Proposals
from services.matching.domain.everyday import EverydayWords, MissedWords
from services.matching.domain.map_query import OrganisationQuery
from services.matching.domain.network import Organisation
from services.matching.domain.partner_question import PartnerQuestion
from services.matching.domain.referral import Referral
from services.matching.domain.referral_list import ReferralPage, ReferralQuery
from services.matching.domain.search_history import Considered, DeskChoice, KeptRanking
from services.matching.domain.second_factor import SecondFactors
from services.matching.domain.sign_in import SignIns
from services.matching.ports.map_imports import MapImports
from services.matching.ports.people import Contacts, Hangings, People, PersonHistory
from services.matching.ports.social_map import Services
from shared.access.limits import KeptLimits
from shared.access.links import Links
from shared.access.members import Members
from shared.access.replies import Replies
from shared.events.referral_codes import HandoverKind
from shared.kernel.working_time import Calendar
from shared.privacy.marks import Marks
from shared.unit_of_work import UnitOfWork


# `get` reads and locks until the transaction ends; `read` and `list…` do not lock.
class Cases(Protocol):
    """What matching knows of cases."""

    async def get(self, case_id: UUID) -> CaseFile | None:
        """The case, locked: whoever works on one case, works alone."""

    async def read(self, case_id: UUID) -> CaseFile | None:
        """The case as it is now, for a page."""

    async def find_by_need(self, need_id: UUID) -> UUID | None:
        """The case that this need is of."""

    async def count_alike(self, case: CaseFile) -> Alike:
        """How many cases that did not stop have its age band and its district (if that is not secret), with it."""

    async def add(self, case: CaseFile) -> None:
        """Keep a new case, which has no needs yet; one that is known already stays as it is."""

    async def save(self, case: CaseFile) -> None:
        """Insert it with its needs, or take over every field of them."""

    async def forget(self, case_id: UUID) -> None:
        """Delete it with its needs."""


class Referrals(Protocol):
    """Referrals. Whoever changes one has its case locked."""

    async def read(self, referral_id: UUID) -> Referral | None:
        """The referral as it is now."""

    async def list_of_case(self, case_id: UUID) -> list[Referral]:
        """All of one case, oldest first."""

    async def list_of_need(self, need_id: UUID) -> list[Referral]:
        """All of one need, oldest first."""

    async def list_page(self, query: ReferralQuery) -> ReferralPage:
        """One page of the list, with names and the total."""

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

    async def forget_words(self, referral_ids: Collection[UUID]) -> None:
        """Delete what anybody wrote about these: questions, their answers, and why a partner said no."""

    async def forget_case(self, case_id: UUID) -> None:
        """Delete every referral of a case, and what was asked about them."""


class SearchHistory(Protocol):
    """How partners were sought: rankings and the desk's choices. Whoever adds one has the case locked."""

    async def add_ranking(
        self, case_id: UUID, need_id: UUID, lines: Sequence[Considered], more: tuple[int, int] = (0, 0)
    ) -> None:
        """Keep one ranking more of a need, with the next number; `more`: how many can and cannot be asked besides."""

    async def list_rankings(self, need_id: UUID) -> list[KeptRanking]:
        """All of one need, the newest first."""

    async def add_choice(self, choice: DeskChoice) -> None:
        """Keep it."""

    async def list_choices(self, need_id: UUID) -> list[DeskChoice]:
        """All of one need, oldest first."""

    async def forget_district(self, case_id: UUID) -> None:
        """No ranking of a case says where the family lives, or does not."""

    async def forget_case(self, case_id: UUID) -> None:
        """Delete every ranking and choice of a case."""


class Organisations(Protocol):
    """Organisations on the map."""

    async def get(self, organisation_id: UUID) -> Organisation | None:
        """The organisation, locked: whoever changes its entries, does so alone."""

    async def read(self, organisation_id: UUID) -> Organisation | None:
        """The organisation as it is now."""

    async def hold(self, organisation_ids: Collection[UUID]) -> None:
        """Lock these, in the order of their ids: nobody else changes one of their entries."""

    async def hold_many(self, organisation_ids: Collection[UUID]) -> dict[UUID, Organisation]:
        """These, locked in the order of their ids; unknown ones are left out."""

    async def read_names(self, organisation_ids: Collection[UUID]) -> dict[UUID, str]:
        """What these are called, by id; unknown ones are left out."""

    async def list_ids(self) -> list[UUID]:
        """Those of all."""

    async def search(self, query: OrganisationQuery) -> tuple[list[Organisation], int]:
        """One page by name, and how many there are."""

    async def list_unchecked(self, before: datetime, asked_before: datetime, limit: int) -> list[Organisation]:
        """Those that offer something, unconfirmed since `before`, not asked after `asked_before`; locked."""

    async def list_to_hide(self, before: datetime, asked_more_than: int, limit: int) -> list[Organisation]:
        """Those asked more often, with an offer that can be found and is unconfirmed since `before`; locked."""

    async def list_in_doubt(self, limit: int) -> list[Organisation]:
        """Those with an offer that is hidden, not right as somebody said, or whose contact gets no mail; by name."""

    async def save(self, organisation: Organisation) -> None:
        """Insert it, or take over every field."""

    async def hold_next(self, after: UUID, limit: int) -> list[Organisation]:
        """Those behind this id, in the order of theirs; nobody changes them before this transaction ends."""

    async def save_all(self, organisations: Sequence[Organisation]) -> None:
        """The same for many at once."""


class TakenRows(Protocol):
    """What a file said of each offer when it was last taken over, and which file that was."""

    async def find_unchanged(self, digests: Mapping[UUID, str]) -> set[UUID]:
        """The offers of which a file said this last, and that nobody changed since, nor their contact persons."""

    async def remember(self, digests: Mapping[UUID, str], sources: Mapping[UUID, str]) -> None:
        """These offers are now as their rows say, in files of these sources."""

    async def find_missing(self, source: str, there: Collection[UUID]) -> dict[UUID, str]:
        """The names of offers that take part, stood in the last file of this source, and are not among these."""

    async def mark_missing(self, offer_ids: Collection[UUID], source: str, day: date) -> None:
        """These stand in it no more, since this day; an offer that is off is not asked about."""

    async def forget_missing(self, offer_ids: Collection[UUID]) -> None:
        """These were not missing after all."""

    async def add_ended(self, ids: Collection[UUID]) -> None:
        """These entries and people are off because an import was taken back."""

    async def list_ended(self, ids: Collection[UUID]) -> frozenset[UUID]:
        """Which of these are."""

    async def forget_ended(self, ids: Collection[UUID]) -> None:
        """These came back."""


class MatchingUnit(UnitOfWork, Protocol):
    """One transaction of matching."""

    @property
    def marks(self) -> Marks: ...
    @property
    def calendar(self) -> Calendar:
        """Which days people work."""

    @property
    def cases(self) -> Cases: ...
    @property
    def referrals(self) -> Referrals: ...
    @property
    def history(self) -> SearchHistory: ...
    @property
    def organisations(self) -> Organisations: ...
    @property
    def services(self) -> Services: ...
    @property
    def everyday_words(self) -> EverydayWords: ...
    @property
    def missed_words(self) -> MissedWords: ...
    @property
    def taken_rows(self) -> TakenRows: ...
    @property
    def map_imports(self) -> MapImports: ...
    @property
    def applications(self) -> Applications: ...
    @property
    def proposals(self) -> Proposals: ...
    @property
    def people(self) -> People: ...
    @property
    def contacts(self) -> Contacts: ...
    @property
    def hangings(self) -> Hangings: ...
    @property
    def person_history(self) -> PersonHistory: ...
    @property
    def sign_ins(self) -> SignIns: ...
    @property
    def second_factors(self) -> SecondFactors: ...
    @property
    def links(self) -> Links: ...
    @property
    def limits(self) -> KeptLimits: ...
    @property
    def members(self) -> Members: ...
    @property
    def replies(self) -> Replies: ...
