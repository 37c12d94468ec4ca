"""P6, at rest: a family stands in intake's vault only, sealed; an address in matching only; a link or code nowhere."""

import re
from typing import Any

import pytest
from sqlalchemy import Column, Date, LargeBinary, MetaData, Table, Text, Uuid

from shared.events.catalogue import SERVICES
from shared.storage.stored_codes import tables_of
from shared.storage.tables import PLUMBING

PERSONAL = re.compile(
    r"(^|_)(name|surname|birth|e?mail|phone|address|street|postcode|story|words|bsn|remark|note)(_|$)"
)
SECRET = re.compile(r"(^|_)(link|url|token|secret|password|pin)(_|$)|^code$|^(short|sign_in)_code$")
# The social map, and the read models of it: names that everyone can look up.
PUBLIC_NAMES = {
    ("organisations", "name"),
    ("services", "name"),
    ("organisation_names", "name"),
    ("service_names", "name"),
}
# Words of the desk for colleagues: the page says that nothing of the family belongs there, and a BSN is refused.
OF_THE_DESK = {("notes", "words")}
# Whom to call about access, and where a hall is, is for whoever wants to come.
TOLD_TO_EVERYBODY = {
    f"{table}.{column}"
    for table, columns in (
        ("gatherings", ("contact_name", "contact_phone")),
        ("series", ("contact_name", "contact_phone")),
        ("places", ("name", "address")),
    )
    for column in columns
}
OF_A_CHILD = re.compile(r"[._](child|case|family|need|referral|district|school|birth|age|ambassador)(_|$)")
# Where the addresses of professionals are at home.
NETWORK = {"people", "contacts", "organisations", "services", "applications", "map_imports", "map_import_lines"}


def sealed_or_no_person(tables: MetaData) -> list[str]:
    """Columns of intake that hold a person and are not sealed."""
    return [
        f"{table.name}.{column.name}"
        for table in tables.sorted_tables
        for column in table.columns
        if PERSONAL.search(column.name) and not isinstance(column.type, LargeBinary | Uuid)
        if (table.name, column.name) not in PUBLIC_NAMES
    ]


def person_outside(tables: MetaData, home: set[str]) -> list[str]:
    """Columns that hold a person or an address, in other tables than these."""
    return [
        f"{table.name}.{column.name}"
        for table in tables.sorted_tables
        for column in table.columns
        if PERSONAL.search(column.name) and not isinstance(column.type, Uuid)
        if table.name not in home and (table.name, column.name) not in PUBLIC_NAMES | OF_THE_DESK
    ]


def way_in(tables: MetaData) -> list[str]:
    """Columns that hold something with which a person gets in."""
    return [
        f"{table.name}.{column.name}"
        for table in tables.sorted_tables
        for column in table.columns
        if SECRET.search(column.name) and not column.name.endswith("_hash")
    ]


def bad_table(*columns: Column[Any]) -> MetaData:
    """A set of one table."""
    tables = MetaData()
    Table("messages", tables, Column("id", Uuid, primary_key=True), *columns)
    return tables


def test_intake_seals_every_column_that_holds_a_person() -> None:
    assert sealed_or_no_person(tables_of("intake")) == []


def test_matching_keeps_people_in_the_tables_of_the_network_only() -> None:
    assert person_outside(tables_of("matching"), NETWORK) == []


@pytest.mark.parametrize("service", ["monitoring", "notify"])
def test_tables_outside_matching_hold_no_address_link_or_code(service: str) -> None:
    assert person_outside(tables_of(service), set()) == []
    assert way_in(tables_of(service)) == []


def test_plumbing_holds_no_person_and_links_as_hashes_only() -> None:
    assert person_outside(PLUMBING, set()) == []
    assert way_in(PLUMBING) == []


@pytest.mark.parametrize(
    ("name", "kind"), [("child_name", Text), ("email", Text), ("birth_date", Date), ("story", Text)]
)
def test_a_column_is_refused_when_it_holds_a_person(name: str, kind: type[Text | Date]) -> None:
    tables = bad_table(Column(name, kind))
    assert person_outside(tables, set()) == [f"messages.{name}"]
    assert sealed_or_no_person(tables) == [f"messages.{name}"]


@pytest.mark.parametrize("name", ["answer_link", "token", "code", "short_code", "sign_in_code"])
def test_a_column_is_refused_when_it_lets_a_person_in(name: str) -> None:
    assert way_in(bad_table(Column(name, Text))) == [f"messages.{name}"]
    assert way_in(bad_table(Column("token_hash", LargeBinary), Column("case_code", Text))) == []


def test_a_column_passes_when_it_is_sealed_or_an_identity() -> None:
    assert sealed_or_no_person(bad_table(Column("child_name", LargeBinary), Column("address_id", Uuid))) == []


@pytest.mark.parametrize("service", SERVICES)
def test_no_service_has_a_table_with_the_name_of_a_plumbing_table(service: str) -> None:
    assert tables_of(service).tables.keys() & PLUMBING.tables.keys() == set()


def test_community_seals_every_column_that_holds_a_person_who_is_not_told_to_everybody() -> None:
    assert set(sealed_or_no_person(tables_of("community"))) == TOLD_TO_EVERYBODY
    assert way_in(tables_of("community")) == []


def test_community_has_no_word_about_a_child_or_a_family() -> None:
    columns = [
        f"{table.name}.{column.name}" for table in tables_of("community").sorted_tables for column in table.columns
    ]

    assert [name for name in columns if OF_A_CHILD.search(name)] == []


@pytest.mark.parametrize("name", ["child_name", "case_id", "family", "kind_of_need", "district"])
def test_a_column_about_a_child_would_be_seen(name: str) -> None:
    assert OF_A_CHILD.search(f"gatherings.{name}")
