"""What the API says back."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import orjson
from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from services.intake.domain.case import Case, CaseState
from services.intake.domain.progress import Moment, NextStep, Progress
from services.intake.handlers import CaseView, NeedView
from services.intake.web.words import NEXT_STEPS
from shared.events.base import AgeBand, Beneficiary, Horizon, Urgency


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


class Said(BaseModel):
    """A part of a reply; camelCase outside."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True)


class Links(Said):
    """Where to go from here."""

    self_: str = Field(
        alias="self", examples=["https://schakel.example/v1/requests/01890a5d-ac96-774b-bcce-b302099a8057"]
    )
    page: str = Field(description="De pagina voor de Bliep-ambassadeur")
    inventory: str = Field(description="Hierheen gaat de inventarisatie (PUT)")


class Receipt(Said):
    """A request that was taken in."""

    id: UUID
    case_code: str = Field(description="Het kenmerk, om hardop te kunnen zeggen", examples=["K7QF-3XHA"])
    status: CaseState
    links: Links
    what_happens_next: str


class Named(Said):
    """An organisation of the network."""

    id: UUID
    name: str | None


class NeedSaid(Said):
    """One need and who does what for it."""

    id: UUID
    category: str
    urgency: Urgency
    horizon: Horizon
    beneficiary: Beneficiary
    progress: Progress
    since: datetime | None = None
    organisation: Named | None = None
    service: str | None = None


class MomentSaid(Said):
    """One line of the timeline."""

    at: datetime
    kind: str
    organisation: Named | None = None
    need_id: UUID | None = None
    detail: str | None = None
    on: date | None = None


class RequestSummary(Said):
    """One request in the list."""

    id: UUID
    case_code: str
    status: CaseState
    district: str
    age_band: AgeBand
    received_at: datetime
    next_step: NextStep
    links: Links


class RequestSaid(RequestSummary):
    """One request with its needs and what happened; never who it is about."""

    needs: tuple[NeedSaid, ...]
    timeline: tuple[MomentSaid, ...]
    what_happens_next: str


class ListLinks(Said):
    """This page of the list and the next."""

    self_: str = Field(alias="self")
    next: str | None = None


class RequestList(Said):
    """Requests, newest first."""

    requests: tuple[RequestSummary, ...]
    links: ListLinks


def receipt(case: Case, addresses: Addresses) -> str:
    """The reply to a new request, as JSON. Written by hand: this is the way that must stay fast."""
    return orjson.dumps(
        {
            "id": str(case.id),
            "caseCode": case.code,
            "status": case.state.value,
            "links": addresses.of(case.id),
            "whatHappensNext": NEXT_STEPS[NextStep.INVENTORY],
        }
    ).decode()


def summary_of(view: CaseView, addresses: Addresses) -> RequestSummary:
    """One line of the list."""
    return RequestSummary.model_validate(_summary(view, addresses))


def request_of(view: CaseView, addresses: Addresses) -> RequestSaid:
    """One request, whole."""
    return RequestSaid.model_validate(
        {
            **_summary(view, addresses),
            "needs": [_need(each) for each in view.needs],
            "timeline": [_moment(each, view) for each in view.moments],
            "what_happens_next": NEXT_STEPS[view.next_step],
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


def _need(each: NeedView) -> NeedSaid:
    need, progress = each.need, each.progress
    organisation_id = progress.organisation_id if progress else None
    return NeedSaid(
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


def _moment(moment: Moment, view: CaseView) -> MomentSaid:
    organisation_id = moment.organisation_id
    return MomentSaid(
        at=moment.at,
        kind=moment.kind,
        organisation=Named(id=organisation_id, name=view.name_of(organisation_id)) if organisation_id else None,
        need_id=moment.need_id,
        detail=moment.detail,
        on=moment.on,
    )
