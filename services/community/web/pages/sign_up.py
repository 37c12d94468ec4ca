"""Whoever wants to come signs up without an account; a mail asks whether the address is right."""

from http import HTTPStatus
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from services.community.commands import SignUpForGathering
from services.community.domain.errors import GatheringNotFound, SignUpClosed
from services.community.domain.sign_up import SignUp
from services.community.handlers.gatherings import find_gathering
from services.community.handlers.seats import request_seat
from services.community.web.dependencies import Dependencies, TheDependencies, Unit
from services.community.web.reaches import BASE, SIGN_UP
from services.community.web.sign_up_forms import SignUpForm, empty_sign_up, read_sign_up, sign_up_choices
from services.community.web.views import view_of
from shared.web.app import Web
from shared.web.dependencies import ClientAddress, TheWeb
from shared.web.forms import Form
from shared.web.languages import read_in_languages, same_language
from shared.web.rate_limit import TooManyRequests

# Everybody behind the same proxy counts as one client.
REQUESTS_PER_CLIENT: Final = "60/hour"
# Each is a mail to somebody who may not have asked for it.
REQUESTS_PER_ADDRESS: Final = "5/day"
router = APIRouter(prefix=BASE + "/{gathering_id}/aanmelden", dependencies=[Depends(read_in_languages)])


async def _typed(request: Request, web: TheWeb, client: ClientAddress) -> Form[SignUpForm]:
    """Counted before anything is kept."""
    await web.limiter.hit("sign-up-client", client, REQUESTS_PER_CLIENT)
    return await read_sign_up(request)


PostedSignUp = Annotated[Form[SignUpForm], Depends(_typed)]


@router.get("")
async def ask(request: Request, gathering_id: UUID, dependencies: TheDependencies, unit: Unit) -> Response:
    """An empty form."""
    return await _page(request, gathering_id, dependencies, empty_sign_up(), unit)


@router.post("")
async def sign_up(
    request: Request,
    gathering_id: UUID,
    dependencies: TheDependencies,
    web: TheWeb,
    form: PostedSignUp,
    unit: Unit,
) -> Response:
    """The same answer for everybody: it does not say whether the address signed up before, nor how often."""
    if form.data is None:
        return await _page(request, gathering_id, dependencies, form, unit, HTTPStatus.BAD_REQUEST)
    await ask_for_seat(gathering_id, form.data.sign_up, web, unit)
    path = same_language(f"{BASE}/{gathering_id}/aanmelden/verstuurd")
    return RedirectResponse(path, status_code=HTTPStatus.SEE_OTHER)


async def ask_for_seat(gathering_id: UUID, told: SignUp, web: Web, unit: Unit) -> None:
    """With a mail to the address, unless that had enough of them today."""
    try:
        await web.limiter.hit("sign-up", unit.sign_ups.digest_of(gathering_id, told.email).hex(), REQUESTS_PER_ADDRESS)
    except TooManyRequests:
        # The mails that it had are enough.
        pass
    else:
        await request_seat(SignUpForGathering(gathering_id, told), unit)


@router.get("/verstuurd")
async def sent(request: Request, gathering_id: UUID, dependencies: TheDependencies, unit: Unit) -> Response:
    """Look in your mail."""
    gathering = await find_gathering(gathering_id, unit)
    return dependencies.templates.page(request, "sign_up_sent.html", view=view_of(gathering, {}, unit.city))


async def _page(
    request: Request,
    gathering_id: UUID,
    dependencies: Dependencies,
    form: Form[SignUpForm],
    unit: Unit,
    status: int = HTTPStatus.OK,
) -> Response:
    gathering = await find_gathering(gathering_id, unit)
    if not gathering.is_coming:
        raise GatheringNotFound
    if not gathering.is_ahead(unit.now):
        raise SignUpClosed
    view = view_of(gathering, {}, unit.city)
    return dependencies.templates.page(
        request,
        "sign_up.html",
        status,
        form=form,
        view=view,
        reach=SIGN_UP,
        **sign_up_choices(),
    )
