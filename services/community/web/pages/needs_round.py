"""A round at a gathering: whoever is there tells what they would like, and everybody sees what becomes of it."""

from datetime import date
from http import HTTPStatus
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from services.community.domain.needs_round import Subject, Way
from services.community.handlers.gatherings import find_gathering
from services.community.handlers.needs_round import (
    put_together,
    remove_wishes,
    show_round,
    tell_wish,
)
from services.community.web.dependencies import Coordinator, Dependencies, TheDependencies, Unit, Visitor, may_organise
from services.community.web.reaches import BASE, PUT_TOGETHER, WISH
from services.community.web.reaches_of_voting import VOTING
from services.community.web.round_forms import (
    GroupForm,
    PostedGroup,
    WishForm,
)
from services.community.web.views import view_of
from services.community.web.words import OUTCOMES, WAYS
from shared.access.sessions import Session
from shared.kernel.translatable import to_translate
from shared.web.dependencies import ClientAddress, TheWeb
from shared.web.forms import Form, read_form, typed_or_empty
from shared.web.languages import read_in_languages, same_language

WISHES_PER_CLIENT: Final = "60/hour"
router = APIRouter(prefix=BASE)


async def _typed(request: Request, web: TheWeb, client: ClientAddress) -> Form[WishForm]:
    """Counted before anything is kept."""
    await web.limiter.hit("wish", client, WISHES_PER_CLIENT)
    return await read_form(request, WishForm)


@router.get("/{gathering_id}/ronde", dependencies=[Depends(read_in_languages)])
async def look(
    request: Request, gathering_id: UUID, dependencies: TheDependencies, visitor: Visitor, unit: Unit
) -> Response:
    """As it stands, and a field to tell something."""
    return await _page(request, gathering_id, dependencies, visitor, unit)


@router.post("/{gathering_id}/ronde", dependencies=[Depends(read_in_languages)])
async def tell(
    request: Request,
    gathering_id: UUID,
    dependencies: TheDependencies,
    visitor: Visitor,
    form: Annotated[Form[WishForm], Depends(_typed)],
    unit: Unit,
) -> Response:
    """Without a name; who organises puts it under a subject."""
    if form.data is None:
        return await _page(request, gathering_id, dependencies, visitor, unit, HTTPStatus.BAD_REQUEST, form)
    # Only who organises writes down what came in on paper or by phone.
    way = form.data.way if may_organise(visitor) else Way.PAGE
    await tell_wish(gathering_id, form.data.wish, way, unit)
    return back_to(gathering_id)


@router.post("/{gathering_id}/ronde/samen")
async def group(
    request: Request,
    gathering_id: UUID,
    dependencies: TheDependencies,
    session: Coordinator,
    form: PostedGroup,
    unit: Unit,
) -> Response:
    """These belong together, or go: what names somebody is not kept."""
    if form.data is None:
        return await _page(request, gathering_id, dependencies, session, unit, HTTPStatus.BAD_REQUEST, form)
    if form.data.choice == "remove":
        await remove_wishes(gathering_id, form.data.wishes, unit)
    else:
        await put_together(gathering_id, form.data.title or "", form.data.wishes, unit)
    return back_to(gathering_id)


def back_to(gathering_id: UUID) -> Response:
    """The page of its round."""
    return RedirectResponse(same_language(f"{BASE}/{gathering_id}/ronde"), status_code=HTTPStatus.SEE_OTHER)


async def _page(
    request: Request,
    gathering_id: UUID,
    dependencies: Dependencies,
    visitor: Session | None,
    unit: Unit,
    status: int = HTTPStatus.OK,
    typed: Form[WishForm] | Form[GroupForm] | None = None,
) -> Response:
    gathering = await find_gathering(gathering_id, unit)
    found = await show_round(gathering_id, unit)
    today = unit.city.day_of(unit.now)
    return dependencies.templates.page(
        request,
        "round.html",
        status,
        form=typed_or_empty(typed, WishForm, way=Way.PAPER.value),
        grouping=typed_or_empty(typed, GroupForm),
        view=view_of(gathering, {}, unit.city),
        subjects=[(one, wishes, state_of(one, today)) for one, wishes in found.subjects],
        loose=[(str(one.id), one.asks_for) for one in found.loose],
        is_open=gathering.takes_wishes(unit.now),
        may_organise=may_organise(visitor),
        ways=[(one.value, words) for one, words in WAYS.items()],
        voting=await unit.votes.read(gathering_id),
        reaches={"wish": WISH, "group": PUT_TOGETHER, "voting": VOTING},
    )


def state_of(subject: Subject, today: date) -> tuple[str, str] | None:
    """How it stands, in a word and its colour."""
    return (to_translate("te laat"), "urgent") if subject.is_late(today) else OUTCOMES[subject.state]
