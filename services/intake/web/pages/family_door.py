"""How a family comes in at its own pages, and gets away from them at once.

Opening an address shows a page that tells nothing of anybody: coming in takes a press of a button.
"""

from http import HTTPStatus

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from services.intake.handlers.family_access import come_in
from services.intake.web.case_forms import FamilyCodeForm
from services.intake.web.dependencies import Dependencies, TheDependencies, Unit
from services.intake.web.family_door import HOME, PAGE, end_visit, keep_visit
from shared.kernel.translatable import to_translate
from shared.web.dependencies import ClientAddress, TheWeb
from shared.web.forms import Form, empty_form, read_form
from shared.web.languages import read_in_languages, same_language, translated

# Somebody types it wrong a few times; whoever goes on guesses.
CODES_PER_ADDRESS = "20/hour"
# The same for whatever the reason is: it says of nobody whether they are here.
OPENS_NOTHING = to_translate("Deze code werkt nu niet. Vraag je contactpersoon om een nieuwe.")
router = APIRouter(prefix=HOME, dependencies=[Depends(read_in_languages)])


async def _comes_by_link(request: Request) -> None:
    request.state.by_link = True


async def _count_codes(web: TheWeb, address: ClientAddress) -> None:
    await web.limiter.hit("family-code", address, CODES_PER_ADDRESS)


@router.get("")
async def front(request: Request, dependencies: TheDependencies) -> Response:
    """Where the code is typed."""
    return _front(request, dependencies, empty_form(FamilyCodeForm))


@router.post("", dependencies=[Depends(_comes_by_link), Depends(_count_codes)])
async def type_code(request: Request, dependencies: TheDependencies, unit: Unit) -> Response:
    """The code was typed."""
    form = await read_form(request, FamilyCodeForm)
    if form.data is None:
        return _front(request, dependencies, form, HTTPStatus.BAD_REQUEST)
    return await _opened(form.data.code, request, dependencies, unit)


@router.get("/weg")
async def away(request: Request, dependencies: TheDependencies) -> Response:
    """To a page that anyone reads; whoever goes back is asked for the code."""
    response = RedirectResponse(dependencies.city.site.quick_exit, HTTPStatus.SEE_OTHER)
    response.headers["Referrer-Policy"] = "no-referrer"
    end_visit(request, response)
    return response


@router.post("/sluiten")
async def close(request: Request) -> Response:
    """The page is shut."""
    response = RedirectResponse(same_language(HOME), HTTPStatus.SEE_OTHER)
    end_visit(request, response)
    return response


@router.get("/open/{token}")
async def arrive(request: Request, dependencies: TheDependencies, token: str) -> Response:
    """The link from the card: one button, for whoever it is."""
    return dependencies.templates.page(request, "family_arrive.html", token=token)


@router.post("/open/{token}", dependencies=[Depends(_count_codes)])
async def open_link(request: Request, dependencies: TheDependencies, token: str, unit: Unit) -> Response:
    """In, by the link."""
    return await _opened(token, request, dependencies, unit)


async def _opened(token_or_code: str, request: Request, dependencies: Dependencies, unit: Unit) -> Response:
    kept = await come_in(token_or_code, unit)
    if kept is None:
        form = empty_form(FamilyCodeForm)
        form.refuse("code", translated(OPENS_NOTHING))
        return _front(request, dependencies, form, HTTPStatus.NOT_FOUND)
    response = RedirectResponse(same_language(PAGE), HTTPStatus.SEE_OTHER)
    keep_visit(request, response, kept)
    return response


def _front(
    request: Request, dependencies: Dependencies, form: Form[FamilyCodeForm], status: int = HTTPStatus.OK
) -> Response:
    return dependencies.templates.page(request, "family_front.html", status, form=form)
