"""Is something on the map not right? Anybody may say so: a choice and a button, no account, no words and no name."""

import hashlib
import hmac
from http import HTTPStatus
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, ConfigDict, Field

from services.matching.domain.ranking import Offer
from services.matching.handlers.entry_reports import report_mistake
from services.matching.web import map_words
from services.matching.web.dependencies import Dependencies, TheDependencies, Unit
from services.matching.web.shown_offer import TheOffer
from shared.access.sessions import Session, maybe_signed_in
from shared.events.directory import EntryMistake
from shared.web.dependencies import ClientAddress, TheWeb
from shared.web.forms import Form, empty_form, read_form
from shared.web.languages import read_in_languages, same_language, translated
from shared.web.rate_limit import TooManyRequests
from shared.web.reach import DESK, Reach

PATH: Final = "/kaart/{service_id}/klopt-niet"
REPORT: Final = Reach(f"POST {PATH}", mails=("entry-reported",), perhaps=("entry-reported-partner",), seen_by=(DESK,))
# Everybody behind the same proxy counts as one client.
REPORTS_PER_CLIENT: Final = "30/hour"
ONE_OF_EACH: Final = "1/90 days"
router = APIRouter(dependencies=[Depends(read_in_languages)])


class MistakeForm(BaseModel):
    """What is not right."""

    model_config = ConfigDict(extra="ignore")

    mistake: EntryMistake = Field(title="Wat wil je melden?")


async def _typed(request: Request, web: TheWeb, client: ClientAddress) -> Form[MistakeForm]:
    """Counted before anything is kept."""
    await web.limiter.hit("map-report-client", client, REPORTS_PER_CLIENT)
    return await read_form(request, MistakeForm)


async def _who(
    client: ClientAddress,
    session: Annotated[Session | None, Depends(maybe_signed_in)],
    dependencies: TheDependencies,
) -> str:
    """The same for one reader, and who that is cannot be worked out again without a secret of ours."""
    reader = str(session.person_id) if session else client
    return hmac.new(dependencies.code_key, f"map-report:{reader}".encode(), hashlib.sha256).hexdigest()


@router.get(PATH)
async def ask(request: Request, dependencies: TheDependencies, offer: TheOffer) -> Response:
    """What can be wrong, and to whom it goes."""
    return _page(request, offer, dependencies, empty_form(MistakeForm))


@router.post(PATH)
async def send(
    request: Request,
    dependencies: TheDependencies,
    form: Annotated[Form[MistakeForm], Depends(_typed)],
    web: TheWeb,
    who: Annotated[str, Depends(_who)],
    offer: TheOffer,
    unit: Unit,
) -> Response:
    """One person counts once for an offer; who says it again is thanked again."""
    if form.data is None:
        return _page(request, offer, dependencies, form, HTTPStatus.BAD_REQUEST)
    try:
        # Counted there for a while by a hash: nobody learns who said it.
        await web.limiter.hit("map-report", f"{who}:{offer.service.id}", ONE_OF_EACH)
    except TooManyRequests:
        pass
    else:
        await report_mistake(offer.service.id, form.data.mistake, unit)
    return RedirectResponse(same_language(f"/kaart/{offer.service.id}?gemeld=ja"), HTTPStatus.SEE_OTHER)


def _page(
    request: Request, offer: Offer, dependencies: Dependencies, form: Form[MistakeForm], status: int = HTTPStatus.OK
) -> Response:
    options = [(code.value, translated(said)) for code, said in map_words.MISTAKES.items()]
    path = f"/kaart/{offer.service.id}"
    return dependencies.templates.page(
        request, "map_mistake.html", status, offer=offer, form=form, reach=REPORT, options=options, path=path
    )
