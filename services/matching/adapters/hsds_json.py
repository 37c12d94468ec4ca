"""A social map as HSDS 3 JSON: what our own HSDS API gives, or one file with `organizations`, `services` and `people`.

`people` is ours: ambassadors, coordinators and operators, who are not contacts of a service.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from services.matching.adapters.checking import NO, RowCheck, silent
from services.matching.adapters.codes import ROLES, STATUSES, CityLists, KnownCodes
from services.matching.adapters.json_lists import OF_ORGANISATION, OF_SERVICE, Numbered, lists_of
from services.matching.commands import (
    ContactEntry,
    ImportMap,
    OrganisationEntry,
    PersonEntry,
    RefusedRow,
    Remark,
    ServiceEntry,
)  # fmt: skip
from services.matching.domain.search import folded
from shared.events.base import Role

Node = Mapping[str, Any]
EXAMPLE = '{"organizations": [...], "services": [...]}'
NO_ADDRESS, EXAMPLE_ADDRESS = "zonder e-mailadres kan deze persoon niets gevraagd worden", "naam@organisatie.example"


class HsdsJsonMap:
    """A JSON file. `line` in a refusal is the number of the item in its list, from 1."""

    def __init__(self, path: Path, lists: CityLists) -> None:
        self._path, self._lists = path, lists

    def read(self) -> ImportMap:
        """Everything in the file."""
        try:
            whole = json.loads(self._path.read_bytes())
        except (ValueError, RecursionError) as error:
            line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
            return ImportMap(refused=[RefusedRow(line, "", "dit is geen goede JSON", '{"services": [...]}')])
        lists, refused = lists_of(whole)
        if not any(lists.values()) and not refused:
            return ImportMap(refused=[RefusedRow(1, "", "hier staat geen organisatie, dienst of persoon in", EXAMPLE)])
        return self._entries(lists, refused)

    def _entries(self, lists: Mapping[str, list[Numbered]], refused: list[RefusedRow]) -> ImportMap:
        organisations: dict[str, OrganisationEntry] = {}
        services: list[ServiceEntry] = []
        people: list[PersonEntry] = []
        remarks: list[Remark] = []
        for _, check, node in self._items(lists["organizations"], refused, remarks):
            entry = _organisation(check, node, "organizations.", self._lists)
            if check.is_good and entry.external_id in organisations:
                check.refuse("organizations.id", "deze organisatie staat al eerder in de lijst")
            if check.is_good:
                organisations[entry.external_id] = entry
        for line, check, node in self._items(lists["services"], refused, remarks):
            owner = _embedded(check, node, self._lists)
            service = _service(check, line, node, owner, self._lists)
            if check.is_good:
                services.append(service)
                if owner is not None:
                    organisations.setdefault(owner.external_id, owner)
        for line, check, node in self._items(lists["people"], refused, remarks):
            person = _person(check, line, node)
            if check.is_good:
                people.append(person)
        return ImportMap(tuple(organisations.values()), services, people, refused, remarks)

    def _items(
        self, items: Iterable[Numbered], refused: list[RefusedRow], remarks: list[Remark]
    ) -> Iterable[tuple[int, RowCheck, Node]]:
        for line, item in items:
            check = RowCheck(line)
            if isinstance(item, dict):
                yield line, check, item
            else:
                check.refuse("", "dit moet een object zijn", '{"id": "...", "name": "..."}')
            refused += check.refused
            remarks += check.remarks if check.is_good else ()


def _first(nodes: Sequence[Node], field: str) -> object:
    return nodes[0].get(field) if nodes else None


def _phone(check: RowCheck, node: Node, column: str) -> str:
    return check.phone(column, _first(check.objects(column, node.get("phones")), "number"))


def _embedded(check: RowCheck, node: Node, lists: CityLists) -> OrganisationEntry | None:
    """The organisation that is written inside a service; one of which only the id is there, is only pointed at."""
    inside = node.get("organization")
    if not isinstance(inside, dict) or (inside.get("id") and not inside.get("name")):
        return None
    return _organisation(check, inside, "organization.", lists)


def _organisation(check: RowCheck, node: Node, place: str, lists: CityLists) -> OrganisationEntry:
    name = check.name(f"{place}name", node.get("name"), "Fietsenfonds De Bel")
    kind = _kind(check, node, f"{place}legal_status", lists.organisation_kinds)
    return OrganisationEntry(
        external_id=check.text(f"{place}id", node.get("id")) or name.casefold(),
        name=name,
        kind=kind,
        description=check.text(f"{place}description", node.get("description")),
        website=check.website(f"{place}website", node.get("website")),
        email=check.email(f"{place}email", node.get("email")),
        phone=_phone(check, node, f"{place}phones"),
        has_agreement=check.yes_or_no(f"{place}has_agreement", node.get("has_agreement")) is True,
        silent=silent(OF_ORGANISATION, node) | ({"kind"} if not kind else set()),
    )


def _kind(check: RowCheck, node: Node, column: str, kinds: KnownCodes) -> str:
    """One of the city's kinds of organisation; another city has words of its own, and nothing hangs on them."""
    written = check.text(column, node.get("legal_status"))
    known = kinds.find(written)
    if written and known is None:
        check.remark(column, f"'{written[:40]}' kennen wij niet; dit is overgeslagen", kinds.code)
    return known or ""


