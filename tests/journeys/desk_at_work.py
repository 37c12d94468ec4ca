"""The desk's hands: people, needs, contacts and families that change hands, by the product's own pages."""

from typing import Final

from tests.journeys import contacts_play, handing_over_play, late_play, needs_play, people_play
from tests.journeys.desk_stage import DeskStage

FORMS: Final = (
    *people_play.FORMS,
    *needs_play.FORMS,
    *contacts_play.FORMS,
    *handing_over_play.FORMS,
    *late_play.FORMS,
)


async def desk_at_work(stage: DeskStage) -> None:
    """All of it, in this order."""
    await people_play.newcomers(stage)
    await people_play.somebody_comes_and_goes(stage)
    case = await needs_play.desk_takes_a_need_in_hand(stage)
    await contacts_play.contacts_are_named(stage)
    await handing_over_play.a_worry_and_a_family_change_hands(stage, case)
    await late_play.the_talk_stays_out(stage)
