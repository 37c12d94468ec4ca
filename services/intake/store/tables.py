"""Intake's tables. Rows are not cases: no rules stand here.

What tells who a child or family is stands in `vault`, `need_words` and `case_notes` only, sealed with the case's key;
and in `drafts`, sealed with the draft's own.
"""

from datetime import date, datetime
from typing import ClassVar, Final
from uuid import UUID

from sqlalchemy import Boolean, Column, Index, LargeBinary, text
from sqlmodel import Field

from services.intake.store.consent_table import AcceptedReferralRow, ConsentRow
from services.intake.store.early_tables import DraftKeyRow, DraftRow, SignalKeyRow, SignalRemarkRow, SignalRow
from services.intake.store.family_tables import ExperienceRow, FamilyAccessRow, FamilyAskRow, FamilyVisitRow
from services.intake.store.intake_table import IntakeTable
from services.intake.store.same_child_table import SameChildRow
from shared.storage import columns
from shared.storage.columns import CityCodes, Json

# To another case of the same child.
LEAVES_NEEDS: Final = "elsewhere <> '[]'::jsonb"


class CaseRow(IntakeTable, table=True):
    """One case. `needs_found` and what follows are there once there was an inventory."""

    __tablename__: ClassVar[str] = "cases"
    __table_args__ = (
        Index("cases_newest", "received_at", "id"),
        Index("cases_newest_of_organisation", "organisation_id", "received_at", "id"),
        Index("cases_newest_of_ambassador", "ambassador_id", "received_at", "id"),
        Index("cases_changed", "changed_at", "id"),
        Index("cases_of_household", "household_id", "id"),
        Index("cases_elsewhere", "id", postgresql_where=text(LEAVES_NEEDS)),
        Index(
            "cases_ended", "state", "changed_at", postgresql_where=text("state IN ('closed', 'withdrawn', 'erasing')")
        ),
    )

    id: UUID = columns.key()
    code: str = columns.text(unique=True)
    household_id: UUID = columns.uuid()
    state: str = columns.text()
    ambassador_id: UUID = columns.uuid()
    organisation_id: UUID = columns.uuid()
    district: str | None = columns.text(nullable=True, codes=CityCodes("districts"))
    age_band: str = columns.text()
    # Not of the city's list: a family may speak any language, and pages call it by its name in ISO 639.
    family_language: str = columns.text()
    interpreter_needed: bool = columns.flag()
    consent_given_by: str = columns.text()
    consent_given_on: date = columns.day()
    consent_text_version: str = columns.text()
    consent_language: str | None = columns.text(nullable=True)
    consent_how: str | None = columns.text(nullable=True)
    consent_interpreter: bool = columns.flag()
    needs_asked: list[Json] = columns.json_list(codes=CityCodes("categories", at="$[*].category"))
    received_at: datetime = columns.moment()
    changed_at: datetime = columns.moment()
    acknowledged_at: datetime | None = columns.moment(nullable=True)
    needs_found: list[Json] | None = columns.json_list(nullable=True, codes=CityCodes("categories", at="$[*].category"))
    discussed_on: date | None = columns.day(nullable=True)
    excluded_organisations: list[str] = columns.json_texts()
    rather_not: list[str] = columns.json_texts()
    raised_needs: list[str] = columns.json_texts()
    elsewhere: list[str] = columns.json_texts()
    home_visit_on: date | None = columns.day(nullable=True)
    home_visit_at: datetime | None = columns.moment(nullable=True)
    home_visit_interpreter: bool = columns.flag()
    home_visit_took_place: bool | None = Field(default=None, sa_column=Column(Boolean))
    paused_until: date | None = columns.day(nullable=True)
    paused_by_wish_of: str | None = columns.text(nullable=True)
    missing_parts: list[str] = columns.json_texts()
    follow_up_rhythm: str = columns.text()
    second_reader_id: UUID | None = columns.uuid(nullable=True)
    results: list[Json] | None = columns.json_list(nullable=True)
    filed_by: UUID | None = columns.uuid(nullable=True)
    previous_ambassador_id: UUID | None = columns.uuid(nullable=True)
    family_told_on: date | None = columns.day(nullable=True)
    erase_on: date | None = columns.day(nullable=True)
    erased_because: str | None = columns.text(nullable=True)
    erasure_asked_by: UUID | None = columns.uuid(nullable=True)
    held_at: datetime | None = columns.moment(nullable=True)
    held_by: UUID | None = columns.uuid(nullable=True)
    lift_asked_by: UUID | None = columns.uuid(nullable=True)
    lift_asked_as: str | None = columns.text(nullable=True)
    consent_asked_of: str | None = columns.text(nullable=True)


class CaseKeyRow(IntakeTable, table=True):
    """The case's own key, wrapped by the environment's. Without it everything below is noise.

    `child_mark`: a keyed hash of who the child is. It stands here, so that it goes when the key goes, from backups too.
    """

    __tablename__: ClassVar[str] = "case_keys"
    __table_args__ = (Index("case_keys_child_mark", "child_mark", postgresql_where=text("child_mark IS NOT NULL")),)

    case_id: UUID = columns.key()
    wrapped: bytes = columns.wrapped_key()
    child_mark: bytes | None = Field(default=None, sa_column=Column(LargeBinary))


