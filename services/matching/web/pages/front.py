"""The front page: what Schakel is, and where to type the short code from a mail."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from services.matching.handlers.deliveries import ANSWER_LINK, ANSWER_PATH
from services.matching.ports import MatchingUnit
from services.matching.web.dependencies import Dependencies, TheDependencies, Unit
from services.matching.web.forms import ShortCodeForm
from shared.access.links import LinkExpired, short_code_in
from shared.web.dependencies import ClientAddress, TheWeb
from shared.web.forms import Form, empty_form, read_form

SHORT_CODES_PER_ADDRESS = "200/10 minutes"
FOLLOW_UP_PATH = "/vervolg"
router = APIRouter()


async def _count_codes(web: TheWeb, address: ClientAddress) -> None:
    await web.limiter.hit("short-code", address, SHORT_CODES_PER_ADDRESS)


async def _typed_code(request: Request) -> Form[ShortCodeForm]:
    return await read_form(request, ShortCodeForm)


@router.get("/")
async def front(request: Request, dependencies: TheDependencies) -> Response:
    """What Schakel is."""
    return _page(request, dependencies, empty_form(ShortCodeForm))


@router.post(f"{ANSWER_PATH}/code", dependencies=[Depends(_count_codes)])
async def find_by_code(
    request: Request,
    dependencies: TheDependencies,
    form: Annotated[Form[ShortCodeForm], Depends(_typed_code)],
    unit: Unit,
) -> Response:
    """Go to what the code opens. Codes of follow-ups are known by monitoring, so an unknown one goes there."""
    code = short_code_in(form.data.code) if form.data else None
    if code is None:
        if not form.errors:
            form.refuse("code", "De code heeft acht letters en cijfers.")
        return _page(request, dependencies, form, HTTPStatus.BAD_REQUEST)
    path = ANSWER_PATH if await _opens_answer(code, unit) else FOLLOW_UP_PATH
    return RedirectResponse(f"{path}/{code}", status_code=HTTPStatus.SEE_OTHER)


async def _opens_answer(code: str, unit: MatchingUnit) -> bool:
    try:
        return await unit.links.resolve(code, ANSWER_LINK) is not None
    except LinkExpired:
        return True


def _page(
    request: Request, dependencies: Dependencies, form: Form[ShortCodeForm], status: int = HTTPStatus.OK
) -> Response:
    return dependencies.templates.page(request, "front.html", status, form=form)
