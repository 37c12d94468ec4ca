"""A school's system sees who helps in its own cases, and tells what the family says of the help."""

from typing import Any
from uuid import UUID

import httpx
import pytest

from services.matching.domain.leaving import left
from services.matching.handlers.people import keep_person
from shared.access.system_tokens import CallingSystem
from shared.events.base import Role
from shared.events.matching import HandoverConfirmed, OutcomeConfirmed, WarmHandoverCompleted
from tests.parts.keys import tokens_of_intake
from tests.unit.matching.city import named
from tests.unit.matching.people_at_work import colleague
from tests.unit.matching.site import ACCEPTED, ADDRESS, Site, a_site, a_site_where_they_met, mailed

HELPED = {"outcome": "helped"}


class SchoolSystem:
    """A school's system with its token, in front of matching."""

    def __init__(self, site: Site, school: str = "school", person: str = "juf") -> None:
        calling = CallingSystem(named("key"), named(person), named(school))
        token = tokens_of_intake().issue(calling, site.world.clock.now())
        self.client, self.headers = site.client, {"Authorization": f"Bearer {token}"}

    async def list(self, query: str = "") -> Any:  # noqa: ANN401 - any JSON
        reply = await self.client.get(f"/v1/referrals{query}", headers=self.headers)
        assert reply.status_code == 200
        return reply.json()["referrals"]

    async def says(self, referral_id: UUID, sent: object, step: str = "outcome", key: str = "a") -> httpx.Response:
        headers = self.headers | {"Idempotency-Key": key}
        return await self.client.post(f"/v1/referrals/{referral_id}/{step}", json=sent, headers=headers)


async def delivered() -> tuple[Site, UUID]:
    site, referral_id, partner, _ = await a_site_where_they_met()
    for step in ("start", "deliver"):
        await site.post(partner, choice=step, when="today")
    return site, referral_id


async def test_school_sees_who_helps_and_how_far_it_is() -> None:
    site, referral_id = await delivered()
    (line,) = await SchoolSystem(site).list()
    assert (line["id"], line["partner"], line["status"]) == (str(referral_id), "Fietsbende", "delivered")
    assert (line["handedOverOn"], line["handoverKind"]) == ("2026-03-02", "warm")
    assert line["links"]["outcome"] == f"{ADDRESS}/v1/referrals/{referral_id}/outcome"
    assert await SchoolSystem(site).list(f"?requestId={line['requestId']}") == [line]


async def test_another_school_sees_nothing_and_says_nothing() -> None:
    site, referral_id = await delivered()
    await colleague(site, "another school", "mees", Role.AMBASSADOR)
    other = SchoolSystem(site, "another school", "mees")
    (line,) = await SchoolSystem(site).list()
    assert await other.list() == await other.list(f"?requestId={line['requestId']}") == []
    refused, unknown = await other.says(referral_id, HELPED), await other.says(named("none"), HELPED)
    assert (refused.status_code, refused.json()) == (404, unknown.json())
    assert site.world.published(OutcomeConfirmed) == []


async def test_outcome_is_confirmed_once_under_its_key() -> None:
    site, referral_id = await delivered()
    system = SchoolSystem(site)
    first, again = await system.says(referral_id, HELPED), await system.says(referral_id, HELPED)
    other = await system.says(referral_id, {"outcome": "not-helped"})
    assert (first.status_code, first.json()["status"], first.json()["outcome"]) == (200, "confirmed", "helped")
    assert again.content == first.content
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")
    (said,) = site.world.published(OutcomeConfirmed)
    assert said.confirmed_by == named("juf")


@pytest.mark.parametrize("sent", [{}, {"outcome": ""}, {"outcome": "yes"}])
async def test_outcome_that_is_none_is_named_with_an_example(sent: dict[str, str]) -> None:
    site, referral_id = await delivered()
    reply = await SchoolSystem(site).says(referral_id, sent)
    (error,) = reply.json()["errors"]
    assert (reply.status_code, error["pointer"], error["example"]) == (400, "/outcome", "helped")


async def test_outcome_for_a_part_says_what_happens_to_the_rest() -> None:
    site, referral_id = await delivered()
    system = SchoolSystem(site)
    without = await system.says(referral_id, {"outcome": "partly"})
    whole = await system.says(referral_id, {"outcome": "partly", "rest": "enough-for-now"})
    assert (without.status_code, without.json()["errors"][0]["pointer"]) == (400, "/rest")
    assert whole.status_code == 200
    assert [fact.rest for fact in site.world.published(OutcomeConfirmed)] == ["enough-for-now"]


async def test_outcome_of_help_that_was_not_given_yet_is_refused() -> None:
    site = await a_site()
    referral_id, _ = await mailed(site)
    reply = await SchoolSystem(site).says(referral_id, HELPED)
    assert (reply.status_code, reply.json()["code"]) == (409, "step-not-possible")


async def test_without_a_good_token_nothing_is_shown_and_too_many_tries_must_wait() -> None:
    site, _ = await delivered()
    assert (await site.get("/v1/referrals")).status_code == 401
    wrong = {"Authorization": "Bearer sk_mine"}
    statuses = [(await site.client.get("/v1/referrals", headers=wrong)).status_code for _ in range(61)]
    assert statuses == [401] * 60 + [429]


async def test_token_of_an_ambassador_who_left_opens_nothing() -> None:
    site, _ = await delivered()
    async with site.world.units.begin() as unit:
        person = await unit.people.read(named("juf"))
        assert person is not None
        await keep_person(person, left(person), unit)
    reply = await site.client.get("/v1/referrals", headers=SchoolSystem(site).headers)
    assert (reply.status_code, reply.json()["code"]) == (401, "api-key-needed")


async def test_help_begins_when_the_school_says_too_that_they_met() -> None:
    site = await a_site()
    referral_id, link = await mailed(site)
    await site.post(f"/antwoord/{link.token}", **ACCEPTED)
    await site.post(f"/antwoord/{link.token}", choice="handover", when="today")
    system, met = SchoolSystem(site), {"familyAgrees": True}

    first, again = [await system.says(referral_id, met, "handover") for _ in range(2)]

    assert (first.status_code, first.json()["status"], again.content) == (200, "handed-over", first.content)
    assert len(site.world.published(HandoverConfirmed)) == 2
    assert len(site.world.published(WarmHandoverCompleted)) == 1


@pytest.mark.parametrize("sent", [{}, {"familyAgrees": ""}, {"familyAgrees": False}])
async def test_without_the_familys_yes_nobody_met(sent: dict[str, object]) -> None:
    site, referral_id = await delivered()
    reply = await SchoolSystem(site).says(referral_id, sent, "handover")
    (error,) = reply.json()["errors"]
    assert (reply.status_code, error["pointer"], error["example"]) == (400, "/familyAgrees", "true")
