"""Open Referral HSDS 3.1 read API of the social map: what everyone may see, as open data.

Contact persons are not in it: addresses of professionals stay in matching.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from services.matching.domain.errors import NotOnTheMap
from services.matching.domain.map_query import OrganisationQuery
from services.matching.domain.network import Organisation
from services.matching.domain.ranking import Offer
from services.matching.ports import MatchingUnit
from services.matching.web import api_profile, api_referrals, api_terms
from services.matching.web.dependencies import Unit
from services.matching.web.hsds import (
    TAG,
    Organization,
    OrganizationBasic,
    Page,
    PlaceFull,
    PlaceInList,
    ServiceFull,
    ServiceInList,
    page_of,
)
from services.matching.web.hsds_entries import (
    changed,
    organization_in_list,
    organization_with,
    place_full,
    place_in_list,
    service_basic,
    service_full,
    service_in_list,
    service_parts,
)
from services.matching.web.hsds_places import has_place, other_id
from services.matching.web.hsds_queries import (
    NoParameters,
    OneOrganization,
    Organizations,
    Places,
    Services,
    categories_meant,
)
from shared.web.city_codes import in_this_city
from shared.web.open_data import NOT_THERE, SAME, open_data
from shared.web.openapi import Api

router = APIRouter(prefix="/hsds", tags=[TAG])


@router.get("/services", summary="Het aanbod op de sociale kaart", response_model=Page[ServiceInList])
async def services(request: Request, asked: Annotated[Services, Query()], unit: Unit) -> Response:
    """Eén bladzijde, op naam; met woorden: wat het best past eerst."""
    query = asked.on_map(unit.city)
    found = await unit.services.search(query)
    if asked.minimal:
        return open_data(request, page_of([changed(one) for one in found.offers], found.total, asked.page, asked.size))
    shape = service_full if asked.full else service_in_list
    contents: list[ServiceFull | ServiceInList] = [shape(one, unit.city) for one in found.offers]
    return open_data(request, page_of(contents, found.total, asked.page, asked.size))


@router.get(
    "/services/{service_id}", summary="Eén aanbod, met alle delen", response_model=ServiceFull, responses=NOT_THERE
)
async def service(request: Request, service_id: UUID, _: Annotated[NoParameters, Query()], unit: Unit) -> Response:
    """Ook wat er niet meer is: dan is het inactive."""
    return open_data(request, service_full(await _offer(service_id, unit), unit.city))


@router.get("/service_at_locations", summary="Waar het aanbod is", response_model=Page[PlaceInList])
async def service_at_locations(request: Request, asked: Annotated[Places, Query()], unit: Unit) -> Response:
    """Het aanbod waarvan wij weten waar mensen komen."""
    found = await unit.services.search(asked.on_map(unit.city, has_place=True))
    shape = place_full if asked.full else place_in_list
    contents: list[PlaceFull | PlaceInList] = [shape(one, unit.city) for one in found.offers]
    return open_data(request, page_of(contents, found.total, asked.page, asked.size))


@router.get(
    "/service_at_locations/{place_id}", summary="Eén plek, met alle delen", response_model=PlaceFull,
    responses=NOT_THERE,
)  # fmt: skip
async def service_at_location(
    request: Request, place_id: UUID, _: Annotated[NoParameters, Query()], unit: Unit
) -> Response:
    """Met het aanbod dat er is."""
    offer = await _offer(other_id(place_id), unit)
    if not has_place(offer.service):
        raise NotOnTheMap
    return open_data(request, place_full(offer, unit.city))


@router.get("/organizations", summary="De organisaties op de sociale kaart", response_model=Page[OrganizationBasic])
async def organizations(request: Request, asked: Annotated[Organizations, Query()], unit: Unit) -> Response:
    """Eén bladzijde, op naam."""
    wanted = categories_meant(asked.taxonomy_term_id, unit.city)
    query = OrganisationQuery(
        asked.search, in_description=True, categories=wanted, page=asked.page, per_page=asked.per_page
    )
    rows, total = await unit.organisations.search(query)
    contents: Sequence[OrganizationBasic] = [organization_in_list(row) for row in rows]
    if asked.full or asked.full_service:
        contents = await _with_services(rows, unit, whole=asked.full_service)
    return open_data(request, page_of(contents, total, asked.page, asked.per_page))


@router.get(
    "/organizations/{organization_id}", summary="Eén organisatie, met alle delen", response_model=Organization,
    responses=NOT_THERE,
)  # fmt: skip
async def organization(
    request: Request, organization_id: UUID, asked: Annotated[OneOrganization, Query()], unit: Unit
) -> Response:
    """Met haar aanbod in het kort."""
    row = await unit.organisations.read(organization_id)
    if row is None or not row.on_map:
        raise NotOnTheMap
    [whole] = await _with_services([row], unit, whole=asked.full_service)
    return open_data(request, whole)


async def _offer(service_id: UUID, unit: MatchingUnit) -> Offer:
    offer = await unit.services.read_offer(service_id)
    if offer is None or not offer.service.on_map:
        raise NotOnTheMap
    return offer


async def _with_services(rows: Sequence[Organisation], unit: MatchingUnit, *, whole: bool) -> list[Organization]:
    """All that they offer in one question, however many they are."""
    offered: dict[UUID, list[Offer]] = defaultdict(list)
    owners = {row.id: row for row in rows}
    for one in await unit.services.list_public_of(owners):
        offered[one.organisation_id].append(Offer(one, owners[one.organisation_id]))
    shape = service_parts if whole else service_basic
    return [organization_with(row, [shape(one, unit.city) for one in offered[row.id]]) for row in rows]


HSDS: Final = APIRouter(dependencies=[Depends(in_this_city)], responses=SAME)
for part in (api_profile.router, router, api_terms.router):
    HSDS.include_router(part)
APIS: Final = (Api(HSDS, base="/hsds"), Api(api_referrals.router, under="/v1/referrals"))
