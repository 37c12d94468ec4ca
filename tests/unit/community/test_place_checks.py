"""Who agreed with a place: an expert by experience whom the desk knows, by name for the desk, until they leave."""

import pytest

from services.community.domain.expertise import AskState, ExpertAsk
from services.community.handlers.leaving import keep_who_is_there
from shared.events.base import Role
from shared.events.http import KnownPerson
from tests.parts.people import listed, member
from tests.unit.community.test_pages import with_place
from tests.unit.community.world import DE_BOEI, Community, an_id, announced

PAGE = f"/bijeenkomsten/plekken/{DE_BOEI.id}"
ALL = {"found": ["entrance", "toilet", "one-level", "sound", "calm-room", "reachable"]}
ROSA, BO = an_id("rosa"), an_id("bo")
NOBODY_KNOWN = "nog geen ervaringsdeskundige die ja zei"


async def with_experts() -> Community:
    """Rosa said yes to a question; Bo was asked, which the desk may not know."""
    community = await with_place(Community())
    gathering_id = await announced(community.units)
    community.people.people = {one: KnownPerson(person_id=one, name=f"Verzonnen {one}") for one in (ROSA, BO)}
    async with community.units.begin() as unit:
        for person_id, state in ((ROSA, AskState.AGREED), (BO, AskState.ASKED)):
            await unit.members.save(member(person_id, an_id("desk"), Role.MEMBER))
            ask = ExpertAsk(unit.ids.new(), gathering_id, person_id, unit.now, unit.now, "\u20ac 50", state)
            await unit.expert_asks.save(ask)
    return community


async def test_desk_chooses_who_agreed_and_reads_the_name() -> None:
    community = await with_experts()
    async with community.visitor(Role.COORDINATOR) as desk, community.visitor(Role.OPERATOR) as operator:
        before = (await desk.get(PAGE)).text
        assert (await desk.post(PAGE, data=ALL | {"agreedBy": str(ROSA)})).status_code == 303
        after, for_operator = (await desk.get(PAGE)).text, (await operator.get(PAGE)).text

    assert f"Verzonnen {ROSA}" in before
    assert str(BO) not in before
    assert NOBODY_KNOWN not in before
    assert "Bekeken op 8 september 2026" in after
    assert f"Ja: Verzonnen {ROSA}" in after
    assert str(ROSA) not in for_operator


@pytest.mark.parametrize(
    ("typed", "words"), [({"agreed": "true"}, "ies welke"), ({"agreedBy": str(BO)}, "iemand anders")]
)
async def test_sign_off_of_nobody_that_the_desk_knows_is_refused(typed: dict[str, str], words: str) -> None:
    community = await with_experts()
    async with community.visitor(Role.COORDINATOR) as desk:
        reply = await desk.post(PAGE, data=ALL | typed)

    assert reply.status_code == 400
    assert words in reply.text


async def test_day_stays_without_the_person_who_left() -> None:
    community = await with_experts()
    left = listed(ROSA, an_id("desk"), Role.MEMBER, at=community.now).model_copy(update={"memberships": ()})
    async with community.visitor(Role.COORDINATOR) as desk:
        await desk.post(PAGE, data=ALL | {"agreedBy": str(ROSA)})
        async with community.units.begin() as unit:
            await keep_who_is_there(left, unit)
        shown = (await desk.get(PAGE)).text

    assert str(ROSA) not in str(community.units.tables.table("places"))
    assert str(ROSA) not in shown
    assert "Bekeken op 8 september 2026" in shown
    # Nobody else is known: the desk ticks, and the page says why.
    assert NOBODY_KNOWN in shown
    assert 'name="agreed"' in shown
