"""What the ranking of one need looks at, narrow enough to read only those who may win."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Boolean, Column, Index, SmallInteger, Text, Uuid, text
from sqlmodel import Field

from services.matching.store.network_tables import MatchingTable
from shared.storage import columns
from shared.storage.columns import CityCodes

# Beside the codes of districts.
WHOLE_CITY: Final = "*"
UNKNOWN: Final = "?"
_FACTS: Final = (
    "service_id", "organisation_id", "youngest", "oldest", "says_ages", "languages", "interpreter", "doubted",
    "confirmed_at", "capacity", "full_until",
)  # fmt: skip


def _category() -> Column[str]:
    return Column(Text, primary_key=True, info={columns.CITY_CODES: CityCodes("categories")})


def _by(points: str) -> Index:
    """All that scores, so that the table itself is not read."""
    return Index(
        f"ranked_offers_{points}",
        "category",
        "place",
        points,
        postgresql_include=list(_FACTS),
        postgresql_where=text("askable"),
    )


class RankedOfferRow(MatchingTable, table=True):
    """A service once for each kind of help and each district, or once where it says no district.

    `points` are what it scores whatever the need is (`weights`), `points_urgent` when an answer is wanted quickly.
    `askable`: nothing of itself stands against it. `counts`: it is the one row of its kind of help that is counted.
    Written by `RankedOffers` only.
    """

    __tablename__ = "ranked_offers"
    __table_args__ = (
        _by("points"),
        _by("points_urgent"),
        Index(
            "ranked_offers_ages",
            "category",
            "askable",
            "youngest",
            "oldest",
            "service_id",
            postgresql_where=text("counts"),
        ),
        Index("ranked_offers_organisation", "organisation_id"),
        Index(
            "ranked_offers_places",
            "category",
            "service_id",
            postgresql_include=["youngest", "oldest", "capacity", "full_until"],
            postgresql_where=text("counts AND askable AND (capacity IS NOT NULL OR full_until IS NOT NULL)"),
        ),
    )

    service_id: UUID = Field(sa_column=Column(Uuid, primary_key=True))
    category: str = Field(sa_column=_category())
    place: str = Field(sa_column=Column(Text, primary_key=True))
    organisation_id: UUID = columns.uuid()
    counts: bool = columns.flag()
    askable: bool = columns.flag()
    points: int = columns.small_integer()
    points_urgent: int = columns.small_integer()
    youngest: int = columns.small_integer()
    oldest: int = columns.small_integer()
    says_ages: bool = columns.flag()
    languages: list[str] = columns.texts(codes=CityCodes("languages"))
    interpreter: bool = columns.flag()
    doubted: bool = columns.flag()
    confirmed_at: datetime | None = columns.moment(nullable=True)
    capacity: int | None = columns.integer(nullable=True)
    full_until: date | None = columns.day(nullable=True)


class RankedCountRow(MatchingTable, table=True):
    """How many services of a kind of help there are, by whether they can be asked and for which ages."""

    __tablename__ = "ranked_counts"

    category: str = Field(sa_column=_category())
    askable: bool = Field(sa_column=Column(Boolean, primary_key=True))
    youngest: int = Field(sa_column=Column(SmallInteger, primary_key=True))
    oldest: int = Field(sa_column=Column(SmallInteger, primary_key=True))
    number: int = columns.integer()
