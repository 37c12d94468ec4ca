"""Community's repositories on PostgreSQL, and the unit of work that joins them."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.community.domain.gathering import ANNOUNCED_ONCE, COMING, Gathering, GatheringState
from services.community.domain.participation import Share
from services.community.domain.place import Place
from services.community.domain.series import Series
from services.community.store.acquaintance import PostgresAppointments, PostgresIntroductions
from services.community.store.cards_unit import PostgresCardsUnit
from services.community.store.care import PostgresCare
from services.community.store.company import PostgresCompanies, PostgresCompanions
from services.community.store.examples import PostgresExamples
from services.community.store.expertise import PostgresExpertAsks, PostgresExperts
from services.community.store.feeds import PostgresFeeds
from services.community.store.following import PostgresFollowers
from services.community.store.hosting import PostgresHosts, PostgresTurns
from services.community.store.invitations import PostgresInvitations
from services.community.store.knowledge import PostgresArticleFeedbacks, PostgresArticles, PostgresEditions
from services.community.store.needs_round import PostgresSubjects, PostgresWishes
from services.community.store.notices import PostgresNotices
from services.community.store.passports import PostgresPassports
from services.community.store.rows import gathering_of, gathering_row, place_of, place_row, series_of
from services.community.store.seats import PostgresSeats, PostgresSignUps
from services.community.store.sparring import PostgresAnswers, PostgresAsks, PostgresPartners, PostgresQuestions
from services.community.store.table_plans import PostgresTables
from services.community.store.table_rows import TableRows
from services.community.store.tables import GATHERINGS, PLACES, SERIES
from services.community.store.topics import PostgresTopics
from services.community.store.vision import PostgresOrganisations, PostgresSignatures, PostgresVisions
from services.community.store.voting import PostgresVotes
from shared.access.links import PostgresLinks
from shared.access.members import PostgresMembers
from shared.messaging.postgres_unit import UnitContext
from shared.privacy.sealed import Sealing


class PostgresGatherings:
    """The table `gatherings`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection, self._rows = connection, TableRows(connection, GATHERINGS)

    async def get(self, gathering_id: UUID) -> Gathering | None:
        row = await self._rows.find(gathering_id, locked=True)
        return gathering_of(row) if row else None

    async def read(self, gathering_id: UUID) -> Gathering | None:
        row = await self._rows.find(gathering_id)
        return gathering_of(row) if row else None

    async def save(self, gathering: Gathering) -> None:
        await self._rows.write(gathering_row(gathering))

    async def list_from(self, start: datetime, *, public_only: bool = False) -> list[Gathering]:
        later = _seen(public_only=public_only).where(GATHERINGS.c.ends_at > start)
        return list(
            map(gathering_of, await self._rows.list_rows(later.order_by(GATHERINGS.c.starts_at, GATHERINGS.c.id)))
        )

    async def list_before(self, start: datetime, limit: int, *, public_only: bool = False) -> list[Gathering]:
        earlier = _seen(public_only=public_only).where(GATHERINGS.c.ends_at <= start).limit(limit)
        newest_first = earlier.order_by(GATHERINGS.c.starts_at.desc(), GATHERINGS.c.id.desc())
        return list(map(gathering_of, await self._rows.list_rows(newest_first)))

    async def read_before(self, series_id: UUID, starts_at: datetime) -> Gathering | None:
        earlier = select(GATHERINGS).where(
            GATHERINGS.c.series_id == series_id,
            GATHERINGS.c.starts_at < starts_at,
            GATHERINGS.c.state != GatheringState.CANCELLED,
        )
        found = await self._rows.list_rows(earlier.order_by(GATHERINGS.c.starts_at.desc()).limit(1))
        return gathering_of(found[0]) if found else None

    async def sum_of_experience(self, start: datetime, end: datetime) -> Share:
        both = (func.coalesce(func.sum(one), 0) for one in (GATHERINGS.c.of_experience, GATHERINGS.c.told_as))
        inside = select(*both).where(GATHERINGS.c.starts_at >= start, GATHERINGS.c.starts_at < end)
        return Share(*(int(one) for one in (await self._connection.execute(inside)).one()))

    async def list_preparing(self, gathering_id: UUID) -> list[Gathering]:
        theirs = select(GATHERINGS).where(GATHERINGS.c.prepares_id == gathering_id)
        in_order = theirs.order_by(GATHERINGS.c.starts_at, GATHERINGS.c.id)
        return list(map(gathering_of, await self._rows.list_rows(in_order)))

    async def list_with_contact(self, person_id: UUID) -> list[UUID]:
        theirs = select(GATHERINGS.c.id).where(GATHERINGS.c.contact_person_id == person_id)
        return list(await self._connection.scalars(theirs.order_by(GATHERINGS.c.id)))

    async def list_over(self, now: datetime, limit: int) -> list[UUID]:
        over = select(GATHERINGS.c.id).where(GATHERINGS.c.ends_at <= now, GATHERINGS.c.state.in_(COMING))
        found = await self._connection.scalars(over.order_by(GATHERINGS.c.ends_at, GATHERINGS.c.id).limit(limit))
        return list(found)


