"""`/gezichten/bedankt`: for what somebody is thanked, and a form to thank another; the desk sees who waits for it."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.community.domain.errors import NobodyToThank
from services.community.domain.thanks import Thanks
from services.community.handlers.thanks import list_unthanked, thank
from services.community.web.care_forms import PostedThank, ThankForm
from services.community.web.dependencies import Dependencies, MayFollow, TheDependencies, may_organise
from services.community.web.reaches_of_care import CARE, THANK
from services.community.web.words_of_care import FORMS, KINDS
from shared.access.sessions import Session
from shared.kernel.errors import Invalid
from shared.web.auditing import unit_of
from shared.web.forms import Form, typed_or_empty

PAGE: Final = f"{CARE}/bedankt"
SOMEBODY: Final = "iemand uit het netwerk"
router = APIRouter(prefix=PAGE)


@router.get("")
async def mine(request: Request, dependencies: TheDependencies, session: MayFollow) -> Response:
    """What this person is thanked for."""
    return await _page(request, dependencies, session)


@router.post("")
async def send(request: Request, dependencies: TheDependencies, session: MayFollow, form: PostedThank) -> Response:
    """They hear it by mail."""
    if form.data is not None:
        found = await dependencies.people.find_by_address(form.data.address)
        try:
            if found is None:
                raise NobodyToThank
            async with unit_of(request, dependencies.units) as unit:
                await thank(found.person_id, session.person_id, form.data.kind, form.data.form, unit)
        except Invalid as refusal:
            form.refuse_as(refusal)
        else:
            return RedirectResponse(f"{PAGE}?gelukt=bedankt", status_code=HTTPStatus.SEE_OTHER)
    return await _page(request, dependencies, session, form)


async def _page(
    request: Request, dependencies: Dependencies, session: Session, typed: Form[ThankForm] | None = None
) -> Response:
    async with unit_of(request, dependencies.units) as unit:
        thanks = await unit.care.thanks.list_of(session.person_id)
        waiting = await list_unthanked(unit) if may_organise(session) else []
        times = unit.city.load.thanks_after
    known = await dependencies.people.read_people([*waiting, *(one.from_id for one in thanks if one.from_id)])
    names = {one.person_id: one.name for one in known.values()}
    return dependencies.templates.page(
        request,
        "thanks.html",
        HTTPStatus.OK if typed is None else HTTPStatus.BAD_REQUEST,
        form=typed_or_empty(typed, ThankForm),
        thanks=[_line(one, names) for one in thanks],
        waiting=sorted(names.get(one, SOMEBODY) for one in waiting),
        times=times,
        at_the_desk=may_organise(session),
        kinds=KINDS,
        forms=FORMS,
        said="gelukt" in request.query_params,
        reach=THANK,
    )


def _line(thanks: Thanks, names: Mapping[UUID, str]) -> tuple[str, str, str, Thanks]:
    """By whom, for what, and how."""
    by = names.get(thanks.from_id, SOMEBODY) if thanks.from_id else SOMEBODY
    return by, KINDS[thanks.helped_with], FORMS[thanks.form], thanks
