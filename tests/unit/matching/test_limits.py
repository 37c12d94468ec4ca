"""The one too many is refused, at each door of matching that counts: mails, codes of links, codes to sign in."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import httpx
import pytest

from services.matching.web.arriving import SLOWLY_SECONDS
from tests.unit.matching.city import named
from tests.unit.matching.signing_in import asked_for_code, code_typed
from tests.unit.matching.site import Site, a_site

Ask = Callable[[Site, int], Awaitable[httpx.Response]]
SIGN_IN = str(named("a sign-in that nobody asked for"))


async def open_code(site: Site, number: int) -> httpx.Response:
    return await site.get(f"/antwoord/AAAA-{number:04}".replace("0", "A"))


async def answer_by_code(site: Site, number: int) -> httpx.Response:
    return await site.post(f"/antwoord/AAAA-{number:04}".replace("0", "A"), choice="decline", reason="no-capacity")


async def type_code(site: Site, number: int) -> httpx.Response:
    return await site.post("/antwoord/code", code=f"AAAA-{number:04}")


async def ask_for_mail(site: Site, number: int) -> httpx.Response:
    return await site.post("/inloggen", email=f"nobody-{number}@nowhere.example")


async def try_code(site: Site, number: int) -> httpx.Response:
    return await site.post("/inloggen/code", aanmelding=SIGN_IN, code=f"{number:06}")


async def leave_code_out(site: Site, sign_in_id: UUID, number: int) -> httpx.Response:
    return await code_typed(site, sign_in_id, "-" if number % 2 else "")


@pytest.mark.parametrize(
    ("ask", "limit", "others"),
    [
        (open_code, 200, 404),
        (answer_by_code, 200, 404),
        (type_code, 200, {303, 400}),
    ],
)
async def test_one_beyond_the_limit_is_refused_and_none_before_it(ask: Ask, limit: int, others: int | set[int]) -> None:
    site = await a_site()
    statuses = [(await ask(site, number)).status_code for number in range(limit)]
    beyond = await ask(site, limit)

    assert set(statuses) <= (others if isinstance(others, set) else {others})
    assert beyond.status_code == 429
    assert int(beyond.headers["Retry-After"]) > 0


@pytest.mark.parametrize(("ask", "limit", "answer"), [(ask_for_mail, 100, 303), (try_code, 100, 400)])
async def test_who_signs_in_beyond_the_limit_waits_a_moment_and_is_answered(
    ask: Ask, limit: int, answer: int, slowly: list[float]
) -> None:
    """Whoever guesses is slowed down; nobody of the same network is kept out by it."""
    site = await a_site()
    statuses = {(await ask(site, number)).status_code for number in range(limit)}
    assert (statuses, slowly) == ({answer}, [])

    assert (await ask(site, limit)).status_code == answer
    assert slowly == [SLOWLY_SECONDS]


async def test_what_is_no_code_is_no_try(slowly: list[float]) -> None:
    """Nothing is looked up for it, so it counts for nothing: neither for this network nor for the attempt."""
    site = await a_site()
    sign_in_id, _ = await asked_for_code(site)

    statuses = {(await leave_code_out(site, sign_in_id, number)).status_code for number in range(200)}

    assert (statuses, slowly) == ({400}, [])
    assert (await code_typed(site, sign_in_id, site.code_for(sign_in_id))).status_code == 303


@pytest.mark.parametrize("first", [open_code, answer_by_code, type_code])
@pytest.mark.parametrize("then", [open_code, answer_by_code, type_code])
async def test_codes_of_links_are_counted_together_however_they_are_tried(first: Ask, then: Ask) -> None:
    """Whoever guesses would else have as many tries again at each door."""
    site = await a_site()
    for number in range(200):
        await first(site, number)

    assert (await then(site, 200)).status_code == 429
