"""For the ambassador: the family's link, given in person on a card."""

from typing import Any

from fastapi import APIRouter, Response

from services.intake.handlers.family_access import access_of, give_access, take_access_away
from services.intake.handlers.showing import show_case
from services.intake.web.case_page import CasePage, TheCasePage, reader_of
from services.intake.web.family_door import HOME
from shared.access.links import Link
from shared.web.catalogues import languages
from shared.web.forms import Form
from shared.web.languages import with_choice
from shared.web.qr_code import qr_code

router = APIRouter(prefix="/aanvragen/{case_id}/link-gezin")


@router.get("")
async def link(page: TheCasePage) -> Response:
    """Whether the family has one, and what it is for."""
    view, dossier = await page.opens()
    access = await access_of(page.case_id, page.unit, page.viewer)
    return page.shown("family_link.html", Form(), view, dossier, access=access)


@router.post("")
async def give(page: TheCasePage) -> Response:
    """A new one, on a card that is shown this once."""
    given = await give_access(page.case_id, page.unit, page.viewer)
    view = await show_case(page.case_id, page.unit, page.viewer)
    asked = view.case.opening.family_language
    language = asked if asked in languages() and asked in page.unit.city.translations else ""
    return page.dependencies.templates.page(
        page.request, "family_card.html", case=view.case, reader=reader_of(page.viewer), **_card(page, given, language)
    )


@router.post("/weg")
async def take_away(page: TheCasePage) -> Response:
    """Nobody comes in by it any more."""
    await take_access_away(page.case_id, page.unit, page.viewer)
    return page.done("link-weg")


def _card(page: CasePage, given: Link, language: str) -> dict[str, Any]:
    site = page.dependencies.addresses.public_url.rstrip("/")
    address = f"{site}{HOME}/open/{given.token}"
    return {
        "code": given.short_code,
        "typed_at": f"{site.partition('://')[2]}{HOME}",
        "language": language,
        "picture": qr_code(with_choice(address, language) if language else address),
    }
