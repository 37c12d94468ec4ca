"""Help that helped for a part: what is left is sought further, or not, as the family wants."""

from dataclasses import replace

import pytest

from services.matching.commands import ConfirmOutcome
from services.matching.domain.errors import RestNotSaid, StepNotPossible
from services.matching.handlers.progress import confirm_outcome
from shared.events.base import Role
from shared.events.matching import OutcomeConfirmed, PartnerActivated
from shared.events.referral_codes import Outcome, RestOfNeed
from tests.unit.matching.given import JUF, delivered
from tests.unit.matching.site import Site, text_of


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


async def test_page_of_the_referral_keeps_what_happens_with_the_rest() -> None:
    world, referral_id = await delivered()
    async with world.units.begin() as unit:
        await confirm_outcome(ConfirmOutcome(referral_id, Outcome.PARTLY, JUF, RestOfNeed.ENOUGH_FOR_NOW), unit)
    site = Site(world)
    site.sign_in(Role.COORDINATOR, "desk", "desk person")

    words = text_of(await site.get(f"/doorverwijzingen/{referral_id}"))

    assert "Voor een deel. Het is nu genoeg." in words


async def test_another_word_about_the_rest_is_refused_and_the_same_changes_nothing() -> None:
    world, referral_id = await delivered()
    say = ConfirmOutcome(referral_id, Outcome.PARTLY, JUF, RestOfNeed.ENOUGH_FOR_NOW)
    for _ in range(2):
        async with world.units.begin() as unit:
            await confirm_outcome(say, unit)

    with pytest.raises(StepNotPossible):
        async with world.units.begin() as unit:
            await confirm_outcome(replace(say, rest=RestOfNeed.FAMILY_GOES_ON_ALONE), unit)

    assert [one.rest for one in world.published(OutcomeConfirmed)] == [RestOfNeed.ENOUGH_FOR_NOW]
