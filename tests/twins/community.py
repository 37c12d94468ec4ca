"""The twins: everything that community keeps, in dicts."""

from collections.abc import Collection
from copy import copy
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from services.community.domain.gathering import Gathering, GatheringState
from services.community.domain.participation import Share
from services.community.domain.place import Place
from services.community.domain.series import Series
from tests.twins.community_acquaintance import InMemoryAppointments, InMemoryIntroductions, InMemoryTables
from tests.twins.community_cards import MemoryCardsUnit
from tests.twins.community_care import InMemoryCare
from tests.twins.community_evenings import (
    InMemoryFeeds,
    InMemoryHosts,
    InMemoryInvitations,
    InMemorySubjects,
    InMemoryTurns,
    InMemoryVotes,
    InMemoryWishes,
)
from tests.twins.community_examples import InMemoryExamples
from tests.twins.community_following import InMemoryFollowers
from tests.twins.community_knowledge import InMemoryArticleFeedbacks, InMemoryArticles, InMemoryEditions
from tests.twins.community_passports import InMemoryPassports
from tests.twins.community_programme import InMemoryExpertAsks, InMemoryExperts, InMemoryTopics
from tests.twins.community_seats import InMemorySeats, InMemorySignUps
from tests.twins.community_sparring import KeepsSparring
from tests.twins.community_swap import InMemoryCompanies, InMemoryCompanions, InMemoryNotices
from tests.twins.community_vision import InMemoryOrganisations, InMemorySignatures, InMemoryVisions
from tests.twins.links import InMemoryLinks
from tests.twins.members import InMemoryMembers
from tests.twins.tables import MemoryTables
from tests.twins.unit_of_work import MemoryContext


class InMemoryGatherings:
    """Gatherings by id."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Gathering] = tables.table("gatherings")

    async def get(self, gathering_id: UUID) -> Gathering | None:
        # Units in memory run one at a time, which is the lock.
        return await self.read(gathering_id)

    async def read(self, gathering_id: UUID) -> Gathering | None:
        found = self._rows.get(gathering_id)
        return copy(found) if found else None

    async def save(self, gathering: Gathering) -> None:
        self._rows[gathering.id] = copy(gathering)

    async def list_from(self, start: datetime, *, public_only: bool = False) -> list[Gathering]:
        return [copy(one) for one in self._in_order(public_only=public_only) if one.details.ends_at > start]

    async def list_before(self, start: datetime, limit: int, *, public_only: bool = False) -> list[Gathering]:
        in_order = self._in_order(public_only=public_only)
        over = [copy(one) for one in reversed(in_order) if one.details.ends_at <= start]
        return over[:limit]

    async def read_before(self, series_id: UUID, starts_at: datetime) -> Gathering | None:
        in_order = self._in_order(public_only=False)
        earlier = [one for one in in_order if one.series_id == series_id and one.details.starts_at < starts_at]
        kept = [one for one in earlier if one.state is not GatheringState.CANCELLED]
        return copy(kept[-1]) if kept else None

    async def sum_of_experience(self, start: datetime, end: datetime) -> Share:
        inside = [one for one in self._rows.values() if start <= one.details.starts_at < end]
        return Share(sum(one.of_experience for one in inside), sum(one.told_as for one in inside))

    async def list_preparing(self, gathering_id: UUID) -> list[Gathering]:
        return [copy(one) for one in self._in_order(public_only=False) if one.prepares_id == gathering_id]

    async def list_with_contact(self, person_id: UUID) -> list[UUID]:
        return sorted(one.id for one in self._rows.values() if one.contact_person_id == person_id)

    async def list_over(self, now: datetime, limit: int) -> list[UUID]:
        over = [one for one in self._rows.values() if one.is_coming and one.details.ends_at <= now]
        return [one.id for one in sorted(over, key=lambda one: (one.details.ends_at, one.id))][:limit]

    def _in_order(self, *, public_only: bool) -> list[Gathering]:
        seen = (one for one in self._rows.values() if one.is_public or not public_only)
        return sorted(seen, key=lambda one: (one.details.starts_at, one.id))


class InMemorySeries:
    """Series by id."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Series] = tables.table("series")

    async def get(self, series_id: UUID) -> Series | None:
        return self._rows.get(series_id)

    async def save(self, series: Series) -> None:
        self._rows[series.id] = series

    async def list_running(self) -> list[Series]:
        return sorted((one for one in self._rows.values() if one.ended_on is None), key=lambda one: (one.title, one.id))


class InMemoryPlaces:
    """Places by id."""

    def __init__(self, tables: MemoryTables) -> None:
        self._rows: dict[UUID, Place] = tables.table("places")

    async def get(self, place_id: UUID) -> Place | None:
        return self._rows.get(place_id)

    async def save(self, place: Place) -> None:
        self._rows[place.id] = place

    async def list_all(self) -> list[Place]:
        return sorted(self._rows.values(), key=lambda one: (one.name, one.id))

    async def get_each(self, place_ids: Collection[UUID]) -> dict[UUID, Place]:
        return {one: self._rows[one] for one in place_ids if one in self._rows}

    async def forget_person(self, person_id: UUID) -> None:
        for place in [one for one in self._rows.values() if one.agreed_by == person_id]:
            self._rows[place.id] = replace(place, agreed_by=None)


class MemoryCommunityUnit(MemoryCardsUnit, KeepsSparring):
    """One transaction of community in memory."""

    def __init__(self, context: MemoryContext) -> None:
        super().__init__(context)
        self.gatherings = InMemoryGatherings(context.tables)
        self.series = InMemorySeries(context.tables)
        self.places = InMemoryPlaces(context.tables)
        self.seats = InMemorySeats(context.tables)
        self.sign_ups = InMemorySignUps(context.tables)
        self.wishes = InMemoryWishes(context.tables)
        self.subjects = InMemorySubjects(context.tables)
        self.topics = InMemoryTopics(context.tables)
        self.experts = InMemoryExperts(context.tables)
        self.expert_asks = InMemoryExpertAsks(context.tables)
        self.visions = InMemoryVisions(context.tables)
        self.signatures = InMemorySignatures(context.tables)
        self.organisations = InMemoryOrganisations(context.tables)
        self.hosts = InMemoryHosts(context.tables)
        self.turns = InMemoryTurns(context.tables)
        self.feeds = InMemoryFeeds(context.tables)
        self.followers = InMemoryFollowers(context.tables)
        self.invitations = InMemoryInvitations(context.tables)
        self.votes = InMemoryVotes(context.tables)
        self._open_people(context)
        self._open_knowledge(context.tables)
        self.examples = InMemoryExamples(context.tables)
        self.care = InMemoryCare(context)
        self.tables = InMemoryTables(context.tables)
        self.appointments = InMemoryAppointments(context.tables)
        self.introductions = InMemoryIntroductions(context.tables)
        self._open_swap(context.tables)

    def _open_people(self, context: MemoryContext) -> None:
        """Who is there, and what opens without an account."""
        self.links = InMemoryLinks(context.tables, context.now, context.ids)
        self.members = InMemoryMembers(context.tables)

    def _open_knowledge(self, tables: MemoryTables) -> None:
        """What the network knows."""
        self.articles = InMemoryArticles(tables)
        self.editions = InMemoryEditions(tables)
        self.article_feedback = InMemoryArticleFeedbacks(tables)

    def _open_swap(self, tables: MemoryTables) -> None:
        """What people and organisations do for each other."""
        self.companions = InMemoryCompanions(tables)
        self.companies = InMemoryCompanies(tables)
        self.notices = InMemoryNotices(tables)
        self.passports = InMemoryPassports(tables)
