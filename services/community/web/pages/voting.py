"""Whoever is at a gathering votes behind the mailed link of their seat; the desk opens that, and counts."""

from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from services.community.domain.seat import Seat
from services.community.domain.voting import VOTES_EACH
from services.community.handlers.gatherings import find_gathering
from services.community.handlers.seats import seat_of_link
from services.community.handlers.voting import close_voting, may_vote, open_voting, show_ballot, vote
from services.community.web.dependencies import Coordinator, Dependencies, TheDependencies, Unit
from services.community.web.pages.needs_round import back_to
from services.community.web.reaches import BASE
from services.community.web.reaches_of_voting import BALLOT
from services.community.web.views import view_of
from services.community.web.voting_forms import BallotForm, PostedBallot, PostedVoting, VotingChoice
from shared.web.forms import Form, empty_form
from shared.web.languages import read_in_languages, same_language

router = APIRouter(prefix=BASE)


@router.post("/{gathering_id}/ronde/stemmen")
async def choose(gathering_id: UUID, _session: Coordinator, form: PostedVoting, unit: Unit) -> Response:
    """People vote from now on, or the votes are counted."""
    await find_gathering(gathering_id, unit, at_the_desk=True)
    if form.data is not None:
        await (open_voting if form.data.choice is VotingChoice.OPEN else close_voting)(gathering_id, unit)
    return back_to(gathering_id)


@router.get("/plek/{token}/stemmen", dependencies=[Depends(read_in_languages)])
async def ballot(request: Request, token: str, dependencies: TheDependencies, unit: Unit) -> Response:
    """What there is to choose from, and what was chosen."""
    return await _page(request, token, await seat_of_link(token, unit), dependencies, unit)


@router.post("/plek/{token}/stemmen", dependencies=[Depends(read_in_languages)])
async def cast(request: Request, token: str, dependencies: TheDependencies, form: PostedBallot, unit: Unit) -> Response:
    """In place of what was chosen before."""
    seat = await seat_of_link(token, unit)
    if form.data is None:
        return await _page(request, token, seat, dependencies, unit, form)
    await vote(seat.id, form.data.subjects, unit)
    return RedirectResponse(same_language(f"{BASE}/plek/{token}/stemmen"), status_code=HTTPStatus.SEE_OTHER)


async def _page(
    request: Request,
    token: str,
    seat: Seat,
    dependencies: Dependencies,
    unit: Unit,
    typed: Form[BallotForm] | None = None,
) -> Response:
    gathering = await find_gathering(seat.gathering_id, unit)
    voting, subjects, chosen = await show_ballot(seat, unit)
    return dependencies.templates.page(
        request,
        "ballot.html",
        HTTPStatus.OK if typed is None else HTTPStatus.BAD_REQUEST,
        form=typed or empty_form(BallotForm, subjects=[str(one) for one in chosen]),
        view=view_of(gathering, {}, unit.city),
        subjects=[(str(one.id), one.title) for one in subjects],
        can_vote=voting.is_open and may_vote(seat, gathering, unit),
        has_voted=bool(chosen),
        most=VOTES_EACH,
        back=f"{BASE}/plek/{token}",
        reach=BALLOT,
    )
