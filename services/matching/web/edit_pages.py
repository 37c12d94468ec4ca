"""The page on which an entry is changed: the same for the organisation itself and for the desk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from fastapi import Request, Response

from services.matching.domain.entry import FieldChange
from services.matching.domain.entry_errors import EntryChanged
from services.matching.domain.network import Organisation, Person, Service
from services.matching.ports import MatchingUnit
from services.matching.web import map_words, words
from services.matching.web.dependencies import Dependencies
from services.matching.web.entry_forms import (
    DeskOrganisationForm,
    OrganisationForm,
    ServiceForm,
    day_is_wrong,
    filled,
)
from services.matching.web.entry_words import LABELS, in_words
from shared.web.forms import Form, empty_form
from shared.web.reach import Reach

EntryForm = OrganisationForm | DeskOrganisationForm | ServiceForm


@dataclass(frozen=True, slots=True)
class EditPage:
    """What stands around the form: where it is sent, where it came from, whom it reaches."""

    path: str
    trail: Sequence[tuple[str, str]]
    reach: Reach
    is_desk: bool
    title: str
    is_new: bool = False
    """Nothing of it counts yet: the desk looks at all of it."""
    proposed: tuple[FieldChange, ...] = ()
    """What waits for the desk already: it is filled in."""
    open_questions: int = 0
    hidden: Mapping[str, str] = field(default_factory=dict)


async def people_of(entry: Organisation | Service, unit: MatchingUnit) -> list[Person]:
    """Who can be contact person."""
    owner = entry.id if isinstance(entry, Organisation) else entry.organisation_id
    return await unit.people.list_of_organisation(owner)


def check_form(form: Form[Any], entry: Organisation | Service, people: Sequence[Person], unit: MatchingUnit) -> bool:
    """Add what only the entry itself can tell; whether all is right."""
    data = form.data
    if isinstance(data, ServiceForm) and isinstance(entry, Service):
        today, most = unit.city.day_of(unit.now), unit.city.terms.waitlist_at_most_days
        if day_is_wrong(data.full_until, entry.full_until, today, today + timedelta(days=most)):
            form.refuse("full_until", f"Kies een dag vanaf morgen, en binnen {most} dagen.")
        known = {person.id for person in people} | set(entry.contact_ids)
        for name, chosen in (("contact", data.contact), ("deputy", data.deputy)):
            if chosen is not None and chosen not in known:
                form.refuse(name, "Kies iemand uit de lijst.")
    return not form.errors


def edit_page(
    request: Request,
    dependencies: Dependencies,
    entry: Organisation | Service,
    page: EditPage,
    people: Sequence[Person],
    form: Form[Any] | None = None,
    changed: EntryChanged | None = None,
) -> Response:
    """The form, filled in; or as it came back, with what others changed in between."""
    of_service = isinstance(entry, Service)
    shown = form or _filled(entry, page)
    names = {person.id: person.name for person in people}
    between: list[tuple[str, str]] = []
    if changed is not None:
        shown.values["seen"] = changed.version
        between = [(LABELS[n], in_words(n, value, dependencies.city, names)) for n, value in changed.now.items()]
    status = HTTPStatus.CONFLICT if changed else HTTPStatus.BAD_REQUEST if shown.errors else HTTPStatus.OK
    return dependencies.templates.page(
        request,
        "entry_service.html" if of_service else "entry_organisation.html",
        status,
        entry=entry,
        form=shown,
        page=page,
        people=[(str(person.id), person.name) for person in people],
        between=between,
        words=words,
        map_words=map_words,
    )


def told(count_live: int, count_waiting: int, by_others: Sequence[str]) -> str:
    """What to say after saving, as a code for the address of the next page."""
    said = ["bewaard"] if count_live else []
    said += ["voorgesteld"] if count_waiting else []
    said += ["samen"] if by_others else []
    return "-".join(said) or "gelijk"


def _filled(entry: Organisation | Service, page: EditPage) -> Form[Any]:
    over = [(change.field, change.new) for change in page.proposed]
    of_desk = DeskOrganisationForm if page.is_desk else OrganisationForm
    return empty_form(ServiceForm if isinstance(entry, Service) else of_desk, **filled(entry, *over))
