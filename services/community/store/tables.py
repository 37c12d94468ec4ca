"""Community's tables."""

from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import Column, Index, Time, text
from sqlmodel import Field

from services.community.store import (
    acquaintance_tables,
    calendar_tables,
    card_tables,
    care_tables,
    example_tables,
    following_tables,
    invitation_tables,
    knowledge_tables,
    passport_tables,
    programme_tables,
    sparring_tables,
    swap_tables,
    voting_tables,
)
from services.community.store.community_table import CommunityTable
from shared.storage import columns


class PlaceRow(CommunityTable, table=True):
    """Where people meet."""

    __tablename__ = "places"

    id: UUID = columns.key()
    name: str = columns.text()
    address: str = columns.text()
    checked_on: date | None = columns.day(nullable=True)
    looked_on: date | None = columns.day(nullable=True)
    found: list[str] = columns.texts()
    agreed: bool = columns.flag()
    agreed_by: UUID | None = columns.uuid(nullable=True)


class SeriesRow(CommunityTable, table=True):
    """The rule by which gatherings come back."""

    __tablename__ = "series"

    id: UUID = columns.key()
    title: str = columns.text()
    kind: str = columns.text()
    first_on: date = columns.day()
    every_weeks: int = columns.integer()
    starts: time = Field(sa_column=Column(Time, nullable=False))
    minutes: int = columns.integer()
    about: str = columns.text()
    capacity: int = columns.integer()
    language: str = columns.text(codes=columns.CityCodes("languages"))
    has_childcare: bool = columns.flag()
    contact_name: str = columns.text()
    contact_phone: str = columns.text()
    place_id: UUID | None = columns.uuid(nullable=True)
    planned_until: date | None = columns.day(nullable=True)
    ended_on: date | None = columns.day(nullable=True)


class GatheringRow(CommunityTable, table=True):
    """One gathering."""

    __tablename__ = "gatherings"
    __table_args__ = (Index("gatherings_ends_at", "ends_at", "id"), Index("gatherings_prepares", "prepares_id"))

    id: UUID = columns.key()
    title: str = columns.text()
    kind: str = columns.text()
    starts_at: datetime = columns.moment()
    ends_at: datetime = columns.moment()
    about: str = columns.text()
    place_id: UUID | None = columns.uuid(nullable=True)
    capacity: int = columns.integer()
    language: str = columns.text(codes=columns.CityCodes("languages"))
    has_childcare: bool = columns.flag()
    contact_name: str = columns.text()
    contact_phone: str = columns.text()
    changed_at: datetime = columns.moment()
    state: str = columns.text()
    sequence: int = columns.integer()
    cancelled_because: str | None = columns.text(nullable=True)
    report: str = columns.text()
    series_id: UUID | None = columns.uuid(nullable=True)
    contact_person_id: UUID | None = columns.uuid(nullable=True)
    walk_ins: int | None = columns.integer(nullable=True)
    told_as: int = columns.integer()
    of_experience: int = columns.integer()
    themes: list[str] = columns.texts(codes=columns.CityCodes("category_groups"))
    materials: list[columns.Json] = columns.json_list()
    prepares_id: UUID | None = columns.uuid(nullable=True)
    holiday_on: date | None = columns.day(nullable=True)


class SeatRow(CommunityTable, table=True):
    """A seat; `address_digest` tells a second sign-up with one address, and nothing else."""

    __tablename__ = "seats"
    __table_args__ = (
        Index("seats_gathering", "gathering_id", "number"),
        Index(
            "seats_once",
            "gathering_id",
            "address_digest",
            unique=True,
            postgresql_where=text("state NOT IN ('passed', 'cancelled')"),
        ),
    )

    id: UUID = columns.key()
    gathering_id: UUID = columns.uuid(references="gatherings.id")
    requested_at: datetime = columns.moment()
    state: str = columns.text()
    number: int | None = columns.integer(nullable=True)
    offered_until: datetime | None = columns.moment(nullable=True)
    in_calendar: bool = columns.flag()
    revision: int = columns.integer()
    speaks: bool = columns.flag()
    asked_about: str = columns.text()
    address_digest: bytes = columns.sealed()


