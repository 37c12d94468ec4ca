"""Open Referral HSDS 3 read API of the social map: organisations and services as everyone may see them.

Contact persons are not in it: addresses of professionals stay in matching.
"""

from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from services.matching.domain.errors import NotOnTheMap
from services.matching.domain.map_query import MapQuery
from services.matching.handlers.everyday_words import count_missed
from services.matching.web import api_referrals
from services.matching.web.dependencies import TheDependencies, Unit
from services.matching.web.hsds import Organization, Page, ServiceFull, page_of
from shared.web.city_codes import CityCode, in_this_city
from shared.web.openapi import Api

MOST_PER_PAGE = 100
MOST_PAGES = 10_000
router = APIRouter(prefix="/hsds", tags=["social map"], dependencies=[Depends(in_this_city)])
PageNumber = Annotated[int, Query(ge=1, le=MOST_PAGES, description="Which page, from 1")]
PerPage = Annotated[int, Query(ge=1, le=MOST_PER_PAGE, description="How many on a page")]
# Also one that is offered no more: a service may have it still.
Category = Annotated[
    Annotated[str, CityCode("categories", "Deze soort hulp", retired_too=True)] | None,
    Query(description="A need category, by its code"),
]
Words = Annotated[str, Query(max_length=200, description="Words to look for, in Dutch")]


@router.get("", summary="Which version this is")
async def about(dependencies: TheDependencies) -> dict[str, str]:
    """The version and profile of this API."""
    return {
        "version": "3.0",
        "profile": "https://docs.openreferral.org/en/v3.0.1/hsds/",
        "openapi_url": f"{dependencies.public_url}/hsds/openapi.json",
    }


@router.get("/services", summary="Services on the social map", response_model_exclude_none=True)
async def services(
    unit: Unit,
    page: PageNumber = 1,
    per_page: PerPage = 20,
    search: Words = "",
    taxonomy_term_id: Category = None,
    organization_id: UUID | None = None,
) -> Page[ServiceFull]:
    """One page of services, with their organisation."""
    query = MapQuery(
        text=search, category=taxonomy_term_id or "", organisation_id=organization_id, page=page, per_page=per_page
    )
    found = await unit.services.search(query)
    await count_missed(query, found, unit)
    return page_of([ServiceFull.of(offer, unit.city) for offer in found.offers], found.total, page, per_page)


@router.get("/services/{service_id}", summary="One service", response_model_exclude_none=True)
async def service(service_id: UUID, unit: Unit) -> ServiceFull:
    """One service, whole."""
    offer = await unit.services.read_offer(service_id)
    if offer is None or not offer.service.on_map:
        raise NotOnTheMap
    return ServiceFull.of(offer, unit.city)


@router.get("/organizations", summary="Organisations on the social map", response_model_exclude_none=True)
async def organizations(unit: Unit, page: PageNumber = 1, per_page: PerPage = 20) -> Page[Organization]:
    """One page of organisations."""
    rows, total = await unit.organisations.list_page(page, per_page)
    return page_of([Organization.of(row) for row in rows], total, page, per_page)


@router.get("/organizations/{organization_id}", summary="One organisation", response_model_exclude_none=True)
async def organization(organization_id: UUID, unit: Unit) -> Organization:
    """One organisation."""
    row = await unit.organisations.read(organization_id)
    if row is None or not row.on_map:
        raise NotOnTheMap
    return Organization.of(row)


APIS: Final = (Api(router, base="/hsds"), Api(api_referrals.router, under="/v1/referrals"))
