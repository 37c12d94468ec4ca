"""Referrals as signed-in people see them: the ambassador's school, the partner, or all of them for the desk."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from services.matching.domain.errors import NotYourFamily
from services.matching.handlers.referral_views import (
    list_alternatives,
    may_report,
    show_referral_to,
)
from services.matching.ports import MatchingUnit
from services.matching.web.actions import PressedButton, Result, press, pressed_button
from services.matching.web.asked_words import SearchedWords
from services.matching.web.dependencies import Dependencies, TheDependencies, Unit
from services.matching.web.family_actions import FAMILY_ACTIONS
from services.matching.web.link_gone import nothing_chosen
from services.matching.web.partner_actions import PARTNER_ACTIONS
from services.matching.web.referral_pages import DONE, Shown, family_page, partner_page
from shared.access.sessions import Session, signed_in
from shared.events.base import Role

SEES_REFERRALS = (Role.AMBASSADOR, Role.PARTNER, Role.COORDINATOR)
PATH = "/doorverwijzingen"
Reader = Annotated[Session, Depends(signed_in(*SEES_REFERRALS))]
router = APIRouter()


async def _pressed(request: Request, session: Reader) -> PressedButton | None:
    actions = PARTNER_ACTIONS if session.role is Role.PARTNER else FAMILY_ACTIONS
    return await pressed_button(request, actions)


@router.get(f"{PATH}/{{referral_id}}")
async def referral(
    request: Request,
    referral_id: UUID,
    dependencies: TheDependencies,
    session: Reader,
    unit: Unit,
    searched: SearchedWords = None,
) -> Response:
    """Who helps, how far it is, and what can be said to it."""
    return await _page(request, dependencies, session, unit, referral_id, searched=searched)


@router.post(f"{PATH}/{{referral_id}}")
async def tell(
    request: Request,
    referral_id: UUID,
    dependencies: TheDependencies,
    session: Reader,
    pressed: Annotated[PressedButton | None, Depends(_pressed)],
    unit: Unit,
) -> Response:
    """What the pressed button says: of the partner itself, or of the family's ambassador."""
    view = await show_referral_to(session, referral_id, unit)
    if session.role is not Role.PARTNER and not may_report(session, view):
        raise NotYourFamily(unit.city)
    if pressed is None:
        raise nothing_chosen()
    result = await press(pressed, referral_id, session.person_id, unit)
    if result.is_done:
        return RedirectResponse(f"{PATH}/{referral_id}?{DONE}={pressed.choice}", status_code=HTTPStatus.SEE_OTHER)
    return await _page(request, dependencies, session, unit, referral_id, result)


@router.get("/netwerk/doorverwijzingen/{referral_id}")
async def moved_page(referral_id: UUID) -> Response:
    """Where it was before: old mails and bookmarks lead here."""
    return RedirectResponse(f"{PATH}/{referral_id}", status_code=HTTPStatus.PERMANENT_REDIRECT)


async def _page(
    request: Request,
    dependencies: Dependencies,
    session: Session,
    unit: MatchingUnit,
    referral_id: UUID,
    result: Result | None = None,
    searched: str | None = None,
) -> Response:
    """The referral as it is now: after a refusal what was done in the savepoint is undone."""
    view = await show_referral_to(session, referral_id, unit)
    path, outcome = f"{PATH}/{referral_id}", result or Result()
    if session.role is Role.PARTNER:
        found = None if searched is None else await list_alternatives(view, searched, unit)
        return partner_page(request, dependencies, Shown(view, path, outcome, found, signed_in=True))
    shown = Shown(view, path, outcome, may_report=may_report(session, view), signed_in=True)
    return family_page(request, dependencies, shown)
