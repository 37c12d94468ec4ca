"""A case that stands still for safety: nobody is asked, can answer or sees it; then partners have a new term."""

from typing import Any

import pytest

from services.matching.domain.case import CaseFile, CaseState
from services.matching.domain.referral_state import ReferralState
from services.matching.handlers.cases import go_on_after_rest, propose_partners, rest
from services.matching.handlers.holding import go_on_after_hold, stand_still
from services.matching.handlers.partner_answers import ask_next_after_silence
from shared.access.links import Link
from shared.events.base import Role
from shared.events.family_safety import SafetyHoldLifted, SafetyHoldSet
from shared.events.matching import PartnerActivated, ReferralExpired
from shared.events.referral_terms import AnswerTermRenewed
from tests.unit.matching.city import NOON, World, assessed, named, need
from tests.unit.matching.given import asked, expiry
from tests.unit.matching.site import ACCEPTED, Site, a_site, a_site_where_they_met, mailed, text_of
from tests.unit.matching.test_api_referrals import SchoolSystem
from tests.unit.matching.test_urgent_and_paused import RESTS, WOKEN

CASE: dict[str, Any] = {"subject": named("case"), "occurred_at": NOON, "case_code": "AC34-DEFG"}
SET = SafetyHoldSet(**CASE, ambassador_id=named("juf"), set_by=named("juf"))
LIFTED = SafetyHoldLifted(**CASE, lifted_by=named("juf"))
PAUSED = "Deze aanvraag is gepauzeerd"


async def case_of(world: World) -> CaseFile:
    async with world.units.begin() as unit:
        case = await unit.cases.read(named("case"))
    assert case is not None
    return case


async def stands_still(world: World) -> None:
    async with world.units.begin() as unit:
        await stand_still(SET, unit)


async def goes_on(world: World) -> None:
    async with world.units.begin() as unit:
        await go_on_after_hold(LIFTED, unit)


async def test_nobody_is_asked_and_what_became_open_is_asked_afterwards() -> None:
    world = await World().with_partners("fietsbende")
    async with world.units.begin() as unit:
        await propose_partners(assessed(), unit)
    await stands_still(world)
    async with world.units.begin() as unit:
        await propose_partners(assessed(need(), need("sport")), unit)
    assert len(world.published(PartnerActivated)) == 1
    await goes_on(world)
    case = await case_of(world)
    assert case.state is CaseState.OPEN
    assert all(one.state.value != "waiting" for one in case.needs.values())


async def test_silence_that_was_told_too_late_does_not_count_and_the_partner_has_a_new_term() -> None:
    world, referral_id = await asked()
    late = expiry(world)
    [before] = await world.referrals()
    await stands_still(world)
    async with world.units.begin() as unit:
        await ask_next_after_silence(late, unit)
    assert world.published(ReferralExpired) == []
    world.clock.forward(before.answer_by - NOON)
    await goes_on(world)
    [after] = await world.referrals()
    (renewed,) = world.published(AnswerTermRenewed)
    assert (renewed.referral_id, renewed.answer_by) == (referral_id, after.answer_by)
    assert after.answer_by > before.answer_by
    # The clock of before rings once more: it is not that of this term.
    async with world.units.begin() as unit:
        await ask_next_after_silence(late, unit)
    assert world.published(ReferralExpired) == []


async def test_hold_of_a_family_that_rests_ends_its_rest() -> None:
    world, _ = await asked()
    async with world.units.begin() as unit:
        await rest(RESTS, unit)
    await stands_still(world)
    await goes_on(world)
    assert (await case_of(world)).state is CaseState.OPEN


async def test_link_in_the_mail_says_that_it_is_paused_and_takes_no_answer() -> None:
    site = await a_site()
    _, link = await mailed(site)
    (referral,) = await site.world.referrals()
    await stands_still(site.world)
    seen = await site.get(f"/antwoord/{link.token}")
    answered = await site.post(f"/antwoord/{link.token}", choice="decline", reason="no-capacity")
    for reply in (seen, answered):
        assert reply.status_code == 409
        assert PAUSED in text_of(reply)
        assert referral.number not in text_of(reply)
    assert (await site.world.referrals())[0].state is ReferralState.ACTIVATED
    await goes_on(site.world)
    assert (await site.get(f"/antwoord/{link.token}")).status_code == 200


async def rests(world: World) -> None:
    async with world.units.begin() as unit:
        await rest(RESTS, unit)


async def rest_is_over(world: World) -> None:
    async with world.units.begin() as unit:
        await go_on_after_rest(WOKEN, unit)


Answers = list[tuple[int, bytes, dict[str, str]]]


