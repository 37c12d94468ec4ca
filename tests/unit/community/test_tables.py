"""Tables at a gathering: by district or expertise, organisations spread, wishes to meet honoured and told to nobody."""

import re
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import httpx

from services.community.domain.hosting import HostTurn, TurnState
from services.community.domain.table_plan import Arrangement, Guest, Placing, TablePlan, Why, move, place_newcomers
from services.community.domain.table_wish import TableWish
from services.community.handlers.around import forget_who_came
from services.community.handlers.letters import LINK_LASTS
from services.community.handlers.seats import SEAT_LINK, cancel_seat
from services.community.handlers.table_wishes import tell_table_wish
from shared.events.base import Role
from tests.unit.community.seats import confirmed
from tests.unit.community.world import EVENING, Community, an_id, announced

PLAN = TablePlan(an_id("evening"), Arrangement.DISTRICT, 4)
BOEI, LINDE, FONDS = (an_id(one) for one in ("De Boei", "De Linde", "Het Fonds"))
NAMES = ("Anna", "Bas", "Carla", "Dirk", "Eva", "Faris")


def guest(name: str, district: str = "", organisation: UUID | None = None, *to_meet: UUID) -> Guest:
    wish = TableWish(organisation, district, "", frozenset(to_meet))
    return Guest(an_id(name), str(organisation or ""), wish)


def seated(guests: list[Guest], placed: dict[UUID, int] | None = None, plan: TablePlan = PLAN) -> dict[UUID, Placing]:
    return {one.seat_id: one for one in place_newcomers(plan, guests, placed or {})}


def tables(placings: dict[UUID, Placing]) -> set[frozenset[UUID]]:
    numbers = {one.number for one in placings.values()}
    return {frozenset(one.seat_id for one in placings.values() if one.number == number) for number in numbers}


def test_people_of_one_district_sit_together_and_hear_so() -> None:
    guests = [guest(f"{district} {number}", district) for number in range(4) for district in ("noord", "oost")]

    found = seated(guests)

    assert tables(found) == {
        frozenset(an_id(f"{district} {number}") for number in range(4)) for district in ("noord", "oost")
    }
    assert {one.why for one in found.values()} == {Why.IN_COMMON}
    assert seated(guests) == found


def test_people_of_one_organisation_are_spread_over_the_tables() -> None:
    guests = [guest(f"of the boei {number}", "noord", BOEI) for number in range(2)]
    guests += [guest(f"other {number}", "noord") for number in range(6)]

    found = seated(guests)

    assert found[an_id("of the boei 0")].number != found[an_id("of the boei 1")].number


def test_wish_to_meet_goes_before_the_district_and_only_who_wished_hears_so() -> None:
    guests = [guest(f"noord {number}", "noord") for number in range(3)]
    guests += [guest("wishes", "noord", BOEI, LINDE), guest("wished for", "oost", LINDE)]
    guests += [guest(f"oost {number}", "oost") for number in range(3)]

    found = seated(guests)

    assert found[an_id("wishes")].number == found[an_id("wished for")].number
    assert (found[an_id("wishes")].why, found[an_id("wished for")].why) == (Why.WISH, Why.ROOM)


def test_who_comes_later_moves_nobody_and_gets_a_new_table_when_all_are_full() -> None:
    guests = [guest(f"noord {number}", "noord") for number in range(4)]
    before = {one.seat_id: one.number for one in seated(guests).values()}

    later = seated([*guests, guest("late", "noord")], before)

    assert later == {an_id("late"): Placing(an_id("late"), 2, Why.ROOM)}
    assert move(later[an_id("late")], 1) == Placing(an_id("late"), 1, Why.MOVED)
    assert move(later[an_id("late")], 2).why is Why.ROOM


async def an_evening() -> tuple[Community, UUID, dict[str, UUID]]:
    """Six people come; three organisations are in the network."""
    community = Community()
    gathering_id = await announced(community.units)
    seats = await confirmed(community.units, gathering_id, *NAMES)
    async with community.units.begin() as unit:
        for organisation, name in ((BOEI, "De Boei"), (LINDE, "De Linde"), (FONDS, "Het Fonds")):
            await unit.organisations.save(organisation, name, active=True)
    return community, gathering_id, dict(zip(NAMES, seats, strict=True))


async def link(community: Community, seat_id: UUID) -> str:
    async with community.units.begin() as unit:
        minted = await unit.links.mint(SEAT_LINK, seat_id, seat_id, EVENING.ends_at + LINK_LASTS)
    return f"/bijeenkomsten/plek/{minted.token}"


async def wishes(community: Community, seat_id: UUID, wish: TableWish) -> None:
    async with community.units.begin() as unit:
        await tell_table_wish(seat_id, wish, unit)


async def proposed(community: Community, gathering_id: UUID, **form: str) -> str:
    path = f"/bijeenkomsten/{gathering_id}/tafels"
    async with community.visitor(Role.COORDINATOR) as desk:
        assert (await desk.post(path, data={"arrangement": "district", "size": "3"} | form)).status_code == 303
        return (await desk.get(path)).text


async def page_of(community: Community, seat_id: UUID, tail: str = "") -> str:
    path = await link(community, seat_id)
    async with community.visitor() as somebody:
        return (await somebody.get(path + tail)).text


