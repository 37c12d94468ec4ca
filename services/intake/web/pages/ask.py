"""Asking for help: the form, and the same request as the API takes."""

import asyncio
from http import HTTPStatus
from typing import Final

import orjson
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.intake.domain.rules import Viewer
from services.intake.web.bodies import to_submit
from services.intake.web.dependencies import Dependencies, TheDependencies, TheSender, TheViewer
from services.intake.web.forms import RequestForm
from services.intake.web.need_rows import CHOICES, row_of
from services.intake.web.submitting import Submission
from services.intake.web.words import CONSENT_GIVERS
from shared.access.replies import AskedBefore, Reply
from shared.kernel.errors import Invalid, Transient
from shared.web.forms import Form, empty_form, read_form
from shared.web.idempotency import KeyInFlight, KeyReused, fingerprint

NEED_ROWS: Final = 5
GIVERS: Final = [(code.value, word) for code, word in CONSENT_GIVERS.items()]
# How long a second press of the button waits for the first.
PAUSES_SECONDS: Final = (0.1, 0.3, 1.0, 2.0)
router = APIRouter(prefix="/aanvragen")


@router.get("/nieuw")
async def new_request(request: Request, viewer: TheViewer, dependencies: TheDependencies) -> Response:
    """The empty form."""
    city = dependencies.city
    form = empty_form(RequestForm, family__language=city.language, consent__textVersion=city.consent.current)
    return _page(request, dependencies, viewer, form)


@router.post("/nieuw")
async def submit(request: Request, viewer: TheSender, dependencies: TheDependencies) -> Response:
    """The same request as the API takes. Pressing the button twice makes one case."""
    form = await read_form(request, RequestForm)
    reply = await _submitted(request, dependencies, viewer, form)
    if reply is None:
        return _page(request, dependencies, viewer, form)
    there = f"/aanvragen/{orjson.loads(reply.body)['id']}?gelukt=ontvangen"
    return RedirectResponse(there, status_code=HTTPStatus.SEE_OTHER)


async def _submitted(
    request: Request, dependencies: Dependencies, viewer: Viewer, form: Form[RequestForm]
) -> Reply | None:
    """The reply, or None when the form must be filled in again."""
    if form.data is None:
        return None
    mark = fingerprint("POST", request.url.path, orjson.dumps(form.values, option=orjson.OPT_SORT_KEYS))
    asked = AskedBefore(f"page {viewer.person_id}", str(form.data.send_key), mark)
    try:
        return await _sent_once(dependencies, Submission(to_submit(form.data, viewer), asked))
    except Invalid as refusal:
        form.refuse_as(refusal)
    except KeyReused:
        form.values.pop("sendKey")
        form.refuse(
            "child.firstName", "Deze aanvraag is al verstuurd. Is dit een nieuwe aanvraag? Verstuur hem dan nog eens."
        )
    return None


async def _sent_once(dependencies: Dependencies, submission: Submission) -> Reply:
    """The reply. A second press of the button waits for the reply to the first; when none comes, nothing is lost."""
    for pause in PAUSES_SECONDS:
        try:
            return await dependencies.submitting.submit(submission)
        except KeyInFlight:
            await asyncio.sleep(pause)
    raise Transient


def _page(request: Request, dependencies: Dependencies, viewer: Viewer, form: Form[RequestForm]) -> Response:
    form.values.setdefault("sendKey", str(dependencies.ids.new()))
    city = dependencies.city
    # The text that this family has before it, also when the city has a newer one since the page was opened.
    version = form.value_of("consent.textVersion")
    if version not in city.consent.texts:
        version = form.values["consent.textVersion"] = city.consent.current
    return dependencies.templates.page(
        request,
        "ask.html",
        HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK,
        viewer=viewer,
        form=form,
        rows=[row_of(form, number, city) for number in range(NEED_ROWS)],
        consent=city.consent.texts[version],
        consent_givers=GIVERS,
        **CHOICES,
    )
