"""Signing in with a mailed code. Nobody can find out here who is in the network, and nobody can lock another out."""

from http import HTTPStatus
from typing import Annotated, Final
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from services.matching.commands import EnterCode
from services.matching.domain.sign_in import lane_of
from services.matching.handlers.sign_in import enter_code, request_sign_in, sign_out_everywhere
from services.matching.web.arriving import Arriving, slow_down
from services.matching.web.dependencies import TheDependencies, Unit
from services.matching.web.forms import CodeForm, EmailForm
from services.matching.web.sign_in_cookies import OnTheWay
from shared.access.sessions import RENEWAL, Session, maybe_signed_in, safe_path
from shared.web.auditing import unit_of
from shared.web.dependencies import ClientAddress, TheWeb
from shared.web.forms import Form, empty_form, read_form

# Everybody behind the same proxy counts as one client; over the limit, whose device never signed in waits a moment.
REQUESTS_PER_CLIENT: Final = "100/10 minutes"
WRONG_CODES_PER_CLIENT: Final = "100/10 minutes"
WRONG_CODE: Final = "Deze code klopt niet, of is niet meer geldig. Gebruik de nieuwste mail, of vraag een nieuwe code."
NOTHING_TO_SEE: Final = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
router = APIRouter()


async def _typed_address(request: Request) -> Form[EmailForm]:
    return await read_form(request, EmailForm)


async def _lane(
    request: Request,
    dependencies: TheDependencies,
    web: TheWeb,
    client: ClientAddress,
    form: Annotated[Form[EmailForm], Depends(_typed_address)],
) -> str:
    """Whose requests are counted together: a device that proved itself for this address has a count of its own."""
    if form.data is None:
        return ""
    lane = lane_of(dependencies.code_key, form.data.email)
    device_id = dependencies.cookies.device_of(request, lane, web.clock.now())
    if not device_id:
        await slow_down(web, "sign-in-client", client, REQUESTS_PER_CLIENT)
    return lane_of(dependencies.code_key, form.data.email, device_id)


@router.get("/inloggen")
async def ask_address(request: Request, dependencies: TheDependencies, naar: str = "/") -> Response:
    """Type an address."""
    return _address_page(request, dependencies, empty_form(EmailForm, naar=safe_path(naar)))


@router.post("/inloggen")
async def send_code(
    request: Request,
    dependencies: TheDependencies,
    form: Annotated[Form[EmailForm], Depends(_typed_address)],
    lane: Annotated[str, Depends(_lane)],
    unit: Unit,
) -> Response:
    """Send a code, if the address is known; the reply is the same when it is not."""
    if form.data is None:
        return _address_page(request, dependencies, form, HTTPStatus.BAD_REQUEST)
    sign_in_id = await request_sign_in(form.data.email, lane, unit)
    query = urlencode({"aanmelding": str(sign_in_id), "naar": safe_path(form.data.naar)})
    return RedirectResponse(f"/inloggen/code?{query}", status_code=HTTPStatus.SEE_OTHER)


@router.get("/inloggen/code")
async def ask_code(request: Request, dependencies: TheDependencies, aanmelding: UUID, naar: str = "/") -> Response:
    """Type the code."""
    form = empty_form(CodeForm, aanmelding=aanmelding, naar=safe_path(naar))
    return dependencies.templates.page(request, "sign_in_code.html", form=form)


@router.post("/inloggen/code")
async def sign_in(request: Request, dependencies: TheDependencies, web: TheWeb, client: ClientAddress) -> Response:
    """The right code leads on."""
    form = await read_form(request, CodeForm)
    if form.data is not None:
        # A unit of its own: a wrong try is committed too.
        async with unit_of(request, dependencies.units) as unit:
            command = EnterCode(form.data.aanmelding, form.data.digits)
            person = await enter_code(command, unit, keys=dependencies.code_keys)
            if person is not None:
                way = OnTheWay(person.id, form.data.aanmelding, person.epoch, safe_path(form.data.naar))
                return await Arriving(request, unit, dependencies, web).go_on(way, person)
        form.refuse("code", WRONG_CODE)
        if not dependencies.cookies.device_of(request, None, web.clock.now()):
            await slow_down(web, "sign-in-wrong-code", client, WRONG_CODES_PER_CLIENT)
    return dependencies.templates.page(request, "sign_in_code.html", HTTPStatus.BAD_REQUEST, form=form)


@router.post("/uitloggen")
async def sign_out(session: Annotated[Session | None, Depends(maybe_signed_in)], web: TheWeb, unit: Unit) -> Response:
    """Everywhere: on this device and on others, in every service."""
    if session is not None:
        await sign_out_everywhere(session.person_id, session.epoch, unit)
    response = RedirectResponse("/", status_code=HTTPStatus.SEE_OTHER)
    web.sessions.sign_out(response)
    # Pages that a browser kept open nothing behind the back button.
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@router.get(RENEWAL)
async def renew(session: Annotated[Session | None, Depends(maybe_signed_in)], web: TheWeb) -> Response:
    """A picture that a page of any service holds now and then: with it comes the cookie that lasts an hour again."""
    response = Response(NOTHING_TO_SEE, media_type="image/svg+xml")
    if session is not None:
        web.sessions.sign_in(response, session, web.clock.now())
    return response


def _address_page(
    request: Request, dependencies: TheDependencies, form: Form[EmailForm], status: int = HTTPStatus.OK
) -> Response:
    elsewhere = dependencies.identity_provider is not None
    return dependencies.templates.page(request, "sign_in.html", status, form=form, elsewhere=elsewhere)
