"""`/v1/docs`: the API for schools' systems, readable. It is public, and holds no more than the descriptions do.

Its operations were written as HTML at set-up (`shared.web.build_assets`); the city's own codes are put in here.
"""

from functools import cache
from typing import Final

from fastapi import APIRouter, Request, Response
from markupsafe import Markup

from services.intake.web.dependencies import TheDependencies
from shared.kernel.city import City
from shared.web.assets import API_PART
from shared.web.city_codes import OF_CITY, example_of

WRITTEN_FOR: Final = "https://schakel.example"
WITH_AN_EXAMPLE: Final = ("districts", "categories", "language", "consent-text")
router = APIRouter(prefix="/v1/docs")


@router.get("")
async def api_docs(request: Request, dependencies: TheDependencies) -> Response:
    """How a school's developer begins, this city's codes, and every operation with an example."""
    public_url, city = dependencies.addresses.public_url.rstrip("/"), dependencies.city
    part = _written().replace(WRITTEN_FOR, str(Markup.escape(public_url)))
    for what in WITH_AN_EXAMPLE:
        part = part.replace(f"{OF_CITY}{what}", str(Markup.escape(example_of(city, what))))
    return dependencies.templates.page(
        request,
        "api_docs.html",
        operations=Markup(part),  # noqa: S704 - written at set-up from our own description, and escaped there
        base=f"{public_url}/v1",
        lists=_lists(city),
    )


def _lists(city: City) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        ("Wijken (district)", list(city.districts.options)),
        ("Soorten hulp (category)", list(city.categories.options)),
    ]


@cache
def _written() -> str:
    """Empty where the assets were not built: the page then has all but the operations."""
    return API_PART.read_text(encoding="utf-8") if API_PART.is_file() else ""
