"""The kinds of help of the city, as HSDS has them: a taxonomy and its terms."""

from collections.abc import Sequence
from typing import Annotated, TypeVar
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from services.matching.domain.errors import NotOnTheMap
from services.matching.web.dependencies import TheDependencies
from services.matching.web.hsds import TAG, Page, page_of
from services.matching.web.hsds_parts import Taxonomy, TaxonomyTerm
from services.matching.web.hsds_queries import NoParameters, Taxonomies, TaxonomyTerms
from services.matching.web.hsds_terms import taxonomy_of, terms_of, with_words
from shared.web.open_data import NOT_THERE, open_data

TermT = TypeVar("TermT", Taxonomy, TaxonomyTerm)
router = APIRouter(prefix="/hsds", tags=[TAG])


@router.get("/taxonomies", summary="De indelingen van hulp", response_model=Page[Taxonomy])
async def taxonomies(
    request: Request, asked: Annotated[Taxonomies, Query()], dependencies: TheDependencies
) -> Response:
    """Er is er één: de soorten hulp van deze stad."""
    return _page(request, [taxonomy_of(dependencies.city)], asked)


@router.get("/taxonomies/{taxonomy_id}", summary="Eén indeling", response_model=Taxonomy, responses=NOT_THERE)
async def taxonomy(
    request: Request, taxonomy_id: UUID, _: Annotated[NoParameters, Query()], dependencies: TheDependencies
) -> Response:
    """De soorten hulp van deze stad."""
    return _one(request, [taxonomy_of(dependencies.city)], taxonomy_id)


@router.get("/taxonomy_terms", summary="De soorten hulp", response_model=Page[TaxonomyTerm])
async def taxonomy_terms(
    request: Request, asked: Annotated[TaxonomyTerms, Query()], dependencies: TheDependencies
) -> Response:
    """Eerst de groepen, dan de soorten hulp."""
    found = [
        term
        for term in terms_of(dependencies.city)
        if (not asked.top_only or term.parent_id is None) and asked.parent_id in {None, term.parent_id}
    ]
    return _page(request, found, asked)


@router.get("/taxonomy_terms/{term_id}", summary="Eén soort hulp", response_model=TaxonomyTerm, responses=NOT_THERE)
async def taxonomy_term(
    request: Request, term_id: UUID, _: Annotated[NoParameters, Query()], dependencies: TheDependencies
) -> Response:
    """Of een groep van soorten hulp."""
    return _one(request, terms_of(dependencies.city), term_id)


def _page(request: Request, all_of_them: Sequence[TermT], asked: Taxonomies) -> Response:
    found = with_words(all_of_them, asked.search)
    first = (asked.page - 1) * asked.per_page
    return open_data(request, page_of(found[first : first + asked.per_page], len(found), asked.page, asked.per_page))


def _one(request: Request, all_of_them: Sequence[TermT], wanted: UUID) -> Response:
    for one in all_of_them:
        if one.id == wanted:
            return open_data(request, one)
    raise NotOnTheMap
