"""Whoever works in the network asks another organisation to meet, and answers what is asked of their own."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.community.domain.introduction import Introduction, IntroductionState
from services.community.handlers.introductions import answer_introduction, ask_to_meet, find_introduction
from services.community.web.acquaintance_forms import (
    AskToMeetForm,
    IntroductionChoice,
    PostedAskToMeet,
    PostedIntroduction,
)
from services.community.web.dependencies import Dependencies, MayHost, TheDependencies
from services.community.web.reaches import BASE
from services.community.web.reaches_of_acquaintance import ANSWER_INTRODUCTION, ASK_TO_MEET
from services.community.web.words_of_acquaintance import INTRODUCTIONS
from shared.access.sessions import Session
from shared.events.http import KnownPerson
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
        return await _page(request, dependencies, session, form, HTTPStatus.BAD_REQUEST)
    async with unit_of(request, dependencies.units) as unit:
        await ask_to_meet(session.person_id, session.organisation_id, form.data.organisation, unit)
    return RedirectResponse(PAGE, status_code=HTTPStatus.SEE_OTHER)


@router.post("/{introduction_id}")
async def answer(
    request: Request, introduction_id: UUID, dependencies: TheDependencies, session: MayHost, form: PostedIntroduction
) -> Response:
    """Yes, or not now; whoever is first answers for the organisation."""
    own = session.organisation_id
    async with unit_of(request, dependencies.units) as unit:
        await find_introduction(introduction_id, own, unit)
        if form.data is not None:
            agrees = form.data.choice is IntroductionChoice.YES
            await answer_introduction(introduction_id, session.person_id, own, unit, agrees=agrees)
    if form.data is None:
        return await _page(request, dependencies, session, status=HTTPStatus.BAD_REQUEST)
    return RedirectResponse(PAGE, status_code=HTTPStatus.SEE_OTHER)


async def _page(
    request: Request,
    dependencies: Dependencies,
    session: Session,
    typed: Form[AskToMeetForm] | None = None,
    status: int = HTTPStatus.OK,
) -> Response:
    own = session.organisation_id
    async with unit_of(request, dependencies.units) as unit:
        found = await unit.introductions.list_of(own)
        names = await unit.organisations.list_active()
    # Who they are is asked of another service, and never while a unit of work is open.
    shared = [who for one in found if (who := _shared(one, own))]
    people = await dependencies.people.read_people(shared) if shared else {}
    known = {own, *(one.to_id for one in found), *(one.from_id for one in found)}
    return dependencies.templates.page(
        request,
        "introductions.html",
        status,
        form=typed or empty_form(AskToMeetForm),
        asked_of_us=[(one, *_words(one, own, names, people)) for one in found if one.to_id == own],
        asked_by_us=[_words(one, own, names, people) for one in found if one.from_id == own],
        organisations=[(str(one), name) for one, name in names.items() if one not in known],
        path=PAGE,
        reach=ASK_TO_MEET,
        answer=ANSWER_INTRODUCTION,
    )


def _shared(introduction: Introduction, own: UUID) -> UUID | None:
    """Whose name this organisation may read: after a yes, the one of the other side."""
    if introduction.state is not IntroductionState.YES:
        return None
    return introduction.asked_by if introduction.to_id == own else introduction.answered_by


def _words(
    introduction: Introduction, own: UUID, names: Mapping[UUID, str], people: Mapping[UUID, KnownPerson]
) -> tuple[str, KnownPerson | None, tuple[str, str]]:
    """What the other organisation is called, who that is after a yes, and how it stands."""
    other = introduction.from_id if introduction.to_id == own else introduction.to_id
    who = _shared(introduction, own)
    return names.get(other, "Een organisatie"), people.get(who) if who else None, INTRODUCTIONS[introduction.state]
