"""Signing in with a mailed code. Nobody can find out here who is in the network."""

from http import HTTPStatus
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.matching.commands import EnterCode, RequestSignIn
from services.matching.handlers.sign_in import enter_code, request_sign_in
from services.matching.ports import BadContactDetail
from services.matching.web.dependencies import Caller, TheDoors, TheWeb
from services.matching.web.forms import CodeForm, EmailForm
from shared.access.sessions import Session, safe_path
from shared.events.base import Role
from shared.web.forms import empty_form, read_form

MAILS_PER_ADDRESS = "5/10 minutes"
MAILS_PER_ADDRESS_A_DAY = "20/day"
# Everybody behind the same proxy counts as one caller.
MAILS_PER_CALLER = "300/10 minutes"
CODES_PER_CALLER = "600/10 minutes"
# Whoever guesses has a chance of one in five thousand a day, over all addresses together.
WRONG_CODES_PER_CALLER = "200/day"
HOME = {Role.AMBASSADOR: "/aanvragen", Role.COORDINATOR: "/bord", Role.OPERATOR: "/berichten", Role.PARTNER: "/netwerk"}
router = APIRouter()


@router.get("/inloggen")
async def ask_address(request: Request, doors: TheDoors, naar: str = "/") -> Response:
    """Type an address."""
    return doors.templates.page(request, "sign_in.html", form=empty_form(EmailForm, naar=safe_path(naar)))


@router.post("/inloggen")
async def send_code(request: Request, doors: TheDoors, web: TheWeb, caller: Caller) -> Response:
    """Send a code, if the address is known; the reply is the same when it is not."""
    await web.limiter.hit("sign-in-caller", caller, MAILS_PER_CALLER)
    form = await read_form(request, EmailForm)
    address = ""
    if form.data is not None:
        try:
            address = doors.contact_details.email(form.data.email)
        except BadContactDetail as bad:
            form.refuse("email", bad.problem, example=bad.example)
    if form.data is None or form.errors:
        return doors.templates.page(request, "sign_in.html", HTTPStatus.BAD_REQUEST, form=form)
    await web.limiter.hit("sign-in-address", address.lower(), MAILS_PER_ADDRESS)
    await web.limiter.hit("sign-in-address-day", address.lower(), MAILS_PER_ADDRESS_A_DAY)
    async with doors.units.begin() as unit:
        sign_in_id = await request_sign_in(RequestSignIn(address), unit)
    query = urlencode({"aanmelding": str(sign_in_id), "naar": safe_path(form.data.naar)})
    return RedirectResponse(f"/inloggen/code?{query}", status_code=HTTPStatus.SEE_OTHER)


@router.get("/inloggen/code")
async def ask_code(request: Request, doors: TheDoors, aanmelding: UUID, naar: str = "/") -> Response:
    """Type the code."""
    form = empty_form(CodeForm, aanmelding=aanmelding, naar=safe_path(naar))
    return doors.templates.page(request, "sign_in_code.html", form=form)


@router.post("/inloggen/code")
async def sign_in(request: Request, doors: TheDoors, web: TheWeb, caller: Caller) -> Response:
    """The right code sets the cookie."""
    await web.limiter.hit("sign-in-code", caller, CODES_PER_CALLER)
    await web.limiter.check("sign-in-wrong-code", caller, WRONG_CODES_PER_CALLER)
    form = await read_form(request, CodeForm)
    person = None
    if form.data is not None:
        typed = "".join(form.data.code.split())
        async with doors.units.begin() as unit:
            person = await enter_code(EnterCode(form.data.aanmelding, typed), unit, key=doors.code_key)
        if person is None:
            await web.limiter.hit("sign-in-wrong-code", caller, WRONG_CODES_PER_CALLER)
            form.refuse("code", "Deze code klopt niet, of is niet meer geldig. Vraag zo nodig een nieuwe code.")
    if form.data is None or person is None:
        return doors.templates.page(request, "sign_in_code.html", HTTPStatus.BAD_REQUEST, form=form)
    target = safe_path(form.data.naar)
    home = HOME[person.role] if target == "/" else target
    response = RedirectResponse(home, status_code=HTTPStatus.SEE_OTHER)
    session = Session(person.id, person.role, person.organisation_id)
    web.sessions.sign_in(response, session, web.clock.now())
    return response


@router.post("/uitloggen")
async def sign_out(web: TheWeb) -> Response:
    """Take the cookie away."""
    response = RedirectResponse("/", status_code=HTTPStatus.SEE_OTHER)
    web.sessions.sign_out(response)
    return response
