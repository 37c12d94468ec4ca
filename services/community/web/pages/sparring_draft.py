"""What somebody answered by mail, as it will stand there: read, changed when they like, and placed with one button."""

from contextlib import suppress
from http import HTTPStatus
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.community.domain.example_errors import TellsWhoItIs
from services.community.domain.sparring_errors import AnswerNotFound, QuestionEnded, QuestionNotFound
from services.community.handlers.sparring_answers import place_answer, read_ask
from services.community.ports.replies import ReplyDraft
from services.community.web.dependencies import Dependencies, TheDependencies
from services.community.web.pages.sparring_answer import THANKS
from services.community.web.reaches_of_sparring import BASE, PLACE_DRAFT
from services.community.web.sparring_forms import AnswerForm, PostedAnswer
from services.community.web.sparring_views import names_in
from shared.kernel.errors import Refusal
from shared.web.auditing import unit_of
from shared.web.forms import Form, empty_form

PAGE: Final = f"{BASE}/concept"
router = APIRouter(prefix=PAGE)


@router.get("/{token}")
async def look(request: Request, token: str, dependencies: TheDependencies) -> Response:
    """How it will stand there. Opening it changes nothing."""
    draft = await _find(token, dependencies)
    return await _page(request, token, draft, dependencies, empty_form(AnswerForm, text=draft.text))


@router.post("/{token}")
async def place(request: Request, token: str, dependencies: TheDependencies, form: PostedAnswer) -> Response:
    """Whoever asked hears it, and the draft goes."""
    draft = await _find(token, dependencies)
    if form.data is None:
        return await _page(request, token, draft, dependencies, form)
    try:
        async with unit_of(request, dependencies.units) as unit:
            ask, _ = await read_ask(draft.about, unit)
            if ask.person_id != draft.person_id:
                raise QuestionNotFound
            await place_answer(ask.id, form.data.text, unit, form.data.noNames)
    except TellsWhoItIs as refusal:
        form.refuse_as(refusal)
        return await _page(request, token, draft, dependencies, form, names_in(refusal))
    except QuestionEnded:
        await _settle(token, dependencies)
        raise
    await _settle(token, dependencies)
    return RedirectResponse(THANKS, status_code=HTTPStatus.SEE_OTHER)


async def _find(token: str, dependencies: Dependencies) -> ReplyDraft:
    """Another service keeps it: asked while no unit of work is open. Raises AnswerNotFound."""
    draft = await dependencies.replies.find(token)
    if draft is None:
        raise AnswerNotFound
    return draft


async def _settle(token: str, dependencies: Dependencies) -> None:
    """What cannot be settled now goes by itself; the answer stands."""
    with suppress(Refusal):
        await dependencies.replies.settle(token)


async def _page(
    request: Request,
    token: str,
    draft: ReplyDraft,
    dependencies: Dependencies,
    form: Form[AnswerForm],
    names: tuple[str, ...] = (),
) -> Response:
    async with unit_of(request, dependencies.units) as unit:
        _, question = await read_ask(draft.about, unit)
    return dependencies.templates.page(
        request,
        "sparring_draft.html",
        HTTPStatus.BAD_REQUEST if form.is_wrong else HTTPStatus.OK,
        question=question,
        form=form,
        names=names,
        path=f"{PAGE}/{token}",
        reach=PLACE_DRAFT,
    )
