"""The page behind a mailed link: how your sign-up stands, and what you do with it. Opening it changes nothing."""

from http import HTTPStatus
from typing import Final

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from services.community.domain.gathering import Gathering
from services.community.domain.seat import CONFIRM_WITHIN, Seat, SeatState
from services.community.domain.sign_up import SeenBy
from services.community.handlers.gatherings import find_gathering, place_of
from services.community.handlers.participants import show_who_comes
from services.community.handlers.seats import (
    accept_offer,
    cancel_seat,
    change_sign_up,
    confirm_seat,
    seat_of_link,
    told_with,
)
from services.community.handlers.speakers import agree_to_speak, decline_to_speak
from services.community.handlers.voting import may_vote
from services.community.web.dependencies import Dependencies, TheDependencies, Unit
from services.community.web.pages.table_wish import acquaintance_of
from services.community.web.reaches import (
    ACCEPT_SEAT,
    AGREE_TO_SPEAK,
    BASE,
    CANCEL_SEAT,
    CHANGE_SEAT,
    CONFIRM_SEAT,
    DECLINE_AND_COME,
    DECLINE_TO_SPEAK,
)
from services.community.web.sign_up_forms import (
    AboutMeForm,
    ChoiceForm,
    PostedAboutMe,
    PostedChoice,
    SeatChoice,
    as_told,
    sign_up_choices,
)
from services.community.web.views import GatheringView, view_of
from shared.kernel.city import City
from shared.web.forms import Form, empty_form
from shared.web.languages import CityToRead, read_in_languages, same_language

router = APIRouter(prefix=f"{BASE}/plek", dependencies=[Depends(read_in_languages)])
STEPS: Final = {
    SeatChoice.CONFIRM: confirm_seat,
    SeatChoice.ACCEPT: accept_offer,
    SeatChoice.CANCEL: cancel_seat,
    SeatChoice.DECLINE: decline_to_speak,
}


REACHES: Final = {
    "confirm": CONFIRM_SEAT,
    "accept": ACCEPT_SEAT,
    "cancel": CANCEL_SEAT,
    "agree": AGREE_TO_SPEAK,
    "decline": DECLINE_TO_SPEAK,
    "decline-and-come": DECLINE_AND_COME,
}


@router.get("/{token}")
async def look(request: Request, token: str, dependencies: TheDependencies, unit: Unit, city: CityToRead) -> Response:
    """As it stands."""
    return await _page(request, await seat_of_link(token, unit), dependencies, unit, city)


@router.post("/{token}")
async def choose(
    request: Request, token: str, dependencies: TheDependencies, form: PostedChoice, unit: Unit, city: CityToRead
) -> Response:
    """One of its buttons."""
    seat = await seat_of_link(token, unit)
    if form.data is None:
        return await _page(request, seat, dependencies, unit, city, HTTPStatus.BAD_REQUEST)
    if form.data.choice is SeatChoice.AGREE:
        await agree_to_speak(seat.id, unit, is_named=form.data.named)
    else:
        await STEPS[form.data.choice](seat.id, unit)
    return RedirectResponse(same_language(f"{BASE}/plek/{token}"), status_code=HTTPStatus.SEE_OTHER)


@router.get("/{token}/wijzigen")
async def look_at_what_was_told(request: Request, token: str, dependencies: TheDependencies, unit: Unit) -> Response:
    """The form as it was filled in."""
    seat = await seat_of_link(token, unit)
    return await _form_page(request, token, seat, dependencies, as_told(await told_with(seat, unit)), unit)


@router.post("/{token}/wijzigen")
async def change(
    request: Request, token: str, dependencies: TheDependencies, form: PostedAboutMe, unit: Unit
) -> Response:
    """From now on this is what was told."""
    seat = await seat_of_link(token, unit)
    if form.data is None:
        return await _form_page(request, token, seat, dependencies, form, unit, HTTPStatus.BAD_REQUEST)
    await change_sign_up(form.data.change(seat.id), unit)
    return RedirectResponse(same_language(f"{BASE}/plek/{token}"), status_code=HTTPStatus.SEE_OTHER)


async def _form_page(
    request: Request,
    token: str,
    seat: Seat,
    dependencies: Dependencies,
    form: Form[AboutMeForm],
    unit: Unit,
    status: int = HTTPStatus.OK,
) -> Response:
    gathering = await find_gathering(seat.gathering_id, unit)
    return dependencies.templates.page(
        request,
        "seat_change.html",
        status,
        form=form,
        view=view_of(gathering, {}, unit.city),
        back=f"{BASE}/plek/{token}",
        reach=CHANGE_SEAT,
        **sign_up_choices(speaks=seat.speaks),
    )


async def _is_voting(seat: Seat, gathering: Gathering, unit: Unit) -> bool:
    voting = await unit.votes.read(gathering.id)
    return voting is not None and voting.is_open and may_vote(seat, gathering, unit)


async def _page(
    request: Request, seat: Seat, dependencies: Dependencies, unit: Unit, city: City, status: int = HTTPStatus.OK
) -> Response:
    gathering = await find_gathering(seat.gathering_id, unit)
    place = await place_of(gathering.details, unit)
    has_place = seat.state is SeatState.CONFIRMED
    view = view_of(gathering, {place.id: place} if place else {}, unit.city)
    return dependencies.templates.page(
        request,
        "seat.html",
        status,
        view=view,
        is_inside=await _is_inside(seat, view, unit) if has_place else None,
        state=seat.state.value,
        change=f"{request.url.path}/wijzigen",
        calendar=f"{request.url.path}/agenda",
        ballot=f"{request.url.path}/stemmen" if await _is_voting(seat, gathering, unit) else "",
        is_late=unit.now > seat.requested_at + CONFIRM_WITHIN,
        until=seat.offered_until,
        others=await show_who_comes(gathering.id, SeenBy.PARTICIPANTS, unit) if has_place else (),
        speaks=seat.speaks,
        is_asked=seat.is_asked,
        named=empty_form(ChoiceForm),
        topic=await _asked_about(seat, unit),
        reaches=REACHES,
        **await acquaintance_of(seat, request.url.path, unit, city),
    )


async def _asked_about(seat: Seat, unit: Unit) -> str:
    """What somebody is asked to speak about."""
    told = await unit.sign_ups.open(seat.id) if seat.state is SeatState.INVITED else None
    return told.topic if told else seat.asked_about


async def _is_inside(seat: Seat, view: GatheringView, unit: Unit) -> bool | None:
    """Where somebody sits at a mirror talk; None at other gatherings, and for whoever speaks."""
    if not view.has_circles or seat.speaks:
        return None
    told = await unit.sign_ups.open(seat.id)
    return told.is_of_experience if told else None
