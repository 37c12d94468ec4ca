"""A social map as a table: one row per service, as a spreadsheet saves it (.csv or .xlsx)."""

import re
from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from services.matching.adapters.checking import RowCheck, silent
from services.matching.adapters.codes import SIGN_UPS, CityLists, KnownCodes
from services.matching.adapters.csv_rows import NAMELESS, Rows, TableRow
from services.matching.adapters.hsds_costs import free_by_words
from services.matching.adapters.notes import Notes
from services.matching.adapters.standing import Standing
from services.matching.commands import ContactEntry, ImportMap, OrganisationEntry, RefusedRow, Remark, ServiceEntry
from services.matching.domain.opening_words import EXAMPLE, hours_in

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
    "maximum_age": ("leeftijd_tot",), "languages": ("talen",), "interpreter": ("tolk",),
    "is_free": ("gratis", "kosten"), "cost": ("kosten",), "contact_ids": (*CONTACTS[0], *CONTACTS[1]),
    "address": ("adres",), "schedule": ("tijden",),
    "walk_in": ("inloop",), "capacity": ("plekken",), "does": ("doen_wij",), "does_not": ("doen_wij_niet",),
    "sign_up": ("aanmelden",), "access": ("toegankelijkheid",),
    "expects_from_referrer": ("verwacht_van_verwijzer",), "response_days": ("reactietijd_dagen",),
    "active": ("actief",), "phone": (), "email": (), "website": (),
}  # fmt: skip
_OF_SERVICE_COLUMNS = (*OF_OFFER, *(column for of in OF_SERVICE.values() for column in of))
COLUMNS = (*NEEDED, *(column for fields in (OF_ORGANISATION, OF_SERVICE) for of in fields.values() for column in of))
Row = Mapping[str, object]
NO_HOURS = "hieruit lezen wij geen openingstijden; de woorden nemen wij over"
NO_NAME = "deze kolom heeft geen naam; wij lezen hem niet"


class TableMap:
    """Rows under the names of our own columns. Those that are wrong are named; the others are taken over."""

    def __init__(self, rows: Rows, lists: CityLists, notes: Notes) -> None:
        self._rows, self._lists, self._notes = rows, lists, notes
        self._remarks: list[Remark] = []

    def read(self) -> ImportMap:
        """Everything in the table."""
        rows = self._rows
        self._note_columns()
        has_offers = any(column in rows.columns for column in _OF_SERVICE_COLUMNS)
        missing = [name for name in NEEDED if name not in rows.columns and (has_offers or name not in OF_OFFER)]
        if missing:
            refused = [RefusedRow(rows.line, name, "deze kolom ontbreekt", ";".join(NEEDED)) for name in missing]
            return ImportMap(refused=refused, remarks=self._notes.remarks())
        return self._entries()

    def _entries(self) -> ImportMap:
        organisations: dict[str, OrganisationEntry] = {}
        services: list[ServiceEntry] = []
        refused: list[RefusedRow] = []
        standing = Standing()
        for row in self._rows:
            if row.problem:
                refused.append(RefusedRow(row.line, "", row.problem, row.example))
                standing.add_unknown()
                continue
            check = self._check(row)
            organisation = _organisation(check, row.cells, self._lists)
            service = _service(check, organisation, row, self._lists) if _has_offer(row) else None
            if service:
                standing.add(service.external_id, is_told=bool(organisation.name and service.name))
            if check.is_good:
                first = organisations.get(organisation.external_id, organisation)
                organisations[organisation.external_id] = _both(first, organisation)
                services += [service] if service else []
            refused += check.refused
            self._remarks += check.remarks
        return ImportMap(
            organisations=tuple(organisations.values()),
            services=services,
            refused=refused,
            remarks=[*self._notes.remarks(), *self._remarks],
            standing=standing.told(),
        )

    def _check(self, row: TableRow) -> RowCheck:
        check = RowCheck(row.line, self._notes)
        if row.cells.get(NAMELESS):
            check.note(NAMELESS, NO_NAME)
        return check

    def _note_columns(self) -> None:
        """Columns that nobody reads: a letter too few in `wijken`, and nobody knows where it is."""
        columns, line = self._rows.columns, self._rows.line
        for at, column in enumerate(columns):
            if column and column in columns[:at]:
                self._notes.add(line, column, "deze kolom staat er vaker; de laatste telt")
            elif column and column not in COLUMNS:
                meant = get_close_matches(column, COLUMNS, 1)
                self._notes.add(line, column, "deze kolom kennen wij niet; wij lezen hem niet", "".join(meant))


