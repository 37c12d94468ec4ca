"""Whatever column holds codes of the city says of which list: only then a code without words is found at start."""

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import Column, MetaData, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from shared.events.catalogue import SERVICES
from shared.storage.columns import CITY_CODES, CityCodes
from shared.storage.stored_codes import tables_of

BY_NAME = {
    "districts": re.compile(r"(^|_)districts?$|^(lives|asked)_in$|^area$"),
    "categories": re.compile(r"(^|_)categor(y|ies)$"),
    "languages": re.compile(r"(^|_)languages?$"),
    "organisation_kinds": re.compile(r"^(partner_)?kind$"),
    "person_kinds": re.compile(r"^kinds$"),
    "access": re.compile(r"^access$"),
    "category_groups": re.compile(r"^(themes|wanted)$"),
    "signals": re.compile(r"^(worries|signals)$"),
}
OF_NO_LIST = {
    "cases.family_language": "a family may speak any language of ISO 639",
    "cases.language": "a family may speak any language of ISO 639",
    "cases.consent_language": "a language of one of the texts, not of the help",
    "consents.language": "a language of one of the texts, not of the help",
    "timeline_entries.kind": "the kind of a line, not of an organisation",
    "case_notes.kind": "what a note is about",
    "drafts.kind": "what a draft becomes",
    "desk_choices.kind": "what the desk chose",
    "reading_points.kind": "how somebody read unusually",
    "map_import_lines.kind": "whether it is about an organisation, an offer, a person or a row",
    "articles.kind": "what a reader comes for",
    "organisation_contacts.kind": "how two organisations were in touch",
    "gatherings.kind": "what kind of evening it is",
    "series.kind": "what kind of evening it is",
    "vault.district": "sealed",
}
JSON_WITHOUT_CODES = {
    "people.memberships": "ids and roles",
    "rankings.lines": "ids, numbers, and reasons in words",
    "cases.excluded_organisations": "ids",
    "cases.rather_not": "ids",
    "cases.raised_needs": "ids",
    "cases.elsewhere": "ids",
    "same_children.left_out_older": "ids",
    "same_children.left_out_younger": "ids",
    "cases.missing_parts": "codes of our own",
    "cases.results": "ids and codes of our own",
    "services.open_hours": "days and minutes, read out of words",
    "watches.document": "its district stands in a column of its own too; of what is needed it knows ids only",
    "map_import_lines.changes": "what entries said before a file; a code without words is shown as it is",
    "entry_changes.changes": "what an entry said before; a code without words is shown as it is",
    "editions.earlier": "titles and texts",
    "gatherings.materials": "titles and addresses",
    "timeline.details": "no page shows a code of the city out of it",
}


def undeclared(tables: MetaData) -> Iterator[str]:
    """Columns that may hold codes of the city and do not say so."""
    for table in tables.sorted_tables:
        for column in table.columns:
            place = f"{table.name}.{column.name}"
            codes = column.info.get(CITY_CODES)
            if isinstance(column.type, JSONB):
                if codes is None and place not in JSON_WITHOUT_CODES:
                    yield place
                continue
            named = next((of for of, name in BY_NAME.items() if name.search(column.name)), None)
            if named != (codes.of if codes else None) and place not in OF_NO_LIST:
                yield place


@pytest.mark.parametrize("service", SERVICES)
def test_every_column_with_codes_of_the_city_says_of_which_list(service: str) -> None:
    assert list(undeclared(tables_of(service))) == []


def test_every_exception_is_a_column_that_exists() -> None:
    places = {
        f"{table.name}.{column.name}"
        for service in SERVICES
        for table in tables_of(service).sorted_tables
        for column in table.columns
    }
    assert places >= OF_NO_LIST.keys() | JSON_WITHOUT_CODES.keys()


@pytest.mark.parametrize(
    "column",
    [
        Column("district", Text),
        Column("categories", Text),
        Column("home_language", Text),
        Column("kind", Text),
        Column("district", Text, info={CITY_CODES: CityCodes("languages")}),
        Column("facts", JSONB),
    ],
)
def test_column_that_does_not_say_so_is_found(column: Column[str]) -> None:
    tables = MetaData()
    Table("samples", tables, column)
    assert list(undeclared(tables)) == [f"samples.{column.name}"]
