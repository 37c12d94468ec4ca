"""`/bijeenkomsten/voorbeelden`: the desk makes an example for the table, or changes one."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.community.domain.example import Checked, FirstName
from services.community.domain.example_errors import ShapeNotChecked, TellsWhoItIs
from services.community.handlers.examples import find_example, write_example
from services.community.web.dependencies import Coordinator, Dependencies, TheDependencies, Unit
from services.community.web.example_forms import ExampleChoice, ExampleForm, PostedExample, filled_in
from services.community.web.example_views import AGE_BANDS, CHILDREN, FACTS, languages, view_of
from services.community.web.reaches_of_examples import CHANGE, EXAMPLES, NEW
from shared.access.sessions import Session
from shared.kernel.city import City
from shared.web.auditing import unit_of
from shared.web.forms import Form, empty_form

MISSING: Final = {"called": "Kies een voornaam.", "body": "Schrijf op wat er aan de hand is."}
router = APIRouter(prefix=EXAMPLES)


@router.get("")
async def overview(request: Request, dependencies: TheDependencies, _session: Coordinator, unit: Unit) -> Response:
    """All that are not forgotten."""
    views = [view_of(one, unit.city) for one in await unit.examples.list_all()]
    return dependencies.templates.page(request, "examples.html", views=views)


@router.get("/nieuw")
async def new(request: Request, dependencies: TheDependencies, _session: Coordinator, unit: Unit) -> Response:
    """An empty form."""
    return _FormPage(request, dependencies, unit.city, empty_form(ExampleForm)).show()


@router.post("/nieuw")
async def make(request: Request, dependencies: TheDependencies, session: Coordinator, form: PostedExample) -> Response:
    """See how common it is, or hand it to a colleague."""
    return await _write(request, dependencies, session, form, None)


@router.get("/{example_id}/wijzigen")
async def ask_to_change(
    request: Request, example_id: UUID, dependencies: TheDependencies, _session: Coordinator, unit: Unit
) -> Response:
    """The form with what stands there now."""
    found = await find_example(example_id, unit)
    return _FormPage(request, dependencies, unit.city, filled_in(found.told), changes=True).show()


@router.post("/{example_id}/wijzigen")
async def change(
    request: Request, example_id: UUID, dependencies: TheDependencies, session: Coordinator, form: PostedExample
) -> Response:
    """The same; a colleague reads it anew."""
    return await _write(request, dependencies, session, form, example_id)


async def _write(
    request: Request,
    dependencies: Dependencies,
    session: Session,
    form: Form[ExampleForm],
    example_id: UUID | None,
) -> Response:
    # The line of who asks is there before anything is asked of another service, which no unit waits for.
    async with unit_of(request, dependencies.units) as unit:
        page = _FormPage(request, dependencies, unit.city, form, changes=example_id is not None)
        if example_id is not None:
            await find_example(example_id, unit)
    if form.data is None:
        return page.show()
    try:
        checked = await dependencies.commonness.check(form.data.shape)
    except ShapeNotChecked as away:
        return page.show(away=away)
    if form.data.choice is ExampleChoice.LOOK or not checked.answer.is_common:
        return page.show(checked)
    if (told := form.data.told) is None:
        return page.show_what_is_missing(checked)
    try:
        async with unit_of(request, dependencies.units) as unit:
            kept = await write_example(example_id, told, checked, session.person_id, unit)
    except TellsWhoItIs as tells:
        form.refuse_as(tells)
        return page.show(checked)
    return RedirectResponse(f"{EXAMPLES}/{kept}", status_code=HTTPStatus.SEE_OTHER)


@dataclass(frozen=True, slots=True)
class _FormPage:
    """The form as it came in, or empty, with what was found."""

    request: Request
    dependencies: Dependencies
    city: City
    form: Form[ExampleForm]
    changes: bool = False

    def show_what_is_missing(self, checked: Checked) -> Response:
        """Its text, its name, or both."""
        for name, problem in MISSING.items():
            if not self.form.value_of(name):
                self.form.refuse(name, problem)
        return self.show(checked)

    def show(self, checked: Checked | None = None, away: ShapeNotChecked | None = None) -> Response:
        """With what intake says, or that it is away."""
        answer = checked.answer if checked else None
        only_looks = self.form.data is not None and self.form.data.choice is ExampleChoice.LOOK
        is_wrong = self.form.is_wrong or not (answer is None or answer.is_common or only_looks)
        return self.dependencies.templates.page(
            self.request,
            "example_form.html",
            HTTPStatus(away.status) if away else HTTPStatus.BAD_REQUEST if is_wrong else HTTPStatus.OK,
            form=self.form,
            reach=CHANGE if self.changes else NEW,
            changes=self.changes,
            away=away.message if away else "",
            answer=answer,
            widen=[FACTS[fact] for fact in answer.widen] if answer else (),
            **_choices(self.city),
        )


def _choices(city: City) -> Mapping[str, Any]:
    return {
        "categories": city.categories.options,
        "age_bands": [(code.value, words) for code, words in AGE_BANDS.items()],
        "districts": city.districts.options,
        "languages": [(code.value, words) for code, words in languages(city).items()],
        "children": [(code.value, words) for code, words in CHILDREN.items()],
        "names": [(name.value, name.value) for name in FirstName],
    }
