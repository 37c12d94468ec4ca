"""The page behind a follow-up mail: three choices, nothing typed, nothing personal.

GET and HEAD change nothing and use nothing up. Nothing is chosen beforehand, so a mail scanner that presses the button
is refused.
"""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from services.monitoring.commands import AnswerFollowUp
from services.monitoring.domain.errors import FollowUpNotFound
from services.monitoring.domain.follow_up import FollowUp, FollowUpState
from services.monitoring.domain.follow_up_questions import answerable, change_until
from services.monitoring.domain.watch import Watch
from services.monitoring.handlers.follow_ups import FOLLOW_UP_LINK, answer_follow_up
from services.monitoring.ports import MonitoringUnit, Person
from services.monitoring.web.dependencies import Dependencies, TheDependencies, Unit
from services.monitoring.web.forms import FollowUpForm, PostedAnswer
from shared.access.links import LinkExpired, LinkGrant, short_code_in
from shared.kernel.errors import Refusal
from shared.web.dependencies import ClientAddress, TheWeb
from shared.web.forms import Form, empty_form

# A token of the mail cannot be guessed; a short code could be, by somebody who may try for years.
CODES_PER_ADDRESS = "60/10 minutes"


async def _count_codes(token: str, web: TheWeb, address: ClientAddress) -> None:
    if short_code_in(token):
        await web.limiter.hit("follow-up-code", address, CODES_PER_ADDRESS)


# Counted before anything else is done: a guess costs no transaction.
router = APIRouter(prefix="/vervolg", dependencies=[Depends(_count_codes)])


@router.get("/{token}")
async def show(request: Request, token: str, dependencies: TheDependencies, unit: Unit) -> Response:
    """The question, or what became of it."""
    try:
        asked = await _open(token, unit)
    except (LinkExpired, FollowUpNotFound) as refusal:
        return _gone(request, dependencies, refusal)
    return _page(request, dependencies, asked, empty_form(FollowUpForm))


@router.post("/{token}")
async def answer(
    request: Request, token: str, dependencies: TheDependencies, form: PostedAnswer, unit: Unit
) -> Response:
    """One choice; what was answered half an hour before, or longer, stays."""
    try:
        asked = await _open(token, unit)
    except (LinkExpired, FollowUpNotFound) as refusal:
        return _gone(request, dependencies, refusal)
    if form.data is None:
        return _page(request, dependencies, asked, form, HTTPStatus.BAD_REQUEST)
    command = AnswerFollowUp(asked.grant.subject_id, form.data.answer, asked.grant.holder_id)
    try:
        async with unit.savepoint():
            await answer_follow_up(command, unit)
    except Refusal as refusal:
        # It was answered, or closed, before: the page says so itself, with the answer that counts.
        return _page(request, dependencies, await _open(token, unit), empty_form(FollowUpForm), refusal.status)
    return RedirectResponse(f"/vervolg/{token}", status_code=HTTPStatus.SEE_OTHER)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a link opens, and how it stands now."""

    grant: LinkGrant
    watch: Watch
    follow_up: FollowUp
    now: datetime


async def _open(token: str, unit: MonitoringUnit) -> Asked:
    """What the link opens; nothing any more when its holder left or moved. Raises LinkExpired or FollowUpNotFound."""
    grant = await unit.links.resolve(token, FOLLOW_UP_LINK)
    case_id = await unit.watches.case_of_follow_up(grant.subject_id) if grant else None
    watch = await unit.watches.read(case_id) if case_id else None
    holder = await unit.directory.read_person(grant.holder_id) if grant else None
    if grant is None or watch is None or grant.subject_id not in watch.follow_ups or _is_gone(holder, grant):
        raise FollowUpNotFound
    return Asked(grant, watch, watch.follow_ups[grant.subject_id], unit.now)


def _is_gone(holder: Person | None, grant: LinkGrant) -> bool:
    """Whether this person left, or works elsewhere since the mail; whoever is not known here is believed."""
    if holder is None:
        return False
    return not holder.active or grant.organisation_id not in {None, holder.organisation_id}


def _page(
    request: Request,
    dependencies: Dependencies,
    asked: Asked,
    form: Form[FollowUpForm],
    status: int = HTTPStatus.OK,
) -> Response:
    watch, follow_up = asked.watch, asked.follow_up
    pending = [one.due_at for one in watch.follow_ups.values() if one.state is FollowUpState.SCHEDULED]
    return dependencies.templates.page(
        request,
        "follow_up.html",
        status,
        case_code=watch.case_code,
        inventory=f"/aanvragen/{watch.case_id}/inventarisatie",
        answer=follow_up.answer,
        change_until=change_until(watch, follow_up, asked.now),
        can_answer=_can_answer(watch, follow_up),
        next_time=min(pending, default=None),
        form=form,
        words=dependencies.words,
    )


def _can_answer(watch: Watch, follow_up: FollowUp) -> bool:
    try:
        answerable(watch, follow_up.follow_up_id)
    except Refusal:
        return False
    return True


def _gone(request: Request, dependencies: Dependencies, refusal: Refusal) -> Response:
    expired = isinstance(refusal, LinkExpired)
    return dependencies.templates.page(request, "follow_up_gone.html", refusal.status, expired=expired)
