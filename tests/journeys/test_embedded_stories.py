"""The three children's stories on an embedded Schakel, through its public doors only (`make demo` plays the same)."""

import signal
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.demo.stories.child import Child
from deploy.demo.stories.play import play_all
from deploy.demo.stories.telling import Telling
from deploy.demo.stories.world import ONE_DAY
from tests.journeys.backlog_play import a_code_and_a_question_do_not_wait
from tests.journeys.embedded import embedded_schakel
from tests.parts.containers import free_port
from tests.parts.stories import AMINA

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(240)]


@pytest.fixture
def folder() -> Iterator[Path]:
    """Not pytest's own: those above it are closed to the user that PostgreSQL runs as when we are root."""
    with tempfile.TemporaryDirectory(prefix="schakel-journey-") as made:
        yield Path(made) / "schakel"


@pytest.mark.parametrize(
    ("city", "weeks", "desk"), [("schiewijk", 2, "het Schakelpunt"), ("veldermeer", 3, "het Brugpunt")]
)
async def test_stories_reach_their_ends_and_nobody_is_without_a_next_step(
    folder: Path, city: str, weeks: int, desk: str
) -> None:
    with embedded_schakel(folder, city=city) as schakel:
        telling = Telling()

        await play_all(schakel.world, schakel.demo.stories, telling, keys="stories")

        assert telling.failures == []
        assert telling.went_well
        assert [chapter.reached for chapter in telling.chapters] == [
            f"geholpen, en {weeks} weken later gaat het goed",
            f"geholpen, en {weeks} weken later gaat het goed",
            f"uit het oog, en op de lijst van {desk}",
        ]
        assert telling.without_next_step == "0/3"
        assert await schakel.mails_that_came_twice() == []
        assert '"level": "error"' not in schakel.log


async def test_everything_is_there_and_nothing_comes_twice_when_it_is_stopped_and_started_again(folder: Path) -> None:
    with embedded_schakel(folder) as schakel:
        child = Child(schakel.world, Telling(), AMINA, "kept")
        await child.school_asks()
        mail = await child.partner_is_asked("asked")
        before = [one.subject for one in await schakel.world.mails()]

        assert schakel.stop() == 0
        schakel.start()

        child.world = schakel.world
        assert [one.subject for one in await schakel.world.mails()] == before
        await child.partner_accepts(mail)
        await child.help_comes(mail)
        await child.ambassador_confirms()
        await child.ambassador_answers(await child.follow_up_is_asked(), "going-well", "well")
        assert await schakel.mails_that_came_twice() == []


async def test_story_goes_on_after_the_process_was_killed_in_the_middle(folder: Path) -> None:
    with embedded_schakel(folder) as schakel:
        child = Child(schakel.world, Telling(), AMINA, "killed")
        await child.school_asks()
        schakel.kill()

        schakel.start()
        child.world = schakel.world
        mail = await child.partner_is_asked("asked")
        await child.partner_accepts(mail)
        schakel.kill()

        schakel.start()
        child.world = schakel.world
        await child.help_comes(mail)
        await child.ambassador_confirms()
        await schakel.forward(ONE_DAY)
        schakel.kill()

        schakel.start()
        child.world = schakel.world
        await child.ambassador_answers(await child.follow_up_is_asked(), "going-well", "well")
        mails = await schakel.world.mails(code=child.code)
        assert sum("kun je helpen" in mail.subject for mail in mails) == 1
        assert await schakel.parked() == []


@pytest.mark.parametrize("how", ["SIGTERM", "SIGINT"])
def test_signal_ends_it_cleanly_and_stops_its_postgres(folder: Path, how: str) -> None:
    with embedded_schakel(folder) as schakel:
        code = schakel.stop(signal.Signals[how])

        assert code == 0
        assert "stopped; the data are kept" in schakel.output
        assert not (folder / "postgres" / "data" / "postmaster.pid").exists()
        assert '"level": "error"' not in schakel.log


def test_second_one_on_the_same_folder_is_refused_with_the_address_of_the_first(folder: Path) -> None:
    with embedded_schakel(folder) as schakel:
        second = schakel.command("up", "--port", str(free_port()))

        assert second.returncode == 1
        assert schakel.url in second.stderr
        assert "Traceback" not in second.stderr


def test_taken_port_is_passed_over_and_said(folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with embedded_schakel(folder, port) as schakel:
            assert f"port {port} is taken" in schakel.output
            assert str(port) not in schakel.url


async def test_code_and_question_do_not_wait_for_a_whole_map(folder: Path) -> None:
    with embedded_schakel(folder) as schakel:
        await a_code_and_a_question_do_not_wait(schakel.world, schakel.deployment.app_urls)
