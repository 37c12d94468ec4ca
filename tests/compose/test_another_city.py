"""The same containers in the second invented city: chosen by one word, and its children's stories reach their ends."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from deploy.demo.stories.play import play_all
from deploy.demo.stories.telling import Telling
from tests.compose.composed import Composed, brought_up
from tests.parts.containers import why_no_engine
from tests.parts.missing import skip_for

pytestmark = [pytest.mark.compose, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def composed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Composed]:
    """Brought up with `make compose-up CITY=veldermeer`."""
    if why_no_engine():
        skip_for("a container engine", why_no_engine())
    with brought_up(tmp_path_factory.mktemp("composed"), "veldermeer") as composed:
        yield composed


async def test_stories_of_the_second_city_reach_their_ends(composed: Composed) -> None:
    telling = Telling()

    await play_all(composed.world(), composed.demo.stories, telling, keys=str(uuid4()))

    assert telling.failures == []
    assert [chapter.reached for chapter in telling.chapters] == [
        "geholpen, en 3 weken later gaat het goed",
        "geholpen, en 3 weken later gaat het goed",
        "uit het oog, en op de lijst van het Brugpunt",
    ]
    assert telling.without_next_step == "0/3"
    assert composed.parked() == []


def test_mails_come_from_the_second_city(composed: Composed) -> None:
    page = composed.operator(
        "python", "-c", "import httpx; print(httpx.get('http://mailbox:8025/postvak/api/messages').text)"
    )

    assert "schakel@veldermeer.example" in page
    assert "schiewijk" not in page.lower()
