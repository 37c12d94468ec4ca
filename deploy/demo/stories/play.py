"""The three stories, told as one: what happens at once, what happens two weeks later, and what silence leads to."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Final

import httpx

from deploy.demo.stories.child import Child
from deploy.demo.stories.invented import Stories
from deploy.demo.stories.page import Page
from deploy.demo.stories.people import Person
from deploy.demo.stories.telling import StoryBroken, Telling
from deploy.demo.stories.world import World

STUCK: Final = re.compile(r"(\d+)\s+kind(?:eren)? zonder volgende stap")
LOOKS_AT_MOST: Final = 30
OPEN: Final = re.compile(r"(\d+)\s+open aanvra(?:ag|gen)")


async def play_all(world: World, stories: Stories, telling: Telling, *, keys: str) -> None:
    """Play them; how it went stands in `telling`. `keys` makes the idempotency keys of this telling its own."""
    invented = (stories.first_says_yes, stories.second_says_yes, stories.nobody_can)
    first, second, third = (Child(world, telling, one, f"{keys}-{number}") for number, one in enumerate(invented, 1))
    desk: list[str] = []

    async def nobody_is_found() -> None:
        await third.school_asks()
        desk.append(await third.nobody_is_left())

    await _part(telling, first, "1. " + first.invented.title, lambda: _is_helped(first))
    await _part(telling, second, "2. " + second.invented.title, lambda: _is_helped_by_the_second(second))
    await _part(telling, third, "3. " + third.invented.title, nobody_is_found)
    telling.heading("Weken later")
    await _part(telling, first, "", lambda: _goes_well(first))
    await _part(telling, second, "", lambda: _goes_well(second))
    await _part(telling, third, "", lambda: _falls_silent(third))
    await _look_at_the_board(world, telling, desk)
    for child in (first, second, third):
        child.chapter.mails = len(await world.mails(code=child.code)) if child.code else 0
    every = await world.mails()
    telling.summary(
        [("mails in totaal", str(len(every))), ("kinderen zonder volgende stap", telling.without_next_step)]
    )


async def _part(telling: Telling, child: Child, heading: str, play: Callable[[], Awaitable[None]]) -> None:
    if heading:
        telling.heading(heading)
    elif child.chapter.went_well:
        telling.note(f"  {child.invented.first_name}, {child.code}")
    if child.chapter.steps and not child.chapter.went_well:
        return
    try:
        await play()
    except StoryBroken:
        telling.note("  dit verhaal kan niet verder")
    except (httpx.HTTPError, LookupError, ValueError) as error:
        telling.broken(child.chapter, error)


async def _is_helped(child: Child) -> None:
    await child.school_asks()
    mail = await child.partner_is_asked("De best passende partner krijgt de vraag, zonder naam van het kind")
    await child.partner_accepts(mail)
    await child.help_comes(mail)
    await child.ambassador_confirms()


async def _is_helped_by_the_second(child: Child) -> None:
    await child.school_asks()
    await child.partner_declines(await child.partner_is_asked("De eerste partner krijgt de vraag"))
    mail = await child.partner_is_asked("De volgende partner krijgt meteen de vraag")
    await child.partner_accepts(mail)
    await child.help_comes(mail)
    await child.ambassador_confirms()


async def _goes_well(child: Child) -> None:
    mail = await child.follow_up_is_asked()
    await child.ambassador_answers(mail, "going-well", "Het antwoord: het gaat goed")
    child.chapter.reached = f"geholpen, en {child.weeks} weken later gaat het goed"


async def _falls_silent(child: Child) -> None:
    await child.silence(await child.follow_up_is_asked())


async def _look_at_the_board(world: World, telling: Telling, desk: list[str]) -> None:
    """The coordinator signs in and looks: nobody is without a next step."""
    telling.heading(f"Op het bord van {world.city.desk.in_sentence}")
    if not desk:
        telling.note(f"  {world.city.desk.in_sentence} kreeg geen mail, dus weten we niet wie er kijkt")
        return
    chapter = telling.chapters[-1]
    try:
        with telling.step(chapter, "De coördinator logt in en kijkt op het bord") as step:
            async with Person(world) as coordinator:
                await coordinator.sign_in(desk[0])
                board, stuck, cases = await _figures_of_the_board(coordinator)
            telling.without_next_step = f"{stuck[1]}/{cases[1]}"
            step.link, step.outcome = board.url, f"kinderen zonder volgende stap: {telling.without_next_step}"
            if stuck[1] != "0":
                msg = f"{stuck[1]} children have no next step"
                raise ValueError(msg)
    except StoryBroken:
        return


async def _figures_of_the_board(coordinator: Person) -> tuple[Page, re.Match[str], re.Match[str]]:
    """After a leap of the clock all that came due meanwhile rings first, one after the other."""
    looks = 0
    while True:
        board = await coordinator.open("/bord")
        stuck, cases = STUCK.search(board.text), OPEN.search(board.text)
        if stuck is None or cases is None:
            msg = f"the board does not say how many: {board.text[:200]}"
            raise ValueError(msg)
        looks += 1
        if stuck[1] == "0" or looks == LOOKS_AT_MOST:
            return board, stuck, cases
        await asyncio.sleep(1)
