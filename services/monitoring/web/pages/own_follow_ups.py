"""What waits for the answer of who is signed in: every open follow-up of their families, without a mailed link."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from services.monitoring.domain.errors import FollowUpNotFound
from services.monitoring.domain.follow_up_questions import open_question
from services.monitoring.domain.watch import Phase
from services.monitoring.ports import MonitoringUnit
from services.monitoring.web.dependencies import Ambassador, TheDependencies, Unit
from services.monitoring.web.follow_up_view import Asked, Opening, show, take_answer, take_words
from services.monitoring.web.forms import FollowUpForm, PostedAnswer, PostedWords
from shared.kernel.errors import RequestPaused
from shared.web.forms import empty_form

router = APIRouter(prefix="/vervolg")


@router.get("")
async def waiting(request: Request, dependencies: TheDependencies, session: Ambassador, unit: Unit) -> Response:
    """Oldest request first."""
    cases = [await unit.watches.read(case_id) for case_id in await unit.watches.list_asked(session.person_id)]
    asked = [(watch, question) for watch in cases if watch is not None and (question := open_question(watch))]
    return dependencies.templates.page(
        request,
        "follow_ups.html",
        asked=[(watch.case_code, dependencies.words.request(watch), question) for watch, question in asked],
    )


@router.get("/vraag/{follow_up_id}")
async def page(
    request: Request, follow_up_id: UUID, dependencies: TheDependencies, session: Ambassador, unit: Unit
) -> Response:
    """The question, or what became of it."""
    asked = await _open(follow_up_id, session.person_id, unit)
    return show(request, dependencies, asked, empty_form(FollowUpForm))


@router.post("/vraag/{follow_up_id}")
async def answer(
    request: Request, follow_up_id: UUID, dependencies: TheDependencies, session: Ambassador, form: PostedAnswer
) -> Response:
    """One choice, and words for the vault."""
    return await take_answer(request, dependencies, _opening(follow_up_id, session.person_id), form)


@router.post("/vraag/{follow_up_id}/woorden")
async def words(
    request: Request, follow_up_id: UUID, dependencies: TheDependencies, session: Ambassador, form: PostedWords
) -> Response:
    """The words once more: the vault was away."""
    return await take_words(request, dependencies, _opening(follow_up_id, session.person_id), form)


def _opening(follow_up_id: UUID, person_id: UUID) -> Opening:
    return lambda unit: _open(follow_up_id, person_id, unit)


async def _open(follow_up_id: UUID, person_id: UUID, unit: MonitoringUnit) -> Asked:
    """Of the ambassador of the case, and of who reads along. Raises FollowUpNotFound."""
    case_id = await unit.watches.case_of_follow_up(follow_up_id)
    watch = await unit.watches.read(case_id) if case_id else None
    if watch is None or person_id not in {watch.ambassador_id, watch.second_reader_id}:
        raise FollowUpNotFound
    if watch.phase is Phase.ON_HOLD:
        raise RequestPaused
    return Asked(
        watch, watch.follow_ups[follow_up_id], person_id, f"/vervolg/vraag/{follow_up_id}", unit.now, signed_in=True
    )
