import pytest

from services.monitoring.commands import MintFollowUpLink
from services.monitoring.domain.errors import FollowUpAlreadyAnswered
from services.monitoring.handlers.follow_ups import mint_follow_up_link
from shared.events.monitoring import FollowUpAnswer
from tests.unit.monitoring.builders import AMBASSADOR
from tests.unit.monitoring.test_follow_ups import asked
from tests.unit.monitoring.twin import answer


async def test_link_is_minted_for_an_asked_follow_up_and_opens_it() -> None:
    monitoring, due = await asked()
    async with monitoring.units.begin() as unit:
        link = await mint_follow_up_link(MintFollowUpLink(due.follow_up_id, AMBASSADOR), unit)
        for typed in (link.token, link.short_code):
            grant = await unit.links.resolve(typed, "follow-up")
            assert grant is not None
            assert (grant.subject_id, grant.holder_id) == (due.follow_up_id, AMBASSADOR)


async def test_link_is_not_minted_when_the_follow_up_is_answered() -> None:
    monitoring, due = await asked()
    await answer(monitoring, due, FollowUpAnswer.GOING_WELL)
    async with monitoring.units.begin() as unit:
        with pytest.raises(FollowUpAlreadyAnswered):
            await mint_follow_up_link(MintFollowUpLink(due.follow_up_id, AMBASSADOR), unit)
