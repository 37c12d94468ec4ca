"""One person, for the desk: who they are, what they may do where, who stands in, what hangs on them, and leaving."""

from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from services.matching.handlers.people_views import PersonView, show_person
from services.matching.web import people_words
from services.matching.web.dependencies import Dependencies, TheDependencies, Unit
from services.matching.web.forms import with_example_of
from services.matching.web.link_gone import nothing_chosen
from services.matching.web.pages.people import PATH, Changing, Looking
from services.matching.web.people_actions import (
    PERSON_ACTIONS,
    PERSON_REACHES,
    PersonPress,
    perform,
    pressed_about,
)
from shared.access.sessions import Session
from shared.events.base import Role
from shared.web.forms import Form, empty_form

DONE = "gedaan"
router = APIRouter()


async def _pressed(request: Request, _session: Changing) -> PersonPress | None:
    return await pressed_about(request)


@router.get(f"{PATH}/{{person_id}}")
async def person(
    request: Request, person_id: UUID, dependencies: TheDependencies, session: Looking, unit: Unit
) -> Response:
    """Everything about one person, and what can be changed."""
    return _page(request, dependencies, session, await show_person(person_id, unit))


@router.post(f"{PATH}/{{person_id}}")
async def change(
    request: Request,
    person_id: UUID,
    dependencies: TheDependencies,
    session: Changing,
    pressed: Annotated[PersonPress | None, Depends(_pressed)],
    unit: Unit,
) -> Response:
    """What the pressed button says."""
    if pressed is None:
        raise nothing_chosen()
    await show_person(person_id, unit)
    result = await perform(pressed, person_id, session.person_id, unit)
    if result.is_done:
        return RedirectResponse(f"{PATH}/{person_id}?{DONE}={pressed.choice}", status_code=HTTPStatus.SEE_OTHER)
    return _page(request, dependencies, session, await show_person(person_id, unit), result)


def _page(
    request: Request,
    dependencies: Dependencies,
    session: Session,
    view: PersonView,
    result: PersonPress | None = None,
) -> Response:
    refusal = result.refusal if result else None
    wrong = with_example_of(view.today, result.form) if result and not refusal else None
    done = PERSON_ACTIONS.get(request.query_params.get(DONE, ""))
    return dependencies.templates.page(
        request,
        "person.html",
        refusal.status if refusal else HTTPStatus.BAD_REQUEST if wrong else HTTPStatus.OK,
        view=view,
        person=view.person,
        path=f"{PATH}/{view.person.id}",
        forms=_forms(view) | ({result.choice: wrong} if result and wrong else {}),
        wrong=wrong,
        refusal=refusal,
        done=done.done if done and result is None else None,
        may_change=session.role is Role.COORDINATOR,
        reaches=PERSON_REACHES,
        words=people_words,
    )


def _forms(view: PersonView) -> dict[str, Form[Any]]:
    """As it is now, to change."""
    person = view.person
    filled: dict[str, dict[str, Any]] = {
        "details": {"name": person.name, "email": person.email, "phone": person.phone, "kinds": list(person.kinds)},
        "absence": {"deputy": person.deputy_id, "away_from": person.away_from, "away_until": person.away_until},
        "leave": {"when": "on-a-day" if person.leaves_on else None, "leaves_on": person.leaves_on},
    }
    return {choice: empty_form(action.form, **filled.get(choice, {})) for choice, action in PERSON_ACTIONS.items()}
