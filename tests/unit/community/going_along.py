"""A network in which people go along: who offers, who books, and what they are told."""

from collections.abc import Sequence
from uuid import UUID

import httpx

from services.community.bootstrap import calendars_of
from services.community.domain.company import Company
from services.community.web.company_letters import company_letter
from shared.events.base import Role
from shared.events.gathering_letters import (
    GatheringLetterAnswer,
    GatheringLetterQuestion,
    GatheringOccasion,
)
from shared.events.http import KnownPerson
from shared.events.swap import (
    CompanyFact,
)
from shared.unit_of_work import Timer
from tests.parts.people import member
from tests.unit.community.world import SETTINGS, Community, an_id

PAGE = "/gezichten/ga-mee"
BOOKER, ANNA, BAS = an_id("Noor"), an_id("Anna"), an_id("Bas")
# A Monday.
BOOKING = {
    "day": "14-09-2026", "part": "morning", "district": "noord", "language": "ar", "visit": "at-town-hall",
    "note": "We spreken af bij de balie.",
}  # fmt: skip
OFFER: dict[str, list[str]] = {
    "languages": ["ar", "fr"], "districts": ["noord"], "days": ["1", "2"], "visits": ["at-town-hall", "court"],
}  # fmt: skip


async def a_network(*people: UUID) -> Community:
    community = Community()
    async with community.units.begin() as unit:
        for one in (*people, BOOKER):
            await unit.members.save(member(one, an_id("desk"), Role.MEMBER))
    for one in people:
        assert (await sends(community, one, "/aanbod", **OFFER)).status_code == 303
    for one, name in ((ANNA, "Anna Verzonnen"), (BAS, "Bas Verzonnen"), (BOOKER, "Noor Verzonnen")):
        community.people.people[one] = KnownPerson(person_id=one, name=name, phone="010 123 45 67")
    return community


async def sends(community: Community, who: UUID, path: str = "", **form: str | list[str]) -> httpx.Response:
    async with community.visitor(Role.MEMBER, who) as browser:
        return await browser.post(PAGE + path, data=form)


async def page(community: Community, who: UUID) -> str:
    async with community.visitor(Role.MEMBER, who) as browser:
        return (await browser.get(PAGE)).text


async def books(community: Community, **other: str) -> UUID:
    assert (await sends(community, BOOKER, **{**BOOKING, **other})).status_code == 303
    return facts(community)[-1].subject


def facts(community: Community, *kinds: type[CompanyFact]) -> list[CompanyFact]:
    return [one for one in community.published() if isinstance(one, kinds or CompanyFact)]


def told(community: Community) -> list[tuple[type[CompanyFact], UUID]]:
    return [(type(one), one.person_id) for one in facts(community)]


async def stored(community: Community, company_id: UUID) -> Company:
    async with community.units.begin() as unit:
        found = await unit.companies.read(company_id)
    assert found is not None
    return found


async def letter(community: Community, company_id: UUID, occasion: GatheringOccasion) -> GatheringLetterAnswer:
    asked = GatheringLetterQuestion(about_id=company_id, occasion=occasion, reader="anna@huis.example")
    async with community.units.begin() as unit:
        return await company_letter(asked, calendars_of(SETTINGS), unit)


def timers(community: Community) -> Sequence[Timer]:
    return sorted((one for _, one in community.units.tables.table("timers").values()), key=lambda one: one.due_at)


async def agreed() -> tuple[Community, UUID]:
    community = await a_network(ANNA)
    company_id = await books(community)
    assert (await sends(community, ANNA, f"/{company_id}", choice="agree")).status_code == 303
    return community, company_id
