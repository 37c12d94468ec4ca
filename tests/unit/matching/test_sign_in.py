"""Signing in with a mailed code."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest

from services.matching.domain.sign_in import code_of
from shared.access.sessions import COOKIE
from shared.events.directory import PersonListed
from tests.unit.matching.city import named
from tests.unit.matching.signing_in import asked_for_code, code_typed
from tests.unit.matching.site import FORM, Site, a_site, text_of


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
    assert (asked.person_id, asked.subject) == (named("juf"), sign_in_id)

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
