"""Whoever works in the network asks another organisation to meet, and answers what is asked of their own."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.community.domain.introduction import Introduction, IntroductionState
from services.community.handlers.introductions import answer_introduction, ask_to_meet
from services.community.web.acquaintance_forms import (
    AskToMeetForm,
    IntroductionChoice,
    PostedAskToMeet,
    PostedIntroduction,
)
from services.community.web.dependencies import Dependencies, MayHost, TheDependencies, Unit
from services.community.web.reaches import BASE
from services.community.web.reaches_of_acquaintance import ANSWER_INTRODUCTION, ASK_TO_MEET
from services.community.web.words_of_acquaintance import INTRODUCTIONS
from shared.access.sessions import Session
from shared.web.auditing import unit_of
from shared.web.forms import Form, empty_form

PAGE: Final = f"{BASE}/kennismaken"
router = APIRouter(prefix=PAGE)


@router.get("")
async def mine(request: Request, dependencies: TheDependencies, session: MayHost) -> Response:
    """What this organisation asked, and what is asked of it."""
    return await _page(request, dependencies, session)


@router.post("")
async def ask(request: Request, dependencies: TheDependencies, session: MayHost, form: PostedAskToMeet) -> Response:
    """The other organisation gets a mail."""
    if form.data is None:
        return await _page(request, dependencies, session, form)
    async with unit_of(request, dependencies.units) as unit:
        await ask_to_meet(session.person_id, session.organisation_id, form.data.organisation, unit)
    return RedirectResponse(PAGE, status_code=HTTPStatus.SEE_OTHER)


@router.post("/{introduction_id}")
async def answer(introduction_id: UUID, session: MayHost, form: PostedIntroduction, unit: Unit) -> Response:
    """Yes, or not now; whoever is first answers for the organisation."""
    if form.data is not None:
        agrees = form.data.choice is IntroductionChoice.YES
        await answer_introduction(introduction_id, session.person_id, session.organisation_id, unit, agrees=agrees)
    return RedirectResponse(PAGE, status_code=HTTPStatus.SEE_OTHER)


async def _page(
    request: Request, dependencies: Dependencies, session: Session, typed: Form[AskToMeetForm] | None = None
) -> Response:
    own = session.organisation_id
    async with unit_of(request, dependencies.units) as unit:
        found = await unit.introductions.list_of(own)
        names = await unit.organisations.list_active()
    # Who they are is asked of another service, and never while a unit of work is open.
    people = await dependencies.people.read_people(_shared(found, own)) if _shared(found, own) else {}
    asked = {one.to_id for one in found if one.from_id == own}
    return dependencies.templates.page(
        request,
        "introductions.html",
        HTTPStatus.BAD_REQUEST if typed else HTTPStatus.OK,
        form=typed or empty_form(AskToMeetForm),
        asked_of_us=[
            (one, names.get(one.from_id, "Een organisatie"), people.get(one.asked_by), INTRODUCTIONS[one.state])
            for one in found
            if one.to_id == own
        ],
        asked_by_us=[
            (
                names.get(one.to_id, "Een organisatie"),
                people.get(one.answered_by or one.to_id),
                INTRODUCTIONS[one.state],
            )
            for one in found
            if one.from_id == own
        ],
        organisations=[(str(one), name) for one, name in names.items() if one != own and one not in asked],
        path=PAGE,
        reach=ASK_TO_MEET,
        answer=ANSWER_INTRODUCTION,
    )


def _shared(found: Sequence[Introduction], own: UUID) -> list[UUID]:
    """Whose name this organisation may read: after a yes, the one of the other side."""
    agreed = (one for one in found if one.state is IntroductionState.YES)
    return [one for each in agreed if (one := each.asked_by if each.to_id == own else each.answered_by) is not None]
