"""What each form says of where it goes: every mail that it names exists, and its words call the reader "jou"."""

from typing import Any

import pytest

from services.matching.web.actions import Action, Actions
from services.matching.web.desk_steps import REACHES
from services.matching.web.family_actions import FAMILY_ACTIONS
from services.matching.web.partner_actions import PARTNER_ACTIONS
from shared.events.vocabulary import Audience, mail
from shared.web.reach import Reach
from tests.parts.city import a_city
from tests.unit.matching.site import a_site, mailed, text_of

BOTH: dict[str, Actions] = {"partner": PARTNER_ACTIONS, "family": FAMILY_ACTIONS}
EACH = [(page, choice, action) for page, actions in BOTH.items() for choice, action in actions.items()]


@pytest.mark.parametrize(("page", "choice", "action"), EACH, ids=lambda given: given if isinstance(given, str) else "")
def test_form_names_only_mails_that_are_there(page: str, choice: str, action: Action[Any]) -> None:
    codes = (*action.reach.mails, *action.reach.perhaps)

    assert [code for code in codes if mail(code) is None] == []
    assert len(set(codes)) == len(codes)
    assert action.reach.form.endswith(f" {choice}"), page
    assert action.reach.who(a_city(), Audience.PARTNER) != "niemand"


@pytest.mark.parametrize("reach", REACHES.values(), ids=REACHES)
def test_step_of_the_desk_names_only_mails_that_are_there(reach: Reach) -> None:
    codes = (*reach.mails, *reach.perhaps)
    assert [code for code in codes if mail(code) is None] == []
    assert len(set(codes)) == len(codes)
    assert "contactpersoon van het gezin" in reach.who(a_city(), Audience.COORDINATOR)


async def test_yes_is_said_to_reach_the_reader_and_a_no_the_next_partner() -> None:
    site = await a_site()
    _, link = await mailed(site)

    words = text_of(await site.get(f"/antwoord/{link.token}"))

    assert "Dit gaat naar: de contactpersoon van het gezin, jou en het Schakelpunt. Je kunt je ja nog" in words
    assert "de partner en het Schakelpunt. We vragen meteen de volgende partner." in words
