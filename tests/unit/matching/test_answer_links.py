"""A mailed link opens what it was made for, for whom it was made, and changes nothing by being looked at."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote

import pytest

from services.matching.handlers.cases import erase_case
from services.matching.handlers.deliveries import ANSWER_LINK
from services.matching.handlers.stopping import stop_for_withdrawal
from shared.events.base import Role
from shared.events.intake import CaseErased
from shared.events.matching import PartnerAccepted
from shared.privacy.audit import About, Actor, Via
from tests.parts.audit import beside_the_log
from tests.unit.matching.city import NOON, named, withdrawn
from tests.unit.matching.site import (
    ACCEPTED,
    Site,
    a_site,
    a_site_where_they_met,
    mailed,
    mailed_to_ambassador,
    text_of,
)


async def test_answer_to_a_withdrawn_question_gets_a_friendly_page() -> None:
    site = await a_site()
    _, link = await mailed(site)
    async with site.world.units.begin() as unit:
        await stop_for_withdrawal(withdrawn(), unit)

    answered = await site.post(f"/antwoord/{link.token}", **ACCEPTED)

    assert answered.status_code == 409
    assert "Deze vraag is ingetrokken" in text_of(answered)
    assert site.world.published(PartnerAccepted) == []


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_tampered_link_says_what_to_do(method: str) -> None:
    site = await a_site()
    _, link = await mailed(site)
    tampered = link.token[:-1] + ("0" if link.token[-1] != "0" else "1")

    answer = await site.client.request(method, f"/antwoord/{tampered}", headers={"Sec-Fetch-Site": "same-origin"})

    assert answer.status_code == 404
    assert "Open de link in de nieuwste mail" in text_of(answer)


@pytest.mark.parametrize("behind", [".", ",", ")", ").", ">", "\u200b", "\u201d", " (knop)"])
async def test_link_opens_whatever_was_pasted_behind_it(behind: str) -> None:
    site = await a_site()
    _, link = await mailed(site)
    page = f"/antwoord/{link.token}{quote(behind)}"

    assert (await site.get(page)).status_code == 200
    await site.post(page, **ACCEPTED)
    assert len(site.world.published(PartnerAccepted)) == 1


async def test_expired_link_says_what_to_do() -> None:
    site = await a_site()
    _, link = await mailed(site)
    site.world.clock.forward(timedelta(days=181))

    page = await site.get(f"/antwoord/{link.token}")

    assert page.status_code == 404
    assert site.world.city.desk.phone in text_of(page)


async def test_link_of_an_erased_case_says_what_to_do() -> None:
    site = await a_site()
    _, link = await mailed(site)
    async with site.world.units.begin() as unit:
        await erase_case(CaseErased(subject=named("case"), occurred_at=NOON), unit)

    assert (await site.get(f"/antwoord/{link.token}")).status_code == 404


@pytest.mark.parametrize(("days", "outcome"), [(0, "done"), (181, "refused")], ids=["opens", "is-over"])
async def test_line_of_a_link_names_it_by_an_id_that_opens_nothing_and_the_case(days: int, outcome: str) -> None:
    site = await a_site()
    referral_id, link = await mailed(site)
    async with site.world.units.begin() as unit:
        known = await unit.links.find(link.token, ANSWER_LINK)
    assert known is not None
    site.world.clock.forward(timedelta(days=days))

    await site.get(f"/antwoord/{link.token}")

    line = list(site.world.units.tables.table("audit_lines").values())[-1]
    assert (line.entry.about, line.entry.about_id, line.entry.case_id) == (About.REFERRAL, referral_id, named("case"))
    assert line.entry.actor == Actor(None, Via.LINK, str(known.id))
    assert line.entry.outcome == outcome
    assert (await site.get(f"/antwoord/{known.id}")).status_code == 404


async def every_link(site: Site) -> list[str]:
    """What mails carry about the referral that was asked last: the partner's link and code, the ambassador's link."""
    _, link = await mailed(site)
    return [f"/antwoord/{link.token}", f"/antwoord/{link.short_code}", await mailed_to_ambassador(site)]


# What the forms on these pages send, and what a scanner could make of it.
QUERIES: tuple[dict[str, str], ...] = (
    {}, dict(ACCEPTED), {"choice": "decline", "reason": "no-capacity"}, {"choice": "revert"}, {"choice": "further"},
    {"choice": "handover", "when": "today", "family_agrees": "true"}, {"choice": "outcome", "outcome": "helped"},
    {"choice": "later", "from_day": "09-03-2026"}, {"choice": "ask", "question": "Welke maat?"}, {"gedaan": "accept"},
    {"zoek": "fiets"}, {"choice": "redirect", "service": str(named("service rijwielhulp"))}, {"choice": "another"},
)  # fmt: skip


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("stage", ["asked", "helping"])
async def test_looking_with_any_query_changes_nothing(method: str, stage: str) -> None:
    site = await a_site() if stage == "asked" else (await a_site_where_they_met())[0]
    paths = await every_link(site)
    before = repr(beside_the_log(site.world.units.tables))

    for path in paths:
        for query in QUERIES:
            assert (await site.client.request(method, path, params=query)).status_code == 200

    assert repr(beside_the_log(site.world.units.tables)) == before


@pytest.mark.parametrize("name", ["contact of fietsbende", "juf"])
async def test_link_of_somebody_who_moved_to_another_organisation_opens_nothing(name: str) -> None:
    site = await a_site()
    paths = await every_link(site)
    theirs = paths[2:] if name == "juf" else paths[:2]
    async with site.world.units.begin() as unit:
        person = await unit.people.read(named(name))
        assert person is not None
        await unit.people.save(replace(person, memberships=()).joining(named("rijwielhulp"), Role.PARTNER))

    for path in theirs:
        assert (await site.get(path)).status_code == 404
        assert (await site.post(path, choice="decline", reason="other")).status_code == 404


async def test_link_of_the_partner_is_none_of_the_ambassador_and_the_other_way_round() -> None:
    site = await a_site()
    partner, _, family = await every_link(site)

    assert (await site.get(partner.replace("/antwoord", "/doorverwijzingen/link"))).status_code == 404
    assert (await site.get(family.replace("/doorverwijzingen/link", "/antwoord"))).status_code == 404


async def test_link_of_an_ambassador_who_is_not_the_familys_any_more_opens_nothing() -> None:
    site = await a_site()
    family = await mailed_to_ambassador(site)
    async with site.world.units.begin() as unit:
        case = await unit.cases.get(named("case"))
        assert case is not None
        case.ambassador_id = named("another teacher")
        await unit.cases.save(case)

    assert (await site.get(family)).status_code == 404


async def test_link_signs_nobody_in() -> None:
    site = await a_site()
    await site.get(await mailed_to_ambassador(site))

    assert (await site.get("/doorverwijzingen")).status_code == 303
    site.sign_in(Role.AMBASSADOR, "school")
    assert (await site.get("/doorverwijzingen")).status_code == 200


async def test_typed_code_that_nobody_knows_is_told_with_the_field_again() -> None:
    site = await a_site()

    for path, status in (("/antwoord/ACDE-3467", 404), ("/?code=onbekend", 200)):
        page = await site.get(path)
        assert page.status_code == status
        assert "deze code kennen we niet" in text_of(page).lower()
        assert 'name="code"' in page.text
