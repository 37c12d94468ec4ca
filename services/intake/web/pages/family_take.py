"""What a family takes with it: one page of paper, and everything that is kept (art. 15 and 20 GDPR)."""

import json
from typing import Any

from fastapi import APIRouter, Depends, Response

from services.intake.domain.case import Case
from services.intake.handlers.family_page import WhoLooked, children_of, open_own_facts, who_looked
from services.intake.handlers.showing import view_of
from services.intake.web.family_copy import PURPOSE, copy_of
from services.intake.web.family_door import HOME, FamilyPage, TheFamily
from services.intake.web.family_words import as_told, what_of, who_of, why_of
from services.intake.web.pages.family import known_of, overview_of
from services.intake.web.partner_lines import lines_of_partners
from services.intake.web.timeline_view import lines_of
from shared.web.languages import read_in_languages
from shared.web.qr_code import qr_code

router = APIRouter(prefix=HOME, dependencies=[Depends(read_in_languages)])


@router.get("/papier")
async def paper(page: TheFamily) -> Response:
    """Who helps and whom to call, on one page of A4."""
    address = page.dependencies.addresses.public_url.rstrip("/") + HOME
    return page.shows(
        "family_paper.html",
        **await overview_of(page),
        typed_at=address.partition("://")[2],
        picture=qr_code(address),
    )


@router.get("/meenemen")
async def take(page: TheFamily) -> Response:
    """Everything that is kept, to read."""
    return page.shows(
        "family_take.html", children=[await _kept_of(one, page) for one in await children_of(page.case, page.unit)]
    )


@router.get("/meenemen/bestand")
async def take_file(page: TheFamily) -> Response:
    """The same for a machine. Its name tells nothing."""
    content = json.dumps(await _everything(page), ensure_ascii=False, indent=2, default=str)
    headers = {"Content-Disposition": 'attachment; filename="mijn-gegevens.json"'}
    return Response(content, media_type="application/json", headers=headers)


async def _kept_of(case: Case, page: FamilyPage) -> dict[str, Any]:
    view, dossier = await view_of(case, page.unit), await open_own_facts(case, page.unit, why=PURPOSE)
    known = await known_of(view, dossier, page)
    return {**known, "called": dossier.called, "notes": dossier.notes, "lines": lines_of(view, page.unit.city)}


async def _everything(page: FamilyPage) -> dict[str, Any]:
    """The child whose card it is, and its siblings in the same way."""
    own, *siblings = [await copy_of(case, page) for case in await children_of(page.case, page.unit)]
    looks = [_look(one, page) for one in as_told(await who_looked(page.case, page.unit))]
    return {**own, "siblings": siblings, "looks": looks, "partnersCouldRead": await lines_of_partners(page)}


def _look(one: WhoLooked, page: FamilyPage) -> dict[str, Any]:
    person = page.people.get(one.look.person_id) if one.look.person_id else None
    return {"day": one.look.day, "who": who_of(one, person), "what": what_of(one), "why": why_of(one)}
