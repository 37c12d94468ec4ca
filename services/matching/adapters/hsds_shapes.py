"""The lists in a JSON map, whatever its outer shape; an item keeps its number in the list that the file has."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from services.matching.adapters.checking import LIST_EXAMPLE, NO_LIST
from services.matching.adapters.hsds_members import NOT_KNOWN, Node
from services.matching.adapters.notes import Notes
from services.matching.commands import RefusedRow

LISTS: Final = ("organizations", "services", "people")
# An answer of an API: HSDS 3 and Open Referral UK have `contents`, older ones `content`.
ANSWERS: Final = ("contents", "content")
# What only a service has, and what only an organisation.
_ONLY_SERVICES = (
    "organization organization_id status service_areas service_area service_at_locations service_taxonomys "
    "service_taxonomies cost_options fees fees_description schedules regular_schedules holiday_schedules "
    "eligibility eligibilitys eligibility_description minimum_age maximum_age application_process wait_time "
    "interpretation_services required_documents languages program program_id assured_date assurer_email alert "
    "service_capacity accreditations deliverable_type does does_not expects_from_referrer response_days walk_in"
)
OF_SERVICES: Final = frozenset(_ONLY_SERVICES.split())
_ONLY_ORGANISATIONS = (
    "services legal_status tax_id tax_status year_incorporated programs organization_identifiers locations "
    "website parent_organization_id has_agreement logo"
)
OF_ORGANISATIONS: Final = frozenset(_ONLY_ORGANISATIONS.split())


@dataclass(frozen=True, slots=True)
class Item:
    """One object of a list: its number, what it is, and of a service inside an organisation that organisation.

    `within` is where it stands in the item that the number is of.
    """

    line: int
    node: object
    owner: Node | None = None
    within: str = ""


def lists_of(whole: object, notes: Notes) -> tuple[dict[str, list[Item]], list[RefusedRow]]:
    """Every list with its items, and the members that should be a list but are none."""
    members = _members_of(whole)
    wrong = [name for name in (*LISTS, *ANSWERS) if not isinstance(members.get(name), list | None)]
    found: dict[str, list[Item]] = {
        name: [Item(line, node) for line, node in enumerate(_list(members.get(name)), 1)] for name in LISTS
    }
    for name in ANSWERS:
        answer = _list(members.get(name))
        mixed = isinstance(whole, list) or not any(_has(node, OF_SERVICES) for node in answer)
        for line, node in enumerate(answer, 1):
            found[_kind(node, mixed=mixed)].append(Item(line, node))
    found["services"] += [each for one in found["organizations"] for each in _inside(one)]
    for name in sorted(members.keys() - {*LISTS, *ANSWERS}):
        if isinstance(members[name], list | dict) and members[name]:
            notes.add(1, name, NOT_KNOWN, '{"organizations": [...], "services": [...]}')
    return found, [RefusedRow(1, name, NO_LIST, LIST_EXAMPLE) for name in wrong]


def _members_of(whole: object) -> dict[str, Any]:
    """The lists by name: also of a list alone, and of one item alone."""
    if isinstance(whole, list):
        return {ANSWERS[0]: whole}
    if not isinstance(whole, dict):
        return {}
    is_file = any(name in whole for name in (*ANSWERS, "organizations", "people"))
    is_item = "name" in whole and ("id" in whole or "services" not in whole)
    return {ANSWERS[0]: [whole]} if is_item and not is_file else whole


def _kind(node: object, *, mixed: bool) -> str:
    """What has nothing of either is an organisation; in an answer with services it is a service like the others."""
    if _has(node, OF_ORGANISATIONS) and not _has(node, OF_SERVICES):
        return "organizations"
    return "services" if _has(node, OF_SERVICES) or not mixed else "organizations"


def _has(node: object, marks: frozenset[str]) -> bool:
    return isinstance(node, dict) and not marks.isdisjoint(name for name, said in node.items() if said is not None)


def _inside(one: Item) -> Iterator[Item]:
    """The services that are written inside an organisation."""
    if isinstance(one.node, dict):
        for at, node in enumerate(_list(one.node.get("services"))):
            yield Item(one.line, node, one.node, f"services.{at}.")


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
