"""One example: a colleague approves it or says why not; then it lies on the table of a gathering, or is withdrawn."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.community.domain.example import Checked, Example, ExampleState
from services.community.domain.example_errors import TellsWhoItIs
from services.community.handlers.examples import (
    approve_example,
    doubtful_words,
    find_example,
    list_tables,
    return_example,
    tie_example,
    untie_example,
    withdraw_example,
)
from services.community.handlers.topics import list_ahead
from services.community.ports import CommunityUnit
from services.community.web.dependencies import Coordinator, Dependencies, TheDependencies, Unit
from services.community.web.example_forms import (
    PostedReturn,
    PostedTable,
    PostedVersion,
    ReturnForm,
    TableForm,
)
from services.community.web.example_views import view_of
from services.community.web.reaches_of_examples import APPROVE, EXAMPLES, RETURN, TIE, UNTIE, WITHDRAW
from services.community.web.views import views_of
from shared.access.sessions import Session
from shared.web.auditing import unit_of
from shared.web.forms import Form, typed_or_empty

router = APIRouter(prefix=EXAMPLES + "/{example_id}")


@router.get("")
async def example(
    request: Request, example_id: UUID, dependencies: TheDependencies, session: Coordinator, unit: Unit
) -> Response:
    """All of it, and what can be done with it."""
    return await _page(request, dependencies, await find_example(example_id, unit), session, unit)


@router.post("/goedkeuren")
async def approve(
    request: Request, example_id: UUID, dependencies: TheDependencies, session: Coordinator, form: PostedVersion
) -> Response:
    """It may lie on a table."""
    checked = await _checked(request, example_id, dependencies)
    async with unit_of(request, dependencies.units) as unit:
        if form.data is None:
            return await _page(request, dependencies, await find_example(example_id, unit), session, unit, form)
        await approve_example(example_id, form.data.version, checked, session.person_id, unit)
    return _to(example_id)


@router.post("/terug")
async def give_back(
    request: Request,
    example_id: UUID,
    dependencies: TheDependencies,
    session: Coordinator,
    form: PostedReturn,
    unit: Unit,
) -> Response:
    """Not so, and why."""
    found = await find_example(example_id, unit)
    if form.data is None:
        return await _page(request, dependencies, found, session, unit, form)
    try:
        await return_example(example_id, form.data.version, form.data.reason, session.person_id, unit)
    except TellsWhoItIs as tells:
        form.refuse_as(tells)
        return await _page(request, dependencies, found, session, unit, form)
    return _to(example_id)


@router.post("/intrekken")
async def withdraw(example_id: UUID, _session: Coordinator, unit: Unit) -> Response:
    """Nobody reads it any more."""
    await withdraw_example(example_id, unit)
    return _to(example_id)


@router.post("/bijeenkomst")
async def tie(
    request: Request, example_id: UUID, dependencies: TheDependencies, session: Coordinator, form: PostedTable
) -> Response:
    """Whoever hosts finds it; its shape is looked at once more."""
    checked = await _checked(request, example_id, dependencies)
    async with unit_of(request, dependencies.units) as unit:
        if form.data is None:
            return await _page(request, dependencies, await find_example(example_id, unit), session, unit, form)
        await tie_example(example_id, form.data.gathering, checked, unit)
    return _to(example_id)


@router.post("/los")
async def untie(
    request: Request,
    example_id: UUID,
    dependencies: TheDependencies,
    session: Coordinator,
    form: PostedTable,
    unit: Unit,
) -> Response:
    """Not on that table."""
    if form.data is None:
        return await _page(request, dependencies, await find_example(example_id, unit), session, unit, form)
    await untie_example(example_id, form.data.gathering, unit)
    return _to(example_id)


async def _checked(request: Request, example_id: UUID, dependencies: Dependencies) -> Checked:
    """The line of who asks is there before intake is asked, which no unit waits for."""
    async with unit_of(request, dependencies.units) as unit:
        shape = (await find_example(example_id, unit)).told.shape
    return await dependencies.commonness.check(shape)


def _to(example_id: UUID) -> Response:
    return RedirectResponse(f"{EXAMPLES}/{example_id}", status_code=HTTPStatus.SEE_OTHER)


async def _page(
    request: Request,
    dependencies: Dependencies,
    found: Example,
    session: Session,
    unit: CommunityUnit,
    typed: Form[Any] | None = None,
) -> Response:
    tables = await list_tables(found.id, unit)
    there = {one.id for one in tables}
    ahead = [one for one in await views_of(await list_ahead(unit), unit) if one.gathering.id not in there]
    return dependencies.templates.page(
        request,
        "example.html",
        HTTPStatus.OK if typed is None else HTTPStatus.BAD_REQUEST,
        view=view_of(found, unit.city),
        is_own=found.written_by == session.person_id,
        is_withdrawn=found.state is ExampleState.WITHDRAWN,
        doubtful=doubtful_words(found.told, unit.city),
        tables=await views_of(tables, unit),
        choices=[(str(one.gathering.id), f"{one.gathering.details.title}, {one.day:%d-%m-%Y}") for one in ahead],
        give_back=typed_or_empty(typed, ReturnForm),
        table=typed_or_empty(typed, TableForm),
        wrong=typed,
        reaches={"approve": APPROVE, "return": RETURN, "withdraw": WITHDRAW, "tie": TIE, "untie": UNTIE},
    )
