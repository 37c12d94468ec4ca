"""The desk asks somebody to speak at a gathering."""

from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.community.handlers.gatherings import find_gathering
from services.community.handlers.speakers import invite_speaker
from services.community.web.dependencies import Coordinator, Dependencies, TheDependencies, Unit
from services.community.web.reaches import BASE, INVITE_SPEAKER
from services.community.web.topic_forms import PostedSpeaker, SpeakerForm
from services.community.web.views import view_of
from shared.web.forms import Form, typed_or_empty

router = APIRouter(prefix=BASE + "/{gathering_id}/spreker")


@router.get("")
async def ask(
    request: Request, gathering_id: UUID, dependencies: TheDependencies, _session: Coordinator, unit: Unit
) -> Response:
    """An empty form."""
    return await _page(request, gathering_id, dependencies, unit)


@router.post("")
async def invite(
    request: Request,
    gathering_id: UUID,
    dependencies: TheDependencies,
    _session: Coordinator,
    form: PostedSpeaker,
    unit: Unit,
) -> Response:
    """They get a mail, and say yes or no."""
    if form.data is None:
        return await _page(request, gathering_id, dependencies, unit, form)
    await invite_speaker(gathering_id, form.data.sign_up, unit)
    return RedirectResponse(f"{BASE}/{gathering_id}/deelnemers", status_code=HTTPStatus.SEE_OTHER)


async def _page(
    request: Request,
    gathering_id: UUID,
    dependencies: Dependencies,
    unit: Unit,
    typed: Form[SpeakerForm] | None = None,
) -> Response:
    gathering = await find_gathering(gathering_id, unit)
    return dependencies.templates.page(
        request,
        "speaker.html",
        HTTPStatus.OK if typed is None else HTTPStatus.BAD_REQUEST,
        form=typed_or_empty(typed, SpeakerForm),
        view=view_of(gathering, {}, unit.city),
        reach=INVITE_SPEAKER,
    )
