"""What becomes of a request that was filled in: it is sent, once, or thrown away."""

import asyncio
from dataclasses import replace
from http import HTTPStatus
from typing import Final
from uuid import UUID

import orjson
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.intake.commands import SubmitRequest
from services.intake.domain.draft import Draft
from services.intake.domain.errors import UnknownDraft
from services.intake.domain.rules import Viewer
from services.intake.handlers.drafts import find_draft, throw_draft_away
from services.intake.ports import IntakeUnit
from services.intake.web import asking
from services.intake.web.ask_page import AskPage, TheBehalf
from services.intake.web.asking import REVIEW
from services.intake.web.bodies import RequestBody, to_submit
from services.intake.web.dependencies import Dependencies, TheDependencies, TheSender, TheViewer, Unit
from services.intake.web.submitting import Submission
from shared.access.replies import AskedBefore, Reply
from shared.events.base import Role
from shared.kernel.errors import Invalid, Transient
from shared.web.auditing import actor_of, unit_of
from shared.web.forms import typed_in
from shared.web.idempotency import KeyInFlight, fingerprint

# How long a second press of the button waits for the first.
PAUSES_SECONDS: Final = (0.1, 0.3, 1.0, 2.0)
LIST: Final = "/aanvragen"
router = APIRouter(prefix=asking.PATH)


@router.post("/{draft_id}/verstuur")
async def send(
    request: Request, behalf: TheBehalf, viewer: TheSender, dependencies: TheDependencies, draft_id: UUID
) -> Response:
    """The same request as the API takes. Pressing the button twice, or again later, makes one case."""
    async with unit_of(request, dependencies.units) as unit:
        if sent := await sent_before(draft_id, viewer, unit):
            return case_of(sent)
        draft, today = await find_draft(draft_id, unit, viewer), unit.city.day_of(unit.now)
    if draft is None:
        raise UnknownDraft
    form, changed = asking.check(draft.typed, dependencies.city, today), not await _shown(request, draft)
    if form.data and not form.errors and not changed:
        try:
            command, signal_id = _command(form.data, draft, viewer), asking.signal_in(draft.typed)
            submission = Submission(command, _asked(draft_id, viewer), draft_id, signal_id, actor_of(request))
            return case_of(await _sent_once(dependencies, submission))
        except Invalid as refusal:
            asking.refuse(form, refusal)
    page = AskPage(request, dependencies, draft_id, draft, behalf)
    return page.shows(REVIEW, form, status=HTTPStatus.BAD_REQUEST, changed=changed)


@router.get("/{draft_id}/weg")
async def ask_to_throw_away(
    request: Request, viewer: TheViewer, unit: Unit, dependencies: TheDependencies, draft_id: UUID
) -> Response:
    """It cannot be undone, so it is asked first."""
    draft = await find_draft(draft_id, unit, viewer)
    if draft is None:
        raise UnknownDraft
    return dependencies.templates.page(request, "draft_away.html", draft=draft)


@router.post("/{draft_id}/weg")
async def throw_away(viewer: TheViewer, unit: Unit, draft_id: UUID) -> Response:
    """Nothing of it is kept."""
    await throw_draft_away(draft_id, unit, viewer)
    return RedirectResponse(LIST, status_code=HTTPStatus.SEE_OTHER)


def _command(body: RequestBody, draft: Draft, viewer: Viewer) -> SubmitRequest:
    """What is asked; the desk asks for an ambassador of a school, and it is kept who typed."""
    command, asked = to_submit(body, viewer), asking.for_ambassador(draft.typed)
    if viewer.role is not Role.COORDINATOR or asked is None:
        return command
    return replace(command, ambassador_id=asked[0], organisation_id=asked[1], filed_by=viewer.person_id)


async def sent_before(draft_id: UUID, viewer: Viewer, unit: IntakeUnit) -> Reply | None:
    """The reply to this draft, when it was sent already."""
    asked = _asked(draft_id, viewer)
    return (await unit.replies.take({asked})).known.get((asked.scope, asked.key))


def case_of(reply: Reply | None) -> RedirectResponse:
    """The request that a draft became. Raises UnknownDraft when it became none."""
    if reply is None:
        raise UnknownDraft
    return RedirectResponse(
        f"{LIST}/{orjson.loads(reply.body)['id']}?gelukt=ontvangen", status_code=HTTPStatus.SEE_OTHER
    )


def _asked(draft_id: UUID, viewer: Viewer) -> AskedBefore:
    """A draft becomes one request, whatever was typed in it later."""
    mark = fingerprint("POST", asking.PATH, orjson.dumps(str(draft_id)))
    return AskedBefore(f"page {viewer.person_id}", str(draft_id), mark)


async def _shown(request: Request, draft: Draft) -> bool:
    """Whether the summary that was sent is of the draft as it is now: it may have changed in another window."""
    return dict(await typed_in(request)).get("version") == str(draft.version)


async def _sent_once(dependencies: Dependencies, submission: Submission) -> Reply:
    """The reply. A second press of the button waits for the reply to the first; when none comes, nothing is lost."""
    for pause in PAUSES_SECONDS:
        try:
            return await dependencies.submitting.submit(submission)
        except KeyInFlight:
            await asyncio.sleep(pause)
    raise Transient
