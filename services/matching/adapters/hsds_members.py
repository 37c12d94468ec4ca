"""Which members of HSDS 2, HSDS 3 and Open Referral UK are read, so that those that are not can be named."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from typing import Any, Final

from services.matching.adapters.checking import RowCheck

Node = Mapping[str, Any]
NOT_READ = "dit lezen wij niet"
NOT_KNOWN = "dit kennen wij niet; wij lezen het niet"
# Which member speaks of which field. One that is not there is silent (our own API shows no contacts, for one), and so
# is one that is null.
OF_ORGANISATION: dict[str, tuple[str, ...]] = {
    "kind": ("legal_status",), "description": ("description",), "website": ("website", "url"), "email": ("email",),
    "phone": ("phones",), "has_agreement": ("has_agreement",),
}  # fmt: skip
AREAS: Final = ("service_areas",)
ELIGIBILITY: Final = ("eligibility", "eligibilitys", "eligibilities")
COSTS: Final = ("cost_options", "fees", "fees_description")
PLACES: Final = ("service_at_locations", "locations")
ACCESS: Final = ("accessibility", "accessibility_for_disabilities")
WHEN: Final = ("schedules", "regular_schedules")
KINDS: Final = ("attributes", "service_taxonomys", "service_taxonomies")
OF_SERVICE: dict[str, tuple[str, ...]] = {
    "description": ("description",), "districts": AREAS, "whole_city": AREAS, "languages": ("languages",),
    "minimum_age": ("minimum_age", *ELIGIBILITY), "maximum_age": ("maximum_age", *ELIGIBILITY),
    "is_free": COSTS, "cost": COSTS, "contact_ids": ("contacts",), "phone": ("phones",), "email": ("email",),
    "website": ("url",), "address": ("address", *PLACES), "schedule": WHEN, "walk_in": ("walk_in",),
    "interpreter": ("interpretation_services",), "capacity": ("service_capacity",), "does": ("does",),
    "does_not": ("does_not",), "expects_from_referrer": ("expects_from_referrer",),
    "response_days": ("response_days",), "active": ("status",), "sign_up": ("application_process",), "access": PLACES,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Members:
    """The members of an object that are read, and of which of them what is inside."""

    read: frozenset[str]
    inside: Mapping[str, "Members"] = field(default_factory=dict)


def _members(*read: str, **inside: Members) -> Members:
    return Members(frozenset((*read, *inside)), inside)


_PHONE = _members("number")
_CONTACT = _members("name", "email", phones=_PHONE)
_TERM = _members("code", "name", "description")
_AGES = _members("minimum_age", "maximum_age")
_ADDRESS = _members("address_1", "address_2", "city", "postal_code", "country", "state_province", "region")
_ACCESS = _members("description", "accessibility")
_LOCATION = _members(
    "name", "latitude", "longitude", addresses=_ADDRESS, physical_addresses=_ADDRESS, **dict.fromkeys(ACCESS, _ACCESS)
)
_SCHEDULE = _members(
    "description", "byday", "freq", "interval", "weekday", "opens_at", "closes_at", "valid_from", "valid_to", "dtstart",
    "until",
)  # fmt: skip
_ORGANISATION_READ = {name for of in OF_ORGANISATION.values() for name in of} - {"phones"}
_SERVICE_READ = {name for of in OF_SERVICE.values() for name in of}
ORGANISATION = _members("name", *_ORGANISATION_READ, phones=_PHONE)
PERSON = _members("name", "email", "role", phones=_PHONE)
SERVICE = Members(
    frozenset({"name", "organization", *KINDS, *_SERVICE_READ}),
    {
        "organization": ORGANISATION, "phones": _PHONE, "contacts": _CONTACT,
        "attributes": _members(taxonomy_term=_TERM), "service_areas": _members("code", "name", "service_area"),
        "service_taxonomys": _members(taxonomy=_TERM), "service_taxonomies": _members(taxonomy=_TERM),
        "languages": _members("code", "name", "language"), "service_capacity": _members("maximum"),
        "cost_options": _members("option", "amount", "amount_description", "currency"),
        **dict.fromkeys(ELIGIBILITY, _AGES), **dict.fromkeys(WHEN, _SCHEDULE),
        "service_at_locations": _members(location=_LOCATION), "locations": _LOCATION,
    },
)  # fmt: skip
# Of the standards, and not read; they resemble others by chance.
_IN_STANDARDS = (
    "accessibility accessibility_for_disabilities accreditations additional_urls additional_websites address_type "
    "alert alternate_name application_process assured_date assurer_email attending_access attending_type "
    "attention bymonthday byweekno byyearday capacities contacts count deliverable_type department description "
    "dtstart eligibility eligibility_description extension extent extent_type external_identifier "
    "external_identifier_type funding fundings holiday_schedules languages last_modified licenses link locations "
    "location_type logo notes organization_identifiers payments_accepted pc_attending_type phones program "
    "programs regular_schedules required_documents reviews schedule_link schedules service_areas "
    "service_at_locations tax_id tax_status timezone title transportation type until uri url valid_from valid_to "
    "wait_time wkst year_incorporated"
)
_STANDARD: Final = frozenset(_IN_STANDARDS.split())
# They bind parts of a file together, or say of which list a code is: nothing of an offer is lost with them.
_BINDING: Final = frozenset(
    {"id", "metadata", "last_modified", "link_entity", "link_type", "taxonomy", "taxonomy_detail", "vocabulary", "uri",
     "parent", "language", "term_uri"}
)  # fmt: skip


def said_in(node: Node) -> frozenset[str]:
    """The members that say something; many programs write null for all that they do not know."""
    return frozenset(name for name, value in node.items() if value is not None)


def note_what_is_not_read(check: RowCheck, node: Node, members: Members) -> None:
    """Name every member that says something and that nobody reads, with the name that was meant perhaps."""
    for place, name, near in _unread(node, members, ""):
        check.note(f"{place}{name}", NOT_KNOWN if near is not None else NOT_READ, near or "")


def _unread(node: Node, members: Members, place: str) -> Iterator[tuple[str, str, str | None]]:
    for name, value in node.items():
        if value is None or value in ("", [], {}):
            continue
        if name not in members.read:
            if name not in _BINDING and not name.endswith("_id"):
                yield place, name, None if name in _STANDARD else _nearest(name, members.read)
        elif name in members.inside:
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, dict):
                    yield from _unread(one, members.inside[name], f"{place}{name}.")


@cache
def _nearest(name: str, known: frozenset[str]) -> str:
    return "".join(get_close_matches(name, sorted(known), 1))
