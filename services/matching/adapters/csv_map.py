"""A social map as CSV: one row per service, as a spreadsheet saves it (comma or semicolon)."""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from services.matching.adapters.checking import RowCheck, silent
from services.matching.adapters.codes import CityLists, KnownCodes
from services.matching.adapters.csv_rows import CsvRow, CsvRows
from services.matching.commands import ContactEntry, ImportMap, OrganisationEntry, RefusedRow, Remark, ServiceEntry

# An organisation may be on the map without an offer, as a school is: then the file, or the row, says nothing of one.
OF_OFFER = ("aanbod", "categorieen")
NEEDED = ("organisatie", *OF_OFFER)
CONTACTS = (("contactpersoon", "email", "telefoon"), ("vervanger", "vervanger_email", "vervanger_telefoon"))
# Which columns speak of which field; a CSV never speaks of those without one.
OF_ORGANISATION: dict[str, tuple[str, ...]] = {
    "kind": ("soort_organisatie",), "description": ("organisatie_omschrijving",), "website": ("website",),
    "has_agreement": ("samenwerkingsafspraak",), "email": (), "phone": (),
}  # fmt: skip
OF_SERVICE: dict[str, tuple[str, ...]] = {
    "description": ("omschrijving",), "districts": ("wijken",), "whole_city": ("wijken",),
    "minimum_age": ("leeftijd_van",),
    "maximum_age": ("leeftijd_tot",), "languages": ("talen",), "interpreter": ("tolk",), "is_free": ("gratis",),
    "cost": ("kosten",), "contact_ids": (*CONTACTS[0], *CONTACTS[1]), "address": ("adres",), "schedule": ("tijden",),
    "walk_in": ("inloop",), "capacity": ("plekken",), "does": ("doen_wij",), "does_not": ("doen_wij_niet",),
    "expects_from_referrer": ("verwacht_van_verwijzer",), "response_days": ("reactietijd_dagen",),
    "active": ("actief",), "phone": (), "email": (), "website": (),
}  # fmt: skip
_OF_SERVICE_COLUMNS = (*OF_OFFER, *(column for of in OF_SERVICE.values() for column in of))
COLUMNS = (*NEEDED, *(column for fields in (OF_ORGANISATION, OF_SERVICE) for of in fields.values() for column in of))
Row = Mapping[str, object]


class CsvMap:
    """A CSV file. Rows that are wrong are named; the other rows are taken over."""

    def __init__(self, path: Path, lists: CityLists) -> None:
        self._path, self._lists = path, lists

    def read(self) -> ImportMap:
        """Everything in the file."""
        rows = CsvRows(_decoded(self._path.read_bytes()))
        remarks = _remarks_on(rows)
        has_offers = any(column in rows.columns for column in _OF_SERVICE_COLUMNS)
        missing = [name for name in NEEDED if name not in rows.columns and (has_offers or name not in OF_OFFER)]
        if missing:
            refused = [RefusedRow(rows.line, name, "deze kolom ontbreekt", ";".join(NEEDED)) for name in missing]
            return ImportMap(refused=refused, remarks=remarks)
        return self._entries(rows, remarks)

    def _entries(self, rows: Iterable[CsvRow], remarks: list[Remark]) -> ImportMap:
        organisations: dict[str, OrganisationEntry] = {}
        services: list[ServiceEntry] = []
        refused: list[RefusedRow] = []
        for row in rows:
            check = RowCheck(row.line)
            if row.problem:
                refused.append(RefusedRow(row.line, "", row.problem, row.example))
                continue
            organisation = _organisation(check, row.cells, self._lists)
            service = _service(check, organisation, row, self._lists) if _has_offer(row) else None
            if check.is_good:
                organisations.setdefault(organisation.external_id, organisation)
                services += [service] if service else []
            refused += check.refused
        return ImportMap(tuple(organisations.values()), services, refused=refused, remarks=remarks)


def _remarks_on(rows: CsvRows) -> list[Remark]:
    """Columns that nobody reads: a letter too few in `wijken` would mean the whole city."""
    found: list[Remark] = []
    for at, column in enumerate(rows.columns):
        if column in rows.columns[:at]:
            found.append(Remark(rows.line, column, "deze kolom staat er vaker; de laatste telt"))
        elif column and column not in COLUMNS:
            meant = get_close_matches(column, COLUMNS, 1)
            found.append(Remark(rows.line, column, "deze kolom kennen wij niet; wij lezen hem niet", "".join(meant)))
    return found


