import pytest

from services.monitoring.commands import MintFollowUpLink
from services.monitoring.domain.errors import FollowUpAlreadyAnswered
from services.monitoring.handlers import mint_follow_up_link
from shared.events.monitoring import FollowUpAnswer
from tests.unit.monitoring.given import AMBASSADOR, answer
from tests.unit.monitoring.test_follow_ups import asked


async def test_link_is_minted_for_an_asked_follow_up_and_opens_it() -> None:
    city, due = await asked()
    async with city.units.begin() as unit:
        link = await mint_follow_up_link(MintFollowUpLink(due.follow_up_id, AMBASSADOR), unit)
        for typed in (link.token, link.short_code):
            grant = await unit.links.resolve(typed, "follow-up")
            assert grant is not None
            assert (grant.subject_id, grant.holder_id) == (due.follow_up_id, AMBASSADOR)


async def test_link_is_not_minted_when_the_follow_up_is_answered() -> None:
    city, due = await asked()
    await answer(city, due, FollowUpAnswer.GOING_WELL)
    async with city.units.begin() as unit:
        with pytest.raises(FollowUpAlreadyAnswered):
            await mint_follow_up_link(MintFollowUpLink(due.follow_up_id, AMBASSADOR), unit)
