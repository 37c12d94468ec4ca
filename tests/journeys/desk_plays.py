"""The desk at its list, in the journey of all forms: a point is taken, given back, waits and is solved; and notes."""

import asyncio
from typing import Final

from deploy.demo.stories.page import Page
from deploy.demo.stories.people import Person
from deploy.demo.stories.world import World
from shared.events.base import Role
from tests.journeys.by_pages import email_of, form_to
from tests.journeys.ledger import PAUSE, Ledger

POINT: Final = "POST /bord/{case_id}/punten/{escalation_id}"
NOTES: Final = "POST /bord/{case_id}/notities"
LOOKS: Final = 100
TOGETHER: Final = "POST /bord/samen"


async def work_on_points(ledger: Ledger, desk: Person, case: str, until: str) -> None:
    """All that can be done with one point of this case, and about the case itself; at last the point is solved."""
    board = await desk.open(case)
    point = next(link for link, _ in board.links if "/punten/" in link)
    await ledger.sees(f"{POINT}/pakken", desk.send(form_to(board, "/pakken"), {}))
    await ledger.sees(f"{POINT}/teruggeven", desk.send(form_to(await desk.open(point), "/teruggeven"), {}))
    waiting = form_to(await desk.open(point), "/wachten")
    why = {"until": until, "reason": waiting.choices["reason"][0]}
    await ledger.sees(f"{POINT}/wachten", desk.send(waiting, why))
    await _write_notes(ledger, desk, case)
    form = (await desk.open(point)).form_with("resolution")
    solving = desk.send(form, {"resolution": form.choices["resolution"][0]})
    await ledger.sees(POINT, solving)


async def solve_together(ledger: Ledger, desk: Person, case: str, until: str) -> None:
    """The points of this case and its like are taken, wait, and leave the list with one answer."""
    board = await desk.open(case)
    path = next(link for link, _ in board.links if "/bord/samen" in link)
    await _work_together(ledger, desk, path, {"until": until})
    form = (await desk.open(path)).form_with("points")
    answer = {"resolution": form.choices["resolution"][0], "go": "answer"}
    await ledger.sees(f"{TOGETHER} go=answer", desk.send(form, answer))


async def _write_notes(ledger: Ledger, desk: Person, case: str) -> None:
    writing = (await desk.open(case)).form_with("words")
    page = await ledger.sees(NOTES, desk.send(writing, {"words": "Morgen terugbellen."}))
    await ledger.sees(f"{NOTES}/{{note_id}}/vast", desk.send(form_to(page, "/vast"), {}))
    removing = await desk.open(_link(page, "/weg"))
    await ledger.sees(f"{NOTES}/{{note_id}}/weg", desk.send(form_to(removing, "/weg"), {}))


async def _work_together(ledger: Ledger, desk: Person, path: str, day: dict[str, str]) -> None:
    form = (await desk.open(path)).form_with("points")
    await ledger.sees(f"{TOGETHER} go=take", desk.send(form, {"go": "take"}))
    form = (await desk.open(path)).form_with("points")
    why = {**day, "reason": form.choices["reason"][0], "go": "wait"}
    await ledger.sees(f"{TOGETHER} go=wait", desk.send(form, why))


def _link(page: Page, end: str) -> str:
    return next(link for link, _ in page.links if link.endswith(end))


async def looks_a_mail_up(world: World, desk: Person, ledger: Ledger, case_code: str) -> None:
    """By the number of the case; one mail once more, which the server refuses; and then that one again."""
    looking = (await desk.open("/berichten")).form_with("zoek")
    found = await ledger.sees("POST /berichten/zoek", desk.send(looking, {"zoek": case_code}))
    mail = next(link for link, words in found.links if words == "Aanvraag ontvangen")
    again = form_to(await desk.open(mail), "/nog-een-keer")
    async with world.client() as client:
        await client.post(f"{world.mailbox_url}/api/refusals", params={"to": email_of(Role.AMBASSADOR)})
    sent = await ledger.sees("POST /berichten/{message_id}/nog-een-keer", desk.send(again, {}))
    refused = await _page_that_says(desk, sent.url, "De mailserver weigert deze mail.")
    retry = desk.send(form_to(refused, "/opnieuw"), {})
    await ledger.sees("POST /berichten/{message_id}/opnieuw", retry)
    await _page_that_says(desk, sent.url, "verstuurd")


async def _page_that_says(desk: Person, path: str, words: str) -> Page:
    """The page of a mail, opened until the sender has done its work."""
    for _ in range(LOOKS):
        page = await desk.open(path)
        if words in page.text:
            return page
        await asyncio.sleep(PAUSE)
    raise AssertionError(f"{path} does not come to say: {words}")
