"""The API for schools' own systems: `/v1/follow-ups`. It knows no name, and only the school's own cases."""

from http import HTTPStatus
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import Field

from services.monitoring.commands import AnswerFollowUp
from services.monitoring.handlers.follow_ups import answer_follow_up, show_follow_up, show_follow_ups
from services.monitoring.web.api_replies import (
    Addresses,
    FollowUpDetails,
    FollowUpList,
    FollowUpStatus,
    details_of,
    list_of,
)
from services.monitoring.web.dependencies import Unit
from shared.events.case_codes import CallTime, FamilyMood
from shared.events.monitoring import FollowUpAnswer
from shared.web.body import Body
from shared.web.dependencies import TheWeb
from shared.web.once import ASKED_BEFORE, Mark, once
from shared.web.openapi import Api
from shared.web.systems import NOT_THERE, UNKNOWN_SENDER, TheCallingSystem

# Cases on a page; each has a handful of follow-ups.
PAGE_SIZE: Final = 25
LARGEST_PAGE: Final = 100
Limit = Annotated[int, Query(ge=1, le=LARGEST_PAGE, description="Van hoeveel aanvragen er hooguit op een bladzijde")]
Cursor = Annotated[UUID | None, Query(description="Waar de bladzijde begint: zie links.next")]
Status = Annotated[FollowUpStatus | None, Query(description="Alleen die zo staan; zonder dit veld: alle")]
Wanted = Annotated[UUID | None, Query(alias="requestId", description="Alleen die van deze aanvraag")]
GONE: Final[dict[int | str, dict[str, Any]]] = {
    HTTPStatus.GONE: {"description": "De aanvraag is afgerond: er is niets meer te zeggen"}
}
router = APIRouter(prefix="/v1/follow-ups", tags=["follow-ups"])


class AnswerBody(Body):
    """How it goes with the child."""

    answer: FollowUpAnswer = Field(title="Hoe gaat het nu?", examples=["going-well"])
    family: FamilyMood | None = Field(None, title="Hoe het met het gezin zelf gaat", examples=["same"])
    call_at: CallTime | None = Field(None, title="Bij call-me: wanneer we het beste bellen")


@router.get(
    "",
    operation_id="listFollowUps",
    summary="De vragen hoe het nu gaat, van jouw organisatie",
    responses=UNKNOWN_SENDER,
    response_model_exclude_none=True,
)
async def list_follow_ups(
    system: TheCallingSystem,
    unit: Unit,
    web: TheWeb,
    limit: Limit = PAGE_SIZE,
    cursor: Cursor = None,
    status: Status = None,
    request_id: Wanted = None,
) -> FollowUpList:
    """Wat nu op antwoord wacht heeft de status asked of missed: een laat antwoord telt ook. Nooit over wie het gaat."""
    watches = await show_follow_ups(system.organisation_id, unit, after=cursor, limit=limit + 1, case_id=request_id)
    return list_of(watches, limit, cursor, status, Addresses(web.public_url), unit.now)


@router.post(
    "/{id}/answers",
    operation_id="answerFollowUp",
    summary="Vertel hoe het nu gaat",
    response_model=FollowUpDetails,
    responses={**ASKED_BEFORE, **GONE, **NOT_THERE},
)
async def answer(
    system: TheCallingSystem,
    mark: Mark,
    unit: Unit,
    web: TheWeb,
    id: UUID,  # noqa: A002 - the API's own word
    body: AnswerBody,
) -> Response:
    """Een ander antwoord kan nog een half uur daarna: zie changeableUntil."""

    async def work() -> FollowUpDetails:
        await show_follow_up(id, system.organisation_id, unit)
        await answer_follow_up(AnswerFollowUp(id, body.answer, system.person_id, body.family, body.call_at), unit)
        watch = await show_follow_up(id, system.organisation_id, unit)
        return details_of(watch, watch.follow_ups[id], Addresses(web.public_url), unit.now)

    return await once(mark.by(system.key_id), unit.replies, work)


APIS: Final = (Api(router, under="/v1/follow-ups"),)