def _seen(*, public_only: bool) -> Select[Any]:
    """All gatherings, or those with `Gathering.is_public`."""
    off = and_(GATHERINGS.c.state == GatheringState.CANCELLED, GATHERINGS.c.sequence > 0)
    everything = select(GATHERINGS)
    return everything.where(or_(GATHERINGS.c.state.in_(ANNOUNCED_ONCE), off)) if public_only else everything


class PostgresSeries:
    """The table `series`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._rows = TableRows(connection, SERIES)

    async def get(self, series_id: UUID) -> Series | None:
        row = await self._rows.find(series_id, locked=True)
        return series_of(row) if row else None

    async def save(self, series: Series) -> None:
        await self._rows.write(asdict(series))

    async def list_running(self) -> list[Series]:
        running = select(SERIES).where(SERIES.c.ended_on.is_(None))
        return list(
            map(series_of, await self._rows.list_rows(running.order_by(SERIES.c.title.collate("C"), SERIES.c.id)))
        )


class PostgresPlaces:
    """The table `places`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection, self._rows = connection, TableRows(connection, PLACES)

    async def get(self, place_id: UUID) -> Place | None:
        row = await self._rows.find(place_id)
        return place_of(row) if row else None

    async def save(self, place: Place) -> None:
        await self._rows.write(place_row(place))

    async def list_all(self) -> list[Place]:
        by_name = select(PLACES).order_by(PLACES.c.name.collate("C"), PLACES.c.id)
        return [place_of(row) for row in await self._rows.list_rows(by_name)]

    async def get_each(self, place_ids: Collection[UUID]) -> dict[UUID, Place]:
        found = await self._rows.list_rows(select(PLACES).where(PLACES.c.id.in_(place_ids)))
        return {row["id"]: place_of(row) for row in found}

    async def forget_person(self, person_id: UUID) -> None:
        theirs = update(PLACES).where(PLACES.c.agreed_by == person_id)
        await self._connection.execute(theirs.values(agreed_by=None))


class PostgresCommunityUnit(PostgresCardsUnit):
    """One transaction of community."""

    def __init__(self, context: UnitContext, sealing: Sealing | None, digest_key: bytes) -> None:
        super().__init__(context, sealing)
        self.gatherings = PostgresGatherings(context.connection)
        self.series = PostgresSeries(context.connection)
        self.places = PostgresPlaces(context.connection)
        self.seats = PostgresSeats(context.connection)
        self.sign_ups = PostgresSignUps(context.connection, sealing, digest_key)
        self.wishes = PostgresWishes(context.connection)
        self.subjects = PostgresSubjects(context.connection)
        self.topics = PostgresTopics(context.connection)
        self.experts = PostgresExperts(context.connection)
        self.expert_asks = PostgresExpertAsks(context.connection)
        self.visions, self.signatures = PostgresVisions(context.connection), PostgresSignatures(context.connection)
        self.organisations = PostgresOrganisations(context.connection)
        self.hosts = PostgresHosts(context.connection)
        self.turns = PostgresTurns(context.connection)
        self.feeds = PostgresFeeds(context.connection)
        self.followers = PostgresFollowers(context.connection, sealing)
        self.invitations = PostgresInvitations(context.connection)
        self.votes = PostgresVotes(context.connection)
        self.examples = PostgresExamples(context.connection)
        self._open_people(context)
        self._open_knowledge(context.connection)
        self.care = PostgresCare(context)
        self.tables = PostgresTables(context.connection)
        self.appointments = PostgresAppointments(context.connection)
        self.introductions = PostgresIntroductions(context.connection)
        self._open_swap(context.connection, sealing)
        self._open_sparring(context.connection)

    def _open_people(self, context: UnitContext) -> None:
        """Who is there, and what opens without an account."""
        self.links = PostgresLinks(context.connection, context.now, context.ids)
        self.members = PostgresMembers(context.connection)

    def _open_knowledge(self, connection: AsyncConnection) -> None:
        """What the network knows."""
        self.articles = PostgresArticles(connection)
        self.editions = PostgresEditions(connection)
        self.article_feedback = PostgresArticleFeedbacks(connection)

    def _open_swap(self, connection: AsyncConnection, sealing: Sealing | None) -> None:
        """What people and organisations do for each other."""
        self.companions = PostgresCompanions(connection)
        self.companies = PostgresCompanies(connection, sealing)
        self.notices = PostgresNotices(connection)
        self.passports = PostgresPassports(connection, sealing)

    def _open_sparring(self, connection: AsyncConnection) -> None:
        """What colleagues ask each other."""
        self.partners = PostgresPartners(connection)
        self.questions = PostgresQuestions(connection)
        self.asks = PostgresAsks(connection)
        self.answers = PostgresAnswers(connection)
