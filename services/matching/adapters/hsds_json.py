"""A social map as HSDS 3 JSON: what our own HSDS API gives, or one file with `organizations`, `services` and `people`.

`people` is ours: ambassadors, coordinators and operators, who are not contacts of a service.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from services.matching.adapters.checking import RowCheck
from services.matching.commands import (
    ContactEntry,
    ImportMap,
    OrganisationEntry,
    PersonEntry,
    RefusedRow,
    ServiceEntry,
)
from services.matching.domain.words import CATEGORIES, DISTRICTS, LANGUAGES, ORGANISATION_KINDS
from services.matching.ports import ContactDetails
from shared.events.base import Role

Node = Mapping[str, Any]
EXAMPLE = '{"organizations": [...], "services": [...]}'
# What the network asked for: what we may and may not expect of each other.
EXPECTATIONS = ("does", "does_not", "expects_from_referrer")
ROLES = {role.value: role.value for role in Role}


class HsdsJsonMap:
    """A JSON file. `line` in a refusal is the number of the item in its list, from 1."""

    def __init__(self, path: Path, details: ContactDetails) -> None:
        self._path = path
        self._details = details

    def read(self) -> ImportMap:
        """Everything in the file."""
        try:
            whole = json.loads(self._path.read_bytes())
        except (ValueError, RecursionError) as error:
            return ImportMap(
                refused=[RefusedRow(1, "", f"dit is geen goede JSON: {error}"[:200], '{"services": [...]}')]
            )
        lists = _lists(whole)
        if not any(lists.values()):
            example = '{"organizations": [...], "services": [...]}'
            return ImportMap(
                refused=[RefusedRow(1, "", "hier staan geen organisaties, diensten of mensen in", example)]
            )
        return self._entries(lists)

    def _entries(self, lists: Mapping[str, list[object]]) -> ImportMap:
        organisations: dict[str, OrganisationEntry] = {}
        services: list[ServiceEntry] = []
        people: list[PersonEntry] = []
        refused: list[RefusedRow] = []
        for _, check, node in self._items(lists["organizations"], refused):
            entry = _organisation(check, node)
            if check.is_good:
                organisations[entry.external_id] = entry
        for line, check, node in self._items(lists["services"], refused):
            if isinstance(node.get("organization"), dict):
                entry = _organisation(check, node["organization"])
                organisations.setdefault(entry.external_id, entry)
            service = _service(check, line, node)
            if check.is_good:
                services.append(service)
        for line, check, node in self._items(lists["people"], refused):
            person = _person(check, line, node)
            if check.is_good:
                people.append(person)
        return ImportMap(tuple(organisations.values()), services, people, refused)

    def _items(self, items: Iterable[object], refused: list[RefusedRow]) -> Iterable[tuple[int, RowCheck, Node]]:
        for line, item in enumerate(items, start=1):
            check = RowCheck(line, self._details)
            if isinstance(item, dict):
                yield line, check, item
            else:
                check.refuse("", "dit moet een object zijn", '{"id": "...", "name": "..."}')
            refused += check.refused


def _lists(whole: object) -> dict[str, list[object]]:
    """Which lists are in it, whatever its outer shape."""
    node = whole if isinstance(whole, dict) else {}
    contents = whole if isinstance(whole, list) else node.get("contents")
    lists = {name: list(_list(node.get(name))) for name in ("organizations", "services", "people")}
    for item in _list(contents):
        is_service = isinstance(item, dict) and ("organization" in item or "organization_id" in item)
        lists["services" if is_service else "organizations"].append(item)
    return lists


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _nodes(node: Node, name: str) -> list[Node]:
    return [item for item in _list(node.get(name)) if isinstance(item, dict)]


def _first(node: Node, name: str, field: str) -> object:
    found = _nodes(node, name)
    return found[0].get(field) if found else None


def _organisation(check: RowCheck, node: Node) -> OrganisationEntry:
    name = check.name("name", node.get("name"), "Fietsenfonds De Bel")
    kind = check.codes("legal_status", [node.get("legal_status")], ORGANISATION_KINDS, "fund")
    return OrganisationEntry(
        external_id=check.text("id", node.get("id")) or name.casefold(),
        name=name,
        kind=kind[0] if kind else "other",
        description=check.text("description", node.get("description")),
        website=check.website("website", node.get("website")),
        email=check.email("email", node.get("email")),
        phone=check.phone("phones", _first(node, "phones", "number")),
        has_agreement=check.yes_or_no("has_agreement", node.get("has_agreement"), otherwise=False),
    )


def _service(check: RowCheck, line: int, node: Node) -> ServiceEntry:
    name = check.name("name", node.get("name"), "Kinderfiets op maat")
    costs = _nodes(node, "cost_options")
    return ServiceEntry(
        line=line,
        external_id=check.text("id", node.get("id")) or f"{_owner(check, node)}/{name.casefold()}",
        organisation=_owner(check, node),
        name=name,
        categories=_categories(check, node),
        description=check.text("description", node.get("description")),
        districts=_coded(check, node, "service_areas", DISTRICTS, "oost"),
        languages=_coded(check, node, "languages", LANGUAGES, "nl"),
        **check.ages(("minimum_age", "maximum_age"), node),
        is_free=not costs or costs[0].get("amount") == 0,
        cost=check.text("cost_options", _first(node, "cost_options", "option")),
        contacts=_contacts(check, node),
        phone=check.phone("phones", _first(node, "phones", "number")),
        email=check.email("email", node.get("email")),
        website=check.website("url", node.get("url")),
        address=check.text("address", node.get("address")),
        schedule=check.text("schedules", _first(node, "schedules", "description")),
        walk_in=check.yes_or_no("walk_in", node.get("walk_in"), otherwise=False),
        interpreter=bool(check.text("interpretation_services", node.get("interpretation_services"))),
        capacity=check.number("service_capacity", _first(node, "service_capacity", "maximum"), 0, 10_000),
        **_expectations(check, node),
        response_days=check.number("response_days", node.get("response_days"), 0, 60),
        active=node.get("status", "active") == "active",
    )


def _expectations(check: RowCheck, node: Node) -> dict[str, Any]:
    return {name: check.text(name, node.get(name)) for name in EXPECTATIONS}


def _owner(check: RowCheck, node: Node) -> str:
    embedded = node.get("organization")
    if isinstance(embedded, dict):
        return (
            check.text("organization.id", embedded.get("id"))
            or check.text("organization", embedded.get("name")).casefold()
        )
    return check.text("organization_id", node.get("organization_id"))


def _categories(check: RowCheck, node: Node) -> tuple[str, ...]:
    terms = [item.get("taxonomy_term") for item in _nodes(node, "attributes")]
    codes = [term.get("code") for term in terms if isinstance(term, dict)]
    found = check.codes("attributes", codes, CATEGORIES, "bike")
    if not found and not any(item.column == "attributes" for item in check.refused):
        check.refuse("attributes", "noem minstens één soort hulp", '{"taxonomy_term": {"code": "bike"}}')
    return found


def _coded(check: RowCheck, node: Node, name: str, known: Mapping[str, str], example: str) -> tuple[str, ...]:
    return check.codes(name, [item.get("code") or item.get("name") for item in _nodes(node, name)], known, example)


def _contacts(check: RowCheck, node: Node) -> tuple[ContactEntry, ...]:
    return tuple(_contact(check, item, f"contacts.{at}") for at, item in enumerate(_nodes(node, "contacts")))


def _contact(check: RowCheck, node: Node, column: str) -> ContactEntry:
    name = check.name(f"{column}.name", node.get("name"), "Sam Verzonnen")
    email = check.email(f"{column}.email", node.get("email"))
    if not email and check.is_good:
        check.refuse(
            f"{column}.email", "zonder e-mailadres kan deze persoon niets gevraagd worden", "naam@organisatie.example"
        )
    phone = check.phone(f"{column}.phones", _first(node, "phones", "number"))
    return ContactEntry(name, email, phone, check.text(f"{column}.id", node.get("id")))


def _person(check: RowCheck, line: int, node: Node) -> PersonEntry:
    role = check.codes("role", [node.get("role")], ROLES, "ambassador")
    if not role and check.is_good:
        check.refuse("role", "vul dit in", "ambassador")
    organisation = check.name("organization_id", node.get("organization_id"), "het id van de organisatie")
    return PersonEntry(line, organisation, Role(role[0]) if role else Role.PARTNER, _contact(check, node, "people"))
