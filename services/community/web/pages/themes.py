"""The desk says what a gathering is about, in words that people follow."""

from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.community.handlers.following import set_themes
from services.community.handlers.gatherings import find_gathering
from services.community.web.dependencies import Coordinator, Dependencies, TheDependencies, Unit
from services.community.web.following_forms import PostedThemes, ThemesForm, theme_options
from services.community.web.reaches import BASE
from services.community.web.reaches_of_following import THEMES
from services.community.web.views import view_of
from shared.web.forms import Form, empty_form

router = APIRouter(prefix=BASE + "/{gathering_id}/themas")


@router.get("")
async def look(
    request: Request, gathering_id: UUID, dependencies: TheDependencies, _session: Coordinator, unit: Unit
) -> Response:
    """What is ticked already."""
    return await _page(request, gathering_id, dependencies, unit)


@router.post("")
async def choose(
    request: Request,
    gathering_id: UUID,
    dependencies: TheDependencies,
    _session: Coordinator,
    form: PostedThemes,
    unit: Unit,
) -> Response:
    """Who follows one of them gets a mail, once it is announced."""
    if form.data is None:
        return await _page(request, gathering_id, dependencies, unit, form)
    await set_themes(gathering_id, form.data.themes, unit)
    return RedirectResponse(f"{BASE}/{gathering_id}", status_code=HTTPStatus.SEE_OTHER)


async def _page(
    request: Request,
    gathering_id: UUID,
    dependencies: Dependencies,
    unit: Unit,
    typed: Form[ThemesForm] | None = None,
) -> Response:
    gathering = await find_gathering(gathering_id, unit, at_the_desk=True)
    return dependencies.templates.page(
        request,
        "themes.html",
        HTTPStatus.OK if typed is None else HTTPStatus.BAD_REQUEST,
        form=typed or empty_form(ThemesForm, themes=sorted(gathering.themes)),
        view=view_of(gathering, {}, unit.city),
        options=theme_options(unit.city),
        reach=THEMES,
    )
