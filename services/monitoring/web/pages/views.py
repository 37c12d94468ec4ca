"""Saved views: a name for a choice of filters, one's own or the team's, with how many cases each has."""

from collections.abc import Sequence
from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.monitoring.commands import SaveView
from services.monitoring.domain.board import SavedView
from services.monitoring.domain.errors import TooManySavedViews, ViewOfColleague
from services.monitoring.handlers.saved_views import choose_default, delete_view, find_view, save_view
from services.monitoring.web.board_tops import chips
from services.monitoring.web.dependencies import AtTheDesk, Dependencies, TheDependencies, Unit
from services.monitoring.web.desk_view import SOMEBODY
from services.monitoring.web.names import organisation_names
from services.monitoring.web.narrowing import Narrowing
from services.monitoring.web.pages.board import Choices
from services.monitoring.web.reaches import DELETE_VIEW, SAVE_VIEW, START_WITH_VIEW
from services.monitoring.web.view_forms import EVERYTHING, PostedDefault, PostedView, ViewForm
from shared.access.sessions import Session
from shared.web.forms import Form, empty_form

router = APIRouter(prefix="/bord/weergaven")


@router.get("")
async def views(request: Request, dependencies: TheDependencies, session: AtTheDesk) -> Response:
    """All that this person can use."""
    async with dependencies.units.begin() as unit:
        saved = await unit.saved_views.list_for(session.person_id)
        wanted = [Narrowing.of_query(one.query).wanted(unit.city, unit.now, session.person_id) for one in saved]
        counts = await unit.board.count_each(wanted)
        default_id = await unit.saved_views.default_of(session.person_id)
    return dependencies.templates.page(
        request,
        "board_views.html",
        views=list(zip(saved, counts, strict=True)),
        makers=await _makers(saved, session, dependencies),
        default_id=default_id,
        everything=EVERYTHING,
        reach=START_WITH_VIEW,
    )


@router.get("/nieuw")
async def new_view(
    request: Request, dependencies: TheDependencies, _session: AtTheDesk, choices: Choices, unit: Unit
) -> Response:
    """A name for what was chosen on the board."""
    return await _form_page(request, dependencies, empty_form(ViewForm, query=choices.query()), unit)


@router.post("")
async def save(
    request: Request, dependencies: TheDependencies, session: AtTheDesk, form: PostedView, unit: Unit
) -> Response:
    """Keep it, and show the board with it."""
    if form.data is not None:
        try:
            await save_view(_command(session, form.data), unit)
        except (TooManySavedViews, ViewOfColleague) as refusal:
            form.refuse("title", refusal.message)
        else:
            return RedirectResponse(f"/bord?{form.data.query}", status_code=HTTPStatus.SEE_OTHER)
    return await _form_page(request, dependencies, form, unit, HTTPStatus.BAD_REQUEST)


@router.post("/begin")
async def start_with(session: AtTheDesk, form: PostedDefault, unit: Unit) -> Response:
    """With which view the board opens from now on."""
    if form.data is not None:
        await choose_default(form.data.view_id, session.person_id, unit)
    return _back()


@router.get("/{view_id}/verwijderen")
async def ask_to_delete(request: Request, view_id: UUID, dependencies: TheDependencies, session: AtTheDesk) -> Response:
    """Whether it may really go; of what a colleague made for the team, who that is."""
    async with dependencies.units.begin() as unit:
        view = await find_view(view_id, session.person_id, unit)
    maker = (await _makers([view], session, dependencies)).get(view.view_id)
    return dependencies.templates.page(
        request,
        "board_view_gone.html",
        view=view,
        colleague=maker if view.person_id != session.person_id else None,
        reach=DELETE_VIEW,
    )


@router.post("/{view_id}/verwijderen")
async def delete(view_id: UUID, session: AtTheDesk, unit: Unit) -> Response:
    """It is gone; the cases are where they were."""
    await delete_view(view_id, session.person_id, unit)
    return _back()


async def _makers(views: Sequence[SavedView], session: Session, dependencies: Dependencies) -> dict[UUID, str]:
    """Who made the views of the team, by view. No transaction may be open."""
    shared = [one for one in views if one.shared]
    others = sorted({one.person_id for one in shared} - {session.person_id})
    known = await dependencies.people.read_people(others)
    names = {person_id: one.name for person_id, one in known.items()} | {session.person_id: "jou"}
    return {one.view_id: names.get(one.person_id, SOMEBODY.lower()) for one in shared}


def _command(session: Session, data: ViewForm) -> SaveView:
    shared = data.shared == "team"
    return SaveView(session.person_id, data.title, data.query, shared=shared, as_default=data.as_default)


def _back() -> Response:
    return RedirectResponse("/bord/weergaven", status_code=HTTPStatus.SEE_OTHER)


async def _form_page(
    request: Request, dependencies: Dependencies, form: Form[ViewForm], unit: Unit, status: int = HTTPStatus.OK
) -> Response:
    choices = Narrowing.of_query(str(form.value_of("query")))
    names = await organisation_names(unit, [choices.organisation_id])
    return dependencies.templates.page(
        request,
        "board_view_new.html",
        status,
        form=form,
        chosen=[words for words, _ in chips(choices, names, dependencies.words)],
        query=choices.query(),
        reach=SAVE_VIEW,
    )
