"""Signing in with a mailed code."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlparse
from uuid import UUID, uuid4

import httpx
import pytest

from services.matching.domain.sign_in import code_of
from services.matching.web import arriving
from shared.access.sessions import COOKIE
from shared.events.directory import PersonListed
from shared.events.matching import SignInRequested
from tests.unit.matching.city import named
from tests.unit.matching.site import FORM, Site, a_site, text_of


async def asked_for_code(
    site: Site, email: str = "noor@school.example", naar: str = "/"
) -> tuple[UUID, httpx.Response]:
    answered = await site.post("/inloggen", email=email, naar=naar)
    query = parse_qs(urlparse(answered.headers["location"]).query)
    return UUID(query["aanmelding"][0]), answered


async def code_typed(site: Site, sign_in_id: UUID, code: str) -> httpx.Response:
    return await site.post("/inloggen/code", aanmelding=str(sign_in_id), code=code)


async def mailed_code(site: Site, mailed: SignInRequested) -> str:
    """The code as it stands in this mail."""
    return (await site.delivery(recipientId=str(mailed.subject), signInId=str(mailed.sign_in_id)))["code"]


@pytest.fixture
def slowly(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The moments that somebody had to wait, without the waiting."""
    waits: list[float] = []

    async def wait(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr(arriving, "sleep", wait)
    return waits


def watched(monkeypatch: pytest.MonkeyPatch, site: Site) -> list[str]:
    """What is asked of the store, in order."""
    work: list[str] = []
    begin = site.world.units.begin

    def noted(owner: object, name: str) -> None:
        method = getattr(owner, name)

        def call(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - as the method has it
            work.append(name)
            return method(*given, **named)

        setattr(owner, name, call)

    @asynccontextmanager
    async def begun() -> AsyncIterator[Any]:
        async with begin() as unit:
            work.append("unit")
            for owner in (unit.people, unit.sign_ins, unit.timers, unit.outbox, unit.members, unit.organisations):
                for name in [
                    each
                    for each in dir(owner)
                    if not each.startswith("_") and each not in ("flush", "changes", "follow")
                ]:
                    if callable(getattr(owner, name)):
                        noted(owner, name)
            yield unit

    monkeypatch.setattr(site.world.units, "begin", begun)
    return work


def rows_of(site: Site) -> dict[str, int]:
    return {name: len(rows) for name, rows in site.world.units.tables.tables.items()}


def wrong(code: str) -> str:
    return "000000" if code != "000000" else "000001"


async def test_right_code_sets_the_cookie_and_goes_where_the_person_was_going() -> None:
    site = await a_site()
    sign_in_id, _ = await asked_for_code(site, "NOOR@school.example", naar="/doorverwijzingen")
    [asked] = await site.codes_go_out()
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
    assert len(await site.codes_go_out()) == 1
    pages = [text_of(await site.get(answer.headers["location"])) for answer in (known, unknown)]
    assert pages[0] == pages[1]
    tried = await site.post("/inloggen/code", aanmelding=str(sign_in_id), code=site.code_for(sign_in_id))
    assert tried.status_code == 400


async def test_known_and_unknown_address_make_the_same_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """S11: not even the time tells who is in the network."""
    site = await a_site()
    work = watched(monkeypatch, site)
    await asked_for_code(site)
    of_known, before = list(work), dict(rows_of(site))
    work.clear()
    await asked_for_code(site, "nobody@nowhere.example")

    assert work == of_known == ["unit", "read_by_email", "list_of_lane", "save", "set"]
    assert rows_of(site) == {name: count + (name in ("sign_ins", "timers")) for name, count in before.items()}


async def test_hundreds_of_wrong_ids_lock_nobody_out(slowly: list[float]) -> None:
    """S4: whoever sits behind the same network as somebody who guesses can sign in."""
    site = await a_site()
    sign_in_id, _ = await asked_for_code(site)
    for _ in range(400):
        assert (await site.post("/inloggen/code", aanmelding=str(uuid4()), code="000000")).status_code == 400

    waited = len(slowly)
    answered = await site.post("/inloggen/code", aanmelding=str(sign_in_id), code=site.code_for(sign_in_id))

    assert (answered.status_code, len(slowly)) == (303, waited)


async def test_stranger_who_asks_for_a_hundred_codes_takes_none_away(slowly: list[float]) -> None:
    """S4: neither the code that somebody waits for, nor the next one; and the mailbox does not fill up."""
    site = await a_site()
    mine, _ = await asked_for_code(site)
    stranger = site.another_browser()
    for _ in range(100):
        await stranger.post("/inloggen", data={"email": "noor@school.example"}, headers=FORM)

    assert len(await site.codes_go_out()) == 6
    assert (await code_typed(site, mine, site.code_for(mine))).status_code == 303
    site.client.cookies.clear()
    later, answered = await asked_for_code(site)
    assert answered.status_code == 303
    [*_, mailed] = await site.codes_go_out()
    assert (await code_typed(site, later, await mailed_code(site, mailed))).status_code == 303
    assert len(slowly) > 0


async def test_attempt_takes_the_code_that_was_mailed_last_when_many_were_asked_for() -> None:
    site = await a_site()
    for _ in range(5):
        await asked_for_code(site)
    [*_, mailed] = await site.codes_go_out()
    site.world.later(minutes=2)

    sixth, _ = await asked_for_code(site)

    assert len(await site.codes_go_out()) == 5
    assert (await code_typed(site, sixth, site.code_for(mailed.sign_in_id))).status_code == 303


async def test_new_code_is_mailed_again_before_the_last_one_ends() -> None:
    site = await a_site()
    for _ in range(5):
        await asked_for_code(site)
    site.world.later(minutes=8)

    sixth, _ = await asked_for_code(site)

    assert (await site.codes_go_out())[-1].sign_in_id == sixth


async def test_codes_become_too_long_to_guess_after_twenty_in_a_day() -> None:
    site = await a_site()
    for _ in range(20):
        await asked_for_code(site)
        site.world.later(minutes=11)
    attempt, _ = await asked_for_code(site)

    [*_, mailed] = await site.codes_go_out()
    code = await mailed_code(site, mailed)

    assert len(code) == 10
    assert (await code_typed(site, attempt, site.code_for(attempt))).status_code == 400
    assert (await code_typed(site, attempt, code)).status_code == 303


async def test_device_that_proved_itself_keeps_its_own_count() -> None:
    """S4: it gets a code of its own at once, however often others asked for one."""
    site = await a_site()
    first, _ = await asked_for_code(site)
    await code_typed(site, first, site.code_for(first))
    await site.post("/uitloggen")
    stranger = site.another_browser()
    for _ in range(30):
        await stranger.post("/inloggen", data={"email": "noor@school.example"}, headers=FORM)

    mine, _ = await asked_for_code(site)

    assert mine in [each.sign_in_id for each in await site.codes_go_out()]
    assert (await code_typed(site, mine, site.code_for(mine))).status_code == 303


async def test_device_of_one_person_is_no_proof_for_another(slowly: list[float]) -> None:
    site = await a_site()
    first, _ = await asked_for_code(site)
    await code_typed(site, first, site.code_for(first))
    for _ in range(150):
        await site.post("/inloggen", email="contact@fietsbende.example")

    assert slowly == [arriving.SLOWLY_SECONDS] * 51


async def test_new_code_leaves_the_one_before_open() -> None:
    site = await a_site()
    first, _ = await asked_for_code(site)
    second, _ = await asked_for_code(site)

    assert (await code_typed(site, first, site.code_for(first))).status_code == 303
    refused = await code_typed(site, second, site.code_for(second))
    assert (refused.status_code, "niet meer geldig" in text_of(refused)) == (400, True)


async def test_network_with_many_wrong_codes_is_slowed_down_and_still_let_in(slowly: list[float]) -> None:
    site = await a_site()
    sign_in_id, _ = await asked_for_code(site)
    for _ in range(103):
        await code_typed(site, uuid4(), "000000")

    assert slowly == [arriving.SLOWLY_SECONDS] * 3
    assert (await code_typed(site, sign_in_id, site.code_for(sign_in_id))).status_code == 303


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


async def test_sign_out_takes_the_cookie_away_and_ends_the_session_everywhere() -> None:
    site = await a_site()
    sign_in_id, _ = await asked_for_code(site)
    await code_typed(site, sign_in_id, site.code_for(sign_in_id))
    copied = site.client.cookies[COOKIE]

    answered = await site.post("/uitloggen")

    assert (answered.status_code, answered.headers["clear-site-data"]) == (303, '"cache"')
    assert f'{COOKIE}=""' in answered.headers["set-cookie"]
    assert [(each.subject, each.epoch) for each in site.world.published(PersonListed)] == [(named("juf"), 1)]
    site.client.cookies.set(COOKIE, copied)
    assert (await site.get("/doorverwijzingen")).headers["location"] == "/inloggen?naar=/doorverwijzingen"


async def test_session_that_is_over_ends_no_later_one() -> None:
    site = await a_site()
    sign_in_id, _ = await asked_for_code(site)
    await code_typed(site, sign_in_id, site.code_for(sign_in_id))
    old = site.client.cookies[COOKIE]
    await site.post("/uitloggen")
    again, _ = await asked_for_code(site)
    await code_typed(site, again, site.code_for(again))
    copy = site.another_browser()
    copy.cookies.set(COOKIE, old)

    await copy.post("/uitloggen", headers=FORM)

    assert (await site.get("/doorverwijzingen")).status_code == 200


async def test_page_says_who_is_signed_in_and_as_what() -> None:
    site = await a_site()
    sign_in_id, _ = await asked_for_code(site)
    await code_typed(site, sign_in_id, site.code_for(sign_in_id))

    head = " ".join((await site.get("/doorverwijzingen")).text.split("<main")[0].split())

    assert "Ingelogd: <strong>Noor Verzonnen</strong>, contactpersoon bij Basisschool De Zevensprong" in head


async def test_person_who_left_gets_no_code() -> None:
    site = await a_site()
    async with site.world.units.begin() as unit:
        person = await unit.people.get(named("juf"))
        assert person is not None
        await unit.people.save(replace(person, active=False))
    sign_in_id, _ = await asked_for_code(site)

    assert await site.codes_go_out() == []
    assert (await code_typed(site, sign_in_id, site.code_for(sign_in_id))).status_code == 400


def test_code_has_six_digits_and_follows_from_the_key() -> None:
    codes = {code_of(key, named("attempt")) for key in (b"a" * 32, b"b" * 32)}

    assert all(len(code) == 6 and code.isdecimal() for code in codes)
    assert len(codes) == 2