def _has_offer(row: CsvRow) -> bool:
    return any(row.cells.get(column, "").strip() for column in _OF_SERVICE_COLUMNS)


def _organisation(check: RowCheck, row: Row, lists: CityLists) -> OrganisationEntry:
    name = check.name("organisatie", row.get("organisatie"), "Fietsenfonds De Bel")
    kind = check.codes("soort_organisatie", [row.get("soort_organisatie")], lists.organisation_kinds)
    return OrganisationEntry(
        external_id=name.casefold(),
        name=name,
        kind=kind[0] if kind else "",
        description=check.text("organisatie_omschrijving", row.get("organisatie_omschrijving")),
        website=check.website("website", row.get("website")),
        has_agreement=check.yes_or_no("samenwerkingsafspraak", row.get("samenwerkingsafspraak")) is True,
        silent=silent(OF_ORGANISATION, row),
    )


def _service(check: RowCheck, owner: OrganisationEntry, line: CsvRow, lists: CityLists) -> ServiceEntry:
    row = line.cells
    name = check.name("aanbod", row.get("aanbod"), "Kinderfiets op maat")
    categories = _codes(check, row, "categorieen", lists.categories)
    if not categories and not any(item.column == "categorieen" for item in check.refused):
        check.refuse("categorieen", "vul minstens één soort hulp in", lists.categories.example)
    return ServiceEntry(
        line=line.line,
        external_id=f"{owner.external_id}/{name.casefold()}",
        organisation=owner.external_id,
        name=name,
        categories=categories,
        description=check.text("omschrijving", row.get("omschrijving")),
        **check.areas("wijken", _several(row.get("wijken"), lists.districts), lists),
        languages=_codes(check, row, "talen", lists.languages),
        **check.ages(("leeftijd_van", "leeftijd_tot"), row),
        is_free=check.yes_or_no("gratis", row.get("gratis")),
        cost=check.text("kosten", row.get("kosten")),
        contacts=_contacts(check, row),
        address=check.text("adres", row.get("adres")),
        schedule=check.text("tijden", row.get("tijden")),
        walk_in=check.yes_or_no("inloop", row.get("inloop")) is True,
        interpreter=check.yes_or_no("tolk", row.get("tolk")) is True,
        capacity=check.number("plekken", row.get("plekken"), 0, 10_000),
        **_expectations(check, row),
        response_days=check.number("reactietijd_dagen", row.get("reactietijd_dagen"), 0, 60),
        active=check.yes_or_no("actief", row.get("actief")) is not False,
        silent=silent(OF_SERVICE, row),
    )


def _expectations(check: RowCheck, row: Row) -> dict[str, Any]:
    """What the network asked for: what we may and may not expect of each other."""
    return {
        "does": check.text("doen_wij", row.get("doen_wij")),
        "does_not": check.text("doen_wij_niet", row.get("doen_wij_niet")),
        "expects_from_referrer": check.text("verwacht_van_verwijzer", row.get("verwacht_van_verwijzer")),
    }


def _contacts(check: RowCheck, row: Row) -> tuple[ContactEntry, ...]:
    found = [_contact(check, row, *three) for three in CONTACTS]
    return tuple(person for person in found if person.email)


def _contact(check: RowCheck, row: Row, name: str, email: str, phone: str) -> ContactEntry:
    person = ContactEntry(
        check.person(name, row.get(name)), check.email(email, row.get(email)), check.phone(phone, row.get(phone))
    )
    wrong_already = any(item.column == email for item in check.refused)
    if bool(person.name) != bool(person.email) and not wrong_already:
        missing = email if person.name else name
        check.refuse(missing, "naam en e-mailadres horen bij elkaar", "Sam Verzonnen, sam@organisatie.example")
    return person


def _codes(check: RowCheck, row: Row, column: str, known: KnownCodes) -> tuple[str, ...]:
    return check.codes(column, _several(row.get(column), known), known)


def _several(cell: object, known: KnownCodes) -> list[str]:
    """The words in a cell. One of the city's may hold a comma itself: muziek, dans of theater."""
    parts = [" ".join(part.split()) for part in re.split("[,;|]", str(cell or "")) if part.strip()]
    found: list[str] = []
    while parts:
        counts = range(min(known.longest, len(parts)), 1, -1)
        taken = next((count for count in counts if known.knows(", ".join(parts[:count]))), 1)
        found.append(", ".join(parts[:taken]))
        del parts[:taken]
    return found


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What an older spreadsheet saves on Windows.
        return raw.decode("cp1252", errors="replace")
