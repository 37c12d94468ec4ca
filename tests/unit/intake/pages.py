"""Intake's pages with one case of Roos, as people see them."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import httpx

from services.intake.domain.rules import Viewer
from shared.kernel.city import City
from tests.parts import asking
from tests.twins.article_shelf import HeldShelf
from tests.twins.intake import MemoryIntakeUnit
from tests.twins.unit_of_work import MemoryUnits
from tests.unit.intake.app import app_on, person_of
from tests.unit.intake.builders import (
    ROOS,
    everybody_joins,
    people_book,
    request,
    submit_request,
    units_in_memory,
)

FORM = {
    "child.firstName": "Zonnetje",
    "child.lastName": "Verzonnen",
    "child.birthDate": "01-09-2016",
    "family.contactName": "Maan Verzonnen",
    "family.phone": "06 12345678",
    "family.language": "ar",
    "family.interpreterNeeded": "true",
    "district": "noord",
    "consent.givenBy": "guardian",
    "consent.givenOn": "9-3-2026",
    "consent.textVersion": "2026-1",
    "needs.0.category": "bike",
    "needs.0.urgency": "soon",
    "needs.1.category": "",
    "needs.1.urgency": "",
    "needs.3.category": "food",
    "needs.3.urgency": "today",
    "needs.3.beneficiary": "household",
    "needs.3.description": "Boodschappen voor een week",
}
DRAFT = "00000000-0000-7000-8000-0000000000e1"


async def pages_in(city: City | None = None) -> "Pages":
    """The pages of this city, and one request of Roos."""
    units = units_in_memory(city=city)
    async with units.begin() as unit:
        await everybody_joins(unit)
        case = await submit_request(request(), unit)
    return Pages(units, case.id, city)


class Pages:
    """Intake's pages, and one case of Roos."""

    def __init__(self, units: MemoryUnits[MemoryIntakeUnit], case_id: UUID, city: City | None = None) -> None:
        self.units, self.case_id = units, case_id
        self.people = people_book()
        self.shelf = HeldShelf()
        self.app = app_on(units, city=city, people=self.people, shelf=self.shelf)
        self.path = f"/aanvragen/{case_id}"

    @asynccontextmanager
    async def seen_by(self, viewer: Viewer | None) -> AsyncIterator[httpx.AsyncClient]:
        async with person_of(self.app, viewer) as client:
            yield client

    async def shows(self, viewer: Viewer | None, path: str) -> httpx.Response:
        async with person_of(self.app, viewer) as client:
            return await client.get(path)

    async def needs_as_shown(self) -> dict[str, str]:
        """What the inventory page sends of the needs when nobody changes anything."""
        page = (await self.shows(ROOS, f"{self.path}/inventarisatie")).text
        fields = dict(re.findall(r'<input type="hidden" name="(needs[^"]+)" value="([^"]*)"', page))
        chosen = re.findall(r'<select[^>]* name="(needs[^"]+)"(.*?)</select>', page, re.DOTALL)
        return fields | {name: "".join(re.findall(r'value="([^"]+)" selected', inside)) for name, inside in chosen}

    async def closes(self, viewer: Viewer, reason: str = "moved-away", result: str = "met") -> httpx.Response:
        """Close the case on its page, with the same result for each need."""
        async with self.units.begin() as unit:
            case = await unit.cases.read(self.case_id)
        needs = case.needs if case else ()
        results = {f"results.{need.need_id}": result for need in needs}
        return await self.sends(viewer, f"{self.path}/afsluiten", {**results, "reason": reason})

    async def follows(self, viewer: Viewer, reply: httpx.Response) -> str:
        """What somebody reads after this was done: the browser goes on until a page is shown."""
        async with person_of(self.app, viewer) as client:
            return (await client.get(reply.headers["Location"], follow_redirects=True)).text

    async def asks(self, viewer: Viewer, typed: dict[str, Any], draft_id: str = DRAFT) -> httpx.Response:
        """All pages of a request, and the last button; or the first page that comes back."""
        async with person_of(self.app, viewer) as client:
            return await asking.asks(client, typed, draft_id)

    async def sends(self, viewer: Viewer | None, path: str, data: dict[str, Any] | None = None) -> httpx.Response:
        async with person_of(self.app, viewer) as client:
            return await client.post(path, data=data or {"x": "1"})
