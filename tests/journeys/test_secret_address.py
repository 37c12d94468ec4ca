"""A secret address is secret in every database: after hiding no row about the case holds the family's district."""

import tempfile
from pathlib import Path

import pytest

from deploy.demo.stories.child import Child
from deploy.demo.stories.people import Person
from deploy.demo.stories.world import World
from deploy.embedded.run import Running
from tests.journeys import canary
from tests.journeys.tables import tables_where, until_nowhere
from tests.journeys.test_canary_embedded import schakel_in_this_process, world_of
from tests.journeys.test_erasing import with_a_partner_asked

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(300)]
HELD_BEFORE = {
    "intake.cases", "intake.outbox", "matching.cases", "matching.outbox", "matching.rankings", "monitoring.watches",
    "notify.messages",
}  # fmt: skip
FORGOTTEN_WITHIN = 30.0


async def test_no_row_of_four_databases_holds_the_district_of_a_family_that_hides_its_address() -> None:
    with tempfile.TemporaryDirectory(prefix="schakel-journey-") as made:
        folder = Path(made) / "schakel"
        async with schakel_in_this_process(folder) as running:
            world = world_of(running, canary.Listening().client)
            child = await with_a_partner_asked(world, "secret")
            before = await _found(running, child)
            assert before >= HELD_BEFORE, "the search finds what is there"
            await _hides(world, child)
            await _until_forgotten(running, child)
            async with Person(world) as ambassador:
                await ambassador.sign_in(child.ambassador)
                own = await ambassador.open(child.case["links"]["page"])
            assert canary.ADDRESS in own.text, "sealed, not lost: its own ambassador reads it"
            assert "West" in own.text


async def _hides(world: World, child: Child) -> None:
    async with Person(world) as ambassador:
        await ambassador.sign_in(child.ambassador)
        page = await ambassador.open(f"{child.case['links']['page']}/contact")
        form = next(form for form in page.forms if form.action.endswith("/contact"))
        told = {"contactName": canary.CONTACT_NAME, "address": canary.ADDRESS, "addressIsSecret": "true"}
        await ambassador.send(form, told)


async def _until_forgotten(running: Running, child: Child) -> None:
    await until_nowhere(lambda: _found(running, child), within=FORGOTTEN_WITHIN)


async def _found(running: Running, child: Child) -> set[str]:
    """Every table with a row about this case in which the district stands, as a code or in words."""
    about = " OR ".join(f"position('{word}' IN CAST(t AS text)) > 0" for word in (child.case["id"], child.code))
    return await tables_where(running.found.app_urls, lambda _: f"CAST(t AS text) ~* '\\mwest\\M' AND ({about})")
