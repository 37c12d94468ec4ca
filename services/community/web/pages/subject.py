"""One subject of a round: what stands under it, its votes, and what the desk does about it."""

from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter, Request, Response

from services.community.domain.errors import TitleTaken
from services.community.handlers.needs_round import (
    agree_on_outcome,
    close_outcome,
    count_votes,
    find_subject,
    remove_wishes,
    rename_subject,
    show_subject,
)
from services.community.web.dependencies import Coordinator, Dependencies, TheDependencies, Unit
from services.community.web.pages.needs_round import back_to, state_of
from services.community.web.reaches import AGREE, BASE, CLOSE_OUTCOME, REMOVE_WISHES, RENAME, VOTES
from services.community.web.round_forms import (
    ClosingForm,
    OutcomeForm,
    PostedClosing,
    PostedOutcome,
    PostedRemoval,
    PostedTitle,
    PostedVotes,
    RemovalForm,
    TitleForm,
    VotesForm,
)
from shared.web.forms import Form, typed_or_empty

router = APIRouter(prefix=f"{BASE}/ronde/{{subject_id}}")


@router.get("")
async def subject(
    request: Request, subject_id: UUID, dependencies: TheDependencies, _session: Coordinator, unit: Unit
) -> Response:
    """One subject, with what the desk does about it."""
    return await _page(request, subject_id, dependencies, unit)


@router.post("/naam")
async def rename(
    request: Request,
    subject_id: UUID,
    dependencies: TheDependencies,
    _session: Coordinator,
    form: PostedTitle,
    unit: Unit,
) -> Response:
    """Another name for it."""
    if form.data is None:
        return await _page(request, subject_id, dependencies, unit, form)
    try:
        return back_to((await rename_subject(subject_id, form.data.title, unit)).gathering_id)
    except TitleTaken as refusal:
        form.refuse_as(refusal)
        return await _page(request, subject_id, dependencies, unit, form)


@router.post("/weg")
async def remove(
    request: Request,
    subject_id: UUID,
    dependencies: TheDependencies,
    _session: Coordinator,
    form: PostedRemoval,
    unit: Unit,
) -> Response:
    """What names somebody goes, also when everybody could read it."""
    if form.data is None:
        return await _page(request, subject_id, dependencies, unit, form)
    gathering_id = (await find_subject(subject_id, unit)).gathering_id
    await remove_wishes(gathering_id, form.data.wishes, unit)
    return back_to(gathering_id)


@router.post("/stemmen")
async def vote(
    request: Request,
    subject_id: UUID,
    dependencies: TheDependencies,
    _session: Coordinator,
    form: PostedVotes,
    unit: Unit,
) -> Response:
    """As counted in the room."""
    if form.data is None:
        return await _page(request, subject_id, dependencies, unit, form)
    return back_to((await count_votes(subject_id, form.data.votes, unit)).gathering_id)


@router.post("/afspraak")
async def agree(
    request: Request,
    subject_id: UUID,
    dependencies: TheDependencies,
    _session: Coordinator,
    form: PostedOutcome,
    unit: Unit,
) -> Response:
    """Who takes it up, and by when."""
    if form.data is None:
        return await _page(request, subject_id, dependencies, unit, form)
    told = form.data
    return back_to((await agree_on_outcome(subject_id, told.outcome, told.owner, told.due, unit)).gathering_id)


@router.post("/klaar")
async def close(
    request: Request,
    subject_id: UUID,
    dependencies: TheDependencies,
    _session: Coordinator,
    form: PostedClosing,
    unit: Unit,
) -> Response:
    """It is done, or nobody will do it."""
    if form.data is None:
        return await _page(request, subject_id, dependencies, unit, form)
    return back_to((await close_outcome(subject_id, unit, done=form.data.done)).gathering_id)


async def _page(
    request: Request,
    subject_id: UUID,
    dependencies: Dependencies,
    unit: Unit,
    typed: Form[TitleForm] | Form[RemovalForm] | Form[VotesForm] | Form[OutcomeForm] | Form[ClosingForm] | None = None,
) -> Response:
    found, wishes = await show_subject(subject_id, unit)
    due = f"{found.due_on:%d-%m-%Y}" if found.due_on else ""
    return dependencies.templates.page(
        request,
        "subject.html",
        HTTPStatus.OK if typed is None else HTTPStatus.BAD_REQUEST,
        subject=found,
        wishes=[(str(one.id), one.asks_for) for one in wishes],
        state=state_of(found, unit.city.day_of(unit.now)),
        title=typed_or_empty(typed, TitleForm, title=found.title),
        removal=typed_or_empty(typed, RemovalForm),
        votes=typed_or_empty(typed, VotesForm, votes=found.votes),
        outcome=typed_or_empty(typed, OutcomeForm, outcome=found.outcome, owner=found.owner, due=due),
        wrong=typed,
        back=f"{BASE}/{found.gathering_id}/ronde",
        reaches={"title": RENAME, "remove": REMOVE_WISHES, "votes": VOTES, "agree": AGREE, "close": CLOSE_OUTCOME},
    )
