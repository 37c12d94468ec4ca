"""The tables of the network: organisations, the social map and people; and the base of all of matching's tables."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Column, ForeignKey, Index, MetaData, Uuid, text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from shared.storage import columns
from shared.storage.columns import CityCodes


class MatchingTable(SQLModel, registry=registry()):
    """Matching's own tables, apart from those of every other service."""

    metadata = MetaData()


class OrganisationRow(MatchingTable, table=True):
    """An organisation on the map. `searched_as`, `says_searched_as`: its name and description, folded."""

    __tablename__ = "organisations"
    __table_args__ = (Index("organisations_name", "name", "id"),)

    id: UUID = columns.key()
    name: str = columns.text()
    kind: str = columns.text(codes=CityCodes("organisation_kinds"))
    description: str = columns.text()
    website: str = columns.text()
    email: str = columns.text()
    phone: str = columns.text()
    has_agreement: bool = columns.flag()
    on_map: bool = columns.flag()
    strengths: str = columns.text()
    limits: str = columns.text()
    active: bool = columns.flag()
    version: int = columns.integer()
    listed_at: datetime | None = columns.moment(nullable=True)
    verified_at: datetime | None = columns.moment(nullable=True)
    verified_by: UUID | None = columns.uuid(nullable=True)
    doubted_at: datetime | None = columns.moment(nullable=True)
    hidden_at: datetime | None = columns.moment(nullable=True)
    changed_at: datetime | None = columns.moment(nullable=True)
    checks_asked: int = columns.small_integer()
    check_asked_at: datetime | None = columns.moment(nullable=True)
    searched_as: str = columns.text()
    says_searched_as: str = columns.text()


class ServiceRow(MatchingTable, table=True):
    """A service on the map. `search`, `open_hours`: what it is found by, as this version made it."""

    __tablename__ = "services"
    __table_args__ = (
        Index("services_organisation", "organisation_id"),
        Index("services_name", "name", "id"),
        Index("services_changed", "changed_at"),
        Index("services_categories", "categories", postgresql_using="gin"),
        Index("services_contacts", "contact_ids", postgresql_using="gin"),
        Index("services_search", "search", postgresql_using="gin"),
        # What the public finds when nothing is asked, in its order.
        Index(
            "services_found",
            "name",
            "id",
            postgresql_where=text("on_map IS TRUE AND active IS TRUE AND hidden_at IS NULL"),
        ),
        Index("services_index_version", "index_version", "id"),
    )

    id: UUID = columns.key()
    organisation_id: UUID = Field(sa_column=Column(Uuid, ForeignKey("organisations.id"), nullable=False))
    name: str = columns.text()
    categories: list[str] = columns.texts(codes=CityCodes("categories"))
    description: str = columns.text()
    districts: list[str] = columns.texts(codes=CityCodes("districts"))
    whole_city: bool = columns.flag()
    languages: list[str] = columns.texts(codes=CityCodes("languages"))
    minimum_age: int | None = columns.small_integer(nullable=True)
    maximum_age: int | None = columns.small_integer(nullable=True)
    is_free: bool | None = columns.flag(nullable=True)
    cost: str = columns.text()
    contact_ids: list[UUID] = columns.uuids()
    phone: str = columns.text()
    email: str = columns.text()
    website: str = columns.text()
    address: str = columns.text()
    schedule: str = columns.text()
    walk_in: bool = columns.flag()
    interpreter: bool = columns.flag()
    capacity: int | None = columns.integer(nullable=True)
    does: str = columns.text()
    does_not: str = columns.text()
    expects_from_referrer: str = columns.text()
    response_days: int | None = columns.small_integer(nullable=True)
    active: bool = columns.flag()
    full_until: date | None = columns.day(nullable=True)
    on_map: bool = columns.flag()
    access: list[str] = columns.texts(codes=CityCodes("access"))
    contact_hours: str = columns.text()
    sparring: bool = columns.flag()
    sign_up: str = columns.text()
    version: int = columns.integer()
    listed_at: datetime | None = columns.moment(nullable=True)
    verified_at: datetime | None = columns.moment(nullable=True)
    verified_by: UUID | None = columns.uuid(nullable=True)
    doubted_at: datetime | None = columns.moment(nullable=True)
    hidden_at: datetime | None = columns.moment(nullable=True)
    changed_at: datetime | None = columns.moment(nullable=True)
    reported: list[str] = columns.texts()
    missing_since: date | None = columns.day(nullable=True)
    missing_from: str = columns.text()
    index_version: int = columns.small_integer()
    search: str = Field(sa_column=Column(TSVECTOR, nullable=False))
    open_hours: columns.Json = columns.json()


class PersonRow(MatchingTable, table=True):
    """A professional or volunteer. `email_key` is the address in small letters: one person per address."""

    __tablename__ = "people"
    __table_args__ = (
        Index("people_email_key", "email_key", unique=True),
        Index(
            "people_memberships",
            "memberships",
            postgresql_using="gin",
            postgresql_ops={"memberships": "jsonb_path_ops"},
        ),
    )

    id: UUID = columns.key()
    name: str = columns.text()
    email: str = columns.text()
    email_key: str = columns.text()
    phone: str = columns.text()
    memberships: columns.Json = columns.json()
    active: bool = columns.flag()
    epoch: int = columns.integer()
    deputy_id: UUID | None = columns.uuid(nullable=True)
    away_from: date | None = columns.day(nullable=True)
    away_until: date | None = columns.day(nullable=True)
    kinds: list[str] = columns.texts(codes=CityCodes("person_kinds"))
    leaves_on: date | None = columns.day(nullable=True)
    version: int = columns.integer()


class TakenRow(MatchingTable, table=True):
    """A digest of the row of the file, the version that came of it, and the sum of those of its contact persons.

    `missing`: the last file of this source did not have it. `ended`: an import was taken back that had brought it, be
    it an offer, an organisation or a person.
    """

    __tablename__ = "taken_rows"
    __table_args__ = (Index("taken_rows_source", "source"),)

    id: UUID = columns.key()
    digest: str = columns.text()
    version: int = columns.integer()
    people: int = columns.integer()
    source: str = columns.text()
    missing: bool = columns.flag()
    ended: bool = columns.flag()
