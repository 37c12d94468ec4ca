"""The front page: what Schakel is, and where to type the short code from a mail."""

from http import HTTPStatus
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from services.matching.handlers.deliveries import ANSWER_LINK, ANSWER_PATH, FAMILY_LINK, FAMILY_PATH
from services.matching.handlers.directory_links import APPLICATION_LINK, APPLICATION_PATH, ENTRY_LINK, ENTRY_PATH
from services.matching.ports import MatchingUnit
from services.matching.web.dependencies import Dependencies, TheDependencies, Unit
from services.matching.web.forms import ShortCodeForm
from services.matching.web.link_gone import SHORT_CODES_PER_ADDRESS, UNKNOWN_CODE
from shared.access.links import LinkExpired, short_code_in
from shared.web.dependencies import ClientAddress, TheWeb
from shared.web.forms import Form, empty_form, read_form
from shared.web.languages import gettext, read_in_languages, same_language, translated

FOLLOW_UP_PATH = "/vervolg"
# Whoever else a code could have been for sends the reader back with this: `/?code=onbekend`.
UNKNOWN = "onbekend"
PATHS_OF_LINKS: Final = (
    (ANSWER_LINK, ANSWER_PATH),
    (FAMILY_LINK, FAMILY_PATH),
    (APPLICATION_LINK, APPLICATION_PATH),
    (ENTRY_LINK, ENTRY_PATH),
)
router = APIRouter(dependencies=[Depends(read_in_languages)])


async def _count_codes(web: TheWeb, address: ClientAddress) -> None:
    await web.limiter.hit("short-code", address, SHORT_CODES_PER_ADDRESS)


async def _typed_code(request: Request) -> Form[ShortCodeForm]:
    return await read_form(request, ShortCodeForm)


@router.get("/")
async def front(request: Request, dependencies: TheDependencies, code: str = "") -> Response:
    """What Schakel is; and that nobody knows the code that was typed."""
    form = empty_form(ShortCodeForm)
    if code == UNKNOWN:
        form.refuse("code", translated(UNKNOWN_CODE))
    return _page(request, dependencies, form)


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
            form.refuse("code", gettext("De code heeft acht letters en cijfers."))
        return _page(request, dependencies, form, HTTPStatus.BAD_REQUEST)
    path = await _path_of(code, unit)
    return RedirectResponse(same_language(f"{path}/{code}"), status_code=HTTPStatus.SEE_OTHER)


async def _path_of(code: str, unit: MatchingUnit) -> str:
    for purpose, path in PATHS_OF_LINKS:
        try:
            if await unit.links.resolve(code, purpose) is not None:
                return path
        except LinkExpired:
            return path
    return FOLLOW_UP_PATH


def _page(
    request: Request, dependencies: Dependencies, form: Form[ShortCodeForm], status: int = HTTPStatus.OK
) -> Response:
    return dependencies.templates.page(request, "front.html", status, form=form)
