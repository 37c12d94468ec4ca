"""The training of trusted persons: noted by the desk, told of before it ends, and what organisations see of it."""

from dataclasses import replace
from datetime import date, timedelta

import httpx
import pytest

from services.community.handlers.trainings import look_at_trainings
from shared.events.base import Role
from shared.events.cards import TrainingExpired, TrainingExpiryDue, TrainingRecorded
from shared.events.community import GatheringKind
from tests.unit.community.test_cards import BAS, NOOR, PAGE, a_network, leaves, read
from tests.unit.community.test_hosting import told
from tests.unit.community.world import EVENING, Community, announced

TODAY = date(2026, 9, 8)
UNTIL = TODAY + timedelta(days=100)
TRUSTED = f"{PAGE}?rol=trusted-person"


async def notes(community: Community, until: date = UNTIL, person: object = BAS) -> httpx.Response:
    async with community.visitor(Role.COORDINATOR) as desk:
        return await desk.post(f"{PAGE}/{person}/opleiding", data={"validUntil": f"{until:%d-%m-%Y}"})


async def looked(community: Community) -> tuple[int, int]:
    async with community.units.begin() as unit:
        await look_at_trainings(unit)
    return len(told(community, TrainingExpiryDue)), len(told(community, TrainingExpired))


async def test_desk_notes_until_when_it_counts() -> None:
    community = await a_network()
    assert "Nog geen opleiding genoteerd" in await read(community, TRUSTED)
    assert (await notes(community)).status_code == 303
    (fact,) = told(community, TrainingRecorded)
    assert isinstance(fact, TrainingRecorded)
    assert (fact.subject, fact.valid_until) == (BAS, UNTIL)
    assert "Opleiding telt" in await read(community, TRUSTED)
    assert "Noor Verzonnen" not in await read(community, TRUSTED)


@pytest.mark.parametrize("until", [TODAY - timedelta(days=1), TODAY + timedelta(days=6 * 366)])
async def test_day_out_of_range_is_refused(until: date) -> None:
    community = await a_network()
    assert (await notes(community, until)).status_code == 400
    assert told(community, TrainingRecorded) == []


async def test_only_the_desk_notes_and_only_of_trusted_persons() -> None:
    community = await a_network()
    assert (await notes(community, person=NOOR)).status_code == 404
    async with community.visitor(Role.TRUSTED_PERSON) as other:
        assert (await other.post(f"{PAGE}/{BAS}/opleiding", data={"validUntil": "08-09-2027"})).status_code == 403


async def test_end_is_told_sixty_days_before_and_once_when_it_is_there() -> None:
    community = await a_network()
    await notes(community)
    seen = []
    for days in (39, 1, 59, 1, 1, 1):
        community.moves_to(community.now + timedelta(days=days))
        seen.append(await looked(community))
    assert seen == [(0, 0), (1, 0), (1, 0), (1, 0), (1, 1), (1, 1)]
    assert "Opleiding telt niet meer" in await read(community, TRUSTED)


async def test_new_training_counts_from_then_on() -> None:
    community = await a_network()
    await notes(community, TODAY)
    community.moves_to(community.now + timedelta(days=1))
    assert await looked(community) == (0, 1)
    await notes(community)
    assert await looked(community) == (0, 1)
    assert "Opleiding telt niet meer" not in await read(community, TRUSTED)


async def test_trainings_to_come_stand_beside_trusted_persons() -> None:
    community = await a_network()
    await announced(community.units, replace(EVENING, kind=GatheringKind.TRAINING, title="Opleiding luisteren"))
    await announced(community.units)
    page = await read(community, TRUSTED)
    assert ("Opleiding luisteren" in page, EVENING.title in page) == (True, False)


async def test_training_goes_with_who_leaves() -> None:
    community = await a_network()
    await notes(community)
    await leaves(community, BAS)
    async with community.units.begin() as unit:
        assert await unit.trainings.get(BAS) is None
