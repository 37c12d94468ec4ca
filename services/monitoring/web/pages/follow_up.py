"""The page behind a follow-up mail: a few choices, and nothing personal.

GET and HEAD change nothing and use nothing up. Nothing is chosen beforehand, so a mail scanner that presses the button
is refused.
"""

from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from services.monitoring.domain.errors import FollowUpNotFound
from services.monitoring.domain.watch import Phase
from services.monitoring.handlers.follow_ups import FOLLOW_UP_LINK
from services.monitoring.ports import MonitoringUnit
from services.monitoring.web.dependencies import Dependencies, TheDependencies, Unit
from services.monitoring.web.follow_up_view import Asked, Opening, show, take_answer, take_words
from services.monitoring.web.forms import FollowUpForm, PostedAnswer, PostedWords
from shared.access.links import LinkExpired, short_code_in
from shared.access.members import Member
from shared.events.base import Role
from shared.kernel.errors import Refusal, RequestPaused
from shared.web.dependencies import ClientAddress, TheWeb
from shared.web.forms import empty_form

# A token of the mail cannot be guessed; a short code could be, by somebody who may try for years.
CODES_PER_ADDRESS = "60/10 minutes"
# The front page, which says so at the field.
UNKNOWN_CODE = "/?code=onbekend"


class NobodysLink(FollowUpNotFound):
    """It was never given out."""


async def _count_codes(token: str, web: TheWeb, address: ClientAddress) -> None:
    if short_code_in(token):
        await web.limiter.hit("follow-up-code", address, CODES_PER_ADDRESS)


# Counted before anything else is done: a guess costs no transaction.
router = APIRouter(prefix="/vervolg", dependencies=[Depends(_count_codes)])


@router.get("/{token}")
async def page(request: Request, token: str, dependencies: TheDependencies, unit: Unit) -> Response:
    """The question, or what became of it; of a short code that nobody knows the page where it was typed."""
    try:
        asked = await _open(token, unit)
    except (LinkExpired, FollowUpNotFound) as refusal:
        unit.audit.refuse()
        if isinstance(refusal, NobodysLink) and short_code_in(token):
            return RedirectResponse(UNKNOWN_CODE, status_code=HTTPStatus.SEE_OTHER)
        return _gone(request, dependencies, refusal)
    return show(request, dependencies, asked, empty_form(FollowUpForm))


@router.post("/{token}")
async def answer(request: Request, token: str, dependencies: TheDependencies, form: PostedAnswer) -> Response:
    """One choice, and words for the vault."""
    try:
        return await take_answer(request, dependencies, _opening(token), form)
    except (LinkExpired, FollowUpNotFound) as refusal:
        await request.app.state.web.auditing.refused(request, refusal.status)
        return _gone(request, dependencies, refusal)


@router.post("/{token}/woorden")
async def words(request: Request, token: str, dependencies: TheDependencies, form: PostedWords) -> Response:
    """The words once more: the vault was away."""
    try:
        return await take_words(request, dependencies, _opening(token), form)
    except (LinkExpired, FollowUpNotFound) as refusal:
        await request.app.state.web.auditing.refused(request, refusal.status)
        return _gone(request, dependencies, refusal)


def _opening(token: str) -> Opening:
    return lambda unit: _open(token, unit)


async def _open(token: str, unit: MonitoringUnit) -> Asked:
    """What the link opens; nothing any more when its holder left, moved, or has the family no more.

    Raises LinkExpired or FollowUpNotFound.
    """
    grant = await unit.links.resolve(token, FOLLOW_UP_LINK)
    if grant is None:
        raise NobodysLink
    case_id = await unit.watches.case_of_follow_up(grant.subject_id)
    watch = await unit.watches.read(case_id) if case_id else None
    holder = await unit.members.read(grant.holder_id)
    school = grant.organisation_id or (watch.organisation_id if watch else None)
    if watch is None or grant.subject_id not in watch.follow_ups or _is_gone(holder, school):
        raise FollowUpNotFound
    if grant.holder_id in watch.former_ambassadors - {watch.second_reader_id}:
        raise FollowUpNotFound
    if watch.phase is Phase.ON_HOLD:
        raise RequestPaused
    return Asked(watch, watch.follow_ups[grant.subject_id], grant.holder_id, f"/vervolg/{token}", unit.now)


def _is_gone(holder: Member | None, organisation_id: UUID | None) -> bool:
    """Whether this person left, or is no ambassador there since the mail; whoever is not known here is believed."""
    if holder is None:
        return False
    return not holder.active or (organisation_id is not None and not holder.may(Role.AMBASSADOR, organisation_id))


def _gone(request: Request, dependencies: Dependencies, refusal: Refusal) -> Response:
    expired = isinstance(refusal, LinkExpired)
    return dependencies.templates.page(request, "follow_up_gone.html", refusal.status, expired=expired)
