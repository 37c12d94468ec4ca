"""Signing in with the account of one's own organisation, where the city has arranged that."""

from http import HTTPStatus
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from services.matching.handlers.sign_in import begin_attempt, may_sign_in, record_sign_in
from services.matching.web.arriving import Arriving
from services.matching.web.dependencies import Dependencies, TheDependencies
from services.matching.web.forms import EmailForm
from services.matching.web.sign_in_cookies import OnTheWay
from shared.access.identity_provider import IdentityProvider, NotIdentified
from shared.access.sessions import safe_path
from shared.kernel.errors import Missing
from shared.web.auditing import unit_of
from shared.web.dependencies import TheWeb
from shared.web.forms import empty_form

BEGIN: Final = "/inloggen/oidc"
BACK: Final = "/inloggen/oidc/terug"
NOT_KNOWN: Final = (
    "Inloggen met het account van je organisatie lukte niet, of Schakel kent dat adres niet. Vraag een code per mail."
)
router = APIRouter()


async def _provider(dependencies: TheDependencies) -> IdentityProvider:
    if dependencies.identity_provider is None:
        raise Missing("no-identity-provider", "Inloggen met het account van je organisatie kan hier niet.")
    return dependencies.identity_provider


Provider = Annotated[IdentityProvider, Depends(_provider)]


@router.get(BEGIN)
async def begin(provider: Provider, dependencies: TheDependencies, web: TheWeb, naar: str = "/") -> Response:
    """To the organisation's own page."""
    there, journey = await provider.begin(f"{dependencies.public_url}{BACK}")
    response = RedirectResponse(there, status_code=HTTPStatus.SEE_OTHER)
    dependencies.cookies.keep_journey(response, journey, safe_path(naar), web.clock.now())
    return response


@router.get(BACK)
async def come_back(request: Request, provider: Provider, dependencies: TheDependencies, web: TheWeb) -> Response:
    """Back from there: the address, that the organisation vouches for, is that of somebody who is known."""
    kept = dependencies.cookies.journey_of(request, web.clock.now())
    if kept is None:
        return _refused(request, dependencies)
    journey, target = kept
    try:
        identified = await provider.identify(request.query_params, f"{dependencies.public_url}{BACK}", journey)
    except NotIdentified:
        return _refused(request, dependencies)
    async with unit_of(request, dependencies.units) as unit:
        person = await unit.people.read_by_email(identified.email)
        may = person is not None and may_sign_in(person)
        record_sign_in(person.id if person else None, unit, "own-account", right=may)
        if person is None or not may:
            return _refused(request, dependencies)
        attempt_id = await begin_attempt(person.id, unit)
        way = OnTheWay(person.id, attempt_id, person.epoch, target, identified.second_factor)
        response = await Arriving(request, unit, dependencies, web).go_on(way, person)
    dependencies.cookies.end_journey(response)
    return response


def _refused(request: Request, dependencies: Dependencies) -> Response:
    form = empty_form(EmailForm, naar="/")
    form.refuse("email", NOT_KNOWN)
    page = dependencies.templates.page(request, "sign_in.html", HTTPStatus.FORBIDDEN, form=form, elsewhere=True)
    dependencies.cookies.end_journey(page)
    return page
