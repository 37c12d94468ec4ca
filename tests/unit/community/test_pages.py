"""What everybody sees of gatherings, and what the desk does with them on its pages."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import httpx
import pytest

from services.community.handlers.series import plan_next_dates
from shared.events.base import Role
from tests.unit.community.world import DE_BOEI, EVENING, SITE, Community, an_id, announced

FORM = {
    "title": "Lunch in Zuid", "kind": "lunch", "day": "08-10-2026", "starts": "12:00", "ends": "14:00",
    "about": "Soep en een gesprek.", "place": str(DE_BOEI.id), "capacity": "20", "language": "nl", "childcare": "no",
    "contactName": "Sam de Wit", "contactPhone": "010 123 45 67",
}  # fmt: skip
BSN = "111222333"


async def with_place(community: Community) -> Community:
    async with community.units.begin() as unit:
        await unit.places.save(DE_BOEI)
    return community


def path_of(reply: httpx.Response) -> str:
    assert reply.status_code == 303, reply.text
    return urlsplit(reply.headers["location"]).path


async def test_draft_is_for_the_desk_until_it_is_announced() -> None:
    community = await with_place(Community())
    async with community.visitor(Role.COORDINATOR) as desk, community.visitor() as visitor:
        page = path_of(await desk.post("/bijeenkomsten/nieuw", data=FORM))
        assert "Kondig aan" in (await desk.get(page)).text
        assert (await visitor.get(page)).status_code == 404
        assert "Lunch in Zuid" not in (await visitor.get("/bijeenkomsten")).text

        path_of(await desk.post(f"{page}/aankondigen"))

        shown = (await visitor.get(page)).text
        assert "Lunch in Zuid" in (await visitor.get("/bijeenkomsten")).text
    for words in (
        "8 oktober 2026, 12:00 tot 14:00 uur",
        "Buurthuis De Boei, Havenstraat 1",
        "Sam de Wit",
        "Nederlands",
    ):
        assert words in shown
    assert "Kondig aan" not in shown


async def test_what_is_missing_is_told_before_and_refused_all_the_same() -> None:
    community = await with_place(Community())
    async with community.visitor(Role.COORDINATOR) as desk:
        page = path_of(await desk.post("/bijeenkomsten/nieuw", data=FORM | {"contactPhone": "", "place": ""}))
        shown = (await desk.get(page)).text
        reply = await desk.post(f"{page}/aankondigen")

    assert "naam en telefoon voor vragen over toegankelijkheid" in shown
    assert "nog geen plek gekozen" in shown
    assert "Kondig aan" not in shown
    assert reply.status_code == 409
    assert "nog geen plek gekozen" in reply.text


async def test_holiday_is_flagged_before_announcing() -> None:
    community = await with_place(Community())
    async with community.visitor(Role.COORDINATOR) as desk:
        # Liberation Day is free once in five years; a weekend is no holiday, but Easter Sunday is.
        days = ("25-12-2026", "27-04-2027", "28-03-2027"), ("08-10-2026", "10-10-2026", "05-05-2027")
        for day, flagged in [(day, flagged) for flagged, each in zip((True, False), days, strict=True) for day in each]:
            page = path_of(await desk.post("/bijeenkomsten/nieuw", data=FORM | {"day": day}))
            assert ("Dit is een feestdag" in (await desk.get(page)).text) is flagged


async def test_gathering_is_moved_cancelled_and_the_page_says_so() -> None:
    community = Community()
    page = f"/bijeenkomsten/{await announced(community.units)}"
    async with community.visitor(Role.COORDINATOR) as desk, community.visitor() as visitor:
        assert 'value="08-10-2026"' in (await desk.get(f"{page}/wijzigen")).text
        path_of(await desk.post(f"{page}/wijzigen", data=FORM | {"day": "9-10-2026"}))
        moved = (await visitor.get(page)).text
        assert (await desk.post(f"{page}/afzeggen", data={})).status_code == 400
        path_of(await desk.post(f"{page}/afzeggen", data={"reason": "illness"}))
        cancelled = (await visitor.get(page)).text

    assert "verplaatst" in moved
    assert "9 oktober 2026" in moved
    assert "gaat niet door" in cancelled
    assert "Er is iemand ziek." in cancelled


async def test_draft_that_is_cancelled_stays_out_of_sight() -> None:
    community = await with_place(Community())
    async with community.visitor(Role.COORDINATOR) as desk, community.visitor() as visitor:
        page = path_of(await desk.post("/bijeenkomsten/nieuw", data=FORM))
        assert "Is het al aangekondigd?" in (await desk.get(f"{page}/afzeggen")).text
        path_of(await desk.post(f"{page}/afzeggen", data={"reason": "illness"}))

        assert "gaat niet door" in (await desk.get(page)).text
        for path in (page, f"{page}/bijeenkomst.ics", f"{page}/aanmelden"):
            assert (await visitor.get(path)).status_code == 404
        assert "Lunch in Zuid" not in (await visitor.get("/bijeenkomsten")).text


async def test_report_is_read_by_everybody() -> None:
    community = Community()
    page = f"/bijeenkomsten/{await announced(community.units)}"
    community.moves_to(EVENING.ends_at)
    async with community.visitor(Role.COORDINATOR) as desk, community.visitor() as visitor:
        assert "Schrijf het verslag" in (await desk.get(page)).text
        path_of(await desk.post(f"{page}/verslag/schrijven", data={"report": "Goed nieuws: het park gaat open."}))
        assert "het park gaat open" in (await visitor.get(page)).text
        assert "met verslag" in (await visitor.get("/bijeenkomsten")).text


@pytest.mark.parametrize(
    ("path", "form", "field"),
    [
        ("/bijeenkomsten/nieuw", FORM, "title"),
        ("/bijeenkomsten/nieuw", FORM, "about"),
        ("/bijeenkomsten/reeks", FORM | {"first": "08-10-2026", "everyWeeks": "6"}, "about"),
        ("/bijeenkomsten/plekken", {"name": "De Boei", "address": "Havenstraat 1"}, "address"),
    ],
)
async def test_bsn_is_refused_and_kept_nowhere(path: str, form: dict[str, str], field: str) -> None:
    community = Community()
    sent = {name: value for name, value in form.items() if name != "day" or "reeks" not in path}
    async with community.visitor(Role.COORDINATOR) as desk:
        reply = await desk.post(path, data=sent | {field: f"Voor Sem, BSN {BSN}"})

    assert reply.status_code == 400
    assert "burgerservicenummer" in reply.text
    assert BSN not in str(community.units.tables.tables)


async def test_series_stands_there_as_three_drafts() -> None:
    community = await with_place(Community())
    form = {name: value for name, value in FORM.items() if name != "day"}
    async with community.visitor(Role.COORDINATOR) as desk:
        path_of(await desk.post("/bijeenkomsten/reeks", data=form | {"first": "8-10-2026", "everyWeeks": "6"}))
        shown = (await desk.get("/bijeenkomsten")).text

    assert [day in shown for day in ("8 oktober", "19 november", "31 december")] == [True] * 3
    assert shown.count("concept") == 3


async def test_place_is_looked_at_with_the_list() -> None:
    community = Community()
    form = {"name": "Buurthuis De Boei", "address": "Havenstraat 1"}
    every = {"found": ["entrance", "toilet", "one-level", "sound", "calm-room", "reachable"]}
    async with community.visitor(Role.COORDINATOR) as desk:
        page = path_of(await desk.post("/bijeenkomsten/plekken", data=form))
        for sent, fit in ((every, False), (every | {"agreed": "true"}, True), ({"agreed": "true"}, False)):
            path_of(await desk.post(page, data=sent))
            assert ("Bekeken op 8 september 2026" in (await desk.get(page)).text) is fit


async def test_place_keeps_what_somebody_found() -> None:
    community = await with_place(Community())
    page = f"/bijeenkomsten/plekken/{DE_BOEI.id}"
    async with community.visitor(Role.COORDINATOR) as desk:
        assert "Wat we zagen" not in (await desk.get(page)).text
        path_of(await desk.post(page, data={"found": ["entrance", "toilet"]}))
        shown = (await desk.get(page)).text

    assert "Wat we zagen op 8 september 2026" in shown
    answers = re.findall(r"<dd[^>]*>\s*(Ja|Nee)\s*</dd>", shown)
    assert answers == ["Ja", "Ja", "Nee", "Nee", "Nee", "Nee", "Nee"]


async def test_series_is_seen_and_stopped() -> None:
    community = await with_place(Community())
    form = {name: value for name, value in FORM.items() if name != "day"}
    async with community.visitor(Role.COORDINATOR) as desk:
        listed = path_of(await desk.post("/bijeenkomsten/reeks", data=form | {"first": "8-10-2026", "everyWeeks": "6"}))
        shown = (await desk.get(listed)).text
        stop = re.search(r'action="(/bijeenkomsten/reeks/[^"]+/stop)"', shown)
        assert "Om de 6 weken, 12:00 uur" in shown
        assert stop is not None
        path_of(await desk.post(stop[1]))
        assert "Er loopt nu geen reeks" in (await desk.get(listed)).text
        assert (await desk.post(f"/bijeenkomsten/reeks/{an_id('none')}/stop")).status_code == 404
    community.clock.forward(timedelta(days=90))
    async with community.units.begin() as unit:
        await plan_next_dates(unit)
        assert len(await unit.gatherings.list_from(unit.now)) == 1


@pytest.mark.parametrize("role", [Role.PARTNER, Role.AMBASSADOR, Role.OPERATOR])
async def test_only_coordinators_organise(role: Role) -> None:
    community = Community()
    async with community.visitor(role) as other:
        assert (await other.post("/bijeenkomsten/nieuw", data=FORM)).status_code == 403


async def test_operator_sees_drafts_and_places_and_no_button_that_refuses() -> None:
    community = await with_place(Community())
    place = f"/bijeenkomsten/plekken/{DE_BOEI.id}"
    async with community.visitor(Role.COORDINATOR) as desk, community.visitor(Role.OPERATOR) as operator:
        page = path_of(await desk.post("/bijeenkomsten/nieuw", data=FORM))
        refused = {"/bijeenkomsten": "/nieuw", "/bijeenkomsten/plekken": "Voeg toe", place: "Bewaar", page: "/afzeggen"}
        for path, button in refused.items():
            assert button in (await desk.get(path)).text
            shown = await operator.get(path)
            assert shown.status_code == 200
            assert button not in shown.text
            assert '<form method="post"' not in shown.text.partition("<main")[2]
        assert "Lunch in Zuid" in (await operator.get("/bijeenkomsten")).text


async def test_unknown_gathering_is_not_there() -> None:
    async with Community().visitor() as visitor:
        assert (await visitor.get(f"{SITE}/bijeenkomsten/{an_id('other')}")).status_code == 404


async def test_running_gathering_offers_no_sign_up() -> None:
    community = Community()
    page = f"/bijeenkomsten/{await announced(community.units)}"
    async with community.visitor() as visitor:
        assert "Meld je aan" in (await visitor.get(page)).text
        community.moves_to(EVENING.starts_at)
        assert "Meld je aan" not in (await visitor.get(page)).text
        assert (await visitor.get(f"{page}/aanmelden")).status_code == 410
