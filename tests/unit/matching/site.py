"""Matching's web app on its twins, as a browser and as notify meet it."""

import re
from collections.abc import Mapping
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

import httpx
from prometheus_client import CollectorRegistry

from services.matching.domain.network import Person
from services.matching.domain.sign_in import code_of
from services.matching.handlers.cases import propose_partners
from services.matching.handlers.deliveries import ANSWER_LINK, ANSWER_LINK_VALID_FOR, FAMILY_LINK, FAMILY_PATH
from services.matching.schedule import TIMERS
from services.matching.settings import MatchingSettings
from services.matching.web.app import web_app
from shared.access.identity_provider import IdentityProvider
from shared.access.links import Link
from shared.access.members import Member
from shared.access.service_tokens import ServiceAuth, ServiceTokens
from shared.access.sessions import COOKIE, Session
from shared.events.base import Need, Role
from shared.events.matching import PartnerActivated, SignInRequested
from shared.web.rate_limit import RateLimiter
from tests.parts.audit import AUDIT_KEY
from tests.parts.keys import ring, ring_that_asks, sessions_of_matching
from tests.parts.people import member
from tests.unit.matching.city import World, assessed, named, organisation

ADDRESS = "http://schakel.test"
CODE_KEY = "c" * 32
FORM = {"Sec-Fetch-Site": "same-origin"}


class Site:
    """The app, with shortcuts for what people do."""

    def __init__(self, world: World, provider: IdentityProvider | None = None) -> None:
        self.world, self.provider = world, provider

        async def ready() -> None:
            """Always."""

        settings = MatchingSettings(
            environment="test",
            database_url="postgresql+asyncpg://nobody@localhost/nothing",
            public_url=ADDRESS,
            key_ring=ring("matching"),
            audit_key=AUDIT_KEY,
            code_key=CODE_KEY,
            city=world.city,
        )
        parts: Any = SimpleNamespace(
            clock=world.clock,
            limiter=RateLimiter(),
            registry=CollectorRegistry(),
            database=SimpleNamespace(check=ready),
        )
        self.app = web_app(settings, parts, world.units)
        dependencies = self.app.state.dependencies
        self.app.state.dependencies = replace(dependencies, identity_provider=provider)
        self.client = self.another_browser()

    def another_browser(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=httpx.ASGITransport(app=self.app), base_url=ADDRESS)

    async def get(self, path: str) -> httpx.Response:
        return await self.client.get(path)

    async def post(self, path: str, **fields: str) -> httpx.Response:
        return await self.client.post(path, data=fields, headers=FORM)

    async def ask_notifys_question(self, caller: str = "notify", **question: object) -> httpx.Response:
        tokens = ServiceTokens(ring_that_asks(caller, "matching"), caller, self.world.clock)
        return await self.client.post(
            "/internal/deliveries", json={"questions": [question]}, auth=ServiceAuth(tokens, "matching")
        )

    async def delivery(self, **question: object) -> dict[str, str]:
        """What notify is told about one message."""
        (answer,) = (await self.ask_notifys_question("notify", **question)).json()["answers"]
        return cast("dict[str, str]", answer)

    def sign_in(self, role: Role, of: str, person: str = "juf") -> None:
        session = Session(named(person), role, named(of))
        self.world.units.tables.table("members")[session.person_id] = member(session.person_id, named(of), role)
        cookie = sessions_of_matching(secure=False).issue(session, self.world.clock.now())
        self.client.cookies.set(COOKIE, cookie)

    def code_for(self, sign_in_id: UUID) -> str:
        return code_of(CODE_KEY.encode(), sign_in_id)

    async def codes_go_out(self) -> list[SignInRequested]:
        """What the worker does within a second: all mails with a code that were asked for until now."""
        async with self.world.units.begin() as unit:
            for timer in await unit.timers.claim(1000):
                await TIMERS[timer.kind](timer, unit)
                unit.timers.clear(timer.key)
        return self.world.published(SignInRequested)


async def a_site(
    *partners: str,
    needs: tuple[Need, ...] = (),
    categories: tuple[str, ...] = ("bike",),
    **changes: Any,  # noqa: ANN401 - facts of the inventory
) -> Site:
    """A site with partners, a school with its ambassador, and one case for which the first partner was asked."""
    world = await World().with_partners(*(partners or ("fietsbende", "rijwielhulp")), categories=categories)
    async with world.units.begin() as unit:
        await unit.organisations.save(organisation("school", name="Basisschool De Zevensprong"))
        juf = Person(named("juf"), "Noor Verzonnen", "noor@school.example", "010 0000002").joining(
            named("school"), Role.AMBASSADOR
        )
        await unit.people.save(juf)
        await unit.members.save(Member.of(juf.listed(at=unit.now)))
        await propose_partners(assessed(*needs, **changes), unit)
    return Site(world)


async def mailed(site: Site) -> tuple[UUID, Link]:
    """The referral that was asked last, and the link that its mail carried."""
    asked = site.world.published(PartnerActivated)[-1]
    async with site.world.units.begin() as unit:
        link = await unit.links.mint(
            ANSWER_LINK,
            asked.referral_id,
            asked.contact_id,
            unit.now + ANSWER_LINK_VALID_FOR,
            organisation_id=asked.organisation_id,
        )
    return asked.referral_id, link


async def mailed_to_ambassador(site: Site) -> str:
    """The page that the ambassador's mail about that referral leads to."""
    asked = site.world.published(PartnerActivated)[-1]
    async with site.world.units.begin() as unit:
        link = await unit.links.mint(
            FAMILY_LINK,
            asked.referral_id,
            asked.ambassador_id,
            unit.now + ANSWER_LINK_VALID_FOR,
            organisation_id=named("school"),
        )
    return f"{FAMILY_PATH}/{link.token}"


async def a_site_where_they_met(*, cold: bool = False) -> tuple[Site, UUID, str, str]:
    """The partner said yes and both sides met: the referral, the partner's page and the ambassador's."""
    site = await a_site()
    referral_id, link = await mailed(site)
    partner, family = f"/antwoord/{link.token}", await mailed_to_ambassador(site)
    await site.post(partner, **ACCEPTED)
    if cold:
        await site.post(partner, choice="cold", cold_reason="only-goods", when="today")
    else:
        await site.post(partner, choice="handover", when="today")
        await site.post(family, choice="handover", when="today", family_agrees="true")
    return site, referral_id, partner, family


def text_of(response: httpx.Response) -> str:
    """What a person reads."""
    main = response.text.split("<main", 1)[-1].split("</main>", 1)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", "<" + main).split())


def chosen_beforehand(response: httpx.Response) -> list[str]:
    """Inputs that are already checked or selected."""
    return re.findall(r"<(?:input|option)[^>]*\s(?:checked|selected)[^>]*>", response.text)


ACCEPTED: Mapping[str, str] = {
    "choice": "accept",
    "contact": str(named("contact of fietsbende")),
    "first_contact_on": "03-03-2026",
}
