"""Matching's tables. Rows are not domain objects: no rules stand here but what the database must hold by itself."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Column, ColumnElement, ForeignKey, Index, Table, Uuid, any_, cast, text
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlmodel import Field

from services.matching.domain.referral_state import ACTIVE
from services.matching.domain.rules import TAKES_A_PLACE
from services.matching.store.contact_tables import ContactRow, PersonChangeRow
from services.matching.store.entry_tables import ApplicationRow, EntryChangeRow
from services.matching.store.import_tables import MapImportLineRow, MapImportPartRow, MapImportRow
from services.matching.store.network_tables import MatchingTable
from services.matching.store.ranking_tables import RankedOfferRow
from services.matching.store.search_tables import EverydayWordRow, MissedWordRow
from shared.storage import columns
from shared.storage.columns import CityCodes

ONE_ACTIVE_PER_NEED = "referrals_one_active_per_need"
_ACTIVE_STATES = ", ".join(f"'{state}'" for state in sorted(ACTIVE))
TAKES_A_PLACE_STATES = ", ".join(f"'{state}'" for state in sorted(TAKES_A_PLACE))


class CaseRow(MatchingTable, table=True):
    """What matching knows of a case: codes only."""

    __tablename__ = "cases"
    __table_args__ = (
        Index("cases_organisation", "organisation_id"),
        Index("cases_ambassador", "ambassador_id"),
        Index("cases_paused", "id", postgresql_where=text("state IN ('on-hold', 'paused')")),
    )

    id: UUID = columns.key()
    code: str = columns.text()
    ambassador_id: UUID = columns.uuid()
    organisation_id: UUID = columns.uuid()
    district: str | None = columns.text(nullable=True, codes=CityCodes("districts"))
    age_band: str = columns.text()
    # Not of the city's list: a family may speak any language, and pages call it by its name in ISO 639.
    language: str = columns.text()
    interpreter_needed: bool = columns.flag()
    excluded: list[UUID] = columns.uuids()
    stopped: list[UUID] = columns.uuids()
    household_id: UUID | None = columns.uuid(nullable=True)
    state: str = columns.text()
    consent_outgrown: bool = columns.flag()


class NeedRow(MatchingTable, table=True):
    """One need of a case."""

    __tablename__ = "needs"
    __table_args__ = (Index("needs_case", "case_id"),)

    id: UUID = columns.key()
    case_id: UUID = Field(sa_column=Column(Uuid, ForeignKey("cases.id"), nullable=False))
    category: str = columns.text(codes=CityCodes("categories"))
    urgency: str = columns.text()
    beneficiary: str = columns.text()
    horizon: str = columns.text()
    depends_on: list[UUID] = columns.uuids()
    state: str = columns.text()
    postponed_until: date | None = columns.day(nullable=True)


class ReferralRow(MatchingTable, table=True):
    """One partner asked for one need. The unique index is promise P2: at most one active partner per need."""

    __tablename__ = "referrals"
    __table_args__ = (
        Index(ONE_ACTIVE_PER_NEED, "need_id", unique=True, postgresql_where=text(f"state IN ({_ACTIVE_STATES})")),
        Index("referrals_need", "need_id"),
        Index("referrals_case", "case_id"),
        Index("referrals_organisation", "organisation_id"),
        # Numbers are found by their beginning.
        Index("referrals_case_code", "case_code", postgresql_ops={"case_code": "text_pattern_ops"}),
        Index("referrals_number", "number", postgresql_ops={"number": "text_pattern_ops"}),
        Index("referrals_contact", "contact_id", postgresql_where=text(f"state IN ({_ACTIVE_STATES})")),
        Index("referrals_load", "service_id", postgresql_where=text(f"state IN ({TAKES_A_PLACE_STATES})")),
    )

    id: UUID = columns.key()
    case_id: UUID = columns.uuid()
    need_id: UUID = columns.uuid()
    organisation_id: UUID = columns.uuid()
    service_id: UUID = columns.uuid()
    contact_id: UUID = columns.uuid()
    case_code: str = columns.text()
    # It follows from the id, and is kept to be found by.
    number: str = columns.text()
    ambassador_id: UUID = columns.uuid()
    category: str = columns.text(codes=CityCodes("categories"))
    attempt: int = columns.small_integer()
    reasons: list[str] = columns.texts()
    state: str = columns.text()
    beneficiary: str = columns.text()
    deputy_id: UUID | None = columns.uuid(nullable=True)
    activated_at: datetime = columns.moment()
    answer_by: datetime = columns.moment()
    clock_since: datetime = columns.moment()
    answered_at: datetime | None = columns.moment(nullable=True)
    answered_by: UUID | None = columns.uuid(nullable=True)
    first_contact_on: date | None = columns.day(nullable=True)
    from_day: date | None = columns.day(nullable=True)
    decline_reason: str | None = columns.text(nullable=True)
    explanation: str = columns.text()
    redirected_to: UUID | None = columns.uuid(nullable=True)
    withdraw_reason: str | None = columns.text(nullable=True)
    planned_on: date | None = columns.day(nullable=True)
    planned_at: datetime | None = columns.moment(nullable=True)
    met_on: date | None = columns.day(nullable=True)
    met_said_by: str | None = columns.text(nullable=True)
    handed_over_on: date | None = columns.day(nullable=True)
    handover_kind: str | None = columns.text(nullable=True)
    cold_reason: str | None = columns.text(nullable=True)
    started_on: date | None = columns.day(nullable=True)
    delivered_on: date | None = columns.day(nullable=True)
    failure_reason: str | None = columns.text(nullable=True)
    outcome: str | None = columns.text(nullable=True)
    rest: str | None = columns.text(nullable=True)
    deletion_asked_at: datetime | None = columns.moment(nullable=True)
    deleted_at: datetime | None = columns.moment(nullable=True)


class QuestionRow(MatchingTable, table=True):
    """What a partner asked before it answered, and what the ambassador said."""

    __tablename__ = "questions"
    __table_args__ = (Index("questions_referral", "referral_id"), Index("questions_case", "case_id"))

    id: UUID = columns.key()
    case_id: UUID = columns.uuid()
    referral_id: UUID = columns.uuid()
    asked_by: UUID = columns.uuid()
    asked_at: datetime = columns.moment()
    question: str = columns.text()
    answer: str = columns.text()
    answered_by: UUID | None = columns.uuid(nullable=True)
    answered_at: datetime | None = columns.moment(nullable=True)


class RankingRow(MatchingTable, table=True):
    """A ranking of a need as it was made. `lines` are what `domain.search_history.Considered` holds."""

    __tablename__ = "rankings"
    __table_args__ = (
        Index("rankings_need", "need_id", "number", unique=True),
        Index("rankings_case", "case_id"),
    )

    id: UUID = columns.key()
    case_id: UUID = columns.uuid()
    need_id: UUID = columns.uuid()
    number: int = columns.small_integer()
    made_at: datetime = columns.moment()
    lines: list[columns.Json] = columns.json_list()
    more_candidates: int = columns.integer()
    more_passed: int = columns.integer()


class ChoiceRow(MatchingTable, table=True):
    """What somebody of the desk chose for a need, and why."""

    __tablename__ = "desk_choices"
    __table_args__ = (Index("desk_choices_need", "need_id"), Index("desk_choices_case", "case_id"))

    id: UUID = columns.key()
    case_id: UUID = columns.uuid()
    need_id: UUID = columns.uuid()
    kind: str = columns.text()
    chosen_by: UUID = columns.uuid()
    chosen_at: datetime = columns.moment()
    reason: str | None = columns.text(nullable=True)
    service_id: UUID | None = columns.uuid(nullable=True)
    until: date | None = columns.day(nullable=True)
    against: list[str] = columns.texts()


class SignInRow(MatchingTable, table=True):
    """An attempt to sign in. The code is not here: it follows from the id and a key."""

    __tablename__ = "sign_ins"
    __table_args__ = (Index("sign_ins_expires_at", "expires_at"), Index("sign_ins_lane", "lane", "expires_at"))

    id: UUID = columns.key()
    person_id: UUID | None = columns.uuid(nullable=True)
    expires_at: datetime = columns.moment()
    tries: int = columns.small_integer()
    used: bool = columns.flag()
    lane: str = columns.text()
    code_id: UUID | None = columns.uuid(nullable=True)
    digits: int = columns.small_integer()
    second_tries: int = columns.small_integer()


class SecondFactorRow(MatchingTable, table=True):
    """The second factor of a person; the seed is sealed with a key of its own."""

    __tablename__ = "second_factors"

    person_id: UUID = columns.key()
    wrapped_key: bytes = columns.wrapped_key()
    sealed_seed: bytes = columns.sealed()
    confirmed: bool = columns.flag()
    last_step: int = columns.integer()
    recovery_hashes: list[str] = columns.texts()


# For what is put together on the connection: on the way of an event, and where an import brings tens of thousands.
ORGANISATIONS = MatchingTable.metadata.tables["organisations"]
SERVICES = MatchingTable.metadata.tables["services"]
PEOPLE = MatchingTable.metadata.tables["people"]
APPLICATIONS = MatchingTable.metadata.tables[str(ApplicationRow.__tablename__)]
ENTRY_CHANGES = MatchingTable.metadata.tables[str(EntryChangeRow.__tablename__)]
CASES = MatchingTable.metadata.tables["cases"]
NEEDS = MatchingTable.metadata.tables["needs"]
REFERRALS = MatchingTable.metadata.tables["referrals"]
QUESTIONS = MatchingTable.metadata.tables["questions"]
CONTACTS = MatchingTable.metadata.tables[ContactRow.__tablename__]
PERSON_CHANGES = MatchingTable.metadata.tables[PersonChangeRow.__tablename__]
EVERYDAY_WORDS = MatchingTable.metadata.tables[str(EverydayWordRow.__tablename__)]
MISSED_WORDS = MatchingTable.metadata.tables[str(MissedWordRow.__tablename__)]
MAP_IMPORTS = MatchingTable.metadata.tables[str(MapImportRow.__tablename__)]
MAP_IMPORT_PARTS = MatchingTable.metadata.tables[str(MapImportPartRow.__tablename__)]
MAP_IMPORT_LINES = MatchingTable.metadata.tables[str(MapImportLineRow.__tablename__)]
RANKED_OFFERS = MatchingTable.metadata.tables[str(RankedOfferRow.__tablename__)]
RANKINGS = MatchingTable.metadata.tables["rankings"]
CHOICES = MatchingTable.metadata.tables["desk_choices"]


def one_of(column: Column[Any], values: Collection[Any]) -> ColumnElement[bool]:
    """Whether it is one of these; however many, they are one parameter."""
    return column == any_(cast(list(values), ARRAY(column.type)))


def upsert(table: Table, rows: dict[str, Any] | list[dict[str, Any]] | None = None) -> Insert:
    """Insert, or take over every column of the row with the same id. Without rows: given to it on execution."""
    statement = insert(table) if rows is None else insert(table).values(rows)
    excluded = {column.name: statement.excluded[column.name] for column in table.columns if column.name != "id"}
    return statement.on_conflict_do_update(index_elements=[table.c.id], set_=excluded)
