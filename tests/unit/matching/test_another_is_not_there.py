"""A referral of another school or partner answers as one that is not there."""

import pytest

from shared.events.base import Role
from tests.unit.matching.city import named
from tests.unit.matching.site import ACCEPTED, a_site, mailed, text_of

LIST = "/doorverwijzingen"


@pytest.mark.parametrize(("role", "of"), [(Role.AMBASSADOR, "other school"), (Role.PARTNER, "rijwielhulp")])
async def test_referral_of_another_answers_as_one_that_is_not_there(role: Role, of: str) -> None:
    site = await a_site()
    referral_id, link = await mailed(site)
    await site.post(f"/antwoord/{link.token}", **ACCEPTED)
    site.sign_in(role, of)

    for fields in (None, {"choice": "plan"}, {}):
        answers = []
        for one in (referral_id, named("nothing")):
            path = f"{LIST}/{one}"
            answered = await (site.get(path) if fields is None else site.post(path, **fields))
            answers.append((answered.status_code, text_of(answered)))
        assert answers[0] == answers[1]
        assert answers[0][0] == 404


async def test_operator_sees_parked_events_and_no_referrals() -> None:
    site = await a_site()
    referral_id, _ = await mailed(site)
    site.sign_in(Role.OPERATOR, "schakelpunt", "beheer")
    shown = [(await site.get(path)).status_code for path in ("/netwerk/geparkeerd", f"{LIST}/{referral_id}")]
    assert shown == [200, 403]
