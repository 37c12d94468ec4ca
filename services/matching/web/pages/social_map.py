"""The social map: search, and one service. The public sees what is offered; professionals also see whom to call."""

from collections.abc import Collection, Mapping
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from services.matching.domain.errors import NotOnTheMap
from services.matching.domain.map_query import MapQuery
from services.matching.domain.search import is_unreadable
from services.matching.handlers.everyday_words import count_missed
from services.matching.web import words
from services.matching.web.dependencies import TheDependencies, Unit
from shared.access.sessions import Session, maybe_signed_in
from shared.kernel.city import City
from shared.web.forms import Form

PER_PAGE = 20
MOST_PAGES = 1_000
OLDEST = 120
router = APIRouter(prefix="/kaart")


@router.get("")
async def search(
    request: Request,
    dependencies: TheDependencies,
    session: Annotated[Session | None, Depends(maybe_signed_in)],
    unit: Unit,
) -> Response:
    """Search with words and filters. What cannot be read is left out: a search page never refuses.

    Professionals also find what is hidden because nobody confirmed it: they know to call first.
    """
    asked = {name: value.strip()[:200] for name, value in request.query_params.items()}
    page = _number(asked.get("pagina", ""), 1, MOST_PAGES) or 1
    query = _query(asked, page, unit.city, hidden=session is not None)
    found = await unit.services.search(query)
    await count_missed(query, found, unit)
    return dependencies.templates.page(
        request,
        "map.html",
        found=found,
        unreadable=is_unreadable(query.text),
        form=Form(values=asked),
        previous=_address(asked, page - 1) if page > 1 else None,
        following=_address(asked, page + 1) if page * PER_PAGE < found.total else None,
        examples=words.examples(unit.city),
        words=words,
    )


def _query(asked: Mapping[str, str], page: int, city: City, *, hidden: bool) -> MapQuery:
    return MapQuery(
        text=asked.get("q", ""),
        category=_known(asked.get("categorie", ""), city.categories.offered),
        district=_known(asked.get("wijk", ""), city.districts.offered),
        language=_known(asked.get("taal", ""), city.languages.offered),
        age=_number(asked.get("leeftijd", ""), 0, OLDEST),
        free_only=asked.get("gratis") == "ja",
        include_hidden=hidden,
        page=page,
        per_page=PER_PAGE,
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


def _known(code: str, known: Collection[str]) -> str:
    return code if code in known else ""


def _number(typed: str, least: int, most: int) -> int | None:
    return int(typed) if typed.isdecimal() and len(typed) < len("10000") and least <= int(typed) <= most else None


def _address(asked: dict[str, str], page: int) -> str:
    return "/kaart?" + urlencode({**{name: value for name, value in asked.items() if value}, "pagina": page})
