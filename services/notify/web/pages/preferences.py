"""`/berichten/instellingen`: how the person who is signed in likes to get mail."""

from http import HTTPStatus
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse

from services.notify.handlers.people import set_preferences
from services.notify.web.dependencies import Dependencies, TheDependencies, Unit
from services.notify.web.forms import WHOLE_DAY, Openings, Pace, PostedPreferences, PreferencesForm, filled_in
from shared.access.sessions import Session, signed_in
from shared.web.forms import Form
from shared.web.reach import Reach

PATH: Final = "/berichten/instellingen"
router = APIRouter(prefix=PATH)
REACH: Final = Reach(f"POST {PATH}", note="Alleen jij ziet wat je kiest.")
SignedIn = Annotated[Session, Depends(signed_in())]
PACES: Final = (
    (Pace.AT_ONCE.value, "Elke mail meteen"),
    (Pace.DAILY.value, "Eén keer per dag, alles bij elkaar", "Elk bericht houdt zijn eigen knop."),
)
OPENINGS: Final = (
    (Openings.LINKS.value, "Knoppen"),
    (Openings.CODES.value, "Alleen codes, geen links", "Voor wie van het werk geen links in mails mag openen."),
)
HOURS: Final = tuple((str(hour), f"{hour}.00 uur") for hour in range(WHOLE_DAY))


@router.get("")
async def show(
    request: Request,
    dependencies: TheDependencies,
    person: SignedIn,
    unit: Unit,
    saved: Annotated[str, Query(alias="bewaard", max_length=10)] = "",
) -> Response:
    """The choices, as they stand."""
    form = filled_in(await unit.preferences.get(person.person_id))
    return _page(request, dependencies, form, saved=bool(saved))


@router.post("")
async def save(
    request: Request, dependencies: TheDependencies, person: SignedIn, form: PostedPreferences, unit: Unit
) -> Response:
    """From now on; what waits already leaves when that was said."""
    if form.data is None:
        return _page(request, dependencies, form, HTTPStatus.BAD_REQUEST)
    await set_preferences(form.data.of(person.person_id), unit)
    return RedirectResponse(f"{PATH}?bewaard=ja", status_code=HTTPStatus.SEE_OTHER)


def _page(
    request: Request,
    dependencies: Dependencies,
    form: Form[PreferencesForm],
    status: int = HTTPStatus.OK,
    *,
    saved: bool = False,
) -> Response:
    return dependencies.templates.page(
        request,
        "preferences.html",
        status,
        form=form,
        saved=saved,
        paces=PACES,
        openings=OPENINGS,
        hours=HOURS,
        reach=REACH,
    )
