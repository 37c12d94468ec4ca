"""What a family consents to: the text of that day, which it can read again, and no text that nobody was asked."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from tests.parts.city import VELDERMEER, a_city
from tests.unit.intake.app import app_on, body, give_key, person_of, school_of
from tests.unit.intake.builders import NOW, ROOS, everybody_joins, received, request, submit_request, units_in_memory
from tests.unit.intake.pages import FORM, Pages

OLD, NEW = "2025-1", "2026-2"
# Today is 10 March 2026; the newest text comes in a month.
CITY = a_city(
    {"consent": {"first_days": {OLD: date(2025, 1, 1), NEW: date(2026, 3, 5), "2026-3": date(2026, 4, 10)},
                 "texts": {"2026-3": {"nl": "Deze tekst komt nog."}}}},
    file=VELDERMEER,
)  # fmt: skip


async def asked(**consent: str) -> tuple[int, Mapping[str, Any]]:
    """What a school's system hears about a request with this consent."""
    units = units_in_memory(city=CITY)
    await give_key(units)
    given = {"givenBy": "guardian", "givenOn": "2026-03-09", "textVersion": NEW, **consent}
    district, needs = (
        next(iter(CITY.districts.offered)),
        [{"category": next(iter(CITY.categories.offered)), "urgency": "soon"}],
    )
    async with school_of(app_on(units, city=CITY)) as school:
        reply = await school.post(
            "/v1/requests", json=body(district=district, needs=needs, consent=given), headers={"Idempotency-Key": "a"}
        )
    return reply.status_code, reply.json()


@pytest.mark.parametrize(
    ("version", "given_on"), [(NEW, "2026-03-05"), (OLD, "2026-03-04"), (OLD, "2026-03-09"), (OLD, "2025-01-01")]
)
async def test_text_that_was_asked_by_then_is_taken(version: str, given_on: str) -> None:
    assert (await asked(textVersion=version, givenOn=given_on))[0] == 201


@pytest.mark.parametrize(
    ("version", "given_on", "listed"),
    [
        ("2026-3", "2026-03-09", "Kies een van deze: 2025-1, 2026-2."),
        (NEW, "2026-03-04", "Kies een van deze: 2025-1."),
        (OLD, "2024-12-31", "Kijk de datum na."),
        ("2099-99", "2026-03-09", "Kies een van deze: 2025-1, 2026-2, 2026-3."),
    ],
)
async def test_text_that_nobody_was_asked_by_then_is_refused_with_those_that_were(
    version: str, given_on: str, listed: str
) -> None:
    status, problem = await asked(textVersion=version, givenOn=given_on)
    (error,) = problem["errors"]
    assert (status, error["pointer"]) == (400, "/consent/textVersion")
    assert listed in error["detail"]


async def test_description_of_the_api_lists_the_texts() -> None:
    async with school_of(app_on(units_in_memory(city=CITY), city=CITY)) as school:
        described = (await school.get("/v1/openapi.json")).json()
    version = described["components"]["schemas"]["ConsentBody"]["properties"]["textVersion"]
    assert version["enum"] == [OLD, NEW, "2026-3"]


async def test_page_shows_the_text_of_today_and_says_what_is_wrong_with_an_earlier_day() -> None:
    units = units_in_memory(city=CITY)
    async with units.begin() as unit:
        await everybody_joins(unit)
    async with person_of(app_on(units, city=CITY), ROOS) as roos:
        page = (await roos.get("/aanvragen/nieuw")).text
        typed = {"child.birthDate": "1-9-2016", "consent.givenBy": "guardian", "consent.textVersion": NEW}
        draft = "/aanvragen/nieuw/00000000-0000-7000-8000-0000000000e1/toestemming"
        early = await roos.post(draft, data={**typed, "consent.givenOn": "4-3-2026", "go": "next"})
        late = await roos.post(draft, data={**typed, "consent.givenOn": "5-3-2026", "go": "next"})
    assert CITY.consent.texts[NEW]["nl"] in page
    assert "Deze tekst komt nog." not in page
    assert (early.status_code, late.status_code) == (400, 303)
    assert "die dag was deze tekst er nog niet" in early.text


async def test_family_that_consented_to_an_old_text_can_still_read_that_one() -> None:
    units, case = await received()
    assert NOW.date() == date(2026, 3, 10)
    newer = a_city({"consent": {"first_days": {"2026-2": date(2026, 3, 10)}, "texts": {"2026-2": {"nl": "Nieuw."}}}})
    async with person_of(app_on(units, city=newer), ROOS) as roos:
        page = (await roos.get(f"/aanvragen/{case.id}/overzicht")).text
    assert newer.consent.texts["2026-1"]["nl"] in page


async def test_request_of_a_page_keeps_the_text_that_was_read(pages: Pages) -> None:
    await pages.asks(ROOS, FORM)
    cases = pages.units.tables.table("cases").values()
    assert len(cases) == 2
    assert {case.opening.consent_text_version for case in cases} == {"2026-1"}


async def test_family_reads_the_text_in_its_own_language_with_what_is_kept_of_it(pages: Pages) -> None:
    page = (await pages.shows(ROOS, "/aanvragen/nieuw")).text

    arabic = page.split('<span lang="ar">العربية</span> (Arabisch)')[1].split("</details>")[0]
    assert '<div lang="ar" dir="auto">' in arabic
    assert a_city().consent.texts["2026-1"]["ar"] in arabic
    assert '<a class="utrecht-link utrecht-link--html-a" href="/privacy?leestaal=ar" target="_blank">اقرأ' in arabic


async def test_language_that_no_page_is_read_in_has_its_text_and_no_more() -> None:
    units = units_in_memory(city=CITY)
    async with units.begin() as unit:
        await everybody_joins(unit)
    async with person_of(app_on(units, city=CITY), ROOS) as roos:
        page = (await roos.get("/aanvragen/nieuw")).text

    frisian = page.split("(Fries)")[1].split("</details>")[0]
    assert CITY.consent.texts[NEW]["fy"][:40] in frisian
    assert "<a " not in frisian


async def test_family_that_consented_in_its_own_language_can_read_that_again() -> None:
    units = units_in_memory()
    async with units.begin() as unit:
        await everybody_joins(unit)
        case = await submit_request(request(family_language="tr"), unit)
    async with person_of(app_on(units), ROOS) as roos:
        page = (await roos.get(f"/aanvragen/{case.id}/overzicht")).text
    texts = a_city().consent.texts["2026-1"]
    assert f'<q lang="nl" dir="auto">{texts["nl"]}</q>' in page
    assert f'(Türkçe): <q lang="tr" dir="auto">{texts["tr"]}</q>' in page
