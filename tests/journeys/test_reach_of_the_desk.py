"""What the desk does reaches whom it names and nobody else: each form is sent, and its mails are those it declares."""

import pytest

from tests.journeys.by_pages import two_browsers
from tests.journeys.desk_at_work import FORMS, desk_at_work
from tests.journeys.desk_stage import DeskStage

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(300)]


async def test_desk_keeps_people_takes_needs_in_hand_and_hands_families_over() -> None:
    async with two_browsers() as playing:
        stage = DeskStage(*playing)
        await desk_at_work(stage)

        assert stage.ledger.differences == []
        assert sorted(set(FORMS) - stage.ledger.played) == []