async def what_a_partner_sees(site: Site, link: Link) -> Answers:
    """Everything that it can open or press, without what names the referral; signed in as well."""
    (referral,) = await site.world.referrals()
    token, own = f"/antwoord/{link.token}", f"/doorverwijzingen/{referral.id}"
    replies = [
        await site.get(token), await site.get(f"/antwoord/{link.short_code}"), await site.post(token, **ACCEPTED),
        await site.post(token, choice="decline", reason="no-capacity"), await site.post(token, choice="outcome"),
    ]  # fmt: skip
    site.sign_in(Role.PARTNER, "fietsbende", "contact of fietsbende")
    replies += [await site.get(own), await site.post(own, **ACCEPTED), await site.get("/doorverwijzingen")]
    site.client.cookies.clear()
    names = [link.token, link.short_code, str(referral.id), referral.case_code]
    return [(reply.status_code, without(names, reply.content), dict(reply.headers)) for reply in replies]


def without(names: list[str], content: bytes) -> bytes:
    for name in names:
        content = content.replace(name.encode(), b"")
    return content


@pytest.mark.parametrize("helps", [False, True], ids=["was-asked", "helps"])
async def test_partner_cannot_tell_a_hold_from_a_rest_by_any_byte(*, helps: bool) -> None:
    seen, after = list[Answers](), list[Answers]()
    for pauses, goes_again in ((stands_still, goes_on), (rests, rest_is_over)):
        site = await a_site()
        _, link = await mailed(site)
        if helps:
            await site.post(f"/antwoord/{link.token}", **ACCEPTED)
        await pauses(site.world)
        seen.append(await what_a_partner_sees(site, link))
        await goes_again(site.world)
        after.append(await what_a_partner_sees(site, link))

    assert seen[0] == seen[1]
    assert {status for status, *_ in seen[0][:-1]} == {409}
    assert [status for status, *_ in after[0]] == [status for status, *_ in after[1]]


async def test_silence_during_a_rest_does_not_count_and_the_partner_has_a_new_term() -> None:
    world, _ = await asked()
    late = expiry(world)
    [before] = await world.referrals()
    await rests(world)
    async with world.units.begin() as unit:
        await ask_next_after_silence(late, unit)
    assert world.published(ReferralExpired) == []
    world.clock.forward(before.answer_by - NOON)
    await rest_is_over(world)
    [after] = await world.referrals()
    assert after.answer_by > before.answer_by
    await rest_is_over(world)
    assert len(world.published(AnswerTermRenewed)) == 1


async def a_helped_site() -> tuple[Site, str, str]:
    site, _, partner, family = await a_site_where_they_met()
    return site, partner, family


async def test_links_of_partner_that_helps_and_of_ambassador_give_the_same_answer() -> None:
    site, partner, family = await a_helped_site()
    await stands_still(site.world)
    replies = [await site.get(path) for path in (partner, family)]
    assert {reply.status_code for reply in replies} == {409}
    one, other = (text_of(reply) for reply in replies)
    assert one == other


@pytest.mark.parametrize(
    ("role", "of", "person", "status"),
    [
        (Role.PARTNER, "fietsbende", "contact of fietsbende", 409),
        (Role.AMBASSADOR, "school", "juf", 409),
        (Role.COORDINATOR, "desk", "desk", 409),
        (Role.AMBASSADOR, "school", "colleague", 404),
        (Role.PARTNER, "another", "somebody", 404),
    ],
)
async def test_list_and_page_of_who_is_signed_in(role: Role, of: str, person: str, status: int) -> None:
    site, *_ = await a_helped_site()
    (referral,) = await site.world.referrals()
    await stands_still(site.world)
    site.sign_in(role, of, person)
    listed = await site.get("/doorverwijzingen")
    assert not {"AC34-DEFG", referral.number} & set(text_of(listed).split())
    assert (await site.get(f"/doorverwijzingen/{referral.id}")).status_code == status
    if role is Role.COORDINATOR:
        assert (await site.get(f"/doorverwijzingen/hulpvraag/{referral.need_id}")).status_code == 404


async def test_system_of_the_school_finds_nothing() -> None:
    site, *_ = await a_helped_site()
    (referral,) = await site.world.referrals()
    await stands_still(site.world)
    system = SchoolSystem(site)
    assert await system.list() == []
    assert (await system.says(referral.id, {"outcome": "helped"})).status_code == 404


async def test_mail_that_is_on_its_way_gets_no_link() -> None:
    site = await a_site()
    referral_id, _ = await mailed(site)
    (referral,) = await site.world.referrals()
    await stands_still(site.world)
    question = {"recipient_id": str(referral.contact_id), "referral_id": str(referral_id), "link": "answer"}
    assert (await site.delivery(**question))["state"] == "no-longer-needed"
