"""The code of eight letters and digits, for organisations that do not allow links."""

import pytest

from tests.unit.matching.site import a_site, mailed, text_of


async def test_short_code_on_the_front_page_opens_the_question() -> None:
    site = await a_site()
    _, link = await mailed(site)

    typed = await site.post("/antwoord/code", code=link.short_code.lower().replace("-", " "))

    assert (typed.status_code, typed.headers["location"]) == (303, f"/antwoord/{link.short_code}")
    assert "Er is hulp nodig: een fiets" in text_of(await site.get(typed.headers["location"]))


async def test_short_code_that_is_not_ours_goes_to_the_follow_ups() -> None:
    site = await a_site()

    assert (await site.post("/antwoord/code", code="ACDE-3467")).headers["location"] == "/vervolg/ACDE-3467"


@pytest.mark.parametrize("typed", ["", "ACDE", "AC!E-3467", "ACDE-34679"])
async def test_short_code_that_cannot_be_one_is_explained(typed: str) -> None:
    site = await a_site()

    answered = await site.post("/antwoord/code", code=typed)

    assert answered.status_code == 400
    assert "Er klopt nog iets niet" in text_of(answered)


@pytest.mark.parametrize("typed", ["ACDE-3467", "acde%203467", "ACDE-3467-----", "-A-C-D-E-3-4-6-7-"])
async def test_somebody_who_tries_many_short_codes_is_stopped_however_they_are_written(typed: str) -> None:
    site = await a_site()
    statuses = [(await site.get(f"/antwoord/{typed}")).status_code for _ in range(201)]

    assert statuses[:200] == [404] * 200
    assert statuses[200] == 429
