"""Filling the city: every school asks through its own API, partners answer from their mail, and days go by."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final, TypeVar

import httpx

from deploy.demo.first_start import made_for, read_ambassadors
from deploy.demo.morning.invented_cases import InventedCase, invented_case
from deploy.demo.stories.child import ASKED
from deploy.demo.stories.page import PageDiffers
from deploy.demo.stories.people import DoorBusy, DoorClosed, Person, SchoolSystem
from deploy.demo.stories.world import Mail, World
from deploy.embedded.run import Running
from deploy.install.secret_store import new_api_key

PARTS: Final = 6
"""Between two of them days go by, so that some wait longer than others."""
BETWEEN: Final = timedelta(days=2)
AT_ONCE: Final = 4
TRIES, PAUSE_SECONDS = 10, 3.0
Done = Callable[[], None]
ResultT = TypeVar("ResultT")


async def fill(running: Running, world: World, count: int, *, keys: str, done: Done) -> None:
    """Make this many cases; `done` is called after each. `keys` makes their idempotency keys their own."""
    schools = [replace(world, api_key=secret) for secret in await _keys_of_schools(running)]
    numbers, newest, accepting = range(count), 0, set[str]()
    for part in range(PARTS):
        if part:
            for each in (world, *schools):
                each.ahead += BETWEEN
            await world.forward_clock(BETWEEN)
        some = [(number, schools[number % len(schools)]) for number in numbers[part::PARTS]]
        codes = await _together(_ask(number, school, keys, done) for number, school in some)
        accepting |= {code for code in codes if code}
        mails = await world.mails(words=ASKED, after=newest)
        newest = max((mail.number for mail in mails), default=newest)
        await _together(_accept(mail, world) for mail in mails if any(code in mail.subject for code in accepting))


async def _keys_of_schools(running: Running) -> Sequence[str]:
    """A fresh key for each school of the city, in the name of its ambassador."""
    found = running.found
    by_school = {person.organisation_ids[0]: person for person in await read_ambassadors(found, running.demo.map_file)}
    secrets = [new_api_key() for _ in by_school]
    for person, secret in zip(by_school.values(), secrets, strict=True):
        await made_for(found, person, secret)
    return secrets


async def _ask(number: int, school: World, keys: str, done: Done) -> str:
    """The kenmerk, when a partner is going to say yes; else nothing."""
    case: InventedCase = invented_case(number, school.city)
    system = SchoolSystem(school)
    made = await _patiently(lambda: system.ask(case.asked.request(school), key=f"{keys}-{number}"))
    if case.is_discussed:
        await _patiently(lambda: system.tell(made["links"]["inventory"], case.asked.inventory(school)))
    done()
    return str(made["caseCode"]) if case.is_discussed and case.is_accepted else ""


async def _patiently(send: Callable[[], Awaitable[dict[str, Any]]]) -> dict[str, Any]:
    """As a school's system does: whoever is told to try again in a moment, does."""
    for _ in range(TRIES - 1):
        try:
            return await send()
        except (DoorBusy, httpx.TimeoutException):
            await asyncio.sleep(PAUSE_SECONDS)
    return await send()


async def _accept(mail: Mail, world: World) -> None:
    """Yes, when the page still asks: what was answered or taken back meanwhile stays as it is."""
    try:
        async with Person(world) as partner:
            page = await partner.open(mail.link_to("antwoord"))
            form = page.form_with("contact", "first_contact_on", "choice")
            day = f"{world.today():%d-%m-%Y}"
            answers = {"contact": form.choices["contact"][0], "first_contact_on": day, "choice": "accept"}
            await partner.send(form, answers)
    except (DoorClosed, PageDiffers):
        return


async def _together(works: Iterable[Coroutine[Any, Any, ResultT]]) -> list[ResultT]:
    some = asyncio.Semaphore(AT_ONCE)

    async def one(work: Coroutine[Any, Any, ResultT]) -> ResultT:
        async with some:
            return await work

    return list(await asyncio.gather(*map(one, works)))
