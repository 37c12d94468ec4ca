"""What the family told and is fresh is shown in the next conversation with its day and source, and not asked again."""

from datetime import timedelta
from typing import Any

import pytest

from services.intake.handlers.family_page import sources_of
from tests.twins.clock import HeldClock
from tests.unit.intake.builders import COORDINATOR, NOW, ROOS, everybody_joins, request, submit_request, units_in_memory
from tests.unit.intake.pages import Pages


@pytest.fixture
async def clock() -> HeldClock:
    return HeldClock(NOW)


@pytest.fixture
async def known(clock: HeldClock) -> Pages:
    """The family told at the first conversation how it is at home, and nothing of what stands in the way."""
    units = units_in_memory(clock=clock)
    async with units.begin() as unit:
        await everybody_joins(unit)
        pages = Pages(units, (await submit_request(request(), unit)).id)
    await talks(pages, context="Vader werkt 's nachts.")
    return pages


async def talks(pages: Pages, viewer: Any = ROOS, **told: str) -> None:  # noqa: ANN401 - whoever looks
    typed = {**await pages.needs_as_shown(), "discussedOn": "vandaag", "go": "send", **told}
    assert (await pages.sends(viewer, f"{pages.path}/inventarisatie", typed)).status_code == 303


async def sources(pages: Pages) -> dict[str, Any]:
    async with pages.units.begin() as unit:
        case = await unit.cases.read(pages.case_id)
        assert case is not None
        return dict(await sources_of(case, unit))


async def test_fresh_fact_is_shown_with_day_and_source_and_a_tick_and_what_is_not_known_is_asked(known: Pages) -> None:
    page = (await known.shows(ROOS, f"{known.path}/inventarisatie")).text

    assert "Verteld op 10 maart 2026 aan jou." in page
    assert page.count("Klopt dit nog?") == 1
    assert 'name="stillRight.context"' in page
    assert 'name="bottlenecks"' in page
    of_desk = (await known.shows(COORDINATOR, f"{known.path}/inventarisatie")).text
    assert "Verteld op 10 maart 2026 aan de contactpersoon." in of_desk


async def test_fact_of_long_ago_is_asked_about(known: Pages, clock: HeldClock) -> None:
    clock.forward(timedelta(days=200))
    page = (await known.shows(ROOS, f"{known.path}/inventarisatie")).text

    assert "Verteld op 10 maart 2026 aan jou. Vraag of het nog klopt." in page
    assert "stillRight" not in page


async def test_tick_makes_it_fresh_and_what_nobody_talked_about_keeps_its_day(known: Pages, clock: HeldClock) -> None:
    first = (await sources(known))["context"].day
    clock.forward(timedelta(days=90))
    await talks(known, context="Vader werkt 's nachts.")
    assert (await sources(known))["context"].day == first
    await talks(known, context="Vader werkt 's nachts.", **{"stillRight.context": "true"})
    assert (await sources(known))["context"].day == first + timedelta(days=90)


async def test_what_changed_has_its_new_day(known: Pages, clock: HeldClock) -> None:
    clock.forward(timedelta(days=3))
    await talks(known, context="Vader werkt nu overdag.", bottlenecks="Een brief")
    told = await sources(known)
    assert told["context"].day == told["bottlenecks"].day
    page = (await known.shows(ROOS, f"{known.path}/inventarisatie")).text
    assert page.count("Klopt dit nog?") == 2
