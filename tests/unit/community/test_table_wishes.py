"""Whom people at a gathering wish to meet: told to two who both want it, and found out by nobody else."""

from uuid import UUID

from services.community.domain.table_wish import TableWish
from shared.events.acquaintance import SeatIntroduced
from tests.unit.community.test_hosting import told
from tests.unit.community.test_tables import BOEI, FONDS, LINDE, an_evening, link, page_of, proposed, wishes
from tests.unit.community.world import Community, an_id


async def wish_of(community: Community, seat_id: UUID) -> TableWish:
    async with community.units.begin() as unit:
        sign_up = await unit.sign_ups.open(seat_id)
    assert sign_up is not None
    return sign_up.table_wish


async def test_two_who_both_want_to_meet_hear_of_it_and_nobody_reads_another_wish() -> None:
    community, gathering_id, seats = await an_evening()
    anna, bas = seats["Anna"], seats["Bas"]
    await wishes(community, anna, TableWish(BOEI, "", "", frozenset({LINDE, FONDS})))
    assert told(community, SeatIntroduced) == []
    path = await link(community, bas)
    async with community.visitor() as somebody:
        form = (await somebody.get(f"{path}/kennismaken")).text
        too_many = {"toMeet": [str(one) for one in (BOEI, LINDE, FONDS, an_id("fourth"))]}
        assert (await somebody.post(f"{path}/kennismaken", data=too_many)).status_code == 400
        typed = {"organisation": str(LINDE), "district": "noord", "toMeet": [str(BOEI), str(an_id("a stranger"))]}
        for _ in range(2):
            assert (await somebody.post(f"{path}/kennismaken", data=typed)).status_code == 303
        page = (await somebody.get(path)).text

    assert "De Boei" in form
    assert {one.subject for one in told(community, SeatIntroduced)} == {anna, bas}
    assert len(told(community, SeatIntroduced)) == 2
    assert "Jullie willen allebei kennismaken" in page
    assert "Bas" in await page_of(community, anna)
    assert "Jullie willen allebei kennismaken" not in await page_of(community, seats["Carla"])
    assert "Met wie mensen willen kennismaken" not in await proposed(community, gathering_id)


async def test_nobody_finds_out_who_wants_to_meet_an_organisation_by_belonging_to_each_in_turn() -> None:
    community, _, seats = await an_evening()
    await wishes(community, seats["Anna"], TableWish(BOEI, to_meet=frozenset({LINDE})))
    path = f"{await link(community, seats['Bas'])}/kennismaken"
    async with community.visitor() as somebody:
        first = await somebody.post(path, data={"organisation": str(FONDS), "toMeet": str(BOEI)})
        other = await somebody.post(path, data={"organisation": str(LINDE), "toMeet": str(BOEI)})
        later = await somebody.post(path, data={"district": "noord", "toMeet": str(LINDE)})
        page = (await somebody.get(path)).text

    assert (first.status_code, other.status_code, later.status_code) == (303, 409, 303)
    assert "kies je één keer" in other.text
    assert told(community, SeatIntroduced) == []
    assert 'name="organisation"' not in page
    assert "Het Fonds" in page
    assert await wish_of(community, seats["Bas"]) == TableWish(FONDS, "noord", "", frozenset({LINDE}))


async def test_organisation_that_left_the_network_is_chosen_anew() -> None:
    community, _, seats = await an_evening()
    await wishes(community, seats["Bas"], TableWish(FONDS))
    async with community.units.begin() as unit:
        await unit.organisations.save(FONDS, "Het Fonds", active=False)
    await wishes(community, seats["Bas"], TableWish(LINDE))

    assert (await wish_of(community, seats["Bas"])).organisation_id == LINDE
