"""What the API answers with."""

from dataclasses import dataclass
from datetime import date, datetime
from http import HTTPStatus
from typing import Annotated, Any, Final
from uuid import UUID

from pydantic import Field

from services.intake.domain.case_state import CaseState
from services.intake.domain.progress import NextStep, Progress
from services.intake.domain.timeline import TimelineEntry
from services.intake.handlers.showing import CaseView, NeedView
from services.intake.web.words import next_steps
from shared.events.base import AgeBand, Beneficiary, Horizon, Urgency
from shared.kernel.city import City
from shared.web.body import ListLinks, ReplyBody
from shared.web.city_codes import ExampleCode
from shared.web.systems import NOT_THERE


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where a case is found, seen from outside."""

    public_url: str

    def of(self, case_id: UUID) -> dict[str, str]:
        """Its own addresses."""
        base = self.public_url.rstrip("/")
        return {
            "self": f"{base}/v1/requests/{case_id}",
            "page": f"{base}/aanvragen/{case_id}",
            "inventory": f"{base}/v1/requests/{case_id}/inventory",
        }

    def list(self, cursor: str | None, limit: int) -> str:
        """A page of the list."""
        after = f"&cursor={cursor}" if cursor else ""
        return f"{self.public_url.rstrip('/')}/v1/requests?limit={limit}{after}"


class Links(ReplyBody):
    """Where to go from here."""

    self_: str = Field(
        alias="self", examples=["https://schakel.example/v1/requests/01890a5d-ac96-774b-bcce-b302099a8057"]
    )
    page: str = Field(
        description="De pagina van de aanvraag",
        examples=["https://schakel.example/aanvragen/01890a5d-ac96-774b-bcce-b302099a8057"],
    )
    inventory: str = Field(
        description="Hierheen gaat wat het gesprek met het gezin opleverde (PUT)",
        examples=["https://schakel.example/v1/requests/01890a5d-ac96-774b-bcce-b302099a8057/inventory"],
    )


class Named(ReplyBody):
    """An organisation of the network."""

    id: UUID
    name: str | None = Field(examples=["Stichting Verzonnen"])


class NeedDetails(ReplyBody):
    """One need and who does what for it."""

    id: UUID
    category: Annotated[str, ExampleCode("categories")]
    urgency: Urgency
    horizon: Horizon
    beneficiary: Beneficiary
    progress: Progress
    since: datetime | None = None
    organisation: Named | None = None
    service: str | None = None


class TimelineEntryDetails(ReplyBody):
    """One line of the timeline."""

    at: datetime
    kind: str = Field(description="Wat er gebeurde", examples=["request-received"])
    organisation: Named | None = None
    need_id: UUID | None = None
    detail: str | None = None
    on: date | None = None


class RequestSummary(ReplyBody):
    """One request in the list."""

    id: UUID
    case_code: str = Field(description="Het nummer, om hardop te kunnen zeggen", examples=["K7QF-3XHA"])
    status: CaseState
    district: Annotated[str | None, ExampleCode("districts")] = Field(
        None, description="De wijk; is er niet als het adres van het gezin geheim is"
    )
    age_band: AgeBand
    received_at: datetime
    next_step: NextStep
    links: Links


# What is answered where a request is not, or not any more.
NOT_HERE: Final[dict[int | str, dict[str, Any]]] = {
    **NOT_THERE,
    HTTPStatus.GONE: {"description": "Alles over deze aanvraag is gewist, of wordt nu gewist"},
}


class RequestDetails(RequestSummary):
    """One request with its needs and what happened; never who it is about."""

    needs: tuple[NeedDetails, ...]
    timeline: tuple[TimelineEntryDetails, ...]
    what_happens_next: str = Field(examples=["Wij zoeken een partner die kan helpen."])
    paused_until: date | None = Field(None, description="Het gezin wil rust tot deze dag")
    home_visit_on: date | None = Field(None, description="De dag van het huisbezoek")


class RequestList(ReplyBody):
    """Requests, newest first."""

    requests: tuple[RequestSummary, ...]
    links: ListLinks


def summary_of(view: CaseView, addresses: Addresses) -> RequestSummary:
    """One line of the list."""
    return RequestSummary.model_validate(_summary(view, addresses))


def request_of(view: CaseView, addresses: Addresses, city: City) -> RequestDetails:
    """One request, whole."""
    return RequestDetails.model_validate(
        {
            **_summary(view, addresses),
            "needs": [_need(each) for each in view.needs],
            "timeline": [_entry(each, view) for each in view.timeline],
            "what_happens_next": next_steps(city)[view.next_step],
            "paused_until": view.case.pause.until if view.case.pause else None,
            "home_visit_on": view.case.visit.planned_for if view.case.visit else None,
        }
    )


def _summary(view: CaseView, addresses: Addresses) -> dict[str, object]:
    case = view.case
    return {
        "id": case.id,
        "case_code": case.code,
        "status": case.state,
        "district": case.opening.district,
        "age_band": case.opening.age_band,
        "received_at": case.received_at,
        "next_step": view.next_step,
        "links": addresses.of(case.id),
    }


def _need(each: NeedView) -> NeedDetails:
    need, progress = each.need, each.progress
    organisation_id = progress.organisation_id if progress else None
    return NeedDetails(
        id=need.need_id,
        category=need.category,
        urgency=need.urgency,
        horizon=need.horizon,
        beneficiary=need.beneficiary,
        progress=each.stage,
        since=progress.since if progress else None,
        organisation=Named(id=organisation_id, name=each.organisation) if organisation_id else None,
        service=each.service,
    )


def _entry(entry: TimelineEntry, view: CaseView) -> TimelineEntryDetails:
    organisation_id = entry.organisation_id
    return TimelineEntryDetails(
        at=entry.at,
        kind=entry.kind,
        organisation=Named(id=organisation_id, name=view.name_of(organisation_id)) if organisation_id else None,
        need_id=entry.need_id,
        detail=entry.detail,
        on=entry.on,
    )
