"""A choice on the board gets a name: one's own or the team's, with its count, as a beginning, and away again."""

import re
from uuid import UUID

import httpx
import pytest

from shared.events.base import Role
from shared.events.http import KnownPerson
from tests.unit.monitoring.app import visitor
from tests.unit.monitoring.builders import COORDINATOR, acknowledged, an_id, request_received
from tests.unit.monitoring.twin import Monitoring

COLLEAGUE = an_id("colleague")
NEW = "/bord?punt=new-request"


async def a_board() -> Monitoring:
    monitoring = Monitoring()
    await monitoring.consumes(
        request_received(), request_received(case=an_id("other")), request_received(case=an_id("third")),
        acknowledged(case=an_id("third")),
    )  # fmt: skip
    return monitoring


def saved(
    query: str = "punt=new-request", title: str = "Nog te lezen", shared: str = "self", **more: str
) -> dict[str, str]:
    return {"query": query, "title": title, "shared": shared, **more}


async def ids(browser: httpx.AsyncClient) -> list[UUID]:
    page = (await browser.get("/bord/weergaven")).text
    return [UUID(one) for one in re.findall(r"/bord/weergaven/([0-9a-f-]{36})/verwijderen", page)]


async def test_choice_is_kept_under_a_name_with_its_count() -> None:
    async with visitor(await a_board(), Role.COORDINATOR) as browser:
        board = (await browser.get("/bord", params={"wijk": "noord", "punt": "new-request"})).text
        (path,) = re.findall(r'href="([^"]+)">Bewaar deze keuze', board)
        form = (await browser.get(path.replace("&amp;", "&"))).text
        assert "Je koos: Wat er aan de hand is: Er is een nieuwe aanvraag; Wijk: Noord." in form
        assert "Zet hier niets van een kind of gezin." in form
        assert " checked" not in form
        (query,) = re.findall(r'name="query" value="([^"]+)"', form)
        done = await browser.post("/bord/weergaven", data=saved(query.replace("&amp;", "&")))
        assert (done.status_code, done.headers["location"]) == (303, "/bord?punt=new-request&wijk=noord")
        board = (await browser.get(done.headers["location"])).text
        assert re.search(r'aria-current="true">Nog te lezen <span class="schakel-picks__count">2<', board)
        mine = (await browser.get("/bord/weergaven")).text
        assert "2 aanvragen · alleen van jou" in mine


async def test_own_view_is_ones_own_and_a_view_of_the_team_is_everybodys() -> None:
    monitoring = await a_board()
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        await browser.post("/bord/weergaven", data=saved())
        await browser.post("/bord/weergaven", data=saved(title="Samen", shared="team"))
        own, _ = await ids(browser)
    async with visitor(monitoring, Role.COORDINATOR, COLLEAGUE) as browser:
        assert len(await ids(browser)) == 1
        page = (await browser.get("/bord")).text
        assert "Samen <span" in page
        assert "Nog te lezen" not in page
        for reply in (
            await browser.get(f"/bord/weergaven/{own}/verwijderen"),
            await browser.post(f"/bord/weergaven/{own}/verwijderen"),
            await browser.post("/bord/weergaven/begin", data={"view": str(own)}),
        ):
            assert reply.status_code == 404


async def test_view_of_the_team_is_deleted_after_a_question_and_then_nobody_begins_with_it() -> None:
    monitoring = await a_board()
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        await browser.post("/bord/weergaven", data=saved(shared="team", as_default="true"))
        (view_id,) = await ids(browser)
        assert (await browser.get("/bord")).headers["location"] == NEW
    monitoring.people.people[COORDINATOR] = KnownPerson(person_id=COORDINATOR, name="Anna Verzonnen")
    async with visitor(monitoring, Role.COORDINATOR, COLLEAGUE) as browser:
        assert (await browser.get("/bord")).status_code == 200
        assert "van het team, gemaakt door Anna Verzonnen" in (await browser.get("/bord/weergaven")).text
        asked = await browser.get(f"/bord/weergaven/{view_id}/verwijderen")
        assert "Ook je collega's zijn hem dan kwijt." in asked.text
        assert "Gemaakt door Anna Verzonnen. Vraag eerst of deze weg mag." in asked.text
        assert await ids(browser) == [view_id]
        gone = await browser.post(f"/bord/weergaven/{view_id}/verwijderen")
        assert (gone.status_code, gone.headers["location"]) == (303, "/bord/weergaven")
        assert await ids(browser) == []
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        assert (await browser.get("/bord")).status_code == 200


