"""A social map as CSV: one row per service, as a spreadsheet saves it (comma or semicolon)."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from services.matching.adapters.checking import RowCheck
from services.matching.commands import ContactEntry, ImportMap, OrganisationEntry, RefusedRow, ServiceEntry
from services.matching.domain.words import CATEGORIES, DISTRICTS, LANGUAGES, ORGANISATION_KINDS
from services.matching.ports import ContactDetails

NEEDED = ("organisatie", "aanbod", "categorieen")
# Every column that is read; the first three must be there.
COLUMNS = (
    *NEEDED, "soort_organisatie", "organisatie_omschrijving", "website", "samenwerkingsafspraak", "omschrijving",
    "wijken", "leeftijd_van", "leeftijd_tot", "talen", "tolk", "gratis", "kosten", "contactpersoon", "email",
    "telefoon", "vervanger", "vervanger_email", "vervanger_telefoon", "adres", "tijden", "inloop", "plekken",
    "doen_wij", "doen_wij_niet", "verwacht_van_verwijzer", "reactietijd_dagen", "actief",
)  # fmt: skip
EXAMPLE_CATEGORY = "bike of: een fiets"
MOST_CELL = 131_072
Row = Mapping[str, object]


class CsvMap:
    """A CSV file. Rows that are wrong are named; the other rows are taken over."""

    def __init__(self, path: Path, details: ContactDetails) -> None:
        self._path = path
        self._details = details

    def read(self) -> ImportMap:
        """Everything in the file."""
        text = _decoded(self._path.read_bytes())
        reader = csv.DictReader(io.StringIO(text), delimiter=_delimiter(text), restkey="")
        try:
            missing = [column for column in NEEDED if column not in (reader.fieldnames or [])]
            rows = [] if missing else [(reader.line_num, row) for row in reader]
        except csv.Error as error:
            return ImportMap(refused=[RefusedRow(reader.line_num, "", f"dit bestand is niet te lezen: {error}")])
        if missing:
            return ImportMap(
                refused=[RefusedRow(1, name, "deze kolom ontbreekt", ";".join(NEEDED)) for name in missing]
            )
        return self._entries(rows)

    def _entries(self, rows: list[tuple[int, dict[str, str]]]) -> ImportMap:
        organisations: dict[str, OrganisationEntry] = {}
        services: dict[str, ServiceEntry] = {}
        refused: list[RefusedRow] = []
        for line, row in rows:
            check = RowCheck(line, self._details)
            if "" in row:
                check.refuse("", "deze regel heeft meer cellen dan er kolommen zijn", 'zet tekst met een ; tussen "…"')
            organisation, service = _organisation(check, row), _service(check, line, row)
            if check.is_good and service.external_id in services:
                first = services[service.external_id].line
                check.refuse("aanbod", f"dit aanbod staat ook op regel {first}")
            if check.is_good:
                organisations.setdefault(organisation.external_id, organisation)
                services[service.external_id] = service
            refused += check.refused
        return ImportMap(tuple(organisations.values()), tuple(services.values()), refused=refused)


def _organisation(check: RowCheck, row: Row) -> OrganisationEntry:
    name = check.name("organisatie", row.get("organisatie"), "Fietsenfonds De Bel")
    kind = check.codes("soort_organisatie", [row.get("soort_organisatie")], ORGANISATION_KINDS, "fund of: fonds")
    return OrganisationEntry(
        external_id=name.casefold(),
        name=name,
        kind=kind[0] if kind else "other",
        description=check.text("organisatie_omschrijving", row.get("organisatie_omschrijving")),
        website=check.website("website", row.get("website")),
        has_agreement=check.yes_or_no("samenwerkingsafspraak", row.get("samenwerkingsafspraak"), otherwise=False),
    )


def _service(check: RowCheck, line: int, row: Row) -> ServiceEntry:
    name = check.name("aanbod", row.get("aanbod"), "Kinderfiets op maat")
    owner = str(row.get("organisatie") or "").strip().casefold()
    categories = check.codes("categorieen", _several(row.get("categorieen")), CATEGORIES, EXAMPLE_CATEGORY)
    if not categories and not any(item.column == "categorieen" for item in check.refused):
        check.refuse("categorieen", "vul minstens één soort hulp in", EXAMPLE_CATEGORY)
    return ServiceEntry(
        line=line,
        external_id=f"{owner}/{name.casefold()}",
        organisation=owner,
        name=name,
        categories=categories,
        description=check.text("omschrijving", row.get("omschrijving")),
        districts=check.codes("wijken", _several(row.get("wijken")), DISTRICTS, "oost, west"),
        languages=check.codes("talen", _several(row.get("talen")), LANGUAGES, "nl, ar"),
        **check.ages(("leeftijd_van", "leeftijd_tot"), row),
        is_free=check.yes_or_no("gratis", row.get("gratis"), otherwise=True),
        cost=check.text("kosten", row.get("kosten")),
        contacts=_contacts(check, row),
        address=check.text("adres", row.get("adres")),
        schedule=check.text("tijden", row.get("tijden")),
        walk_in=check.yes_or_no("inloop", row.get("inloop"), otherwise=False),
        interpreter=check.yes_or_no("tolk", row.get("tolk"), otherwise=False),
        capacity=check.number("plekken", row.get("plekken"), 0, 10_000),
        **_expectations(check, row),
        response_days=check.number("reactietijd_dagen", row.get("reactietijd_dagen"), 0, 60),
        active=check.yes_or_no("actief", row.get("actief"), otherwise=True),
    )


def _expectations(check: RowCheck, row: Row) -> dict[str, Any]:
    """What the network asked for: what we may and may not expect of each other."""
    return {
        "does": check.text("doen_wij", row.get("doen_wij")),
        "does_not": check.text("doen_wij_niet", row.get("doen_wij_niet")),
        "expects_from_referrer": check.text("verwacht_van_verwijzer", row.get("verwacht_van_verwijzer")),
    }


def _contacts(check: RowCheck, row: Row) -> tuple[ContactEntry, ...]:
    columns = (("contactpersoon", "email", "telefoon"), ("vervanger", "vervanger_email", "vervanger_telefoon"))
    found = [_contact(check, row, *three) for three in columns]
    return tuple(person for person in found if person.email)


def _contact(check: RowCheck, row: Row, name: str, email: str, phone: str) -> ContactEntry:
    person = ContactEntry(
        check.text(name, row.get(name)), check.email(email, row.get(email)), check.phone(phone, row.get(phone))
    )
    wrong_already = any(item.column == email for item in check.refused)
    if bool(person.name) != bool(person.email) and not wrong_already:
        missing = email if person.name else name
        check.refuse(missing, "naam en e-mailadres horen bij elkaar", "Sam Verzonnen, sam@organisatie.example")
    return person


def _several(cell: object) -> list[str]:
    return [part for part in str(cell or "").replace(";", ",").replace("|", ",").split(",") if part.strip()]


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What an older spreadsheet saves on Windows.
        return raw.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    header = text.split("\n", 1)[0]
    return max(";,\t", key=header.count)
