"""Other steps of the desk on a need, a page each: pass a partner over, ask outside the map, wait, no help."""

from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from services.matching.handlers.desk_needs import read_need
from services.matching.handlers.desk_search import WAIT_AT_MOST_DAYS
from services.matching.handlers.need_views import name_of_asked
from services.matching.ports import MatchingUnit
from services.matching.web import desk_words
from services.matching.web.dependencies import Dependencies, TheDependencies, Unit
from services.matching.web.desk_steps import NO_HELP, OUTSIDE, PATH, SKIP, WAIT, DeskStep, take_step
from services.matching.web.forms import with_example_of
from services.matching.web.pages.desk_need import TheDesk, need_page, step_done
from shared.web.forms import Form, empty_form, read_form

TEMPLATES: Final[Mapping[str, tuple[DeskStep[Any], str]]] = {
    "overslaan": (SKIP, "desk_skip.html"),
    "buiten-de-kaart": (OUTSIDE, "desk_outside.html"),
    "wachten": (WAIT, "desk_wait.html"),
    "geen-hulp": (NO_HELP, "desk_no_help.html"),
}
# The example of a day to wait for: one that may be chosen.
A_WEEK: Final = timedelta(weeks=1)
router = APIRouter(prefix=f"{PATH}/{{need_id}}")


def _add(name: str, step: DeskStep[Any]) -> None:
    """The page of one step: to look at, and to send."""

    async def typed(request: Request, _: TheDesk) -> Form[Any]:
        return await read_form(request, step.form)

    @router.get(f"/{name}", name=f"look at {name}")
    async def show(request: Request, need_id: UUID, dependencies: TheDependencies, _: TheDesk, unit: Unit) -> Response:
        return await _page(request, dependencies, need_id, name, empty_form(step.form), unit)

    @router.post(f"/{name}", name=name)
    async def take(
        request: Request,
        need_id: UUID,
        dependencies: TheDependencies,
        session: TheDesk,
        form: Annotated[Form[Any], Depends(typed)],
        unit: Unit,
    ) -> Response:
        refusal = await take_step(step, form, need_id, session, unit)
        if refusal is not None:
            return await need_page(request, dependencies, need_id, unit, refusal)
        if form.is_wrong:
            return await _page(request, dependencies, need_id, name, form, unit)
        return step_done(name, need_id)


async def _page(
    request: Request, dependencies: Dependencies, need_id: UUID, name: str, form: Form[Any], unit: MatchingUnit
) -> Response:
    hand, today = await read_need(need_id, unit), unit.city.day_of(unit.now)
    step, template = TEMPLATES[name]
    return dependencies.templates.page(
        request,
        template,
        HTTPStatus.BAD_REQUEST if form.is_wrong else HTTPStatus.OK,
        hand=hand,
        asked=await name_of_asked(hand.open_question, unit),
        why_not=hand.why_not(),
        path=f"{PATH}/{need_id}",
        form=with_example_of(today + A_WEEK, form),
        example=today + A_WEEK,
        at_most_days=WAIT_AT_MOST_DAYS,
        reasons=list(desk_words.CHOICE_REASONS.items()),
        waits=desk_words.postpone_reasons(unit.city),
        unavailable=list(desk_words.UNAVAILABLE_REASONS.items()),
        reach=step.reach,
    )


for _name, (_step, _) in TEMPLATES.items():
    _add(_name, _step)
