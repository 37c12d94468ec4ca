"""Referrals as signed-in people see them: the ambassador's school, the partner, or all of them for the desk."""

from functools import partial
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from services.matching.commands import CompleteHandover, ConfirmOutcome
from services.matching.domain.referral import HELPING, Referral, ReferralState
from services.matching.handlers.progress import complete_handover, confirm_outcome
from services.matching.handlers.referral_views import (
    RankingView,
    list_referrals,
    may_report,
    show_ranking,
    show_referral_to,
    show_referral_to_reporter,
)
from services.matching.ports import MatchingUnit
from services.matching.web import words
from services.matching.web.dependencies import Dependencies, TheDependencies, Unit
from services.matching.web.forms import HandoverForm, OutcomeForm, with_example_of
from shared.access.sessions import Session, signed_in
from shared.events.base import Role
from shared.kernel.errors import Invalid, Refusal
from shared.web.forms import Form, empty_form, read_form

# Partner and ambassador have something to do with each other from the yes on, and not after it came to nothing.
IN_TOUCH = HELPING | {ReferralState.CONFIRMED}
SEES_REFERRALS = (Role.AMBASSADOR, Role.PARTNER, Role.COORDINATOR)
PATH = "/netwerk"
Reader = Annotated[Session, Depends(signed_in(*SEES_REFERRALS))]
Reporter = Annotated[Session, Depends(signed_in(Role.AMBASSADOR, Role.COORDINATOR))]
router = APIRouter(prefix=PATH)


async def _handover(request: Request) -> Form[HandoverForm]:
    return await read_form(request, HandoverForm)


async def _outcome(request: Request) -> Form[OutcomeForm]:
    return await read_form(request, OutcomeForm)


@router.get("")
async def referrals(
    request: Request, dependencies: TheDependencies, session: Reader, unit: Unit, dossier: UUID | None = None
) -> Response:
    """The newest referrals that this person may see, or those of one case."""
    return dependencies.templates.page(
        request,
        "referrals.html",
        lines=await list_referrals(session, unit, dossier),
        of_case=dossier is not None,
        words=words,
        shows_question=partial(_shows_question, session),
    )


@router.get("/doorverwijzingen/{referral_id}")
async def referral(
    request: Request, referral_id: UUID, dependencies: TheDependencies, session: Reader, unit: Unit
) -> Response:
    """Who helps, how far it is, and what can be confirmed."""
    return await _page(request, dependencies, session, unit, referral_id)


@router.post("/doorverwijzingen/{referral_id}/overdracht")
async def handed_over(
    request: Request,
    referral_id: UUID,
    dependencies: TheDependencies,
    session: Reporter,
    form: Annotated[Form[HandoverForm], Depends(_handover)],
    unit: Unit,
) -> Response:
    """The ambassador confirms that the family was handed over."""
    if form.data is not None:
        command = CompleteHandover(referral_id, form.data.on, session.person_id, form.data.kind)
        try:
            async with unit.savepoint():
                await show_referral_to_reporter(session, referral_id, unit)
                await complete_handover(command, unit)
        except Invalid as invalid:
            form.refuse_as(invalid)
        except Refusal as refusal:
            return await _page(request, dependencies, session, unit, referral_id, refusal=refusal)
    if form.errors:
        return await _page(request, dependencies, session, unit, referral_id, {"handover": form})
    return _back_to(referral_id)


@router.post("/doorverwijzingen/{referral_id}/uitkomst")
async def outcome(
    request: Request,
    referral_id: UUID,
    dependencies: TheDependencies,
    session: Reporter,
    form: Annotated[Form[OutcomeForm], Depends(_outcome)],
    unit: Unit,
) -> Response:
    """What the family says of the help."""
    if form.data is None:
        return await _page(request, dependencies, session, unit, referral_id, {"outcome": form})
    try:
        async with unit.savepoint():
            await show_referral_to_reporter(session, referral_id, unit)
            await confirm_outcome(ConfirmOutcome(referral_id, form.data.outcome, session.person_id), unit)
    except Refusal as refusal:
        return await _page(request, dependencies, session, unit, referral_id, refusal=refusal)
    return _back_to(referral_id)


def _shows_question(session: Session, referral: Referral) -> bool:
    """A partner reads what a child needs while it is asked or helps, and not any more when that is over."""
    return session.role is not Role.PARTNER or referral.is_active


def _shows_ambassador(session: Session, referral: Referral) -> bool:
    return session.role is Role.COORDINATOR or (session.role is Role.PARTNER and referral.state in IN_TOUCH)


def _back_to(referral_id: UUID) -> Response:
    return RedirectResponse(f"{PATH}/doorverwijzingen/{referral_id}", status_code=HTTPStatus.SEE_OTHER)


async def _page(
    request: Request,
    dependencies: Dependencies,
    session: Session,
    unit: MatchingUnit,
    referral_id: UUID,
    wrong: dict[str, Form[Any]] | None = None,
    refusal: Refusal | None = None,
) -> Response:
    """The referral as it is now: after a refusal what was done in the savepoint is undone."""
    view = await show_referral_to(session, referral_id, unit)
    at_the_desk = session.role is Role.COORDINATOR
    ranking = await show_ranking(view.referral.need_id, unit) if at_the_desk else RankingView()
    forms = wrong or {}
    return dependencies.templates.page(
        request,
        "referral.html",
        refusal.status if refusal else HTTPStatus.BAD_REQUEST if forms else HTTPStatus.OK,
        view=view,
        today=unit.city.day_of(view.now),
        ranking=ranking,
        path=f"{PATH}/doorverwijzingen/{referral_id}",
        forms={"handover": empty_form(HandoverForm), "outcome": empty_form(OutcomeForm)} | forms,
        wrong=with_example_of(unit.city.day_of(view.now), next(iter(forms.values()), None)),
        refusal=refusal,
        shows_ambassador=_shows_ambassador(session, view.referral),
        shows_question=_shows_question(session, view.referral),
        may_report=may_report(session, view),
        words=words,
    )
