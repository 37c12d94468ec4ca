"""What monitoring's API answers with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from pydantic import Field

from services.monitoring.domain.follow_up import FollowUp, FollowUpState
from services.monitoring.domain.follow_up_questions import change_until
from services.monitoring.domain.watch import Watch
from shared.events.monitoring import FollowUpAnswer
from shared.web.body import ListLinks, ReplyBody


class FollowUpStatus(StrEnum):
    """How a follow-up stands, for whoever answers it."""

    PLANNED = "planned"
    ASKED = "asked"
    MISSED = "missed"
    ANSWERED = "answered"


# What is not here is nobody's question any more: it was never asked, or rests with its case.
STATUS_OF: Final = {
    FollowUpState.SCHEDULED: FollowUpStatus.PLANNED,
    FollowUpState.ASKED: FollowUpStatus.ASKED,
    FollowUpState.MISSED: FollowUpStatus.MISSED,
    FollowUpState.SUPERSEDED: FollowUpStatus.MISSED,
    FollowUpState.RECORDED: FollowUpStatus.ANSWERED,
}


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where a follow-up and its case are found, seen from outside."""

    public_url: str

    @property
    def base(self) -> str:
        """The address of the API."""
        return f"{self.public_url.rstrip('/')}/v1"


class FollowUpLinks(ReplyBody):
    """Where to go from here."""

    answers: str = Field(
        description="Hierheen gaat het antwoord (POST)",
        examples=["https://schakel.example/v1/follow-ups/01890a5d-ac96-774b-bcce-b302099a8057/answers"],
    )
    request: str = Field(
        description="De aanvraag", examples=["https://schakel.example/v1/requests/01890a5d-ac96-774b-bcce-b302099a8057"]
    )


class FollowUpDetails(ReplyBody):
    """One question how the child is doing; never who it is about."""

    id: UUID
    request_id: UUID
    case_code: str = Field(description="Het nummer van de aanvraag", examples=["K7QF-3XHA"])
    number: int = Field(description="De hoeveelste keer er gevraagd wordt", examples=[1])
    status: FollowUpStatus
    due_at: datetime
    asked_at: datetime | None = None
    answer: FollowUpAnswer | None = None
    answered_at: datetime | None = None
    changeable_until: datetime | None = Field(None, description="Tot dan mag er nog een ander antwoord komen")
    links: FollowUpLinks


class FollowUpList(ReplyBody):
    """Follow-ups, those of one case together."""

    follow_ups: tuple[FollowUpDetails, ...]
    links: ListLinks


def details_of(watch: Watch, follow_up: FollowUp, addresses: Addresses, now: datetime) -> FollowUpDetails:
    """One follow-up."""
    links = FollowUpLinks(
        answers=f"{addresses.base}/follow-ups/{follow_up.follow_up_id}/answers",
        request=f"{addresses.base}/requests/{watch.case_id}",
    )
    return FollowUpDetails(
        id=follow_up.follow_up_id,
        request_id=watch.case_id,
        case_code=watch.case_code,
        number=follow_up.number,
        status=STATUS_OF[follow_up.state],
        due_at=follow_up.due_at,
        asked_at=follow_up.asked_at,
        answer=follow_up.answer,
        answered_at=follow_up.answered_at,
        changeable_until=change_until(watch, follow_up, now),
        links=links,
    )


def list_of(
    watches: Sequence[Watch],
    limit: int,
    cursor: UUID | None,
    status: FollowUpStatus | None,
    addresses: Addresses,
    now: datetime,
) -> FollowUpList:
    """A page of the list; one watch more than `limit` says that there is a next one."""
    shown = watches[:limit]
    found = [
        details_of(watch, follow_up, addresses, now)
        for watch in shown
        for follow_up in sorted(watch.follow_ups.values(), key=lambda one: (one.due_at, one.follow_up_id))
        if (known := STATUS_OF.get(follow_up.state)) and status in {None, known}
    ]
    more = f"&status={status.value}" if status else ""
    own = f"{addresses.base}/follow-ups?limit={limit}{more}"
    following = f"{own}&cursor={shown[-1].case_id}" if len(watches) > limit else None
    return FollowUpList(
        follow_ups=tuple(found),
        links=ListLinks(self_=f"{own}&cursor={cursor}" if cursor else own, next=following),
    )
