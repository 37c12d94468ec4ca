"""Joining the network: fill in who you are, confirm the address by the mail that follows, and hear from the desk.

The answer is the same whether an address is known or not.
"""

from http import HTTPStatus
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from services.matching.domain.application import Application
from services.matching.handlers.applications import confirm_application, may_be_confirmed, start_application
from services.matching.handlers.directory_links import APPLICATION_LINK, APPLICATION_PATH
from services.matching.ports import MatchingUnit
from services.matching.web import words
from services.matching.web.dependencies import Dependencies, TheDependencies, Unit
from services.matching.web.entry_forms import SEVERAL_OF_JOIN, JoinForm
from services.matching.web.link_gone import count_codes, link_gone
from shared.access.links import LinkExpired
from shared.web.dependencies import ClientAddress, TheWeb
from shared.web.forms import Form, empty_form, read_form
from shared.web.reach import DESK, Reach

PATH: Final = "/aansluiten"
SENT: Final = f"{PATH}/verstuurd"
# Everybody behind the same proxy counts as one client.
REQUESTS_PER_CLIENT: Final = "60/hour"
JOIN: Final = Reach(f"POST {PATH}", mails=("application-started",))
CONFIRM: Final = Reach(f"POST {APPLICATION_PATH}/{{token}}", mails=("organisation-applied",), seen_by=(DESK,))
router = APIRouter()


async def _typed(request: Request, web: TheWeb, client: ClientAddress) -> Form[JoinForm]:
    """Counted before anything is kept."""
    await web.limiter.hit("join-client", client, REQUESTS_PER_CLIENT)
    return await read_form(request, JoinForm, many=SEVERAL_OF_JOIN)


@router.get(PATH)
async def ask(request: Request, dependencies: TheDependencies) -> Response:
    """What joining means, and the form."""
    return _page(request, dependencies, empty_form(JoinForm))


@router.post(PATH)
async def send(
    request: Request, dependencies: TheDependencies, form: Annotated[Form[JoinForm], Depends(_typed)], unit: Unit
) -> Response:
    """Keep it, and mail a link to the address."""
    if form.data is None:
        return _page(request, dependencies, form, HTTPStatus.BAD_REQUEST)
    await start_application(form.data.asked(), unit)
    return RedirectResponse(SENT, status_code=HTTPStatus.SEE_OTHER)


@router.get(SENT)
async def sent(request: Request, dependencies: TheDependencies) -> Response:
    """What happens next."""
    return dependencies.templates.page(request, "join_sent.html")


@router.get(f"{APPLICATION_PATH}/{{token}}", dependencies=[Depends(count_codes)])
async def show(request: Request, token: str, dependencies: TheDependencies, unit: Unit) -> Response:
    """What was filled in; opening the link confirms nothing."""
    application = await _opened(token, unit)
    if application is None:
        return link_gone(request, dependencies, token, unit)
    return _confirm_page(request, dependencies, application, token)


@router.post(f"{APPLICATION_PATH}/{{token}}", dependencies=[Depends(count_codes)])
async def confirm(request: Request, token: str, dependencies: TheDependencies, unit: Unit) -> Response:
    """The address is theirs: the desk sees the request now."""
    opened = await _opened(token, unit)
    if opened is None:
        return link_gone(request, dependencies, token, unit)
    await confirm_application(opened.id, unit)
    return RedirectResponse(f"{APPLICATION_PATH}/{token}", status_code=HTTPStatus.SEE_OTHER)


async def _opened(token: str, unit: MatchingUnit) -> Application | None:
    """None: unknown, expired, or forgotten since."""
    try:
        grant = await unit.links.resolve(token, APPLICATION_LINK)
    except LinkExpired:
        return None
    return await unit.applications.read(grant.subject_id) if grant else None


def _page(request: Request, dependencies: Dependencies, form: Form[JoinForm], status: int = HTTPStatus.OK) -> Response:
    return dependencies.templates.page(request, "join.html", status, form=form, reach=JOIN, words=words)


def _confirm_page(request: Request, dependencies: Dependencies, application: Application, token: str) -> Response:
    return dependencies.templates.page(
        request,
        "join_confirm.html",
        application=application,
        can_confirm=may_be_confirmed(application),
        path=f"{APPLICATION_PATH}/{token}",
        reach=CONFIRM,
        words=words,
    )
