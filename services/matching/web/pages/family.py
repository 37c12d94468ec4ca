"""An ambassador's page of one referral, opened by the link in the mail: tell for the family how it goes.

GET and HEAD change nothing. The link is bound to the ambassador and to this referral; it signs nobody in.
"""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from services.matching.domain.errors import ReferralUnknown
from services.matching.handlers.deliveries import FAMILY_LINK, FAMILY_PATH
from services.matching.handlers.referral_views import ReferralView, show_referral_to_ambassador
from services.matching.ports import MatchingUnit
from services.matching.web.actions import PressedButton, Result, press, pressed_button
from services.matching.web.dependencies import TheDependencies, Unit
from services.matching.web.family_actions import FAMILY_ACTIONS
from services.matching.web.link_gone import count_codes, link_gone, nothing_chosen
from services.matching.web.referral_pages import DONE, Shown, family_page
from shared.access.links import LinkExpired

router = APIRouter(prefix=FAMILY_PATH, dependencies=[Depends(count_codes)])


async def pressed_for_family(request: Request) -> PressedButton | None:
    """Which of the ambassador's buttons it was."""
    return await pressed_button(request, FAMILY_ACTIONS)


PressedForFamily = Annotated[PressedButton | None, Depends(pressed_for_family)]


@router.get("/{token}")
async def show(request: Request, token: str, dependencies: TheDependencies, unit: Unit) -> Response:
    """Who helps, how far it is, and what can be said."""
    view = await _open(token, unit)
    if view is None:
        return link_gone(request, dependencies, token, unit)
    return family_page(request, dependencies, Shown(view, f"{FAMILY_PATH}/{token}", Result()))


@router.post("/{token}")
async def tell(
    request: Request, token: str, dependencies: TheDependencies, pressed: PressedForFamily, unit: Unit
) -> Response:
    """What the pressed button says."""
    view = await _open(token, unit)
    if view is None:
        return link_gone(request, dependencies, token, unit)
    if pressed is None:
        raise nothing_chosen()
    result = await press(pressed, view.referral.id, view.case.ambassador_id, unit)
    if result.is_done:
        return RedirectResponse(f"{FAMILY_PATH}/{token}?{DONE}={pressed.choice}", status_code=HTTPStatus.SEE_OTHER)
    now = await _open(token, unit) or view
    return family_page(request, dependencies, Shown(now, f"{FAMILY_PATH}/{token}", result))


async def _open(token: str, unit: MatchingUnit) -> ReferralView | None:
    """None when the link is unknown or expired, its holder is not the family's ambassador, or the case was erased."""
    try:
        grant = await unit.links.resolve(token, FAMILY_LINK)
        return await show_referral_to_ambassador(grant, unit) if grant else None
    except (LinkExpired, ReferralUnknown):
        return None
