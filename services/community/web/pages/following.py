"""`/bijeenkomsten/volgen`: hear by mail of gatherings with a theme; with or without an account."""

from http import HTTPStatus
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse

from services.community.domain.following import FOLLOW_LASTS, Follower
from services.community.domain.seat import CONFIRM_WITHIN
from services.community.handlers.feeds import digest_of_address
from services.community.handlers.following import (
    ask_to_follow,
    choose_themes,
    confirm_follow,
    follow_as_person,
    follower_of_link,
    stop_following,
)
from services.community.web.dependencies import Dependencies, MayFollow, TheDependencies, Unit, Visitor
from services.community.web.following_forms import (
    ChoiceForm,
    FollowChoice,
    FollowForm,
    PostedChoice,
    PostedThemes,
    ThemesForm,
    read_follow,
    theme_options,
)
from services.community.web.reaches import BASE
from services.community.web.reaches_of_following import CHOOSE, FOLLOW, FOLLOW_AS_PERSON, STOP
from shared.kernel.city import City
from shared.web.dependencies import ClientAddress, TheWeb
from shared.web.forms import Form, empty_form
from shared.web.languages import CityToRead, read_in_languages, same_language
from shared.web.rate_limit import TooManyRequests

PAGE: Final = f"{BASE}/volgen"
# Everybody behind the same proxy counts as one client.
REQUESTS_PER_CLIENT: Final = "60/hour"
# Each is a mail to somebody who may not have asked for it.
REQUESTS_PER_ADDRESS: Final = "5/day"
router = APIRouter(prefix=PAGE, dependencies=[Depends(read_in_languages)])
Theme = Annotated[str, Query(alias="thema", max_length=80)]


async def _typed(request: Request, web: TheWeb, client: ClientAddress) -> Form[FollowForm]:
    """Counted before anything is kept."""
    await web.limiter.hit("follow-client", client, REQUESTS_PER_CLIENT)
    return await read_follow(request)


PostedFollow = Annotated[Form[FollowForm], Depends(_typed)]


@router.get("")
async def ask(
    request: Request,
    dependencies: TheDependencies,
    visitor: Visitor,
    unit: Unit,
    city: CityToRead,
    theme: Theme = "",
) -> Response:
    """What can be followed, ticked where somebody came from; whoever signed in sees what they follow."""
    if visitor is None:
        return _page(request, dependencies, empty_form(FollowForm, themes=[theme]), city)
    follower = await unit.followers.find_of_person(visitor.person_id)
    ticked = (follower.themes if follower else frozenset()) | {theme}
    return _page(request, dependencies, empty_form(ThemesForm, themes=sorted(ticked)), city, is_person=True)


@router.post("")
async def follow(
    request: Request, dependencies: TheDependencies, web: TheWeb, form: PostedFollow, unit: Unit, city: CityToRead
) -> Response:
    """The same answer for everybody: it does not say whether the address follows something already."""
    if form.data is None:
        return _page(request, dependencies, form, city, HTTPStatus.BAD_REQUEST)
    try:
        await web.limiter.hit("follow", digest_of_address(form.data.email, unit).hex(), REQUESTS_PER_ADDRESS)
    except TooManyRequests:
        # The mails that it had are enough.
        pass
    else:
        await ask_to_follow(form.data.email, form.data.themes, unit)
    return _to(f"{PAGE}/verstuurd")


@router.post("/zelf")
async def follow_with_account(
    request: Request,
    dependencies: TheDependencies,
    session: MayFollow,
    form: PostedThemes,
    unit: Unit,
    city: CityToRead,
) -> Response:
    """At once: where the mail goes is known."""
    if form.data is None:
        return _page(request, dependencies, form, city, HTTPStatus.BAD_REQUEST, is_person=True)
    await follow_as_person(session.person_id, form.data.themes, unit)
    ticked = empty_form(ThemesForm, themes=sorted(form.data.themes))
    return _page(request, dependencies, ticked, city, is_person=True, is_kept=True)


@router.get("/verstuurd")
async def sent(request: Request, dependencies: TheDependencies) -> Response:
    """Look in your mail."""
    return dependencies.templates.page(request, "follow_sent.html")


@router.get("/{token}")
async def look(request: Request, token: str, dependencies: TheDependencies, unit: Unit, city: CityToRead) -> Response:
    """As it stands. Opening it changes nothing."""
    return _own(request, await follower_of_link(token, unit), dependencies, unit, city)


@router.post("/{token}")
async def choose(
    request: Request, token: str, dependencies: TheDependencies, form: PostedChoice, unit: Unit, city: CityToRead
) -> Response:
    """Yes, other themes, or no mails any more."""
    follower = await follower_of_link(token, unit)
    if form.data is None:
        return _own(request, follower, dependencies, unit, city, form)
    if form.data.choice is FollowChoice.CONFIRM:
        await confirm_follow(follower.id, unit)
    elif form.data.choice is FollowChoice.CHANGE and form.data.themes:
        await choose_themes(follower.id, form.data.themes, unit)
    else:
        await stop_following(follower.id, unit)
        return dependencies.templates.page(request, "follow_stopped.html")
    return _to(f"{PAGE}/{token}")


def _to(path: str) -> Response:
    return RedirectResponse(same_language(path), status_code=HTTPStatus.SEE_OTHER)


def _page(
    request: Request,
    dependencies: Dependencies,
    form: Form[FollowForm] | Form[ThemesForm],
    city: City,
    status: int = HTTPStatus.OK,
    *,
    is_person: bool = False,
    is_kept: bool = False,
) -> Response:
    return dependencies.templates.page(
        request,
        "follow.html",
        status,
        form=form,
        options=theme_options(city),
        is_person=is_person,
        is_kept=is_kept,
        reach=FOLLOW_AS_PERSON if is_person else FOLLOW,
    )


def _own(
    request: Request,
    follower: Follower,
    dependencies: Dependencies,
    unit: Unit,
    city: City,
    typed: Form[ChoiceForm] | None = None,
) -> Response:
    groups = city.category_groups
    confirmed_at = follower.confirmed_at
    return dependencies.templates.page(
        request,
        "followed.html",
        HTTPStatus.OK if typed is None else HTTPStatus.BAD_REQUEST,
        form=typed or empty_form(ChoiceForm, themes=sorted(follower.themes)),
        wanted=[groups.words(one) for one in sorted(follower.wanted)],
        is_late=unit.now > follower.asked_at + CONFIRM_WITHIN,
        is_following=confirmed_at is not None,
        until=unit.city.day_of(confirmed_at + FOLLOW_LASTS) if confirmed_at and not follower.person_id else None,
        options=theme_options(city),
        reaches={"change": CHOOSE, "stop": STOP},
    )
