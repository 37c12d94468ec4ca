"""The talk with the family stays out: the desk asks about all that is late at one school in one mail."""

import asyncio
from typing import Final

from deploy.demo.stories.world import PATIENCE_SECONDS, working_days_after
from shared.events.base import Role
from shared.events.monitoring import EscalationReason
from tests.journeys.by_pages import email_of
from tests.journeys.desk_stage import DeskStage
from tests.journeys.ledger import PAUSE

MAIL: Final = "POST /bord/samen go=mail"
FORMS: Final = (MAIL,)


async def the_talk_stays_out(stage: DeskStage) -> None:
    """After its term it is a point of the list; the mail names no family."""
    await stage.only_asks_for([("bike", "normal")])
    case = await stage.only_asks_for([("bike", "normal")])
    late = working_days_after(stage.world.now(), stage.world.city.terms.inventory.normal.count)
    await stage.world.mail_in_time(late, words="lijst van vandaag", code=case.partners.code)
    await stage.ledger.quiet()
    await stage.desk.sign_in(email_of(Role.COORDINATOR))
    together = await _its_like(stage, f"/bord/{case.id}")
    form = (await stage.desk.open(together)).form_with("points")
    await stage.ledger.sees(MAIL, stage.desk.send(form, {"go": "mail"}))


async def _its_like(stage: DeskStage, case: str) -> str:
    """Where all of them at this school stand, as soon as its clock went off."""
    path = f"/bord/samen?reden={EscalationReason.INVENTORY_LATE}"
    ends = asyncio.get_running_loop().time() + PATIENCE_SECONDS
    while asyncio.get_running_loop().time() < ends:
        found = [link for link, _ in (await stage.desk.open(case)).links if path in link]
        if found:
            return found[0]
        await asyncio.sleep(PAUSE)
    raise AssertionError(f"{case} has no point of {path}")
