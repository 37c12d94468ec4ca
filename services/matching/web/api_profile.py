"""What this API is, and the profile of HSDS that it gives."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from services.matching.domain.errors import NotOnTheMap
from services.matching.web.dependencies import TheDependencies
from services.matching.web.hsds import TAG, About
from services.matching.web.hsds_profile import Patch, Profile, patches
from services.matching.web.hsds_queries import NoParameters
from shared.web.open_data import NOT_THERE, open_data

router = APIRouter(prefix="/hsds", tags=[TAG])


@router.get("/", include_in_schema=False)
@router.get("", summary="Wat deze API is", response_model=About)
async def about(request: Request, _: Annotated[NoParameters, Query()], dependencies: TheDependencies) -> Response:
    """De versie van HSDS, en ons profiel ervan."""
    here = f"{dependencies.public_url}/hsds"
    return open_data(request, About(profile=f"{here}/profile", openapi_url=f"{here}/openapi.json"))


@router.get("/profile", summary="Ons profiel van HSDS", response_model=Profile)
async def profile(request: Request, _: Annotated[NoParameters, Query()], dependencies: TheDependencies) -> Response:
    """Wat wij toevoegen aan HSDS: per schema een JSON Merge Patch (RFC 7386)."""
    here = f"{dependencies.public_url}/hsds/profile"
    return open_data(request, Profile(profile={name: f"{here}/profile/{name}.json" for name in patches()}))


@router.get(
    "/profile/profile/{name}.json",
    summary="Wat wij aan één schema toevoegen",
    response_model=Patch,
    responses=NOT_THERE,
)
async def patch(request: Request, name: str, _: Annotated[NoParameters, Query()]) -> Response:
    """Een JSON Merge Patch (RFC 7386)."""
    known = patches().get(name)
    if known is None:
        raise NotOnTheMap
    return open_data(request, Patch(properties=known))
