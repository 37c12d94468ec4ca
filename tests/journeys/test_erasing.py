"""Erased is erased, in every service: whatever was going on, no database holds a word of the case but id and day."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from deploy.demo.stories.child import Child
from deploy.demo.stories.people import DoorClosed, Person, SchoolSystem
from deploy.demo.stories.telling import Telling
from deploy.demo.stories.world import Mail, World
from deploy.embedded.run import Running
from tests.journeys import canary
from tests.journeys.canary_story import says_yes
from tests.journeys.embedded import COMMAND
from tests.journeys.tables import tables_where, until_nowhere
from tests.journeys.test_canary_embedded import schakel_in_this_process, world_of
from tests.parts.stories import DAAN

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(400)]
# Who read it stays in the log, with the times; the others hold an id and a day, or the number of the next event.
MAY_HOLD_THE_ID = {"erased", "subject_versions", "inbox_positions", "audit_lines", "outbox"}
ERASED_WITHIN = 60.0


async def asked(world: World, key: str) -> Child:
    """A family's every word is a canary."""
    child = Child(world, Telling(), DAAN, key)
    child.case = await SchoolSystem(world).ask(canary.request(), key=key)
    child.chapter.case_code = child.case["caseCode"]
    child.ambassador = (await world.mail(words="ontvangen", code=child.code)).to
    return child


async def with_a_partner_asked(world: World, key: str) -> Child:
    child = await asked(world, key)
    await SchoolSystem(world).tell(child.case["links"]["inventory"], canary.inventory())
    await child.partner_is_asked("first")
    return child


async def with_help_that_runs(world: World, key: str) -> Child:
    child = await asked(world, key)
    await SchoolSystem(world).tell(child.case["links"]["inventory"], canary.inventory())
    mail: Mail = await child.partner_is_asked("first")
    await says_yes(world, mail)
    return child


async def that_rests(world: World, key: str) -> Child:
    child = await with_a_partner_asked(world, key)
    day = world.today() + timedelta(days=14)
    await _does(world, child, "/rust", {"until": f"{day:%d-%m-%Y}", "wishedBy": "family"})
    return child


async def that_is_withdrawn(world: World, key: str) -> Child:
    child = await with_a_partner_asked(world, key)
    await _does(world, child, "/intrekken", {})
    return child


LIVES: Mapping[str, Callable[[World, str], Awaitable[Child]]] = {
    "asked": asked,
    "partner asked": with_a_partner_asked,
    "rests": that_rests,
    "help runs": with_help_that_runs,
    "withdrawn": that_is_withdrawn,
}


async def test_nothing_of_an_erased_case_is_left_in_any_database_but_id_and_day() -> None:
    with tempfile.TemporaryDirectory(prefix="schakel-journey-") as made:
        folder = Path(made) / "schakel"
        async with schakel_in_this_process(folder) as running:
            world = world_of(running, canary.Listening().client)
            children = [await begin(world, name) for name, begin in LIVES.items()]
            assert all([await _found(running, child) for child in children]), "the search finds what is there"
            first, *others = children
            assert "is being erased" in await _schakel(folder, "erase", first.code, "--reason", "error", "--yes")
            for child in others:
                await _does(world, child, "/wissen", {"reason": "family-asked", "sure": "true"}, ends="410")
            for child in children:
                await _until_erased(running, child)
            assert "in every service" in await _schakel(folder, "erase", "--status")
            assert "there is no case" in await _schakel(folder, "erase", first.code, "--yes")


async def _does(world: World, child: Child, page: str, answers: Mapping[str, str], *, ends: str = "") -> None:
    async with Person(world) as ambassador:
        await ambassador.sign_in(child.ambassador)
        opened = await ambassador.open(f"{child.case['links']['page']}{page}")
        form = next(form for form in opened.forms if form.action.endswith(page))
        if not ends:
            await ambassador.send(form, answers)
            return
        # It leads back to the case, of which nothing can be read any more.
        with pytest.raises(DoorClosed, match=ends):
            await ambassador.send(form, answers)


async def _schakel(folder: Path, *words: str) -> str:
    """What the command said."""
    command = await asyncio.create_subprocess_exec(
        *COMMAND, *words, "--data", str(folder), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    said, _ = await command.communicate()
    return " ".join(said.decode().split())


async def _until_erased(running: Running, child: Child) -> None:
    await until_nowhere(lambda: _found(running, child), within=ERASED_WITHIN)


async def _found(running: Running, child: Child) -> set[str]:
    """Every table of every database that holds a word of the case, as text: of its family, its number or its id."""

    def says(table: str) -> str:
        words = [*canary.WORDS, child.code, *([] if table in MAY_HOLD_THE_ID else [child.case["id"]])]
        return " OR ".join(f"position(lower('{word}') IN lower(CAST(t AS text))) > 0" for word in words)

    return await tables_where(running.found.app_urls, says)
