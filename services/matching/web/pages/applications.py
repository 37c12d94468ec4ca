"""The desk looks at who wants to join: one look, and a yes or a no with a reason."""

from http import HTTPStatus
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from services.matching.domain.application import Application, ApplicationState
from services.matching.domain.entry_errors import ApplicationSettled, ApplicationUnknown
from services.matching.domain.map_query import OrganisationQuery
from services.matching.handlers.applications import accept_application, refuse_application
from services.matching.ports import MatchingUnit
from services.matching.web import words
from services.matching.web.dependencies import Dependencies, TheDependencies, Unit
from services.matching.web.entry_forms import RefuseForm
from services.matching.web.entry_words import REFUSALS
from services.matching.web.pages.organisations import PATH as ORGANISATIONS
from services.matching.web.pages.organisations import Desk
from shared.events.base import Role
from shared.web.forms import Form, empty_form, read_form
from shared.web.reach import DESK, Reach
from shared.web.roles import ROLE_WORDS

PATH: Final = f"{ORGANISATIONS}/aanmelding"
MOST_ALIKE: Final = 5
ACCEPT: Final = Reach(f"POST {PATH}/{{application_id}}/ja", mails=("organisation-accepted",), seen_by=(DESK,))
REFUSE: Final = Reach(f"POST {PATH}/{{application_id}}/nee", mails=("application-refused",), seen_by=(DESK,))
router = APIRouter(prefix=PATH)


async def _refused(request: Request) -> Form[RefuseForm]:
    return await read_form(request, RefuseForm)


@router.get("/{application_id}")
async def show_application(
    request: Request, application_id: UUID, dependencies: TheDependencies, _desk: Desk, unit: Unit
) -> Response:
    """One look at who wants to join."""
    return await _application_page(request, dependencies, unit, application_id, empty_form(RefuseForm))


@router.post("/{application_id}/ja")
async def accept(
    request: Request, application_id: UUID, dependencies: TheDependencies, desk: Desk, unit: Unit
) -> Response:
    """They are on the map, and their first person can sign in. Pressed twice, it is the same."""
    try:
        async with unit.savepoint():
            organisation_id = await accept_application(application_id, desk.person_id, unit)
    except ApplicationSettled:
        return await _application_page(request, dependencies, unit, application_id, empty_form(RefuseForm))
    return RedirectResponse(f"{ORGANISATIONS}/{organisation_id}?klaar=welkom", status_code=HTTPStatus.SEE_OTHER)


@router.post("/{application_id}/nee")
async def refuse(
    request: Request,
    application_id: UUID,
    dependencies: TheDependencies,
    desk: Desk,
    form: Annotated[Form[RefuseForm], Depends(_refused)],
    unit: Unit,
) -> Response:
    """They hear why not."""
    if form.data is None:
        return await _application_page(request, dependencies, unit, application_id, form)
    try:
        await refuse_application(application_id, form.data.reason, desk.person_id, unit)
    except ApplicationSettled:
        return await _application_page(request, dependencies, unit, application_id, form)
    return RedirectResponse(f"{ORGANISATIONS}?klaar=geweigerd", status_code=HTTPStatus.SEE_OTHER)


async def _application_page(
    request: Request, dependencies: Dependencies, unit: MatchingUnit, application_id: UUID, form: Form[RefuseForm]
) -> Response:
    application = await unit.applications.read(application_id)
    if application is None or application.state is ApplicationState.STARTED:
        raise ApplicationUnknown
    same_name = OrganisationQuery(application.asked.name, on_map=False, per_page=MOST_ALIKE)
    alike, _ = await unit.organisations.search(same_name)
    known = await unit.people.read_by_email(application.asked.email)
    settled = await _settled(application, unit)
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    if settled is not None:
        # Whoever pressed a button is told so, and asked for nothing more.
        form = empty_form(RefuseForm)
        status = HTTPStatus.CONFLICT if request.method == "POST" else HTTPStatus.OK
    return dependencies.templates.page(
        request,
        "application.html",
        status,
        application=application,
        alike=alike,
        known=known,
        settled=settled,
        form=form,
        path=f"{PATH}/{application_id}",
        reach={"accept": ACCEPT, "refuse": REFUSE},
        refusals=[(reason.value, said) for reason, said in REFUSALS.items()],
        words=words,
    )


async def _settled(application: Application, unit: MatchingUnit) -> dict[str, object] | None:
    """Who said yes or no, and when; None while the desk still has to."""
    if application.settled_at is None:
        return None
    (person,) = await unit.people.list_by_ids([one for one in [application.settled_by] if one]) or (None,)
    by = f"{person.name} ({ROLE_WORDS[Role.COORDINATOR]})" if person else f"Iemand van {unit.city.desk.in_sentence}"
    return {
        "by": by,
        "answer": "ja" if application.state is ApplicationState.ACCEPTED else "nee",
        "at": application.settled_at,
        "reason": REFUSALS[application.refusal] if application.refusal else "",
    }
