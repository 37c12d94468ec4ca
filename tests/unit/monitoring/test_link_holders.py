"""The link of a follow-up mail: looking changes nothing whatever the address holds, and it is for its holder only."""

import pytest

from shared.events.base import Role
from shared.events.directory import PersonListed
from shared.events.intake import AmbassadorReplaced
from shared.events.monitoring import FollowUpAnswer, FollowUpDue, FollowUpRecorded
from shared.privacy.audit import About, Via
from tests.parts.audit import beside_the_log
from tests.parts.people import listed
from tests.unit.monitoring.app import ORIGIN, service, visitor
from tests.unit.monitoring.builders import AMBASSADOR, CASE, CODE, SCHOOL, TUESDAY, an_id, local
from tests.unit.monitoring.twin import Monitoring, helped


def joined(organisation: str = "school", *, active: bool = True) -> PersonListed:
    return listed(AMBASSADOR, an_id(organisation), Role.AMBASSADOR, at=TUESDAY, active=active)


async def mailed(*, known: bool = True) -> tuple[Monitoring, str, str]:
    """A follow-up that was just asked; the path of its link, and of its short code."""
    monitoring = Monitoring()
    if known:
        await monitoring.consumes(joined())
    await helped(monitoring)
    await monitoring.time_passes(local("2026-09-22T09:00"))
    (due,) = (event for event in monitoring.published() if isinstance(event, FollowUpDue))
    question = {"followUpId": str(due.follow_up_id), "recipientId": str(AMBASSADOR)}
    async with service(monitoring, "notify") as notify:
        reply = (await notify.post("/internal/follow-up-links", json=question)).json()
    return monitoring, reply["link"].removeprefix(ORIGIN), f"/vervolg/{reply['shortCode']}"


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("answer", ["going-well", "new-question", "call-me"])
async def test_looking_with_the_forms_fields_in_the_address_changes_nothing(method: str, answer: str) -> None:
    monitoring, path, code_path = await mailed()
    before = beside_the_log(monitoring.units.tables)
    async with visitor(monitoring) as browser:
        for each in (path, code_path):
            looked = await browser.request(method, each, params={"answer": answer})
            assert looked.status_code == 200
            assert 'value="going-well" checked' not in looked.text
    assert beside_the_log(monitoring.units.tables) == before


async def test_short_code_with_the_forms_fields_in_the_address_is_no_answer_either() -> None:
    monitoring, path, _ = await mailed()
    async with visitor(monitoring) as browser:
        posted = await browser.post(path, params={"answer": "going-well"})
    assert posted.status_code == 400
    assert monitoring.published() == []


@pytest.mark.parametrize(
    "now", [joined("other school"), joined("other school", active=False), joined(active=False)],
    ids=["moved", "moved and left", "left"],
)  # fmt: skip
async def test_link_of_a_holder_who_moved_or_left_opens_nothing(now: PersonListed) -> None:
    monitoring, path, code_path = await mailed()
    await monitoring.consumes(now)
    async with visitor(monitoring) as browser:
        for each in (path, code_path):
            shown = await browser.get(each)
            answered = await browser.post(each, data={"answer": FollowUpAnswer.GOING_WELL.value})
            assert (shown.status_code, answered.status_code) == (404, 404)
    assert monitoring.published() == []


@pytest.mark.parametrize("known", [True, False], ids=["known", "never heard of"])
async def test_link_opens_for_its_holder_who_is_still_there(*, known: bool) -> None:
    monitoring, path, _ = await mailed(known=known)
    await monitoring.consumes(joined())
    async with visitor(monitoring) as browser:
        assert (await browser.get(path)).status_code == 200
        assert (await browser.post(path, data={"answer": "going-well"})).status_code == 303


def test_holder_of_these_tests_is_at_the_school_of_the_case() -> None:
    assert joined().memberships[0].organisation_id == SCHOOL


async def test_link_of_the_ambassador_of_before_opens_nothing() -> None:
    """Still at the same school, and not the family's contact any more: only the new one says how it goes."""
    monitoring, path, code_path = await mailed()
    await monitoring.consumes(
        AmbassadorReplaced(
            subject=CASE, occurred_at=monitoring.now, case_code=CODE, previous_id=AMBASSADOR,
            ambassador_id=an_id("meester"), organisation_id=SCHOOL, replaced_by=an_id("desk"),
        )
    )  # fmt: skip
    monitoring.published()
    async with visitor(monitoring) as browser:
        for each in (path, code_path):
            shown = await browser.get(each)
            answered = await browser.post(each, data={"answer": FollowUpAnswer.GOING_WELL.value})
            assert (shown.status_code, answered.status_code) == (404, 404)
    assert not [one for one in monitoring.published() if isinstance(one, FollowUpRecorded)]


async def test_line_of_a_link_and_of_who_asked_for_it_name_the_case() -> None:
    monitoring, path, _ = await mailed()
    async with visitor(monitoring) as anybody:
        await anybody.get(path)
    asked, opened = list(monitoring.units.tables.table("audit_lines").values())[-2:]
    assert (asked.entry.actor.via_id, asked.entry.case_id) == ("notify", CASE)
    assert (opened.entry.about, opened.entry.about_id) == (About.CASE, CASE)
    assert opened.entry.actor.via is Via.LINK
    assert opened.entry.actor.via_id not in (None, path.rpartition("/")[2])
