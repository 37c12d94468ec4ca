"""The front page: what Schakel is, and where to type the short code from a mail."""

from http import HTTPStatus

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.matching.handlers.deliveries import ANSWER
from services.matching.web.dependencies import Caller, TheDoors, TheWeb
from services.matching.web.forms import ShortCodeForm
from shared.access.links import LinkExpired, short_code_in
from shared.web.forms import Form, empty_form, read_form

CODES_PER_CALLER = "200/10 minutes"
router = APIRouter()


@router.get("/")
async def front(request: Request, doors: TheDoors) -> Response:
    """What Schakel is."""
    return _page(request, doors, empty_form(ShortCodeForm))


@router.post("/antwoord/code")
async def find_by_code(request: Request, doors: TheDoors, web: TheWeb, caller: Caller) -> Response:
    """Go to what the code opens. Codes of follow-ups are known by monitoring, so an unknown one goes there."""
    await web.limiter.hit("short-code", caller, CODES_PER_CALLER)
    form = await read_form(request, ShortCodeForm)
    written = short_code_in(form.data.code) if form.data else None
    if written is None:
        if not form.errors:
            form.refuse("code", "De code heeft acht letters en cijfers.")
        return _page(request, doors, form, status=HTTPStatus.BAD_REQUEST)
    where = "antwoord" if await _opens_answer(doors, written) else "vervolg"
    return RedirectResponse(f"/{where}/{written}", status_code=HTTPStatus.SEE_OTHER)


async def _opens_answer(doors: TheDoors, code: str) -> bool:
    try:
        async with doors.units.begin() as unit:
            return await unit.links.resolve(code, ANSWER) is not None
    except LinkExpired:
        return True


def _page(request: Request, doors: TheDoors, form: Form[ShortCodeForm], status: int = 200) -> Response:
    return doors.templates.page(request, "front.html", status, form=form, desk=doors.desk)
