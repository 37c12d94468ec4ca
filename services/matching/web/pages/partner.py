"""A partner's page, opened by the link in the mail: see what is asked, answer, and report how the help goes.

GET and HEAD change nothing and use nothing up. Nothing is chosen beforehand, so a mail scanner that presses a button
is refused.
"""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from services.matching.domain.errors import ReferralUnknown
from services.matching.handlers.deliveries import ANSWER_LINK, ANSWER_PATH
from services.matching.handlers.referral_views import ReferralView, show_referral_by
from services.matching.ports import MatchingUnit
from services.matching.web import words
from services.matching.web.dependencies import Dependencies, TheDependencies, Unit
from services.matching.web.forms import SOMEBODY_ELSE, with_example_of
from services.matching.web.partner_actions import ACTIONS, PartnerAction
from shared.access.links import LinkExpired, LinkGrant, short_code_in
from shared.kernel.errors import Invalid, Refusal
from shared.web.dependencies import ClientAddress, TheWeb
from shared.web.forms import Form, empty_form, read_form, typed_in
from shared.web.problem import Problem

# A token cannot be guessed; a short code could be, by somebody who may try for years.
SHORT_CODES_PER_ADDRESS = "200/10 minutes"


async def _count_codes(token: str, web: TheWeb, address: ClientAddress) -> None:
    if short_code_in(token):
        await web.limiter.hit("short-code", address, SHORT_CODES_PER_ADDRESS)


# Counted before anything else is done: a guess costs no transaction.
router = APIRouter(prefix=ANSWER_PATH, dependencies=[Depends(_count_codes)])


@dataclass(frozen=True, slots=True)
class PressedButton:
    """The button that was pressed, and what was filled in with it."""

    choice: str
    action: PartnerAction[Any]
    form: Form[Any]


async def _pressed_button(request: Request) -> PressedButton | None:
    choice = dict(await typed_in(request)).get("choice", "")
    if choice not in ACTIONS:
        return None
    action = ACTIONS[choice]
    return PressedButton(choice, action, await read_form(request, action.form))


@router.get("/{token}")
async def show(request: Request, token: str, dependencies: TheDependencies, unit: Unit) -> Response:
    """What is asked, and what can be answered."""
    opened = await _open(token, unit)
    if opened is None:
        return _gone(request, dependencies)
    return _page(request, dependencies, token, opened.view)


@router.post("/{token}")
async def answer(
    request: Request,
    token: str,
    dependencies: TheDependencies,
    pressed: Annotated[PressedButton | None, Depends(_pressed_button)],
    unit: Unit,
) -> Response:
    """What the pressed button says; what is refused is shown with what was filled in."""
    opened = await _open(token, unit)
    if opened is None:
        return _gone(request, dependencies)
    if pressed is None:
        raise Problem(HTTPStatus.BAD_REQUEST, "Niet goed ingevuld", "Kies eerst wat je wilt antwoorden.")
    if pressed.form.data is not None:
        try:
            async with unit.savepoint():
                await pressed.action.perform(pressed.form.data, opened.grant, unit)
        except Invalid as invalid:
            pressed.form.refuse_as(invalid)
        except Refusal as refusal:
            # Something happened meanwhile: the page says how it is now.
            now = await _open(token, unit) or opened
            return _page(request, dependencies, token, now.view, refusal=refusal)
    if pressed.form.errors:
        return _page(request, dependencies, token, opened.view, wrong=pressed)
    return RedirectResponse(f"{ANSWER_PATH}/{token}", status_code=HTTPStatus.SEE_OTHER)


@dataclass(frozen=True, slots=True)
class OpenedLink:
    """What a link opens, and for whom."""

    grant: LinkGrant
    view: ReferralView


async def _open(token: str, unit: MatchingUnit) -> OpenedLink | None:
    """None when the link is unknown or expired, its holder left, or the case was erased."""
    try:
        grant = await unit.links.resolve(token, ANSWER_LINK)
        view = await show_referral_by(grant, unit) if grant else None
    except (LinkExpired, ReferralUnknown):
        return None
    return OpenedLink(grant, view) if grant and view else None


def _gone(request: Request, dependencies: Dependencies) -> Response:
    return dependencies.templates.page(request, "link_gone.html", HTTPStatus.NOT_FOUND)


def _page(
    request: Request,
    dependencies: Dependencies,
    token: str,
    view: ReferralView,
    *,
    wrong: PressedButton | None = None,
    refusal: Refusal | None = None,
) -> Response:
    forms = {choice: empty_form(action.form) for choice, action in ACTIONS.items()}
    return dependencies.templates.page(
        request,
        "answer.html",
        refusal.status if refusal else HTTPStatus.BAD_REQUEST if wrong else HTTPStatus.OK,
        view=view,
        today=dependencies.city.day_of(view.now),
        path=f"{ANSWER_PATH}/{token}",
        forms=forms | ({wrong.choice: wrong.form} if wrong else {}),
        wrong=with_example_of(dependencies.city.day_of(view.now), wrong.form if wrong else None),
        refusal=refusal,
        somebody_else=SOMEBODY_ELSE,
        contacts=[*((str(person.id), person.name) for person in view.colleagues), (SOMEBODY_ELSE, "Iemand anders")],
        words=words,
    )
