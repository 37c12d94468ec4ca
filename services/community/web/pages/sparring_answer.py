"""Who is asked answers, passes it on or declines: behind the link of the mail, without an account."""

from http import HTTPStatus
from operator import itemgetter
from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.community.domain.example_errors import TellsWhoItIs
from services.community.domain.sparring_errors import QuestionNotFound
from services.community.handlers.sparring import whom_to_ask
from services.community.handlers.sparring_answers import (
    ask_of_link,
    decline_to_answer,
    pass_on,
    place_answer,
    read_ask,
)
from services.community.handlers.sparring_letters import link_to
from services.community.web.dependencies import Dependencies, MayHost, TheDependencies, Unit
from services.community.web.reaches_of_sparring import ANSWER, BASE, DECLINE, PASS_ON
from services.community.web.sparring_forms import AnswerForm, PassOnForm, PostedAnswer, PostedPassOn
from services.community.web.sparring_views import UNNAMED, asker_of, names_in, who_are
from shared.web.auditing import unit_of
from shared.web.forms import Form, typed_or_empty

THANKS: Final = f"{BASE}/bedankt"
MOST_COLLEAGUES: Final = 50
router = APIRouter(prefix=BASE)


@router.get("/bedankt")
async def thanks(request: Request, dependencies: TheDependencies) -> Response:
    """It is done."""
    return dependencies.templates.page(request, "sparring_thanks.html")


@router.get("/antwoord/{token}")
async def look(request: Request, token: str, dependencies: TheDependencies) -> Response:
    """The question. Opening it changes nothing."""
    return await _page(request, token, dependencies)


@router.post("/antwoord/{token}")
async def answer(request: Request, token: str, dependencies: TheDependencies, form: PostedAnswer) -> Response:
    """Whoever asked hears it."""
    if form.data is None:
        return await _page(request, token, dependencies, form)
    try:
        async with unit_of(request, dependencies.units) as unit:
            ask, _ = await ask_of_link(token, unit)
            await place_answer(ask.id, form.data.text, unit, form.data.noNames)
    except TellsWhoItIs as refusal:
        form.refuse_as(refusal)
        return await _page(request, token, dependencies, form, names=names_in(refusal))
    return _thanks()


@router.post("/antwoord/{token}/door")
async def pass_it_on(request: Request, token: str, dependencies: TheDependencies, form: PostedPassOn) -> Response:
    """A colleague knows it better."""
    if form.data is None:
        return await _page(request, token, dependencies, form)
    async with unit_of(request, dependencies.units) as unit:
        ask, _ = await ask_of_link(token, unit)
        await pass_on(ask.id, form.data.person, unit)
    return _thanks()


@router.post("/antwoord/{token}/niet")
async def decline(token: str, unit: Unit) -> Response:
    """No; nobody asks why."""
    ask, _ = await ask_of_link(token, unit)
    await decline_to_answer(ask.id, unit)
    return _thanks()


@router.post("/gevraagd/{ask_id}")
async def open_own(ask_id: UUID, session: MayHost, unit: Unit) -> Response:
    """The same page for whoever is signed in and finds the question on the site."""
    ask, _ = await read_ask(ask_id, unit)
    if ask.person_id != session.person_id:
        raise QuestionNotFound
    return RedirectResponse(f"{BASE}/antwoord/{await link_to(ask, unit)}", status_code=HTTPStatus.SEE_OTHER)


def _thanks() -> Response:
    return RedirectResponse(THANKS, status_code=HTTPStatus.SEE_OTHER)


async def _page(
    request: Request,
    token: str,
    dependencies: Dependencies,
    typed: Form[AnswerForm] | Form[PassOnForm] | None = None,
    names: tuple[str, ...] = (),
) -> Response:
    async with unit_of(request, dependencies.units) as unit:
        ask, question = await ask_of_link(token, unit)
        free = (await whom_to_ask(question, unit)).free[:MOST_COLLEAGUES]
        about = unit.city.categories.words(question.expertise)
    known = await who_are([asker := asker_of(question), ask.passed_by, *free], dependencies)
    return dependencies.templates.page(
        request,
        "sparring_answer.html",
        HTTPStatus.OK if typed is None else HTTPStatus.BAD_REQUEST,
        ask=ask,
        question=question,
        about=about,
        asker=known.get(asker, UNNAMED),
        passed_by=known.get(ask.passed_by),
        wrong=typed,
        form=typed_or_empty(typed, AnswerForm),
        passing=typed_or_empty(typed, PassOnForm),
        colleagues=sorted(((str(one), known[one]) for one in free if one in known), key=itemgetter(1)),
        names=names,
        path=f"{BASE}/antwoord/{token}",
        reaches={"answer": ANSWER, "pass_on": PASS_ON, "decline": DECLINE},
    )
