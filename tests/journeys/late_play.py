"""The talk with the family stays out: the desk asks about all that is late at one school in one mail."""

from typing import Final

from deploy.demo.stories.world import working_days_after
from shared.events.base import Role
from tests.journeys.by_pages import email_of
from tests.journeys.desk_stage import DeskStage

MAIL: Final = "POST /bord/samen go=mail"
FORMS: Final = (MAIL,)


async def the_talk_stays_out(stage: DeskStage) -> None:
    """After its term it is a point of the list; the mail names no family."""
    case = await stage.only_asks_for([("bike", "normal")])
    late = working_days_after(stage.world.now(), stage.world.city.terms.inventory.normal.count)
    await stage.world.mail_in_time(late, words="lijst van vandaag", code=case.partners.code)
    await stage.ledger.quiet()
    await stage.desk.sign_in(email_of(Role.COORDINATOR))
    board = await stage.desk.open(f"/bord/{case.id}")
    together = next(link for link, _ in board.links if "/bord/samen" in link)
    form = (await stage.desk.open(together)).form_with("points")
    await stage.ledger.sees(MAIL, stage.desk.send(form, {"go": "mail"}))
