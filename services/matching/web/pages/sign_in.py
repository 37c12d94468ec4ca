"""Signing in with a mailed code. Nobody can find out here who is in the network."""

from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from services.matching.commands import EnterCode
from services.matching.handlers.sign_in import enter_code, request_sign_in
from services.matching.web.dependencies import TheDependencies, Unit
from services.matching.web.forms import CodeForm, EmailForm
from shared.access.sessions import Session, safe_path
from shared.events.base import Role
from shared.web.dependencies import ClientAddress, TheWeb
from shared.web.forms import Form, empty_form, read_form

MAILS_PER_ADDRESS = "5/10 minutes"
MAILS_PER_ADDRESS_A_DAY = "20/day"
# Everybody behind the same proxy counts as one client.
MAILS_PER_CLIENT = "300/10 minutes"
CODES_PER_CLIENT = "600/10 minutes"
# Whoever guesses has a chance of one in five thousand a day, over all addresses together.
WRONG_CODES_PER_CLIENT = "200/day"
HOME = {Role.AMBASSADOR: "/aanvragen", Role.COORDINATOR: "/bord", Role.OPERATOR: "/berichten", Role.PARTNER: "/netwerk",
        Role.TRUSTED_PERSON: "/kaart", Role.MEMBER: "/kaart"}  # fmt: skip
router = APIRouter()


async def _typed_address(request: Request, web: TheWeb, client: ClientAddress) -> Form[EmailForm]:
    """Counted before anything is looked up."""
    await web.limiter.hit("sign-in-client", client, MAILS_PER_CLIENT)
    form = await read_form(request, EmailForm)
    if form.data is not None:
        await web.limiter.hit("sign-in-address", form.data.email.lower(), MAILS_PER_ADDRESS)
        await web.limiter.hit("sign-in-address-day", form.data.email.lower(), MAILS_PER_ADDRESS_A_DAY)
    return form


@router.get("/inloggen")
async def ask_address(request: Request, dependencies: TheDependencies, naar: str = "/") -> Response:
    """Type an address."""
    return dependencies.templates.page(request, "sign_in.html", form=empty_form(EmailForm, naar=safe_path(naar)))


@router.post("/inloggen")
async def send_code(
    request: Request,
    dependencies: TheDependencies,
    form: Annotated[Form[EmailForm], Depends(_typed_address)],
    unit: Unit,
) -> Response:
    """Send a code, if the address is known; the reply is the same when it is not."""
    if form.data is None:
        return dependencies.templates.page(request, "sign_in.html", HTTPStatus.BAD_REQUEST, form=form)
    sign_in_id = await request_sign_in(form.data.email, unit)
    query = urlencode({"aanmelding": str(sign_in_id), "naar": safe_path(form.data.naar)})
    return RedirectResponse(f"/inloggen/code?{query}", status_code=HTTPStatus.SEE_OTHER)


@router.get("/inloggen/code")
async def ask_code(request: Request, dependencies: TheDependencies, aanmelding: UUID, naar: str = "/") -> Response:
    """Type the code."""
    form = empty_form(CodeForm, aanmelding=aanmelding, naar=safe_path(naar))
    return dependencies.templates.page(request, "sign_in_code.html", form=form)


@router.post("/inloggen/code")
async def sign_in(request: Request, dependencies: TheDependencies, web: TheWeb, client: ClientAddress) -> Response:
    """The right code sets the cookie."""
    await web.limiter.hit("sign-in-code", client, CODES_PER_CLIENT)
    await web.limiter.check("sign-in-wrong-code", client, WRONG_CODES_PER_CLIENT)
    form = await read_form(request, CodeForm)
    person = None
    if form.data is not None:
        # A unit of its own: the try is committed before the limiter can refuse, or a refusal would take it back.
        async with dependencies.units.begin() as unit:
            person = await enter_code(
                EnterCode(form.data.aanmelding, form.data.digits), unit, key=dependencies.code_key
            )
        if person is None:
            await web.limiter.hit("sign-in-wrong-code", client, WRONG_CODES_PER_CLIENT)
            form.refuse("code", "Deze code klopt niet, of is niet meer geldig. Vraag zo nodig een nieuwe code.")
    if form.data is None or person is None:
        return dependencies.templates.page(request, "sign_in_code.html", HTTPStatus.BAD_REQUEST, form=form)
    target = safe_path(form.data.naar)
    as_what = person.memberships[0]
    home = HOME[as_what.role] if target == "/" else target
    response = RedirectResponse(home, status_code=HTTPStatus.SEE_OTHER)
    session = Session(person.id, as_what.role, as_what.organisation_id)
    web.sessions.sign_in(response, session, web.clock.now())
    return response


@router.post("/uitloggen")
async def sign_out(web: TheWeb) -> Response:
    """Take the cookie away."""
    response = RedirectResponse("/", status_code=HTTPStatus.SEE_OTHER)
    web.sessions.sign_out(response)
    return response
