"""The social map: search, and one service. The public sees what is offered; professionals also see whom to call."""

from http import HTTPStatus
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from services.matching.domain.map_query import SearchResult
from services.matching.domain.search import is_unreadable
from services.matching.handlers.everyday_words import count_missed
from services.matching.web import map_words, open_now, words
from services.matching.web.dependencies import TheDependencies, Unit
from services.matching.web.map_question import MapQuestion, by_kind, groups_of, kinds_in, why
from services.matching.web.shown_offer import TheOffer
from shared.access.sessions import Session, maybe_signed_in
from shared.web.languages import CityToRead, read_in_languages, same_language
from shared.web.qr_code import qr_code

PATH: Final = "/kaart"
AS_EVERYBODY: Final = "iedereen"
router = APIRouter(prefix=PATH, dependencies=[Depends(read_in_languages)])


@router.get("")
async def search(
    request: Request,
    dependencies: TheDependencies,
    session: Annotated[Session | None, Depends(maybe_signed_in)],
    unit: Unit,
    city: CityToRead,
) -> Response:
    """Kinds of help to choose from, or what is found by words and filters.

    Professionals also find what is hidden because nobody confirmed it: they know to call first.
    """
    question = MapQuestion.read(PATH, request.query_params, city)
    query = question.query(unit.city, unit.now, hidden=session is not None)
    found = await unit.services.search(query) if question.is_asked else SearchResult((), 0)
    await count_missed(query, found, dependencies.code_key, unit)
    if found.total and not found.offers:
        return RedirectResponse(same_language(question.on_page(question.pages(found.total))), HTTPStatus.SEE_OTHER)
    return dependencies.templates.page(
        request,
        "map.html",
        question=question,
        found=found,
        kinds=by_kind(found.offers, question.category),
        unreadable=is_unreadable(question.text),
        groups=groups_of(city),
        kinds_in_group=kinds_in(question.group, city),
        examples=words.examples(city),
        now=unit.now,
        why=why,
        words=words,
        open_now=open_now,
    )


@router.get("/{service_id}")
async def show_service(
    request: Request,
    service_id: UUID,
    *,
    dependencies: TheDependencies,
    session: Annotated[Session | None, Depends(maybe_signed_in)],
    offer: TheOffer,
    unit: Unit,
    als: str = "",
) -> Response:
    """One offer: how to get it, and what it does and does not do. A professional may see it as everybody does."""
    as_everybody = als == AS_EVERYBODY and offer.service.kept.hidden_at is None
    is_professional = session is not None and not as_everybody
    contacts = await unit.people.list_by_ids(offer.service.contact_ids) if is_professional else []
    return dependencies.templates.page(
        request,
        "map_service.html",
        offer=offer,
        path=f"{PATH}/{service_id}",
        is_professional=is_professional,
        as_everybody=AS_EVERYBODY,
        contacts=[person for person in contacts if person.active],
        full=offer.service.is_full(unit.city.day_of(unit.now)),
        thanks="gemeld" in request.query_params,
        address=dependencies.public_url.rstrip("/") + same_language(f"{PATH}/{service_id}"),
        now=unit.now,
        words=words,
        open_now=open_now,
        map_words=map_words,
    )


@router.get("/{service_id}/kaartje")
async def show_card(
    request: Request,
    service_id: UUID,
    dependencies: TheDependencies,
    offer: TheOffer,
) -> Response:
    """A small card to print and give away, with the address as a picture for a phone and in words."""
    site = dependencies.public_url.rstrip("/")
    return dependencies.templates.page(
        request,
        "map_card.html",
        offer=offer,
        path=f"{PATH}/{service_id}",
        map_address=f"{site.partition('://')[2]}{PATH}",
        picture=qr_code(site + same_language(f"{PATH}/{service_id}")),
        words=words,
        map_words=map_words,
    )
