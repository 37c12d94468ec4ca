"""S4: nobody can lock another out of signing in, and nobody can guess a code."""

from uuid import uuid4

from services.matching.web import arriving
from tests.unit.matching.signing_in import asked_for_code, code_typed, mailed_code
from tests.unit.matching.site import FORM, a_site, text_of


async def test_hundreds_of_wrong_ids_lock_nobody_out(slowly: list[float]) -> None:
    """S4: whoever sits behind the same network as somebody who guesses can sign in."""
    site = await a_site()
    sign_in_id, _ = await asked_for_code(site)
    for _ in range(400):
        assert (await site.post("/inloggen/code", aanmelding=str(uuid4()), code="000000")).status_code == 400

    waited = len(slowly)
    answered = await site.post("/inloggen/code", aanmelding=str(sign_in_id), code=site.code_for(sign_in_id))

    assert (answered.status_code, len(slowly)) == (303, waited)


async def test_stranger_who_asks_for_a_hundred_codes_takes_none_away(slowly: list[float]) -> None:
    """S4: neither the code that somebody waits for, nor the next one; and the mailbox does not fill up."""
    site = await a_site()
    mine, _ = await asked_for_code(site)
    stranger = site.another_browser()
    for _ in range(100):
        await stranger.post("/inloggen", data={"email": "noor@school.example"}, headers=FORM)

    assert len(await site.codes_go_out()) == 6
    assert (await code_typed(site, mine, site.code_for(mine))).status_code == 303
    site.client.cookies.clear()
    later, answered = await asked_for_code(site)
    assert answered.status_code == 303
    [*_, mailed] = await site.codes_go_out()
    assert (await code_typed(site, later, await mailed_code(site, mailed))).status_code == 303
    assert len(slowly) > 0


async def test_attempt_takes_the_code_that_was_mailed_last_when_many_were_asked_for() -> None:
    site = await a_site()
    for _ in range(5):
        await asked_for_code(site)
    [*_, mailed] = await site.codes_go_out()
    site.world.later(minutes=2)

    sixth, _ = await asked_for_code(site)

    assert len(await site.codes_go_out()) == 5
    assert (await code_typed(site, sixth, site.code_for(mailed.subject))).status_code == 303


async def test_new_code_is_mailed_again_before_the_last_one_ends() -> None:
    site = await a_site()
    for _ in range(5):
        await asked_for_code(site)
    site.world.later(minutes=8)

    sixth, _ = await asked_for_code(site)

    assert (await site.codes_go_out())[-1].subject == sixth


async def test_codes_become_too_long_to_guess_after_twenty_in_a_day() -> None:
    site = await a_site()
    for _ in range(20):
        await asked_for_code(site)
        site.world.later(minutes=11)
    attempt, _ = await asked_for_code(site)

    [*_, mailed] = await site.codes_go_out()
    code = await mailed_code(site, mailed)

    assert len(code) == 10
    assert (await code_typed(site, attempt, site.code_for(attempt))).status_code == 400
    assert (await code_typed(site, attempt, code)).status_code == 303


async def test_device_that_proved_itself_keeps_its_own_count() -> None:
    """S4: it gets a code of its own at once, however often others asked for one."""
    site = await a_site()
    first, _ = await asked_for_code(site)
    await code_typed(site, first, site.code_for(first))
    await site.post("/uitloggen")
    stranger = site.another_browser()
    for _ in range(30):
        await stranger.post("/inloggen", data={"email": "noor@school.example"}, headers=FORM)

    mine, _ = await asked_for_code(site)

    assert mine in [each.subject for each in await site.codes_go_out()]
    assert (await code_typed(site, mine, site.code_for(mine))).status_code == 303


async def test_device_of_one_person_is_no_proof_for_another(slowly: list[float]) -> None:
    site = await a_site()
    first, _ = await asked_for_code(site)
    await code_typed(site, first, site.code_for(first))
    for _ in range(150):
        await site.post("/inloggen", email="contact@fietsbende.example")

    assert slowly == [arriving.SLOWLY_SECONDS] * 51


async def test_new_code_leaves_the_one_before_open() -> None:
    site = await a_site()
    first, _ = await asked_for_code(site)
    second, _ = await asked_for_code(site)

    assert (await code_typed(site, first, site.code_for(first))).status_code == 303
    refused = await code_typed(site, second, site.code_for(second))
    assert (refused.status_code, "niet meer geldig" in text_of(refused)) == (400, True)


async def test_network_with_many_wrong_codes_is_slowed_down_and_still_let_in(slowly: list[float]) -> None:
    site = await a_site()
    sign_in_id, _ = await asked_for_code(site)
    for _ in range(103):
        await code_typed(site, uuid4(), "000000")

    assert slowly == [arriving.SLOWLY_SECONDS] * 3
    assert (await code_typed(site, sign_in_id, site.code_for(sign_in_id))).status_code == 303
