"""Whoever has a seat tells whom they would like to meet, behind the mailed link."""

from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from services.community.domain.seat import Seat
from services.community.domain.table_wish import MOST_TO_MEET, TableWish
from services.community.handlers.appointments import may_meet_again
from services.community.handlers.gatherings import find_gathering
from services.community.handlers.seats import seat_of_link
from services.community.handlers.table_plans import show_own_table
from services.community.handlers.table_wishes import (
    show_mutual,
    show_table_wish,
    takes_table_wishes,
    tell_table_wish,
)
from services.community.web.acquaintance_forms import PostedWish, TableWishForm
from services.community.web.dependencies import Dependencies, TheDependencies, Unit
from services.community.web.reaches import BASE
from services.community.web.reaches_of_acquaintance import TABLE_WISH
from services.community.web.views import view_of
from services.community.web.words_of_acquaintance import why_in_words
from shared.kernel.city import City
from shared.web.forms import Form, empty_form
from shared.web.languages import CityToRead, read_in_languages, same_language

router = APIRouter(prefix=BASE + "/plek/{token}/kennismaken", dependencies=[Depends(read_in_languages)])


@router.get("")
async def look(request: Request, token: str, dependencies: TheDependencies, unit: Unit, city: CityToRead) -> Response:
    """What was told."""
    return await _page(request, token, await seat_of_link(token, unit), dependencies, unit, city)


@router.post("")
async def tell(
    request: Request, token: str, dependencies: TheDependencies, form: PostedWish, unit: Unit, city: CityToRead
) -> Response:
    """In place of what was told before."""
    seat = await seat_of_link(token, unit)
    if form.data is None:
        return await _page(request, token, seat, dependencies, unit, city, form)
    await tell_table_wish(seat.id, form.data.wish, unit)
    return RedirectResponse(same_language(f"{BASE}/plek/{token}"), status_code=HTTPStatus.SEE_OTHER)


async def acquaintance_of(seat: Seat, path: str, unit: Unit, city: City) -> dict[str, Any]:
    """What the page of a seat tells of its table, and where its holder goes on."""
    own = await show_own_table(seat, unit)
    gathering = await find_gathering(seat.gathering_id, unit)
    takes_wishes = takes_table_wishes(seat, gathering, unit)
    return {
        "table": (own.number, why_in_words(own, city)) if own else None,
        "mutual": await show_mutual(seat, unit),
        "wish_path": f"{path}/kennismaken" if takes_wishes else "",
        "appointments_path": f"{path}/afspraken" if await may_meet_again(seat, unit) else "",
    }


async def _page(
    request: Request,
    token: str,
    seat: Seat,
    dependencies: Dependencies,
    unit: Unit,
    city: City,
    typed: Form[TableWishForm] | None = None,
) -> Response:
    gathering = await find_gathering(seat.gathering_id, unit)
    wish, organisation = await show_table_wish(seat, unit)
    names = await unit.organisations.list_active()
    options = [(str(one), name) for one, name in names.items()]
    return dependencies.templates.page(
        request,
        "table_wish.html",
        HTTPStatus.BAD_REQUEST if typed else HTTPStatus.OK,
        form=typed or _as_told(wish.at_home(organisation, names)),
        view=view_of(gathering, {}, unit.city),
        is_open=takes_table_wishes(seat, gathering, unit),
        organisations=options,
        at_home=names.get(wish.organisation_id) if wish.organisation_id else None,
        districts=city.districts.options,
        expertises=city.categories.options,
        most=MOST_TO_MEET,
        back=f"{BASE}/plek/{token}",
        reach=TABLE_WISH,
    )


def _as_told(wish: TableWish) -> Form[TableWishForm]:
    return empty_form(
        TableWishForm,
        organisation=wish.organisation_id or "",
        district=wish.district,
        expertise=wish.expertise,
        toMeet=[str(one) for one in wish.to_meet],
    )
