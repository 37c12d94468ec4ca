"""`schakel up` and `schakel demo`: the embedded Schakel with somebody at the terminal."""

import asyncio
import contextlib
import secrets
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress

from deploy.demo.city import DEFAULT
from deploy.demo.city.demo_city import demo_city
from deploy.demo.city.reading import people_of
from deploy.demo.morning.filling import fill
from deploy.demo.stories.invented import NoStories
from deploy.demo.stories.play import play_all
from deploy.demo.stories.telling import Telling
from deploy.demo.stories.world import World
from deploy.embedded.data_folder import in_use
from deploy.embedded.run import Running, RunOptions, run_embedded
from deploy.embedded.throw_away_server import throw_away_folder
from shared.events.base import Role
from shared.kernel.logs import set_up

LOG = "schakel.log"
LINES_SHOWN = 20


async def serve_kept(folder: Path, port: int, stop: asyncio.Event, *, city: str | None = None) -> None:
    """Until `stop`; what is in `folder` stays. Raises OperatorError."""
    screen = Console(highlight=False, soft_wrap=True)

    async def welcome(running: Running) -> None:
        screen.print(f"[bold]Schakel[/bold] {running.url}   postvak: {running.mailbox_url}")
        if running.demo.has_map:
            screen.print(f"API key of the invented school: {running.api_key}", markup=False)
        if running.map_is_empty:
            screen.print("the social map is empty: schakel map import FILE, schakel people add", markup=False)
        screen.print(f"data and log: {folder}   stop: Ctrl-C", markup=False)

    with in_use(folder) as note, _logging_to(folder / LOG):
        await run_embedded(
            RunOptions(folder, port, city=city), note, stop, lambda line: screen.print(line, markup=False), welcome
        )
    screen.print("stopped; the data are kept")


async def serve_demo(port: int, stop: asyncio.Event, *, leave: bool, city: str | None = None) -> bool:
    """Play the stories; keep serving unless `leave`. Returns whether every step went as told."""
    screen = Console(highlight=False, soft_wrap=True)
    telling = Telling(screen)
    demo = demo_city(city or DEFAULT)
    if not demo.has_map:
        raise NoStories(f"nothing was invented for {demo.city.name}: `schakel up --city` starts it with an empty map")

    async def stories(running: Running) -> None:
        where = (running.url, running.mailbox_url, running.api_key)
        world = World(*where, running.forward, running.demo.city, tell=telling.note)
        await play_all(world, demo.stories, telling, keys=secrets.token_hex(4))
        if leave:
            stop.set()
        else:
            screen.print(f"\nSchakel keeps serving {running.url} (postvak: {running.mailbox_url}); Ctrl-C stops it.")
            screen.print(f"a fortnight later: .venv/bin/schakel clock forward 14d --data {folder}", markup=False)

    with throw_away_folder() as folder, in_use(folder) as note, _logging_to(folder / LOG):
        options = RunOptions(folder, port, durable=False, city=city)
        await run_embedded(options, note, stop, telling.note, stories)
        if telling.failures:
            _show_log(folder / LOG, screen)
    if not telling.is_over:
        screen.print("\nstopped before the stories were over")
    # Who asks for the end of the stories wants to know whether they came; who stops them knows.
    return telling.went_well or (not leave and not telling.failures)


async def serve_morning(port: int, stop: asyncio.Event, cases: int, *, leave: bool, city: str | None = None) -> None:
    """An ordinary morning of a whole city: so many invented cases, and then keep serving unless `leave`."""
    screen = Console(highlight=False, soft_wrap=True)

    def tell(line: str) -> None:
        screen.print(line, markup=False)

    async def morning(running: Running) -> None:
        where = (running.url, running.mailbox_url, running.api_key)
        world = World(*where, running.forward, running.demo.city)
        with Progress(*Progress.get_default_columns(), MofNCompleteColumn(), console=screen) as progress:
            task = progress.add_task("cases", total=cases)
            await fill(running, world, cases, keys=secrets.token_hex(4), done=lambda: progress.advance(task))
        if leave:
            stop.set()
            return
        desk = next(one.contact.email for one in people_of(running.demo) if one.role is Role.COORDINATOR)
        tell(f"\nthe board: {running.url}/bord   sign in as {desk}   the code arrives at {running.mailbox_url}")
        tell("Ctrl-C stops it")

    with throw_away_folder() as folder, in_use(folder) as note, _logging_to(folder / LOG):
        await run_embedded(RunOptions(folder, port, durable=False, city=city), note, stop, tell, morning)


@contextlib.contextmanager
def _logging_to(file: Path) -> Iterator[None]:
    """The log is for who looks for trouble; the screen is for what happens."""
    with file.open("a", encoding="utf-8", buffering=1) as stream:
        set_up("embedded", "info", stream)
        yield


def _show_log(file: Path, screen: Console) -> None:
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if '"info"' not in line]
    if lines:
        screen.print("\nfrom the log:")
    for line in lines[-LINES_SHOWN:]:
        screen.print(line, markup=False, style="dim")
