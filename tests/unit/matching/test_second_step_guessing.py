"""Six digits of a second step are not found by trying, however often somebody begins anew."""

from datetime import timedelta

from services.matching.domain.second_factor import MOST_TRIES_A_DAY
from services.matching.domain.sign_in import MOST_TRIES
from tests.parts.authenticator import code_at
from tests.unit.matching.site import Site
from tests.unit.matching.test_second_step import a_desk, enrolled, mailed_code_typed

STEP = "/inloggen/tweede-stap"


async def guesses(site: Site, times: int) -> None:
    """Who reads her mail begins anew after each five tries."""
    for number in range(times):
        if number % MOST_TRIES == 0:
            await mailed_code_typed(site)
        assert (await site.post(STEP, code="000000")).status_code == 400


async def test_right_digits_open_nothing_after_a_day_of_guessing_and_a_recovery_code_does() -> None:
    site = await a_desk()
    seed, recovery = await enrolled(site)
    await guesses(site, MOST_TRIES_A_DAY)
    later = site.world.clock.now() + timedelta(seconds=30)

    await mailed_code_typed(site)
    assert (await site.post(STEP, code=code_at(seed, later))).status_code == 400
    assert (await site.post(STEP, code=recovery[0])).status_code == 303


async def test_next_day_the_digits_work_again() -> None:
    site = await a_desk()
    seed, _ = await enrolled(site)
    await guesses(site, MOST_TRIES_A_DAY)
    site.world.clock.forward(timedelta(days=1, minutes=11))

    await mailed_code_typed(site)
    assert (await site.post(STEP, code=code_at(seed, site.world.clock.now()))).status_code == 303
