"""What the fields of an entry are called on the page, and what stands in them, in words."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from services.matching.domain.entry import FieldChange
from services.matching.web.entry_forms import DeskOrganisationForm, ServiceForm
from services.matching.web.map_words import who_asks
from shared.events.desk_codes import ApplicationRefusal
from shared.kernel.city import City, CodeList
from shared.web.languages import listed
from shared.web.pages import day

NOTHING: Final = "(niets)"
LABELS: Final[Mapping[str, str]] = {
    **{name: field.title or name for name, field in DeskOrganisationForm.model_fields.items()},
    **{name: field.title or name for name, field in ServiceForm.model_fields.items()},
    "name": "Naam",
    "contact_ids": "Contactpersonen",
    "active": "Doet mee",
}
REFUSALS: Final[Mapping[ApplicationRefusal, str]] = {
    ApplicationRefusal.OUTSIDE_THE_CITY: "Het is niet voor gezinnen in deze stad.",
    ApplicationRefusal.NOT_FOR_CHILDREN: "Het is niet voor kinderen of hun gezin.",
    ApplicationRefusal.ALREADY_KNOWN: "Deze organisatie doet al mee.",
    ApplicationRefusal.NOT_RELIABLE: "We weten niet zeker of dit goed is voor gezinnen.",
    ApplicationRefusal.OTHER: "Een andere reden. Wij bellen erover.",
}


def in_words(field: str, value: Any, city: City, names: Mapping[UUID, str]) -> str:  # noqa: ANN401 - any field
    """What stands in a field, as people read it."""
    lists: Mapping[str, CodeList[Any]] = {
        "categories": city.categories, "districts": city.districts, "languages": city.languages,
        "access": city.access, "kind": city.organisation_kinds,
    }  # fmt: skip
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, date):
        return day(value)
    if field == "contact_ids":
        return listed(names.get(each, "iemand die weg is") for each in value) or NOTHING
    if field in lists and value:
        return listed(map(lists[field].words, [value] if isinstance(value, str) else value))
    said = who_asks(value) if field == "sign_up" else str(value)
    return NOTHING if value in (None, "", ()) else said or NOTHING


def table_of(changes: tuple[FieldChange, ...], city: City, names: Mapping[UUID, str]) -> list[tuple[str, str, str]]:
    """Field by field: what it is called, what stood there, and what comes."""
    return [
        (LABELS[one.field], in_words(one.field, one.old, city, names), in_words(one.field, one.new, city, names))
        for one in changes
    ]
