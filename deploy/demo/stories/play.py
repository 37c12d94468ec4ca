"""The three stories, told as one: what happens at once, what happens two weeks later, and what silence leads to."""

import re
from collections.abc import Awaitable, Callable
from typing import Final

import httpx

from deploy.demo.stories.child import Child, Invented
from deploy.demo.stories.people import Person
from deploy.demo.stories.telling import StoryBroken, Telling
from deploy.demo.stories.world import World

STUCK: Final = re.compile(r"(\d+)\s+kinderen zonder volgende stap")
OPEN: Final = re.compile(r"(\d+)\s+open dossiers")
AMINA = Invented(
    "Amina (8): een fiets, en iemand zegt ja", "Amina", "Verzonnen", "Noor Verzonnen", 8, "noord", "ar", "bike", "soon",
    "Amina loopt elke dag drie kwartier naar school. Met een fiets kan ze ook naar de turnles.",
)  # fmt: skip
DAAN = Invented(
    "Daan (10): de eerste partner kan niet, de tweede wel", "Daan", "Bedacht", "Sanne Bedacht", 10, "west", "nl",
    "swimming-lessons", "normal", "Daan heeft nog geen zwemdiploma en durft niet mee met het schoolreisje naar zee.",
)  # fmt: skip
MILA = Invented(
    "Mila (6): niemand kan, en dan wordt het stil", "Mila", "Fictie", "Eva Fictie", 6, "kethel", "nl", "transport",
    "normal", "Mila kan niet naar het logopediespreekuur: er rijdt geen bus en er is geen geld voor een taxi.",
)  # fmt: skip


async def play_all(world: World, telling: Telling, *, keys: str) -> None:
    """Play them; how it went stands in `telling`. `keys` makes the idempotency keys of this telling its own."""
    amina, daan, mila = (
        Child(world, telling, invented, f"{keys}-{number}") for number, invented in enumerate((AMINA, DAAN, MILA), 1)
    )
    desk: list[str] = []

    async def nobody_for_mila() -> None:
        await mila.school_asks()
        desk.append(await mila.nobody_is_left())

    await _part(telling, amina, "1. " + AMINA.title, lambda: _is_helped(amina))
    await _part(telling, daan, "2. " + DAAN.title, lambda: _is_helped_by_the_second(daan))
    await _part(telling, mila, "3. " + MILA.title, nobody_for_mila)
    telling.heading("Twee weken later")
    await _part(telling, amina, "", lambda: _goes_well(amina))
    await _part(telling, daan, "", lambda: _goes_well(daan))
    await _part(telling, mila, "", lambda: _falls_silent(mila))
    await _look_at_the_board(world, telling, desk)
    for child in (amina, daan, mila):
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
    await child.ambassador_answers(mail, "going-well", "De ambassadeur antwoordt: het gaat goed")
    child.chapter.reached = "geholpen, en twee weken later gaat het goed"


async def _falls_silent(child: Child) -> None:
    await child.silence(await child.follow_up_is_asked())


async def _look_at_the_board(world: World, telling: Telling, desk: list[str]) -> None:
    """The coordinator signs in and looks: nobody is without a next step."""
    telling.heading("Op het bord van de regie")
    if not desk:
        telling.note("  de regie kreeg geen mail, dus weten we niet wie er kijkt")
        return
    chapter = telling.chapters[-1]
    try:
        with telling.step(chapter, "De regie logt in en kijkt op het bord") as step:
            async with Person(world) as coordinator:
                await coordinator.sign_in(desk[0])
                board = await coordinator.open("/bord")
            stuck, cases = STUCK.search(board.text), OPEN.search(board.text)
            if stuck is None or cases is None:
                msg = f"the board does not say how many: {board.text[:200]}"
                raise ValueError(msg)
            telling.without_next_step = f"{stuck[1]}/{cases[1]}"
            step.link, step.outcome = board.url, f"kinderen zonder volgende stap: {telling.without_next_step}"
            if stuck[1] != "0":
                msg = f"{stuck[1]} children have no next step"
                raise ValueError(msg)
    except StoryBroken:
        return