async def test_maker_of_a_view_is_asked_nothing_and_who_cannot_be_named_is_a_colleague() -> None:
    monitoring = await a_board()
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        await browser.post("/bord/weergaven", data=saved(shared="team"))
        (view_id,) = await ids(browser)
        assert "Vraag eerst" not in (await browser.get(f"/bord/weergaven/{view_id}/verwijderen")).text
        assert "van het team, gemaakt door jou" in (await browser.get("/bord/weergaven")).text
    monitoring.people.away = True
    async with visitor(monitoring, Role.COORDINATOR, COLLEAGUE) as browser:
        asked = await browser.get(f"/bord/weergaven/{view_id}/verwijderen")
        assert "Gemaakt door een collega. Vraag eerst of deze weg mag." in asked.text


async def test_view_of_a_colleague_does_not_make_way_for_one_of_the_same_name() -> None:
    monitoring = await a_board()
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        await browser.post("/bord/weergaven", data=saved(shared="team"))
    async with visitor(monitoring, Role.COORDINATOR, COLLEAGUE) as browser:
        refused = await browser.post("/bord/weergaven", data=saved("wijk=zuid", shared="team"))
        assert refused.status_code == 400
        assert "Een collega maakte voor het team al een weergave met deze naam. Kies een andere naam." in refused.text
        assert "punt=new-request" in (await browser.get("/bord/weergaven")).text
        # One's own may be called the same.
        assert (await browser.post("/bord/weergaven", data=saved("wijk=zuid"))).status_code == 303


async def test_board_opens_with_the_view_that_somebody_prefers_and_everything_is_one_click_away() -> None:
    async with visitor(await a_board(), Role.COORDINATOR) as browser:
        await browser.post("/bord/weergaven", data=saved())
        (view_id,) = await ids(browser)
        assert (await browser.get("/bord")).status_code == 200
        await browser.post("/bord/weergaven/begin", data={"view": str(view_id)})
        opened = await browser.get("/bord")
        assert (opened.status_code, opened.headers["location"]) == (303, NEW)
        assert "Hiermee begint jouw bord" in (await browser.get("/bord/weergaven")).text
        assert (await browser.get("/bord?alles=ja")).text.count('<th scope="row">') == 3
        await browser.post("/bord/weergaven/begin", data={"view": "alles"})
        assert (await browser.get("/bord")).status_code == 200


async def test_saved_view_with_a_filter_that_is_no_more_opens_and_says_so() -> None:
    async with visitor(await a_board(), Role.COORDINATOR) as browser:
        done = await browser.post("/bord/weergaven", data=saved("wijk=verdwenen&straat=weg", as_default="true"))
        assert done.headers["location"] == "/bord?wijk=verdwenen"
        page = await browser.get((await browser.get("/bord")).headers["location"])
    assert page.status_code == 200
    assert "Wijk: “verdwenen” bestaat niet (meer)." in page.text
    assert page.text.count('<th scope="row">') == 3


async def test_same_name_once_more_takes_the_place_of_the_first() -> None:
    async with visitor(await a_board(), Role.COORDINATOR) as browser:
        await browser.post("/bord/weergaven", data=saved())
        await browser.post("/bord/weergaven", data=saved("wijk=zuid"))
        assert len(await ids(browser)) == 1
        assert "/bord?wijk=zuid" in (await browser.get("/bord/weergaven")).text


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"title": ""}, "Hoe noem je deze weergave?"),
        ({"title": "111222333"}, "Hier lijkt een burgerservicenummer te staan. Laat dat weg."),
        ({"title": "x" * 41}, "Hoe noem je deze weergave?"),
        ({"shared": ""}, "Voor wie is deze weergave?"),
        ({"query": "pagina=2"}, "kies eerst iets op het bord"),
        ({"query": "zoek=111222333"}, "burgerservicenummer"),
    ],
)
async def test_view_that_cannot_be_kept_says_what_is_wrong(wrong: dict[str, str], told: str) -> None:
    async with visitor(await a_board(), Role.COORDINATOR) as browser:
        page = await browser.post("/bord/weergaven", data={**saved(), **wrong})
        assert (page.status_code, told in page.text) == (400, True)
        assert await ids(browser) == []


async def test_there_are_no_more_views_than_somebody_can_find_anything_in() -> None:
    async with visitor(await a_board(), Role.COORDINATOR) as browser:
        for number in range(20):
            await browser.post("/bord/weergaven", data=saved(title=f"Weergave {number}"))
        page = await browser.post("/bord/weergaven", data=saved(title="Nog een"))
        assert page.status_code == 400
        assert "Er zijn al 20 weergaven." in page.text


@pytest.mark.parametrize("role", [Role.AMBASSADOR, Role.PARTNER])
async def test_views_are_for_the_desk_only(role: Role) -> None:
    monitoring = await a_board()
    async with visitor(monitoring, role, COORDINATOR) as browser:
        for path in ("/bord/weergaven", "/bord/weergaven/nieuw", "/bord/vandaag", "/bord/tempo"):
            assert (await browser.get(path)).status_code == 403
        for path in ("/bord/weergaven", "/bord/weergaven/begin", f"/bord/weergaven/{COLLEAGUE}/verwijderen"):
            assert (await browser.post(path, data=saved())).status_code == 403
