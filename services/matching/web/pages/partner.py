"""A partner's page, opened by the link in the mail: see what is asked, answer, and report how the help goes.

GET and HEAD change nothing and use nothing up. Nothing is chosen beforehand, so a mail scanner that presses a button
is refused.
"""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from services.matching.domain.errors import ReferralUnknown
from services.matching.handlers.deliveries import ANSWER_LINK, ANSWER_PATH
from services.matching.handlers.referral_views import ReferralView, list_alternatives, show_referral_by
from services.matching.ports import MatchingUnit
from services.matching.web.actions import PressedButton, Result, press, pressed_button
from services.matching.web.asked_words import SearchedWords
from services.matching.web.dependencies import TheDependencies, Unit
from services.matching.web.link_gone import count_codes, link_gone, nothing_chosen
from services.matching.web.partner_actions import PARTNER_ACTIONS
from services.matching.web.referral_pages import DONE, Shown, partner_page
from shared.access.links import LinkExpired, LinkGrant

# Counted before anything else is done: a guess costs no transaction.
router = APIRouter(prefix=ANSWER_PATH, dependencies=[Depends(count_codes)])


async def pressed_by_partner(request: Request) -> PressedButton | None:
    """Which of the partner's buttons it was."""
    return await pressed_button(request, PARTNER_ACTIONS)


PressedByPartner = Annotated[PressedButton | None, Depends(pressed_by_partner)]


@router.get("/{token}")
async def show(
    request: Request, token: str, dependencies: TheDependencies, unit: Unit, searched: SearchedWords = None
) -> Response:
    """What is asked, and what can be answered."""
    opened = await _open(token, unit)
    if opened is None:
        return link_gone(request, dependencies, token, unit)
    found = None if searched is None else await list_alternatives(opened.view, searched, unit)
    return partner_page(request, dependencies, Shown(opened.view, f"{ANSWER_PATH}/{token}", Result(), found))


@router.post("/{token}")
async def answer(
    request: Request, token: str, dependencies: TheDependencies, pressed: PressedByPartner, unit: Unit
) -> Response:
    """What the pressed button says; what is refused is shown with what was filled in."""
    opened = await _open(token, unit)
    if opened is None:
        return link_gone(request, dependencies, token, unit)
    if pressed is None:
        raise nothing_chosen()
    result = await press(pressed, opened.view.referral.id, opened.grant.holder_id, unit)
    if result.is_done:
        return RedirectResponse(f"{ANSWER_PATH}/{token}?{DONE}={pressed.choice}", status_code=HTTPStatus.SEE_OTHER)
    # Something may have happened meanwhile: the page says how it is now.
    now = await _open(token, unit) or opened
    return partner_page(request, dependencies, Shown(now.view, f"{ANSWER_PATH}/{token}", result))


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
