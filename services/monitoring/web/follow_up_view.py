"""Answering a follow-up, by the link of its mail or signed in: one page, one form, one way of taking the answer."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from services.monitoring.commands import AnswerFollowUp
from services.monitoring.domain.follow_up import FollowUp, FollowUpState
from services.monitoring.domain.follow_up_questions import answerable, change_until
from services.monitoring.domain.watch import Watch
from services.monitoring.handlers.follow_ups import answer_follow_up
from services.monitoring.ports import KeptWords, MonitoringUnit
from services.monitoring.web.dependencies import Dependencies
from services.monitoring.web.forms import FollowUpForm, WordsForm
from services.monitoring.web.reaches import FOLLOW_UP, OWN_FOLLOW_UP, OWN_WORDS, WORDS
from shared.events.http import FollowUpWords
from shared.kernel.errors import Refusal
from shared.web.auditing import unit_of
from shared.web.forms import Form, empty_form


@dataclass(frozen=True, slots=True)
class Asked:
    """A follow-up in front of somebody who may answer it, at `path`, and how it stands now."""

    watch: Watch
    follow_up: FollowUp
    person_id: UUID
    path: str
    now: datetime
    signed_in: bool = False


Opening = Callable[[MonitoringUnit], Awaitable[Asked]]


async def take_answer(
    request: Request, dependencies: Dependencies, opening: Opening, form: Form[FollowUpForm]
) -> Response:
    """One choice; what was answered half an hour before, or longer, stays. Raises what `opening` raises.

    The answer is committed before its words go to the vault: intake may be away, and then only the words are lost.
    """
    async with unit_of(request, dependencies.units) as unit:
        asked, vault = await opening(unit), unit.follow_up_words
        if form.data is None:
            return show(request, dependencies, asked, form, HTTPStatus.BAD_REQUEST)
        told = form.data
        command = AnswerFollowUp(asked.follow_up.follow_up_id, told.answer, asked.person_id, told.family, told.call_at)
        try:
            async with unit.savepoint():
                await answer_follow_up(command, unit)
        except Refusal as refusal:
            # It was answered, or closed, before: the page says so itself, with the answer that counts.
            return show(request, dependencies, await opening(unit), empty_form(FollowUpForm), refusal.status)
    return await _tell(request, dependencies, asked, vault, told)


async def take_words(request: Request, dependencies: Dependencies, opening: Opening, form: Form[WordsForm]) -> Response:
    """The words once more, of who gave the answer. Raises what `opening` raises."""
    async with unit_of(request, dependencies.units) as unit:
        asked, vault = await opening(unit), unit.follow_up_words
        if form.data is None:
            return _not_kept(request, dependencies, asked, form, HTTPStatus.BAD_REQUEST)
    if asked.follow_up.answered_by != asked.person_id:
        return RedirectResponse(asked.path, status_code=HTTPStatus.SEE_OTHER)
    return await _tell(request, dependencies, asked, vault, form.data)


def show(
    request: Request,
    dependencies: Dependencies,
    asked: Asked,
    form: Form[FollowUpForm],
    status: int = HTTPStatus.OK,
) -> Response:
    """The question, or what became of it."""
    watch, follow_up = asked.watch, asked.follow_up
    pending = [one.due_at for one in watch.follow_ups.values() if one.state is FollowUpState.SCHEDULED]
    changes = change_until(watch, follow_up, asked.now) if follow_up.answered_by == asked.person_id else None
    return dependencies.templates.page(
        request,
        "follow_up.html",
        status,
        case_code=watch.case_code,
        about=dependencies.words.request(watch),
        inventory=f"/aanvragen/{watch.case_id}/inventarisatie",
        path=asked.path,
        answer=follow_up.answer,
        mine=follow_up.answered_by == asked.person_id,
        change_until=changes,
        can_answer=_can_answer(watch, follow_up),
        next_time=min(pending, default=None),
        form=form,
        words=dependencies.words,
        reach=OWN_FOLLOW_UP if asked.signed_in else FOLLOW_UP,
    )


async def _tell(
    request: Request, dependencies: Dependencies, asked: Asked, vault: KeptWords, told: WordsForm
) -> Response:
    """The words to the vault; when it is away the page says so, with what was typed."""
    words = FollowUpWords.model_construct(
        case_id=asked.watch.case_id,
        follow_up_id=asked.follow_up.follow_up_id,
        written_by=asked.person_id,
        words=told.in_words(),
    )
    if not words.words or await vault.keep(words):
        return RedirectResponse(asked.path, status_code=HTTPStatus.SEE_OTHER)
    typed = empty_form(WordsForm, phone=told.phone, line=told.line)
    return _not_kept(request, dependencies, asked, typed, HTTPStatus.SERVICE_UNAVAILABLE)


def _not_kept(
    request: Request, dependencies: Dependencies, asked: Asked, form: Form[WordsForm], status: int
) -> Response:
    return dependencies.templates.page(
        request,
        "words_not_kept.html",
        status,
        case_code=asked.watch.case_code,
        path=asked.path,
        form=form,
        words=dependencies.words,
        reach=OWN_WORDS if asked.signed_in else WORDS,
    )


def _can_answer(watch: Watch, follow_up: FollowUp) -> bool:
    try:
        answerable(watch, follow_up.follow_up_id)
    except Refusal:
        return False
    return True