def at(page: str) -> dict[str, set[str]]:
    """Who sits where, as the page of the tables says."""
    found = re.findall(r"<h2[^>]*>(Tafel [^<]*)</h2>\s*<ul[^>]*>(.*?)</ul>", page, re.DOTALL)
    return {title.strip(): {name for name in NAMES if f"<li>{name}" in people} for title, people in found}


async def test_desk_makes_tables_adjusts_them_and_everybody_reads_only_their_own() -> None:
    community, gathering_id, seats = await an_evening()
    for name in ("Anna", "Bas", "Carla"):
        await wishes(community, seats[name], TableWish(an_id(name), "noord"))
    page = await proposed(community, gathering_id)

    (theme,) = [title for title in at(page) if ": " in title]
    assert at(page)[theme] == {"Anna", "Bas", "Carla"}
    own = await page_of(community, seats["Anna"])
    assert ("Je zit aan tafel 1" in own, "uit jouw wijk" in own, "Faris" in own) == (True, True, False)
    async with community.visitor(Role.COORDINATOR) as desk:
        path = f"/bijeenkomsten/{gathering_id}/tafels/zetten"
        assert (await desk.post(path, data={"seat": str(seats["Anna"]), "number": "9"})).status_code == 409
        assert (await desk.post(path, data={"seat": str(an_id("nobody")), "number": "1"})).status_code == 404
        assert (await desk.post(path, data={"number": "1"})).status_code == 400
        assert (await desk.post(path, data={"seat": str(seats["Anna"]), "number": "3"})).status_code == 303
        assert (await desk.post(path.removesuffix("/zetten"), data={"size": "1"})).status_code == 400
    own = await page_of(community, seats["Anna"])
    assert ("Je zit aan tafel 3" in own, "Wie ontvangt, gaf je deze tafel" in own) == (True, True)


async def test_who_signs_up_later_or_stays_away_moves_nobody() -> None:
    community, gathering_id, seats = await an_evening()
    before = at(await proposed(community, gathering_id, size="4"))
    async with community.units.begin() as unit:
        await cancel_seat(seats["Bas"], unit)
    (late,) = await confirmed(community.units, gathering_id, "Gijs")

    async with community.visitor(Role.COORDINATOR) as desk:
        after = at((await desk.get(f"/bijeenkomsten/{gathering_id}/tafels")).text)
    assert {name for people in after.values() for name in people} == set(NAMES) - {"Bas"}
    assert all(people == before[title] - {"Bas"} for title, people in after.items())
    assert "Je zit aan tafel" in await page_of(community, late)
    assert "Je zit aan tafel" not in await page_of(community, seats["Bas"])


async def test_whoever_hosts_makes_the_tables_and_nobody_else_sees_them() -> None:
    community, gathering_id, _ = await an_evening()
    path = f"/bijeenkomsten/{gathering_id}/tafels"
    async with community.units.begin() as unit:
        turn = HostTurn(an_id("turn"), gathering_id, an_id(Role.PARTNER), an_id("desk"), EVENING.starts_at)
        await unit.turns.save(turn)
    async with community.visitor(Role.PARTNER) as partner:
        assert [(await partner.get(path)).status_code, (await partner.post(path)).status_code] == [404, 404]
        async with community.units.begin() as unit:
            await unit.turns.save(replace(turn, state=TurnState.ACCEPTED))
        assert (await partner.post(path, data={"arrangement": "expertise", "size": "3"})).status_code == 303
        page = (await partner.get(path)).text
    assert ("Anna" in page, "anna@school.example" in page) == (True, False)


async def test_who_wrote_the_name_of_an_organisation_belongs_to_it() -> None:
    community, gathering_id, seats = await an_evening()
    async with community.units.begin() as unit:
        known = await unit.sign_ups.open(seats["Faris"])
        assert known is not None
        await unit.sign_ups.keep(seats["Faris"], replace(known, organisation=" de linde"))
    await wishes(community, seats["Anna"], TableWish(BOEI, to_meet=frozenset({LINDE})))

    found = at(await proposed(community, gathering_id, size="2"))

    assert {"Anna", "Faris"} in found.values()
    assert f'value="{LINDE}" selected' in await page_of(community, seats["Faris"], "/kennismaken")


async def test_desk_reads_wishes_as_counts_once_enough_people_wish() -> None:
    community, gathering_id, seats = await an_evening()
    for name in NAMES[:5]:
        await wishes(community, seats[name], TableWish(to_meet=frozenset({LINDE})))

    page = await proposed(community, gathering_id)

    assert ("De Linde" in page, "5 keer" in page) == (True, True)


async def test_wishes_and_tables_are_forgotten_with_the_names() -> None:
    community, gathering_id, seats = await an_evening()
    path = await link(community, seats["Anna"])
    await proposed(community, gathering_id)
    community.moves_to(EVENING.ends_at + timedelta(hours=1))
    async with community.visitor() as somebody:
        late: httpx.Response = await somebody.post(f"{path}/kennismaken", data={})
        assert "tot de bijeenkomst voorbij is" in (await somebody.get(f"{path}/kennismaken")).text
    assert late.status_code == 409
    community.moves_to(EVENING.ends_at + timedelta(weeks=4, hours=1))
    async with community.units.begin() as unit:
        await forget_who_came(unit)
    async with community.units.begin() as unit:
        assert await unit.tables.list_of(gathering_id) == []
