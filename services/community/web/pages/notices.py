"""`/gezichten/vraag-en-aanbod`: what organisations ask and offer each other, without any case."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.community.domain.example_errors import TellsWhoItIs
from services.community.domain.notice import Notice, Reply, ReplyState
from services.community.handlers.notices import (
    answer_reply,
    find_own_notice,
    finish_notice,
    place_notice,
    renew_notice,
    reply_to_notice,
    withdraw_notice,
)
from services.community.web.dependencies import (
    Dependencies,
    MayHost,
    TheDependencies,
    Unit,
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


@router.post("/reacties/{reply_id}")
async def answer(
    request: Request, reply_id: UUID, dependencies: TheDependencies, session: MayHost, form: PostedReply
) -> Response:
    """Yes or no; whoever is first answers for the organisation."""
    if form.data is None:
        return await _page(request, dependencies, session, Looked(), wrong=form)
    agrees = form.data.choice is ReplyChoice.YES
    async with unit_of(request, dependencies.units) as unit:
        await answer_reply(reply_id, session.person_id, session.organisation_id, unit, agrees=agrees)
    return _back()


@router.post("/{notice_id}")
async def reply(notice_id: UUID, session: MayHost, unit: Unit) -> Response:
    """Whoever placed it gets a mail."""
    await reply_to_notice(notice_id, session.person_id, session.organisation_id, unit)
    return _back()


@router.post("/{notice_id}/klaar")
async def end(
    request: Request, notice_id: UUID, dependencies: TheDependencies, session: MayHost, form: PostedEnded
) -> Response:
    """It is done, and whether it helped; or nobody sees it any more."""
    if form.data is None:
        return await _page(request, dependencies, session, Looked(), wrong=form)
    async with unit_of(request, dependencies.units) as unit:
        if form.data.choice is Ended.WITHDRAW:
            await withdraw_notice(notice_id, None if may_organise(session) else session.organisation_id, unit)
        else:
            helped = form.data.choice is Ended.HELPED
            await finish_notice(notice_id, session.organisation_id, unit, helped=helped)
    return _back()


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
    wrong: Form | None = None,  # type: ignore[type-arg]  # any of the forms of the page
) -> Response:
    own = session.organisation_id
    async with unit_of(request, dependencies.units) as unit:
        city = unit.city
        opened = await unit.notices.list_open(city.day_of(unit.now))
        ours = await unit.notices.list_of(own)
        to_us = await unit.notices.list_replies([one.id for one in ours])
        by_us = await unit.notices.list_replies_of(own)
        names = await unit.organisations.list_active()
    # Who they are is asked of another service, and never while a unit of work is open.
    shared = [one.replied_by for one in to_us if one.state is ReplyState.YES]
    shared += [one.answered_by for one, _ in by_us if one.answered_by]
    people = await dependencies.people.read_people(shared) if shared else {}
    replied = {one.notice_id for one, _ in by_us}
    is_wrong = typed or wrong
    return dependencies.templates.page(
        request,
        "notices.html",
        HTTPStatus.BAD_REQUEST if is_wrong else HTTPStatus.OK,
        wrong=is_wrong or empty_form(NoticeForm),
        form=typed_or_empty(typed, NoticeForm),
        until=empty_form(UntilForm),
        opened=[(one, names.get(one.organisation_id, NOBODY)) for one in opened if looked.fits(one)],
        ours=[(one, NOTICES[one.state], _replies_to(one, to_us, names, people)) for one in ours],
        by_us=[_seen(one, notice.organisation_id, one.answered_by, names, people, notice) for one, notice in by_us],
        replied=replied,
        own=own,
        may_organise=may_organise(session),
        looked=empty_form(Looked, **looked.model_dump()),
        city=city,
        path=PAGE,
        side_options=[(one.value, words) for one, words in SIDES.items()],
        good_options=[(one.value, words) for one, words in GOODS.items()],
        sides=SIDES,
        goods=GOODS,
        reaches={
            "place": PLACE_NOTICE,
            "reply": REPLY_NOTICE,
            "answer": ANSWER_REPLY,
            "end": CHANGE_NOTICE,
            "renew": RENEW_NOTICE,
        },
    )


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
