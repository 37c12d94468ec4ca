"""The lists in a JSON map, whatever its outer shape; an item keeps its number in the list that the file has."""

from services.matching.adapters.checking import LIST_EXAMPLE, NO_LIST
from services.matching.commands import RefusedRow

Numbered = tuple[int, object]
LISTS = ("organizations", "services", "people")
# Which member speaks of which field. A member that is not there is silent: our own API shows no contacts, for one.
OF_ORGANISATION: dict[str, tuple[str, ...]] = {
    "kind": ("legal_status",), "description": ("description",), "website": ("website",), "email": ("email",),
    "phone": ("phones",), "has_agreement": ("has_agreement",),
}  # fmt: skip
OF_SERVICE: dict[str, tuple[str, ...]] = {
    "description": ("description",), "districts": ("service_areas",), "whole_city": ("service_areas",),
    "languages": ("languages",),
    "minimum_age": ("minimum_age",), "maximum_age": ("maximum_age",), "is_free": ("cost_options",),
    "cost": ("cost_options",), "contact_ids": ("contacts",), "phone": ("phones",), "email": ("email",),
    "website": ("url",), "address": ("address",), "schedule": ("schedules",), "walk_in": ("walk_in",),
    "interpreter": ("interpretation_services",), "capacity": ("service_capacity",), "does": ("does",),
    "does_not": ("does_not",), "expects_from_referrer": ("expects_from_referrer",),
    "response_days": ("response_days",), "active": ("status",),
}  # fmt: skip


def lists_of(whole: object) -> tuple[dict[str, list[Numbered]], list[RefusedRow]]:
    """Every list with its items, and the members that should be a list but are none."""
    node = {"contents": whole} if isinstance(whole, list) else whole if isinstance(whole, dict) else {}
    members = {name: node.get(name) for name in (*LISTS, "contents")}
    wrong = [name for name, value in members.items() if not isinstance(value, list | None)]
    found = {name: list(enumerate(_list(members[name]), 1)) for name in LISTS}
    for number, item in enumerate(_list(members["contents"]), 1):
        is_service = isinstance(item, dict) and ("organization" in item or "organization_id" in item)
        found["services" if is_service else "organizations"].append((number, item))
    return found, [RefusedRow(1, name, NO_LIST, LIST_EXAMPLE) for name in wrong]


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
