"""The API for schools' own systems: `/v1/referrals`. It knows no name of a family, and only the school's own cases."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import Field

from services.matching.commands import ConfirmHandover, ConfirmOutcome
from services.matching.domain.errors import ReferralUnknown
from services.matching.domain.referral import Referral
from services.matching.domain.referral_state import ReferralState
from services.matching.handlers.handover import confirm_handover
from services.matching.handlers.progress import confirm_outcome
from services.matching.handlers.referral_lists import list_newest
from services.matching.handlers.referral_views import show_referral
from services.matching.ports import MatchingUnit
from services.matching.web.dependencies import Unit
from shared.access.sessions import Session
from shared.access.system_tokens import CallingSystem
from shared.events.base import CaseCode, Role
from shared.events.referral_codes import HandoverKind, Outcome, Party, RestOfNeed
from shared.web.app import Web
from shared.web.body import Body, ReplyBody
from shared.web.city_codes import ExampleCode
from shared.web.dependencies import TheWeb
from shared.web.once import ASKED_BEFORE, Mark, once
from shared.web.systems import NOT_THERE, UNKNOWN_SENDER, TheCallingSystem

# As the API writes it; our own words have an underscore.
STATUSES: Final = {state: state.value.replace("_", "-") for state in ReferralState}
OF_THIS_REQUEST: Final = "Alleen die van deze aanvraag; zonder dit veld: de nieuwste van jouw organisatie"
Wanted = Annotated[UUID | None, Query(alias="requestId", description=OF_THIS_REQUEST)]
STEP: Final[dict[int | str, dict[str, Any]]] = {**ASKED_BEFORE, **NOT_THERE}
router = APIRouter(prefix="/v1/referrals", tags=["referrals"])


class OutcomeBody(Body):
    """What the family says of the help, through its ambassador."""

    outcome: Outcome = Field(title="Heeft het geholpen?", examples=["helped"])
    rest: RestOfNeed | None = Field(
        None,
        title="Wat gebeurt er met de rest?",
        description="Nodig als het voor een deel hielp",
        examples=["enough-for-now"],
    )


class HandoverBody(Body):
    """That ambassador, contact person and family met, and that the family wants to go on."""

    on: date | None = Field(None, title="Op welke dag? Zonder dag: vandaag")
    family_agrees: Literal[True] = Field(title="Het gezin wil verder met deze partner", examples=[True])


class ReferralLinks(ReplyBody):
    """Where to go from here."""

    outcome: str = Field(
        description="Hierheen gaat wat het gezin van de hulp zegt (POST)",
        examples=["https://schakel.example/v1/referrals/01890a5d-ac96-774b-bcce-b302099a8057/outcome"],
    )
    request: str = Field(
        description="De aanvraag", examples=["https://schakel.example/v1/requests/01890a5d-ac96-774b-bcce-b302099a8057"]
    )


class ReferralDetails(ReplyBody):
    """One partner asked for one need, and how far it is."""

    id: UUID
    request_id: UUID
    case_code: CaseCode = Field(description="Het nummer van de aanvraag", examples=["K7QF-3XHA"])
    number: str = Field(description="Het nummer waarmee de partner deze vraag kent", examples=["K7Q-F3X-HA4"])
    need_id: UUID
    organisation_id: UUID
    partner: str = Field(description="Hoe de partner heet", examples=["Stichting Verzonnen"])
    category: Annotated[str, ExampleCode("categories")]
    status: str = Field(examples=["delivered"], json_schema_extra={"enum": list(STATUSES.values())})
    asked_at: datetime
    first_contact_on: date | None = None
    handed_over_on: date | None = None
    handover_kind: HandoverKind | None = Field(None, description="Warm: samen kennisgemaakt. Koud: begonnen zonder")
    started_on: date | None = None
    delivered_on: date | None = None
    outcome: Outcome | None = None
    rest: RestOfNeed | None = Field(None, description="Hielp het voor een deel? Wat er met de rest gebeurt")
    links: ReferralLinks


class ReferralList(ReplyBody):
    """Referrals, newest first."""

    referrals: tuple[ReferralDetails, ...]


@router.get(
    "",
    operation_id="listReferrals",
    summary="Wie er helpt, voor de aanvragen van jouw organisatie",
    responses=UNKNOWN_SENDER,
    response_model_exclude_none=True,
)
async def referrals(system: TheCallingSystem, unit: Unit, web: TheWeb, request_id: Wanted = None) -> ReferralList:
    """De nieuwste eerst; nooit over wie het gaat."""
    session = Session(system.person_id, Role.AMBASSADOR, system.organisation_id)
    lines = await list_newest(session, unit, request_id)
    return ReferralList(referrals=tuple(details_of(line.referral, line.partner, web.public_url) for line in lines))


@router.post(
    "/{id}/handover",
    operation_id="confirmHandover",
    summary="Vertel dat jullie samen kennismaakten",
    response_model=ReferralDetails,
    responses=STEP,
)
async def handover(
    system: TheCallingSystem,
    mark: Mark,
    unit: Unit,
    web: TheWeb,
    id: UUID,  # noqa: A002 - the API's own word
    body: HandoverBody,
) -> Response:
    """De partner zegt het ook. Daarna begint de hulp."""
    command = ConfirmHandover(id, Party.AMBASSADOR, body.on, system.person_id)
    return await once(
        mark.by(system.key_id),
        unit.replies,
        lambda: _after(id, system, unit, web, lambda: confirm_handover(command, unit)),
    )


@router.post(
    "/{id}/outcome",
    operation_id="confirmOutcome",
    summary="Vertel of de hulp heeft geholpen",
    response_model=ReferralDetails,
    responses=STEP,
)
async def outcome(
    system: TheCallingSystem,
    mark: Mark,
    unit: Unit,
    web: TheWeb,
    id: UUID,  # noqa: A002 - the API's own word
    body: OutcomeBody,
) -> Response:
    """Wat het gezin zelf zegt. Hielp het niet? Dan vragen wij een andere partner."""
    command = ConfirmOutcome(id, body.outcome, system.person_id, body.rest)
    return await once(
        mark.by(system.key_id),
        unit.replies,
        lambda: _after(id, system, unit, web, lambda: confirm_outcome(command, unit)),
    )


async def _after(
    referral_id: UUID, system: CallingSystem, unit: MatchingUnit, web: Web, take: Callable[[], Awaitable[Referral]]
) -> ReferralDetails:
    """The referral as it is after this step. Raises ReferralUnknown when it is not of this school."""
    await _of_its_school(referral_id, system, unit)
    await take()
    view = await show_referral(referral_id, unit)
    return details_of(view.referral, view.partner, web.public_url)


async def _of_its_school(referral_id: UUID, system: CallingSystem, unit: MatchingUnit) -> None:
    """It is of this school's case. Raises ReferralUnknown otherwise: nobody learns that it is another's.

    Nor does a system learn that a case stands still.
    """
    view = await show_referral(referral_id, unit)
    if view.case.organisation_id != system.organisation_id or view.stands_still:
        raise ReferralUnknown


def details_of(referral: Referral, partner: str, public_url: str) -> ReferralDetails:
    """One referral."""
    base = f"{public_url.rstrip('/')}/v1"
    return ReferralDetails(
        id=referral.id,
        request_id=referral.case_id,
        case_code=referral.case_code,
        number=referral.number,
        need_id=referral.need_id,
        organisation_id=referral.organisation_id,
        partner=partner,
        category=referral.category,
        status=STATUSES[referral.state],
        asked_at=referral.activated_at,
        first_contact_on=referral.first_contact_on,
        handed_over_on=referral.handed_over_on,
        handover_kind=referral.handover_kind,
        started_on=referral.started_on,
        delivered_on=referral.delivered_on,
        outcome=referral.outcome,
        rest=referral.rest,
        links=ReferralLinks(
            outcome=f"{base}/referrals/{referral.id}/outcome", request=f"{base}/requests/{referral.case_id}"
        ),
    )
