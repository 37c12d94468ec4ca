"""Help that helped for a part: what is left is sought further, or not, as the family wants."""

import pytest

from services.matching.commands import ConfirmOutcome
from services.matching.domain.errors import RestNotSaid
from services.matching.handlers.progress import confirm_outcome
from shared.events.matching import Outcome, OutcomeConfirmed, PartnerActivated, RestOfNeed
from tests.unit.matching.given import JUF, delivered


@pytest.mark.parametrize(
    ("rest", "asked", "open_needs"),
    [
        (RestOfNeed.LOOK_FURTHER, 2, 1),
        (RestOfNeed.ENOUGH_FOR_NOW, 1, 0),
        (RestOfNeed.FAMILY_GOES_ON_ALONE, 1, 0),
    ],
)
async def test_help_that_helped_for_a_part_opens_the_need_again_when_the_family_wants_it(
    rest: RestOfNeed, asked: int, open_needs: int
) -> None:
    world, referral_id = await delivered()

    async with world.units.begin() as unit:
        await confirm_outcome(ConfirmOutcome(referral_id, Outcome.PARTLY, JUF, rest), unit)

    [fact] = world.published(OutcomeConfirmed)
    assert (fact.rest, fact.open_needs) == (rest, open_needs)
    assert len(world.published(PartnerActivated)) == asked


async def test_help_that_helped_for_a_part_needs_a_word_about_the_rest() -> None:
    world, referral_id = await delivered()

    with pytest.raises(RestNotSaid):
        async with world.units.begin() as unit:
            await confirm_outcome(ConfirmOutcome(referral_id, Outcome.PARTLY, JUF), unit)