class VaultRow(IntakeTable, table=True):
    """The sealed facts of one case; the names of the columns are those of `domain.dossier.Fact`."""

    __tablename__: ClassVar[str] = "vault"

    case_id: UUID = columns.key(references="case_keys.case_id")
    first_name: bytes | None = columns.sealed(nullable=True)
    last_name: bytes | None = columns.sealed(nullable=True)
    birth_date: bytes | None = columns.sealed(nullable=True)
    expected_month: bytes | None = columns.sealed(nullable=True)
    contact_name: bytes | None = columns.sealed(nullable=True)
    phone: bytes | None = columns.sealed(nullable=True)
    email: bytes | None = columns.sealed(nullable=True)
    address: bytes | None = columns.sealed(nullable=True)
    story: bytes | None = columns.sealed(nullable=True)
    consent_name: bytes | None = columns.sealed(nullable=True)
    context: bytes | None = columns.sealed(nullable=True)
    bottlenecks: bytes | None = columns.sealed(nullable=True)
    effect_on_child: bytes | None = columns.sealed(nullable=True)
    preferred_name: bytes | None = columns.sealed(nullable=True)
    contact_wishes: bytes | None = columns.sealed(nullable=True)
    district: bytes | None = columns.sealed(nullable=True)
    own_network: bytes | None = columns.sealed(nullable=True)
    helper_wishes: bytes | None = columns.sealed(nullable=True)


class NeedWordsRow(IntakeTable, table=True):
    """What the family said of one need, sealed; the names of the columns are those of `domain.dossier.NeedWords`."""

    __tablename__: ClassVar[str] = "need_words"
    __table_args__ = (Index("need_words_case", "case_id"),)

    need_id: UUID = columns.key()
    case_id: UUID = columns.uuid(references="case_keys.case_id")
    words: bytes | None = columns.sealed(nullable=True)
    goal: bytes | None = columns.sealed(nullable=True)
    target_on: bytes | None = columns.sealed(nullable=True)


class CaseNoteRow(IntakeTable, table=True):
    """Words that belong to one moment of a case, sealed."""

    __tablename__: ClassVar[str] = "case_notes"
    __table_args__ = (Index("case_notes_case", "case_id", "written_at", "id"),)

    id: UUID = columns.key()
    case_id: UUID = columns.uuid(references="case_keys.case_id")
    kind: str = columns.text()
    written_by: UUID = columns.uuid()
    written_at: datetime = columns.moment()
    words: bytes = columns.sealed()


class UnconfirmedRow(IntakeTable, table=True):
    """A case that is erased here, and not yet in each other service."""

    __tablename__: ClassVar[str] = "unconfirmed_erasures"

    case_id: UUID = columns.key()
    since: datetime = columns.moment()
    waits_for: list[str] = columns.texts()


class OrganisationRow(IntakeTable, table=True):
    """An organisation of the network, by its public name."""

    __tablename__: ClassVar[str] = "organisations"

    id: UUID = columns.key()
    name: str = columns.text()
    kind: str | None = columns.text(nullable=True, codes=CityCodes("organisation_kinds"))


class ServiceRow(IntakeTable, table=True):
    """What an organisation offers, by its public name."""

    __tablename__: ClassVar[str] = "services"

    id: UUID = columns.key()
    organisation_id: UUID = columns.uuid()
    name: str = columns.text()


class TimelineEntryRow(IntakeTable, table=True):
    """One line of a case's timeline."""

    __tablename__: ClassVar[str] = "timeline_entries"
    __table_args__ = (
        Index("timeline_entries_case", "case_id", "at", "id"),
        Index("timeline_entries_number", "number", postgresql_where=text("number IS NOT NULL")),
    )

    id: UUID = columns.key()
    case_id: UUID = columns.uuid()
    at: datetime = columns.moment()
    kind: str = columns.text()
    organisation_id: UUID | None = columns.uuid(nullable=True)
    need_id: UUID | None = columns.uuid(nullable=True)
    detail: str | None = columns.text(nullable=True)
    on: date | None = columns.day(nullable=True)
    number: str | None = columns.text(nullable=True)


class ProgressRow(IntakeTable, table=True):
    """Where one need stands."""

    __tablename__: ClassVar[str] = "need_progress"
    __table_args__ = (Index("need_progress_case", "case_id"),)

    need_id: UUID = columns.key()
    case_id: UUID = columns.uuid()
    progress: str = columns.text()
    since: datetime = columns.moment()
    organisation_id: UUID | None = columns.uuid(nullable=True)
    service_id: UUID | None = columns.uuid(nullable=True)
    on: date | None = columns.day(nullable=True)
    detail: str | None = columns.text(nullable=True)


class ApiKeyRow(IntakeTable, table=True):
    """A school's key, hashed."""

    __tablename__: ClassVar[str] = "api_keys"

    id: UUID = columns.key()
    organisation_id: UUID = columns.uuid()
    ambassador_id: UUID = columns.uuid()
    label: str = columns.text()
    hash: bytes = Field(sa_column=Column(LargeBinary, nullable=False, unique=True))
    created_at: datetime = columns.moment()
    revoked_at: datetime | None = columns.moment(nullable=True)


__all__ = [
    "AcceptedReferralRow", "ApiKeyRow", "CaseKeyRow", "CaseRow", "ConsentRow", "DraftKeyRow", "DraftRow",
    "ExperienceRow", "FamilyAccessRow", "FamilyAskRow", "FamilyVisitRow", "IntakeTable", "NeedWordsRow",
    "OrganisationRow", "ProgressRow", "SameChildRow", "ServiceRow", "SignalKeyRow", "SignalRemarkRow", "SignalRow",
    "TimelineEntryRow", "UnconfirmedRow", "VaultRow",
]  # fmt: skip