def _has_offer(row: TableRow) -> bool:
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
        silent=silent(OF_ORGANISATION, _filled(row)),
    )


def _both(first: OrganisationEntry, row: OrganisationEntry) -> OrganisationEntry:
    """What a row says first stays; what it left open, a later row may say."""
    said = {name: getattr(first, name) or getattr(row, name) for name in OF_ORGANISATION}
    return replace(first, **said, silent=first.silent & row.silent)


def _filled(row: Row) -> frozenset[str]:
    """The columns that say something here: an empty cell takes nothing away of what is known."""
    return frozenset(column for column, cell in row.items() if str(cell).strip())


def _service(check: RowCheck, owner: OrganisationEntry, line: TableRow, lists: CityLists) -> ServiceEntry:
    row = line.cells
    name = check.name("aanbod", row.get("aanbod"), "Kinderfiets op maat")
    categories = _codes(check, row, "categorieen", lists.categories)
    if not categories and not check.has_refused("categorieen"):
        check.refuse("categorieen", "vul minstens één soort hulp in", lists.categories.example)
    return ServiceEntry(
        line=line.line,
        external_id=f"{owner.external_id}/{name.casefold()}",
        organisation=owner.external_id,
        name=name,
        categories=categories,
        description=check.text("omschrijving", row.get("omschrijving")),
        **check.areas("wijken", _several(row.get("wijken"), lists.districts), lists),
        languages=check.some_codes("talen", _several(row.get("talen"), lists.languages), lists.languages),
        **check.ages(("leeftijd_van", "leeftijd_tot"), row),
        **_costs(check, row),
        contacts=_contacts(check, row),
        address=check.text("adres", row.get("adres")),
        schedule=_times(check, row),
        walk_in=check.yes_or_no("inloop", row.get("inloop")) is True,
        interpreter=check.yes_or_no("tolk", row.get("tolk")) is True,
        capacity=check.number("plekken", row.get("plekken"), 0, 10_000),
        **_way_in(check, row, lists),
        **_expectations(check, row),
        response_days=check.number("reactietijd_dagen", row.get("reactietijd_dagen"), 0, 60),
        active=check.yes_or_no("actief", row.get("actief")) is not False,
        silent=silent(OF_SERVICE, _filled(row)),
    )


def _costs(check: RowCheck, row: Row) -> dict[str, Any]:
    """Free when it says so; of a price alone one reads whether it is one."""
    is_free, cost = check.yes_or_no("gratis", row.get("gratis")), check.text("kosten", row.get("kosten"))
    in_words = free_by_words(cost) if cost else None
    return {"is_free": in_words if is_free is None else is_free, "cost": "" if in_words else cost}


def _times(check: RowCheck, row: Row) -> str:
    """Always its words; that no hours can be read of them is said."""
    said = check.text("tijden", row.get("tijden"))
    if said and not hours_in(said).are_known:
        check.note("tijden", NO_HOURS, EXAMPLE)
    return said


def _way_in(check: RowCheck, row: Row, lists: CityLists) -> dict[str, Any]:
    """Who may ask for it, and what makes the place easy to come to."""
    sign_up = check.known_codes("aanmelden", [row.get("aanmelden")], SIGN_UPS)
    access = check.known_codes("toegankelijkheid", _several(row.get("toegankelijkheid"), lists.access), lists.access)
    return {"sign_up": "".join(sign_up), "access": access}


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
    if bool(person.name) != bool(person.email) and not (check.has_refused(name) or check.has_refused(email)):
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
