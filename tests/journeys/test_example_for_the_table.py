"""An example for the table, on an embedded Schakel: rare until ten families look like it, and only then kept."""

from datetime import timedelta

import pytest

from deploy.demo.stories.people import Person, SchoolSystem
from deploy.demo.stories.world import World
from shared.events.base import Role
from tests.journeys.by_pages import email_of, two_browsers
from tests.parts.stories import AMINA

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(300)]
TEN = 10
OVER_A_MONTH = timedelta(days=32)
PAGE = "/bijeenkomsten/voorbeelden"


async def families_ask(world: World, times: int) -> str:
    """So many families need the same; the code of one thing that they need."""
    asked = AMINA.request(world)
    for number in range(times):
        # The same name and birth date would be one child, which counts once.
        child = {**asked["child"], "lastName": f"Verzonnen{'abcdefghijklm'[number]}"}
        await SchoolSystem(world).ask({**asked, "child": child}, key=f"example-{number}")
    return str(asked["needs"][0]["category"])


async def test_desk_makes_an_example_when_enough_families_look_like_it() -> None:
    async with two_browsers() as (world, _, _, _):
        category = await families_ask(world, TEN)
        told = {"category": category, "called": "Noa", "body": "Noa is vaak moe."}
        for wait, choice, says in (
            (timedelta(), "look", "Minder dan 10 gezinnen"),
            (OVER_A_MONTH, "look", "Minstens 10 gezinnen"),
            (timedelta(), "keep", "een collega leest het nog"),
        ):
            await world.forward(wait)
            async with Person(world) as desk:
                await desk.sign_in(email_of(Role.COORDINATOR))
                form = (await desk.open(f"{PAGE}/nieuw")).form_with("body")
                assert says in (await desk.send(form, told | {"choice": choice})).text