def _service(check: RowCheck, line: int, node: Node, owner: OrganisationEntry | None, lists: CityLists) -> ServiceEntry:
    name = check.name("name", node.get("name"), "Kinderfiets op maat")
    organisation = owner.external_id if owner else _pointed_at(check, node)
    return ServiceEntry(
        line=line,
        external_id=check.text("id", node.get("id")) or f"{organisation}/{name.casefold()}",
        organisation=organisation,
        name=name,
        categories=_categories(check, node, lists.categories),
        description=check.text("description", node.get("description")),
        **_areas(check, node, lists),
        languages=_codes(check, node, "languages", lists.languages),
        **check.ages(("minimum_age", "maximum_age"), node),
        **_costs(check, node),
        contacts=_contacts(check, node),
        phone=_phone(check, node, "phones"),
        email=check.email("email", node.get("email")),
        website=check.website("url", node.get("url")),
        address=check.text("address", node.get("address")),
        schedule=check.text("schedules", _first(check.objects("schedules", node.get("schedules")), "description")),
        walk_in=check.yes_or_no("walk_in", node.get("walk_in")) is True,
        interpreter=_interpreter(check, node),
        capacity=_capacity(check, node),
        **_expectations(check, node),
        response_days=check.number("response_days", node.get("response_days"), 0, 60),
        active=check.codes("status", [node.get("status")], STATUSES, "active") in {(), ("active",)},
        silent=silent(OF_SERVICE, node),
    )


def _interpreter(check: RowCheck, node: Node) -> bool:
    """HSDS has a text here; another system may say yes or no."""
    said = node.get("interpretation_services")
    return said if isinstance(said, bool) else folded(check.text("interpretation_services", said)) not in NO


def _capacity(check: RowCheck, node: Node) -> int | None:
    places = check.objects("service_capacity", node.get("service_capacity"))
    return check.number("service_capacity", _first(places, "maximum"), 0, 10_000)


def _costs(check: RowCheck, node: Node) -> dict[str, Any]:
    options = check.objects("cost_options", node.get("cost_options"))
    amount = _first(options, "amount")
    if isinstance(amount, bool) or not isinstance(amount, int | float | None):
        check.refuse("cost_options", "het bedrag moet een getal zijn", '[{"option": "per les", "amount": 2.5}]')
    return {"is_free": amount == 0 if options else None, "cost": check.text("cost_options", _first(options, "option"))}


def _expectations(check: RowCheck, node: Node) -> dict[str, Any]:
    """What the network asked for: what we may and may not expect of each other."""
    return {name: check.text(name, node.get(name)) for name in ("does", "does_not", "expects_from_referrer")}


def _pointed_at(check: RowCheck, node: Node) -> str:
    inside = node.get("organization")
    if isinstance(inside, dict):
        return check.text("organization.id", inside.get("id"))
    if inside is not None:
        check.refuse("organization", "dit moet een object zijn", '{"id": "...", "name": "..."}')
    return check.text("organization_id", node.get("organization_id"))


def _categories(check: RowCheck, node: Node, known: KnownCodes) -> tuple[str, ...]:
    terms = [item.get("taxonomy_term") for item in check.objects("attributes", node.get("attributes"))]
    codes = [term.get("code") for term in check.objects("attributes", [term for term in terms if term is not None])]
    found = check.codes("attributes", codes, known, known.code)
    if not found and not any(item.column == "attributes" for item in check.refused):
        check.refuse("attributes", "noem minstens één soort hulp", f'{{"taxonomy_term": {{"code": "{known.code}"}}}}')
    return found


def _coded(check: RowCheck, node: Node, name: str, known: KnownCodes) -> list[object]:
    said = [item.get("code") or item.get("name") for item in check.objects(name, node.get(name))]
    if not all(said):
        check.refuse(name, "hier ontbreekt een code of een naam", f'[{{"code": "{known.code}"}}]')
    return said


def _areas(check: RowCheck, node: Node, lists: CityLists) -> dict[str, Any]:
    said = _coded(check, node, "service_areas", lists.districts)
    return check.areas("service_areas", said, lists, lists.districts.code)


def _codes(check: RowCheck, node: Node, name: str, known: KnownCodes) -> tuple[str, ...]:
    return check.codes(name, _coded(check, node, name, known), known, known.code)


def _contacts(check: RowCheck, node: Node) -> tuple[ContactEntry, ...]:
    found: list[ContactEntry] = []
    for at, item in enumerate(check.objects("contacts", node.get("contacts"))):
        if item.get("email"):
            found.append(_contact(check, item, f"contacts.{at}"))
        else:
            check.remark(f"contacts.{at}.email", f"{NO_ADDRESS}; deze persoon is overgeslagen", EXAMPLE_ADDRESS)
    return tuple(found)


def _contact(check: RowCheck, node: Node, place: str) -> ContactEntry:
    name = check.filled(f"{place}.name", check.person(f"{place}.name", node.get("name")), "Sam Verzonnen")
    email = check.email(f"{place}.email", node.get("email"))
    if not email and not any(row.column == f"{place}.email" for row in check.refused):
        check.refuse(f"{place}.email", NO_ADDRESS, EXAMPLE_ADDRESS)
    phone = _phone(check, node, f"{place}.phones")
    return ContactEntry(name, email, phone, check.text(f"{place}.id", node.get("id")))


def _person(check: RowCheck, line: int, node: Node) -> PersonEntry:
    role = check.codes("people.role", [node.get("role")], ROLES, "ambassador")
    if not role and not any(row.column == "people.role" for row in check.refused):
        check.refuse("people.role", "vul dit in", "ambassador")
    organisation = check.name("people.organization_id", node.get("organization_id"), "het id van de organisatie")
    return PersonEntry(line, organisation, Role(role[0]) if role else Role.PARTNER, _contact(check, node, "people"))
