"""`/bijeenkomsten/voorbeelden`: the desk makes an example for the table, or changes one."""

from collections.abc import Mapping
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
    return _form_page(request, dependencies, unit.city, empty_form(ExampleForm))


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
    return _form_page(request, dependencies, unit.city, filled_in(found.told), changes=True)


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
        city = unit.city
        if example_id is not None:
            await find_example(example_id, unit)
    asked = _Asked(request, dependencies, city, form, changes=example_id is not None)
    if form.data is None:
        return asked.page()
    try:
        checked = await dependencies.commonness.check(form.data.shape)
    except ShapeNotChecked as away:
        return asked.page(HTTPStatus.SERVICE_UNAVAILABLE, away=away.message)
    if form.data.choice is ExampleChoice.LOOK or not checked.answer.is_common:
        return asked.page(checked=checked)
    if (told := form.data.told) is None:
        return asked.lacks(checked)
    try:
        async with unit_of(request, dependencies.units) as unit:
            kept = await write_example(example_id, told, checked, session.person_id, unit)
    except TellsWhoItIs as tells:
        form.refuse_as(tells)
        return asked.page(checked=checked)
    return RedirectResponse(f"{EXAMPLES}/{kept}", status_code=HTTPStatus.SEE_OTHER)


class _Asked:
    """The form as it came in, to be shown again with what was found."""

    def __init__(
        self, request: Request, dependencies: Dependencies, city: City, form: Form[ExampleForm], *, changes: bool
    ) -> None:
        self._request, self._dependencies, self._city = request, dependencies, city
        self._form, self._changes = form, changes

    def lacks(self, checked: Checked) -> Response:
        """Its text or its name is missing."""
        for name, problem in MISSING.items():
            if not self._form.value_of(name):
                self._form.refuse(name, problem)
        return self.page(checked=checked)

    def page(self, status: HTTPStatus | None = None, *, checked: Checked | None = None, away: str = "") -> Response:
        """With what intake says, or that it is away."""
        is_wrong = self._form.is_wrong or (checked is not None and not checked.answer.is_common)
        found = status or (HTTPStatus.BAD_REQUEST if is_wrong else HTTPStatus.OK)
        return _form_page(
            self._request, self._dependencies, self._city, self._form,
            found, changes=self._changes, checked=checked, away=away,
        )  # fmt: skip


def _form_page(
    request: Request,
    dependencies: Dependencies,
    city: City,
    form: Form[ExampleForm],
    status: HTTPStatus = HTTPStatus.OK,
    *,
    changes: bool = False,
    checked: Checked | None = None,
    away: str = "",
) -> Response:
    return dependencies.templates.page(
        request,
        "example_form.html",
        status,
        form=form,
        reach=CHANGE if changes else NEW,
        changes=changes,
        away=away,
        answer=checked.answer if checked else None,
        widen=[FACTS[fact] for fact in checked.answer.widen] if checked else (),
        **_choices(city),
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
