"""Whoever is at a gathering votes behind their link: three each, until the desk counts; who chose what stays secret."""

from datetime import timedelta
from uuid import UUID

import pytest

from services.community.domain.errors import NotInThisState
from services.community.domain.needs_round import Subject
from services.community.domain.seat import FORGOTTEN_AFTER
from services.community.handlers.around import forget_who_came
from services.community.handlers.gatherings import close_what_is_over
from services.community.handlers.letters import LINK_LASTS
from services.community.handlers.reports import report_gathering
from services.community.handlers.seats import SEAT_LINK, cancel_seat
from services.community.handlers.voting import close_voting, open_voting, vote
from shared.events.base import Role
from tests.unit.community.seats import confirmed, requested, who
from tests.unit.community.world import EVENING, Community, an_id, announced

TITLES = ("Samen eten", "Fietsen", "Taal", "Wonen")
SUBJECTS = [an_id(one) for one in TITLES]


async def an_evening(*names: str) -> tuple[Community, UUID, list[UUID]]:
    community = Community()
    gathering_id = await announced(community.units)
    seats = await confirmed(community.units, gathering_id, *names)
    async with community.units.begin() as unit:
        for title in TITLES:
            await unit.subjects.save(Subject(an_id(title), gathering_id, title, votes=1))
    community.moves_to(EVENING.starts_at)
    return community, gathering_id, seats


async def ballot_of(community: Community, seat_id: UUID) -> str:
    async with community.units.begin() as unit:
        link = await unit.links.mint(SEAT_LINK, seat_id, seat_id, EVENING.ends_at + LINK_LASTS)
    return f"/bijeenkomsten/plek/{link.token}/stemmen"


async def test_everybody_there_votes_and_the_desk_counts_beside_the_hands() -> None:
    community, gathering_id, seats = await an_evening("Anna", "Bas")
    first, other = [await ballot_of(community, one) for one in seats]
    page = f"/bijeenkomsten/{gathering_id}/ronde"
    async with community.visitor(Role.COORDINATOR) as desk, community.visitor() as guest:
        assert (await guest.get(first)).status_code == 409
        assert (await guest.post(f"{page}/stemmen", data={"choice": "open"})).status_code in {303, 401, 403}
        assert "Laat mensen stemmen" in (await desk.get(page)).text
        await desk.post(f"{page}/stemmen", data={"choice": "open"})
        assert "Stem mee" in (await guest.get(first.removesuffix("/stemmen"))).text
        too_many = await guest.post(first, data={"subjects": list(map(str, SUBJECTS))})
        assert (too_many.status_code, "Wat kies je?" in too_many.text) == (400, True)
        for ballot, chosen in ((first, SUBJECTS[:3]), (first, SUBJECTS[:1]), (other, SUBJECTS[:2])):
            assert (await guest.post(ballot, data={"subjects": list(map(str, chosen))})).status_code == 303
        assert "Je hebt gestemd" in (await guest.get(first)).text
        assert "3 stemmen" not in (await guest.get(page)).text
        await desk.post(f"{page}/stemmen", data={"choice": "close"})
        assert "3 stemmen" in (await guest.get(page)).text
        assert (await guest.post(first, data={"subjects": [str(SUBJECTS[3])]})).status_code == 409
        assert (await desk.post(f"{page}/stemmen", data={"choice": "open"})).status_code == 409
        assert (await desk.post(f"{page}/stemmen", data={"choice": "close"})).status_code == 409

    async with community.units.begin() as unit:
        counted = {one.title: (one.votes, one.given) for one in await unit.subjects.list_of(gathering_id)}
        assert [await unit.votes.list_of(one) for one in seats] == [frozenset(), frozenset()]
    assert counted == {"Samen eten": (1, 2), "Fietsen": (1, 1), "Taal": (1, 0), "Wonen": (1, 0)}


async def test_only_who_has_a_place_votes_and_not_after_the_report() -> None:
    community, gathering_id, (seat,) = await an_evening("Anna")
    async with community.units.begin() as unit:
        await open_voting(gathering_id, unit)
    other = await announced(community.units)
    unconfirmed = await requested(community.units, other, who("Cees"))
    async with community.units.begin() as unit:
        with pytest.raises(NotInThisState):
            await vote(unconfirmed, SUBJECTS[:1], unit)
    async with community.units.begin() as unit:
        await vote(seat, [an_id("of another round")], unit)
        assert await unit.votes.list_of(seat) == frozenset()
    community.moves_to(EVENING.ends_at)
    async with community.units.begin() as unit:
        await close_what_is_over(unit)
        await report_gathering(gathering_id, "Goed nieuws.", unit)
    async with community.units.begin() as unit:
        with pytest.raises(NotInThisState):
            await vote(seat, SUBJECTS[:1], unit)
        await close_voting(gathering_id, unit)


async def test_whoever_cancels_while_people_vote_takes_their_votes_along() -> None:
    community, gathering_id, (seat, other) = await an_evening("Anna", "Bas")
    async with community.units.begin() as unit:
        await open_voting(gathering_id, unit)
        for one in (seat, other):
            await vote(one, SUBJECTS[:1], unit)
        await cancel_seat(seat, unit)
        await close_voting(gathering_id, unit)
        subject = await unit.subjects.read(SUBJECTS[0])

    assert subject is not None
    assert subject.given == 1


async def test_votes_that_nobody_counts_go_with_who_came() -> None:
    community, gathering_id, (seat,) = await an_evening("Anna")
    async with community.units.begin() as unit:
        await open_voting(gathering_id, unit)
        await vote(seat, SUBJECTS[:1], unit)
    community.moves_to(EVENING.ends_at + FORGOTTEN_AFTER + timedelta(seconds=1))
    async with community.units.begin() as unit:
        await forget_who_came(unit)
        assert await unit.votes.list_of(seat) == frozenset()


async def test_two_subjects_do_not_have_one_name() -> None:
    community, _, _ = await an_evening("Anna")
    async with community.visitor(Role.COORDINATOR) as desk:
        path = f"/bijeenkomsten/ronde/{SUBJECTS[0]}/naam"
        taken = await desk.post(path, data={"title": "fietsen"})
        assert taken.status_code == 400
        assert "Een ander onderwerp heet al zo. Kies een andere naam." in taken.text
        assert 'id="fouten"' in taken.text
        assert (await desk.post(path, data={"title": "Samen Eten"})).status_code == 303
