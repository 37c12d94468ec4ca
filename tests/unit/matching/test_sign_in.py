"""Signing in with a mailed code."""

from datetime import timedelta
from urllib.parse import parse_qs, urlparse
from uuid import UUID

import httpx
import pytest
import time_machine

from services.matching.domain.sign_in import code_of
from shared.access.sessions import COOKIE
from shared.events.base import Role
from shared.events.matching import SignInRequested
from shared.web.rate_limit import TooManyRequests
from tests.unit.matching.city import NOON, named
from tests.unit.matching.site import Site, a_site, text_of


async def asked_for_code(
    site: Site, email: str = "noor@school.example", naar: str = "/"
) -> tuple[UUID, httpx.Response]:
    answered = await site.post("/inloggen", email=email, naar=naar)
    query = parse_qs(urlparse(answered.headers["location"]).query)
    return UUID(query["aanmelding"][0]), answered


def wrong(code: str) -> str:
    return "000000" if code != "000000" else "000001"


async def test_right_code_sets_the_cookie_and_goes_where_the_person_was_going() -> None:
    site = await a_site()
    sign_in_id, _ = await asked_for_code(site, "NOOR@school.example", naar="/doorverwijzingen")
    [asked] = site.world.published(SignInRequested)
    assert (asked.subject, asked.sign_in_id) == (named("juf"), sign_in_id)

    code = site.code_for(sign_in_id)
    answered = await site.post(
        "/inloggen/code", aanmelding=str(sign_in_id), code=f"{code[:3]} {code[3:]}", naar="/doorverwijzingen"
    )

    assert (answered.status_code, answered.headers["location"]) == (303, "/doorverwijzingen")
    assert (await site.get("/doorverwijzingen")).status_code == 200


async def test_code_works_once() -> None:
    site = await a_site()
    sign_in_id, _ = await asked_for_code(site)
    code = site.code_for(sign_in_id)

    assert (await site.post("/inloggen/code", aanmelding=str(sign_in_id), code=code)).status_code == 303
    assert (await site.post("/inloggen/code", aanmelding=str(sign_in_id), code=code)).status_code == 400


async def test_code_is_worth_nothing_after_five_wrong_tries() -> None:
    site = await a_site()
    sign_in_id, _ = await asked_for_code(site)
    code = site.code_for(sign_in_id)
    for _ in range(5):
        refused = await site.post("/inloggen/code", aanmelding=str(sign_in_id), code=wrong(code))
        assert refused.status_code == 400

    assert (await site.post("/inloggen/code", aanmelding=str(sign_in_id), code=code)).status_code == 400


async def test_code_is_worth_nothing_after_ten_minutes() -> None:
    site = await a_site()
    sign_in_id, _ = await asked_for_code(site)
    site.world.later(minutes=10)

    answered = await site.post("/inloggen/code", aanmelding=str(sign_in_id), code=site.code_for(sign_in_id))

    assert answered.status_code == 400
    assert COOKIE not in answered.cookies


async def test_unknown_address_gets_the_same_page_and_no_mail() -> None:
    site = await a_site()
    _, known = await asked_for_code(site)
    sign_in_id, unknown = await asked_for_code(site, "nobody@nowhere.example")

    assert unknown.status_code == known.status_code
    assert len(site.world.published(SignInRequested)) == 1
    pages = [text_of(await site.get(answer.headers["location"])) for answer in (known, unknown)]
    assert pages[0] == pages[1]
    tried = await site.post("/inloggen/code", aanmelding=str(sign_in_id), code=site.code_for(sign_in_id))
    assert tried.status_code == 400


async def test_too_many_mails_to_one_address_are_refused() -> None:
    site = await a_site()
    for _ in range(5):
        await asked_for_code(site)

    assert (await site.post("/inloggen", email="noor@school.example")).status_code == 429


async def test_new_code_closes_the_one_before() -> None:
    site = await a_site()
    first, _ = await asked_for_code(site)
    second, _ = await asked_for_code(site)

    refused = await site.post("/inloggen/code", aanmelding=str(first), code=site.code_for(first))
    assert (refused.status_code, "niet meer geldig" in text_of(refused)) == (400, True)
    assert (await site.post("/inloggen/code", aanmelding=str(second), code=site.code_for(second))).status_code == 303


async def test_twenty_mails_a_day_to_one_address_are_enough() -> None:
    site = await a_site()
    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(4):
            for _ in range(5):
                await asked_for_code(site)
            clock.shift(timedelta(minutes=11))
        refused = await site.post("/inloggen", email="Noor@school.example")
        clock.shift(timedelta(days=1))
        again = await site.post("/inloggen", email="noor@school.example")

    assert (refused.status_code, "24 uur" in refused.text) == (429, True)
    assert again.status_code == 303


async def test_caller_with_many_wrong_codes_may_try_no_other_for_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.matching.web.pages.sign_in.WRONG_CODES_PER_CLIENT", "2/day")
    site = await a_site()
    sign_in_id, _ = await asked_for_code(site)
    code = site.code_for(sign_in_id)
    for _ in range(2):
        assert (await site.post("/inloggen/code", aanmelding=str(sign_in_id), code=wrong(code))).status_code == 400

    assert (await site.post("/inloggen/code", aanmelding=str(sign_in_id), code=code)).status_code == 429


async def test_wrong_try_counts_also_when_the_limiter_refuses_the_next_one(monkeypatch: pytest.MonkeyPatch) -> None:
    site = await a_site()
    sign_in_id, _ = await asked_for_code(site)

    async def refuse(name: str, *_: str) -> None:
        if name == "sign-in-wrong-code":
            raise TooManyRequests(60)

    monkeypatch.setattr("shared.web.rate_limit.RateLimiter.hit", lambda _, *asked: refuse(*asked))
    code = wrong(site.code_for(sign_in_id))
    assert (await site.post("/inloggen/code", aanmelding=str(sign_in_id), code=code)).status_code == 429

    async with site.world.units.begin() as unit:
        attempt = await unit.sign_ins.read(sign_in_id)
    assert attempt is not None
    assert attempt.tries == 1


async def test_sign_in_page_forgets_a_way_back_to_another_site() -> None:
    site = await a_site()

    assert 'name="naar" value="/netwerk"' in (await site.get("/inloggen?naar=/netwerk")).text
    for elsewhere in ("https://evil.example", "//evil.example", "/%5Cevil.example"):
        page = (await site.get(f"/inloggen?naar={elsewhere}")).text
        assert "evil.example" not in page
        assert 'name="naar" value="/"' in page


async def test_sign_in_page_names_what_is_wrong() -> None:
    site = await a_site()

    answered = await site.post("/inloggen", email="noor at school")

    assert answered.status_code == 400
    assert "Dit is geen e-mailadres" in text_of(answered) or "dit is geen e-mailadres" in text_of(answered)


async def test_sign_out_takes_the_cookie_away() -> None:
    site = await a_site()
    site.sign_in(Role.AMBASSADOR, "school")

    answered = await site.post("/uitloggen")

    assert answered.status_code == 303
    assert f'{COOKIE}=""' in answered.headers["set-cookie"]


def test_code_has_six_digits_and_follows_from_the_key() -> None:
    codes = {code_of(key, named("attempt")) for key in (b"a" * 32, b"b" * 32)}

    assert all(len(code) == 6 and code.isdecimal() for code in codes)
    assert len(codes) == 2
