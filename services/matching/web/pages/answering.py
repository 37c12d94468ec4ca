"""A partner's page, opened by the link in the mail: see what is asked, answer, and report how the help goes.

GET and HEAD change nothing and use nothing up. Nothing is chosen beforehand, so a mail scanner that presses a button
is refused.
"""

from http import HTTPStatus

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.matching.domain import words
from services.matching.domain.errors import ReferralUnknown
from services.matching.handlers.deliveries import ANSWER
from services.matching.handlers.showing import ReferralView, show_referral_by
from services.matching.web.dependencies import Caller, Doors, TheDoors, TheWeb
from services.matching.web.forms import (
    SOMEBODY_ELSE,
    AcceptForm,
    DeclineForm,
    FailForm,
    HandoverForm,
    StepForm,
    with_example_of,
)
from services.matching.web.pages.answers import ACTIONS, AnyForm
from shared.access.links import LinkExpired, LinkGrant, short_code_in
from shared.kernel.errors import Refusal
from shared.web.app import Web
from shared.web.forms import empty_form
from shared.web.problem import Problem

# A token cannot be guessed; a short code could be, by somebody who may try for years.
SHORT_CODES_PER_CALLER = "200/10 minutes"
router = APIRouter(prefix="/antwoord")


@router.get("/{token}")
async def show(request: Request, token: str, doors: TheDoors, web: TheWeb, caller: Caller) -> Response:
    """What is asked, and what can be answered."""
    await _count(token, web, caller)
    opened = await _open(token, doors)
    if opened is None:
        return _gone(request, doors)
    return _page(request, doors, token, opened[1])


@router.post("/{token}")
async def answer(request: Request, token: str, doors: TheDoors, web: TheWeb, caller: Caller) -> Response:
    """One choice of the page; `choice` says which button was pressed."""
    await _count(token, web, caller)
    opened = await _open(token, doors)
    if opened is None:
        return _gone(request, doors)
    grant, view = opened
    choice = str((await request.form()).get("choice", ""))
    if choice not in ACTIONS:
        raise Problem(HTTPStatus.BAD_REQUEST, "Niet goed ingevuld", "Kies eerst wat je wilt antwoorden.")
    try:
        form = await ACTIONS[choice](request, doors, grant)
    except Refusal as refusal:
        reopened = await _open(token, doors)
        now = reopened[1] if reopened else view
        return _page(request, doors, token, now, refusal=refusal, status=refusal.status)
    if form.errors:
        return _page(request, doors, token, view, forms={choice: form}, status=HTTPStatus.BAD_REQUEST)
    return RedirectResponse(f"/antwoord/{token}", status_code=HTTPStatus.SEE_OTHER)


async def _count(token: str, web: Web, caller: str) -> None:
    if short_code_in(token):
        await web.limiter.hit("short-code", caller, SHORT_CODES_PER_CALLER)


async def _open(token: str, doors: Doors) -> tuple[LinkGrant, ReferralView] | None:
    """What the link opens; None when it is unknown or expired, its holder left, or the case was erased."""
    try:
        async with doors.units.begin() as unit:
            grant = await unit.links.resolve(token, ANSWER)
            view = await show_referral_by(grant, unit) if grant else None
            return (grant, view) if grant and view else None
    except (LinkExpired, ReferralUnknown):
        return None


def _gone(request: Request, doors: Doors) -> Response:
    return doors.templates.page(request, "link_gone.html", HTTPStatus.NOT_FOUND, desk=doors.desk)


def _page(
    request: Request,
    doors: Doors,
    token: str,
    view: ReferralView,
    *,
    forms: dict[str, AnyForm] | None = None,
    refusal: Refusal | None = None,
    status: int = HTTPStatus.OK,
) -> Response:
    given = forms or {}
    return doors.templates.page(
        request,
        "answer.html",
        status,
        view=view,
        path=f"/antwoord/{token}",
        forms=_empty_forms() | given,
        wrong=with_example_of(view.now, next(iter(given.values()), None)),
        refusal=refusal,
        somebody_else=SOMEBODY_ELSE,
        contacts=[*((str(person.id), person.name) for person in view.colleagues), (SOMEBODY_ELSE, "Iemand anders")],
        words=words,
        desk=doors.desk,
    )


def _empty_forms() -> dict[str, AnyForm]:
    return {
        "accept": empty_form(AcceptForm),
        "decline": empty_form(DeclineForm),
        "handover": empty_form(HandoverForm),
        "start": empty_form(StepForm),
        "deliver": empty_form(StepForm),
        "fail": empty_form(FailForm),
    }
