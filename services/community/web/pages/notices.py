"""`/gezichten/vraag-en-aanbod`: what organisations ask and offer each other, without any case."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.community.domain.example_errors import TellsWhoItIs
from services.community.domain.notice import Notice, Reply, ReplyState
from services.community.handlers.notices import (
    answer_reply,
    find_notice,
    find_own_notice,
    find_reply,
    finish_notice,
    place_notice,
    renew_notice,
    reply_to_notice,
    withdraw_notice,
)
from services.community.ports import CommunityUnit
from services.community.web.dependencies import (
    Dependencies,
    MayHost,
    TheDependencies,
    may_organise,
)
from services.community.web.notice_forms import (
    Ended,
    Looked,
    LookedFor,
    NoticeForm,
    PostedEnded,
    PostedNotice,
    PostedReply,
    PostedUntil,
    PostedWhich,
    ReplyChoice,
    UntilForm,
)
from services.community.web.reaches_of_swap import (
    ANSWER_REPLY,
    CHANGE_NOTICE,
    FACES,
    PLACE_NOTICE,
    RENEW_NOTICE,
    REPLY_NOTICE,
)
from services.community.web.words_of_swap import GOODS, NOTICES, REPLIES, SIDES
from shared.access.sessions import Session
from shared.events.http import KnownPerson
from shared.web.auditing import unit_of
from shared.web.forms import Form, empty_form, typed_or_empty

PAGE: Final = f"{FACES}/vraag-en-aanbod"
NOBODY: Final = "Een organisatie"
CHOICES: Final[dict[str, Any]] = {
    "path": PAGE,
    "until": empty_form(UntilForm),
    "sides": SIDES,
    "goods": GOODS,
    "side_options": [(one.value, words) for one, words in SIDES.items()],
    "good_options": [(one.value, words) for one, words in GOODS.items()],
    "reaches": {
        "place": PLACE_NOTICE,
        "reply": REPLY_NOTICE,
        "answer": ANSWER_REPLY,
        "end": CHANGE_NOTICE,
        "renew": RENEW_NOTICE,
    },
}
router = APIRouter(prefix=PAGE)


@dataclass(frozen=True, slots=True)
class SeenReply:
    """A reply as its page shows it; `person`: whom to call, after a yes."""

    reply: Reply
    organisation: str
    state: tuple[str, str]
    person: KnownPerson | None
    notice: Notice | None = None


@router.get("")
async def mine(request: Request, dependencies: TheDependencies, session: MayHost, looked: LookedFor) -> Response:
    """What is open, what this organisation placed, and what it replied to."""
    return await _page(request, dependencies, session, looked)


@router.post("")
async def place(request: Request, dependencies: TheDependencies, session: MayHost, form: PostedNotice) -> Response:
    """Everybody in the network sees it."""
    if form.data is None:
        return await _page(request, dependencies, session, Looked(), form)
    try:
        async with unit_of(request, dependencies.units) as unit:
            await place_notice(form.data.wanted, session.person_id, session.organisation_id, unit)
    except TellsWhoItIs as tells:
        form.refuse_as(tells)
        return await _page(request, dependencies, session, Looked(), form)
    return _back()


@router.post("/reacties")
async def reply(request: Request, dependencies: TheDependencies, session: MayHost, form: PostedWhich) -> Response:
    """Whoever placed it gets a mail."""
    if form.data is None:
        return await _page(request, dependencies, session, Looked(), wrong=form)
    async with unit_of(request, dependencies.units) as unit:
        await reply_to_notice(form.data.notice, session.person_id, session.organisation_id, unit)
    return _back()


@router.post("/reacties/{reply_id}")
async def answer(
    request: Request, reply_id: UUID, dependencies: TheDependencies, session: MayHost, form: PostedReply
) -> Response:
    """Yes or no; whoever is first answers for the organisation."""
    async with unit_of(request, dependencies.units) as unit:
        await find_reply(reply_id, session.organisation_id, unit)
        if form.data is not None:
            agrees = form.data.choice is ReplyChoice.YES
            await answer_reply(reply_id, session.person_id, session.organisation_id, unit, agrees=agrees)
    if form.data is None:
        return await _page(request, dependencies, session, Looked(), wrong=form)
    return _back()


@router.post("/{notice_id}/klaar")
async def end(
    request: Request, notice_id: UUID, dependencies: TheDependencies, session: MayHost, form: PostedEnded
) -> Response:
    """It is done, and whether it helped; or nobody sees it any more."""
    async with unit_of(request, dependencies.units) as unit:
        if not may_organise(session):
            await find_own_notice(notice_id, session.organisation_id, unit)
        else:
            await find_notice(notice_id, unit)
        if form.data is not None:
            await _end(form.data.choice, notice_id, session, unit)
    if form.data is None:
        return await _page(request, dependencies, session, Looked(), wrong=form)
    return _back()


async def _end(choice: Ended, notice_id: UUID, session: Session, unit: CommunityUnit) -> None:
    if choice is Ended.WITHDRAW:
        await withdraw_notice(notice_id, None if may_organise(session) else session.organisation_id, unit)
    else:
        await finish_notice(notice_id, session.organisation_id, unit, helped=choice is Ended.HELPED)


@router.post("/{notice_id}/verlengen")
async def renew(
    request: Request, notice_id: UUID, dependencies: TheDependencies, session: MayHost, form: PostedUntil
) -> Response:
    """Up to another day."""
    async with unit_of(request, dependencies.units) as unit:
        await find_own_notice(notice_id, session.organisation_id, unit)
        if form.data is not None:
            await renew_notice(notice_id, session.organisation_id, form.data.until, unit)
    if form.data is None:
        return await _page(request, dependencies, session, Looked(), wrong=form)
    return _back()


def _back() -> Response:
    return RedirectResponse(PAGE, status_code=HTTPStatus.SEE_OTHER)


async def _page(
    request: Request,
    dependencies: Dependencies,
    session: Session,
    looked: Looked,
    typed: Form[NoticeForm] | None = None,
    wrong: Form[Any] | None = None,
) -> Response:
    own = session.organisation_id
    async with unit_of(request, dependencies.units) as unit:
        city, opened = unit.city, await unit.notices.list_open(unit.city.day_of(unit.now))
        ours, by_us = await unit.notices.list_of(own), await unit.notices.list_replies_of(own)
        to_us = await unit.notices.list_replies([one.id for one in ours])
        names = await unit.organisations.list_active()
    people = await _people(to_us, [one for one, _ in by_us], dependencies)
    return dependencies.templates.page(
        request,
        "notices.html",
        HTTPStatus.BAD_REQUEST if typed or wrong else HTTPStatus.OK,
        wrong=typed or wrong or empty_form(NoticeForm),
        form=typed_or_empty(typed, NoticeForm),
        looked=empty_form(Looked, **looked.model_dump()),
        opened=[(one, names.get(one.organisation_id, NOBODY)) for one in opened if looked.fits(one)],
        ours=[(one, NOTICES[one.state], _replies_to(one, to_us, names, people)) for one in ours],
        by_us=[_seen(one, notice.organisation_id, one.answered_by, names, people, notice) for one, notice in by_us],
        replied={one.notice_id for one, _ in by_us},
        **CHOICES | {"own": own, "may_organise": may_organise(session), "city": city},
    )


async def _people(to_us: list[Reply], by_us: list[Reply], dependencies: Dependencies) -> Mapping[UUID, KnownPerson]:
    """Asked of another service, and never while a unit of work is open."""
    shared = [one.replied_by for one in to_us if one.state is ReplyState.YES]
    shared += [one.answered_by for one in by_us if one.answered_by]
    return await dependencies.people.read_people(shared) if shared else {}


def _replies_to(
    notice: Notice, replies: list[Reply], names: Mapping[UUID, str], people: Mapping[UUID, KnownPerson]
) -> list[SeenReply]:
    theirs = (one for one in replies if one.notice_id == notice.id)
    return [_seen(one, one.organisation_id, one.replied_by, names, people) for one in theirs]


def _seen(
    reply: Reply,
    organisation_id: UUID,
    person_id: UUID | None,
    names: Mapping[UUID, str],
    people: Mapping[UUID, KnownPerson],
    notice: Notice | None = None,
) -> SeenReply:
    is_shared = reply.state is ReplyState.YES and person_id is not None
    person = people.get(person_id) if is_shared and person_id else None
    return SeenReply(reply, names.get(organisation_id, NOBODY), REPLIES[reply.state], person, notice)
