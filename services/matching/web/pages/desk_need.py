"""A need as the desk works on it: how it stands, who was asked, who can be, and every ranking and choice."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from services.matching.handlers.need_views import show_need
from services.matching.ports import MatchingUnit
from services.matching.web import desk_words, words
from services.matching.web.asked_words import SearchedWords
from services.matching.web.dependencies import Dependencies, TheDependencies, Unit
from services.matching.web.desk_forms import SeenForm
from services.matching.web.desk_steps import AGAIN, DESK_STEPS, PATH, REACHES, take_step
from services.matching.web.referral_pages import DONE
from shared.access.sessions import Session, signed_in
from shared.events.base import Role
from shared.kernel.errors import Refusal
from shared.web.forms import Form, read_form

TheDesk = Annotated[Session, Depends(signed_in(Role.COORDINATOR))]
router = APIRouter()


async def _seen_form(request: Request, _: TheDesk) -> Form[SeenForm]:
    return await read_form(request, SeenForm)


@router.get(f"{PATH}/{{need_id}}")
async def show(
    request: Request,
    need_id: UUID,
    dependencies: TheDependencies,
    _: TheDesk,
    unit: Unit,
    searched: SearchedWords = None,
) -> Response:
    """Everything about it, and what can be done."""
    return await need_page(request, dependencies, need_id, unit, searched=searched)


@router.post(f"{PATH}/{{need_id}}/opnieuw")
async def search_again(
    request: Request,
    need_id: UUID,
    dependencies: TheDependencies,
    session: TheDesk,
    form: Annotated[Form[SeenForm], Depends(_seen_form)],
    unit: Unit,
) -> Response:
    """Look anew for a partner."""
    refusal = await take_step(AGAIN, form, need_id, session, unit)
    if refusal is None and form.data is not None:
        return step_done("opnieuw", need_id)
    return await need_page(request, dependencies, need_id, unit, refusal)


def step_done(step: str, need_id: UUID) -> Response:
    """Back to the need, which says what was done."""
    return RedirectResponse(f"{PATH}/{need_id}?{DONE}={step}", status_code=HTTPStatus.SEE_OTHER)


async def need_page(
    request: Request,
    dependencies: Dependencies,
    need_id: UUID,
    unit: MatchingUnit,
    refusal: Refusal | None = None,
    *,
    searched: str | None = None,
) -> Response:
    """The need as it is now; `refusal`: what could not be done, and so was not."""
    view = await show_need(need_id, unit, searched)
    step = DESK_STEPS.get(request.query_params.get(DONE, ""))
    state, tone = desk_words.state_of(view)
    return dependencies.templates.page(
        request,
        "desk_need.html",
        refusal.status if refusal else HTTPStatus.OK,
        view=view,
        path=f"{PATH}/{need_id}",
        state=state,
        tone=tone,
        choices=[desk_words.choice_line(view, choice, unit.city) for choice in reversed(view.hand.choices)],
        why_not=view.hand.why_not(),
        refusal=refusal,
        done=step.done if step and not refusal else None,
        searched=searched or "",
        reach=REACHES,
        words=words,
    )
