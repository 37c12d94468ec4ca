"""What organisations want to change of their entry: the desk takes it over, changes it first, or says no."""

from dataclasses import replace
from http import HTTPStatus
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from services.matching.domain.entry import Proposal
from services.matching.handlers.entries import settle_proposal
from services.matching.ports import MatchingUnit
from services.matching.web import words
from services.matching.web.dependencies import TheDependencies, Unit
from services.matching.web.entry_words import table_of
from services.matching.web.link_gone import nothing_chosen
from services.matching.web.pages.organisations import PATH as ORGANISATIONS
from services.matching.web.pages.organisations import Desk
from shared.web.forms import typed_in
from shared.web.reach import DESK, Reach

PATH: Final = "/netwerk/voorstellen"
SETTLE: Final = Reach(f"POST {PATH}/{{proposal_id}}", mails=("entry-proposal-settled",), seen_by=(DESK,))
DONE: Final = {"accept": "overgenomen", "refuse": "afgewezen"}
router = APIRouter(prefix=PATH)


async def _choice(request: Request) -> str:
    return dict(await typed_in(request)).get("choice", "")


@router.get("")
async def waiting(
    request: Request, dependencies: TheDependencies, _desk: Desk, unit: Unit, klaar: str = ""
) -> Response:
    """All that waits, oldest first, field by field."""
    found = await unit.proposals.list_waiting()
    return dependencies.templates.page(
        request,
        "proposals.html",
        proposals=[await _shown(one, unit) for one in found],
        path=PATH,
        reach=SETTLE,
        done=klaar.split("-"),
        words=words,
    )


@router.post("/{proposal_id}")
async def settle(proposal_id: UUID, desk: Desk, choice: Annotated[str, Depends(_choice)], unit: Unit) -> Response:
    """Take it over, or not; whoever proposed it hears."""
    if choice not in DONE:
        raise nothing_chosen()
    await settle_proposal(proposal_id, desk.person_id, unit, accepted=choice == "accept")
    return RedirectResponse(f"{PATH}?klaar={DONE[choice]}", status_code=HTTPStatus.SEE_OTHER)


async def _shown(proposal: Proposal, unit: MatchingUnit) -> dict[str, object]:
    organisation = await unit.organisations.read(proposal.organisation_id)
    service = await unit.services.read(proposal.service_id) if proposal.service_id else None
    people = await unit.people.list_of_organisation(proposal.organisation_id)
    (writer,) = await unit.people.list_by_ids([proposal.proposed_by]) or (None,)
    names = {person.id: person.name for person in people}
    # What stands there now, which may be otherwise than when it was proposed.
    there = None if proposal.is_new else service or organisation
    now = tuple(replace(one, old=getattr(there, one.field, one.old)) for one in proposal.changes)
    return {
        "proposal": proposal,
        "organisation": organisation,
        "service": service,
        "writer": writer,
        "rows": table_of(now, unit.city, names),
        "change_at": f"{_change_at(proposal)}?voorstel={proposal.id}",
    }


def _change_at(proposal: Proposal) -> str:
    """Where the desk fills in what was proposed, and changes it first."""
    if proposal.is_new:
        return f"{ORGANISATIONS}/{proposal.organisation_id}/aanbod"
    if proposal.service_id is not None:
        return f"/netwerk/aanbod/{proposal.service_id}"
    return f"{ORGANISATIONS}/{proposal.organisation_id}/wijzigen"
