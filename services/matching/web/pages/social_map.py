"""The social map: search, and one service. The public sees what is offered; professionals also see whom to call."""

from http import HTTPStatus
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from services.matching.domain.errors import NotOnTheMap
from services.matching.domain.map_query import SearchResult
from services.matching.domain.search import is_unreadable
from services.matching.handlers.everyday_words import count_missed
from services.matching.web import words
from services.matching.web.dependencies import TheDependencies, Unit
from services.matching.web.map_question import MapQuestion, by_kind, groups_of, kinds_in, why
from shared.access.sessions import Session, maybe_signed_in

PATH: Final = "/kaart"
router = APIRouter(prefix=PATH)


@router.get("")
async def search(
    request: Request,
    dependencies: TheDependencies,
    session: Annotated[Session | None, Depends(maybe_signed_in)],
    unit: Unit,
) -> Response:
    """Kinds of help to choose from, or what is found by words and filters.

    Professionals also find what is hidden because nobody confirmed it: they know to call first.
    """
    question, city = MapQuestion.read(PATH, request.query_params, unit.city), unit.city
    query = question.query(hidden=session is not None)
    found = await unit.services.search(query) if question.is_asked else SearchResult((), 0)
    await count_missed(query, found, unit)
    if found.total and not found.offers:
        return RedirectResponse(question.on_page(question.pages(found.total)), status_code=HTTPStatus.SEE_OTHER)
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
    )


@router.get("/{service_id}")
async def show_service(
    request: Request,
    service_id: UUID,
    dependencies: TheDependencies,
    session: Annotated[Session | None, Depends(maybe_signed_in)],
    unit: Unit,
) -> Response:
    """One service, with what it does and does not do."""
    offer = await unit.services.read_offer(service_id)
    hidden = offer is not None and offer.service.kept.hidden_at is not None and session is None
    if offer is None or not offer.service.on_map or hidden:
        raise NotOnTheMap
    contacts = await unit.people.list_by_ids(offer.service.contact_ids) if session else []
    return dependencies.templates.page(
        request,
        "map_service.html",
        offer=offer,
        contacts=[person for person in contacts if person.active],
        full=offer.service.is_full(unit.city.day_of(unit.now)),
        now=unit.now,
        words=words,
    )
