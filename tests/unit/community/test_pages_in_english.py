"""Who has no account reads all that they meet in English, refusals too; it says so in its address."""

from typing import Any, Final

import httpx
import pytest
from fastapi.routing import APIRoute

from shared.events.base import Role
from tests.parts.reading import language_of, left_in_dutch
from tests.unit.community.open_pages import MIRROR, SAME_IN_ENGLISH, OpenPages, open_pages, vote_begins
from tests.unit.community.test_sign_up import FORM
from tests.unit.community.test_voting import SUBJECTS
from tests.unit.community.world import Community, an_id, announced

BASE: Final = "/bijeenkomsten"
SIGN_UP: Final = f"{BASE}/{{gathering_id}}/aanmelden"
FOR_EVERYBODY: Final = {
    BASE, f"{BASE}/{{gathering_id}}", SIGN_UP, f"{SIGN_UP}/verstuurd", f"{BASE}/{{gathering_id}}/verslag",
    f"{BASE}/{{gathering_id}}/ronde", f"{BASE}/plek/{{token}}", f"{BASE}/plek/{{token}}/wijzigen",
    f"{BASE}/plek/{{token}}/agenda", f"{BASE}/plek/{{token}}/stemmen", f"{BASE}/uitnodiging/{{token}}",
    f"{BASE}/uitnodiging/{{token}}/aanmelden", f"{BASE}/visie", f"{BASE}/visie/{{version}}",
    f"{BASE}/volgen", f"{BASE}/volgen/verstuurd", f"{BASE}/volgen/{{token}}", f"{BASE}/plek/{{token}}/kennismaken",
    f"{BASE}/plek/{{token}}/afspraken", f"{BASE}/plek/{{token}}/afspraken/{{appointment_id}}/verzetten",
}  # fmt: skip


async def in_both(browser: httpx.AsyncClient, path: str, form: dict[str, Any] | None = None) -> list[httpx.Response]:
    """The page in Dutch and in English."""
    method = "GET" if form is None else "POST"
    return [await browser.request(method, path, params={"leestaal": one}, data=form) for one in ("nl", "en")]


def routes_of(there: OpenPages) -> list[str]:
    routes = [one for one in there.community.app().routes if isinstance(one, APIRoute) and "GET" in (one.methods or ())]
    return [one.path for one in routes if one.path.startswith(BASE)]


def is_page(reply: httpx.Response) -> bool:
    return reply.status_code == 200 and reply.headers["content-type"].startswith("text/html")


async def test_every_page_for_everybody_is_wholly_in_english() -> None:
    there, read = await open_pages(), set()
    async with there.community.visitor() as browser:
        for begun in (False, True):
            if begun:
                await vote_begins(there)
            for route in routes_of(there):
                for path in there.filled_in(route):
                    dutch, english = await in_both(browser, path)
                    if is_page(english):
                        read.add(route)
                        assert language_of(english.text) == "en", path
                        assert left_in_dutch(dutch.text, english.text, SAME_IN_ENGLISH) == [], path
    assert read == FOR_EVERYBODY


async def test_language_is_what_the_browser_asks_for_until_its_reader_chooses() -> None:
    community = Community()
    page = f"{BASE}/{await announced(community.units)}"
    async with community.visitor() as browser:
        browser.headers["Accept-Language"] = "en-GB,en;q=0.9,nl;q=0.3"
        assert "Sign up" in (await browser.get(page)).text
        assert "Meld je aan" in (await browser.get(f"{page}?leestaal=nl")).text
        browser.headers["Accept-Language"] = "ar"
        shown = (await browser.get(page)).text
    assert '<html lang="ar" dir="rtl"' in shown
    assert 'href="/bijeenkomsten/' in shown


async def test_choice_goes_along_with_signing_up_and_with_what_is_done_behind_the_link() -> None:
    community = Community()
    page = f"{BASE}/{await announced(community.units)}"
    async with community.visitor() as browser:
        shown = (await browser.get(f"{page}?leestaal=en")).text
        assert f'href="{page}/aanmelden?leestaal=en"' in shown
        assert f'href="{page}?leestaal=uk"' in shown
        sent = await browser.post(f"{page}/aanmelden?leestaal=en", data=FORM)
        assert sent.headers["location"] == f"{page}/aanmelden/verstuurd?leestaal=en"
        assert "Look in your mail" in (await browser.get(sent.headers["location"])).text