class SeatKeyRow(CommunityTable, table=True):
    """The key that opens what was told with a seat."""

    __tablename__ = "seat_keys"

    seat_id: UUID = columns.key(references="seats.id")
    wrapped: bytes = columns.wrapped_key()


class SignUpRow(CommunityTable, table=True):
    """What was told with a seat, sealed; it goes with its key."""

    __tablename__ = "sign_ups"

    seat_id: UUID = columns.key(references="seat_keys.seat_id")
    name: bytes = columns.sealed()
    email: bytes = columns.sealed()
    organisation: bytes = columns.sealed()
    topic: bytes = columns.sealed()
    needs: bytes = columns.sealed()
    seen_by: bytes = columns.sealed()
    comes_as: bytes = columns.sealed()
    table_wish: bytes = columns.sealed()


class HostRow(CommunityTable, table=True):
    """Who wants to host now and then."""

    __tablename__ = "hosts"

    person_id: UUID = columns.key()
    organisation_id: UUID = columns.uuid()
    paused_until: date | None = columns.day(nullable=True)


class HostTurnRow(CommunityTable, table=True):
    """Somebody asked to host one gathering."""

    __tablename__ = "host_turns"
    __table_args__ = (Index("host_turns_gathering", "gathering_id"), Index("host_turns_person", "person_id"))

    id: UUID = columns.key()
    gathering_id: UUID = columns.uuid(references="gatherings.id")
    person_id: UUID = columns.uuid()
    organisation_id: UUID = columns.uuid()
    answer_by: datetime = columns.moment()
    state: str = columns.text()
    in_calendar: bool = columns.flag()


class SubjectRow(CommunityTable, table=True):
    """What wishes are put together under, and what becomes of it."""

    __tablename__ = "subjects"
    __table_args__ = (Index("subjects_gathering", "gathering_id"),)

    id: UUID = columns.key()
    gathering_id: UUID = columns.uuid(references="gatherings.id")
    title: str = columns.text()
    votes: int = columns.integer()
    state: str = columns.text()
    outcome: str = columns.text()
    owner: str = columns.text()
    due_on: date | None = columns.day(nullable=True)
    given: int = columns.integer()


class WishRow(CommunityTable, table=True):
    """What somebody would like, told at a gathering; of whom is kept nowhere."""

    __tablename__ = "wishes"
    __table_args__ = (Index("wishes_gathering", "gathering_id"),)

    id: UUID = columns.key()
    gathering_id: UUID = columns.uuid(references="gatherings.id")
    asks_for: str = columns.text()
    way: str = columns.text()
    told_at: datetime = columns.moment()
    subject_id: UUID | None = columns.uuid(nullable=True, references="subjects.id")


GATHERINGS = CommunityTable.metadata.tables["gatherings"]
SERIES = CommunityTable.metadata.tables["series"]
SEATS = CommunityTable.metadata.tables["seats"]
SEAT_KEYS = CommunityTable.metadata.tables["seat_keys"]
SIGN_UPS = CommunityTable.metadata.tables["sign_ups"]
PLACES = CommunityTable.metadata.tables["places"]
HOSTS = CommunityTable.metadata.tables["hosts"]
HOST_TURNS = CommunityTable.metadata.tables["host_turns"]
SUBJECTS = CommunityTable.metadata.tables["subjects"]
WISHES = CommunityTable.metadata.tables["wishes"]
FEEDS = CommunityTable.metadata.tables["feeds"]
FEED_SEATS = CommunityTable.metadata.tables["feed_seats"]
VOTINGS = CommunityTable.metadata.tables["votings"]
VOTES = CommunityTable.metadata.tables["votes"]
INVITATIONS = CommunityTable.metadata.tables["invitations"]

# Their tables are in the metadata of `CommunityTable` once they are imported.
__all__ = [
    "CommunityTable", "acquaintance_tables", "calendar_tables", "card_tables", "care_tables", "example_tables",
    "following_tables", "invitation_tables", "knowledge_tables", "passport_tables", "programme_tables",
    "sparring_tables", "swap_tables", "voting_tables",
]  # fmt: skip