async def test_who_organises_works_in_dutch_and_what_is_theirs_alone_is_marked_as_such() -> None:
    there = await open_pages()
    await vote_begins(there)
    page = f"{BASE}/{there.gatherings[1]}"
    async with there.community.visitor(Role.COORDINATOR) as desk:
        desk.headers["Accept-Language"] = "en"
        assert (await desk.post(f"{page}/ronde", data={"wish": "Samen koken", "way": "paper"})).status_code == 303
        for path in (BASE, page, f"{page}/ronde", f"{BASE}/visie", f"{BASE}/volgen"):
            assert language_of((await desk.get(path)).text) == "nl"
            dutch, english = await in_both(desk, path)
            assert language_of(english.text) == "en"
            assert left_in_dutch(dutch.text, english.text, SAME_IN_ENGLISH) == [], path
        assert "Deurlijst" in (await desk.get(f"{page}?leestaal=en")).text
        assert language_of((await desk.get(f"{page}/wijzigen?leestaal=en")).text) == "nl"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Your name: fill this in."),
        ({"name": "www.geld.example"}, "this looks like a web address"),
        ({"email": "noor"}, "this is not an e-mail address"),
        ({"topic": "Sem, BSN 111222333"}, "There is a citizen service number"),
        ({"other": "a" * 281}, "this is too long: at most 280 characters"),
        ({"childcare": "13"}, "this may be 12 at most"),
        ({"childcare": "two"}, "this must be a whole number"),
        ({"access": "wings"}, "Choose what is right."),
    ],
)
async def test_what_is_wrong_with_a_form_is_said_in_english(wrong: dict[str, str], said: str) -> None:
    community = Community()
    page = f"{BASE}/{await announced(community.units, MIRROR)}/aanmelden"
    async with community.visitor() as browser:
        dutch, english = await in_both(browser, page, FORM | wrong)
    assert english.status_code == 400
    assert said.casefold() in english.text.casefold()
    assert left_in_dutch(dutch.text, english.text, {*SAME_IN_ENGLISH, *FORM.values(), *wrong.values()}) == []


async def test_refusals_are_in_english() -> None:
    there = await open_pages()
    seats, (evening, mirror, _, off, reported) = there.seats, there.gatherings
    forms = {
        f"{BASE}/{an_id('nothing')}": None,
        f"{BASE}/{off}/aanmelden": None,
        f"{BASE}/{reported}/aanmelden": None,
        f"{BASE}/plek/{'a' * 43}": None,
        f"{BASE}/uitnodiging/{'a' * 43}": None,
        f"{BASE}/visie/9": None,
        f"{seats['cancelled']}/wijzigen": None,
        f"{seats['confirmed']}/stemmen": None,
        seats["confirmed"]: {"choice": "confirm"},
        seats["waiting"]: {"choice": "accept"},
        seats["cancelled"]: {"choice": "cancel"},
        seats["invited"]: {"choice": "cancel"},
        seats["offered"]: {"choice": "agree"},
        f"{BASE}/{evening}/ronde": {"wish": "Een plek"},
    }
    async with there.community.visitor() as browser:
        for path, form in forms.items():
            await is_refused_in_english(browser, path, form)
        await vote_begins(there)
        await is_refused_in_english(browser, f"{BASE}/{mirror}/ronde", {"wish": ""})
        await is_refused_in_english(browser, f"{seats['confirmed']}/stemmen", {"subjects": list(map(str, SUBJECTS))})
        await is_refused_in_english(browser, f"{seats['requested']}/stemmen", {"subjects": [str(SUBJECTS[0])]})


async def is_refused_in_english(browser: httpx.AsyncClient, path: str, form: dict[str, Any] | None) -> None:
    dutch, english = await in_both(browser, path, form)
    assert english.status_code in {400, 404, 409, 410}, (path, english.status_code)
    assert language_of(english.text) == "en", path
    typed = {text for value in (form or {}).values() for text in ([value] if isinstance(value, str) else value)}
    assert left_in_dutch(dutch.text, english.text, {*SAME_IN_ENGLISH, *typed}) == [], path
