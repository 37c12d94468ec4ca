"""Intake in another city: its codes are offered and taken, and no word of the first city stands on a page."""

import re
from typing import Any

import pytest

from services.intake.domain.errors import CategoryRetired
from services.intake.handlers.inventory import complete_inventory
from shared.events.intake import NeedsAssessed
from shared.kernel.city import City
from tests.parts.asking import STEPS, fills_in
from tests.parts.city import VELDERMEER, a_city
from tests.unit.intake.app import app_on, body, give_key, person_of, school_of
from tests.unit.intake.builders import (
    COORDINATOR,
    ROOS,
    everybody_joins,
    inventory,
    need,
    request,
    said,
    submit_request,
    units_in_memory,
)
from tests.unit.intake.pages import DRAFT

ELSEWHERE = a_city(file=VELDERMEER)
SCHIEWIJK = a_city()
# Schiewijk once it gave up bikes.
WITHOUT_BIKES = a_city({"categories": {"bike": {"retired": True}}})
TEXT = "2026-2"
OF_SCHIEWIJK = ("Schiewijk", "Schakelpunt", "Bliep", "Kethel", "Groenoord")


def request_in(city: City, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any field of the body
    """A good request in this city."""
    needs = [{"category": next(iter(city.categories.offered)), "urgency": "soon"}]
    consent = {"givenBy": "guardian", "givenOn": "2026-03-09", "textVersion": "2026-2"}
    return body(district=next(iter(city.districts.offered)), consent=consent, needs=needs, **changes)


async def test_codes_of_the_city_are_taken_and_those_of_another_are_refused_with_an_example() -> None:
    units = units_in_memory(city=ELSEWHERE)
    await give_key(units)
    async with school_of(app_on(units, city=ELSEWHERE)) as client:
        key = {"Idempotency-Key": "key-1"}
        foreign = body(district="kethel", consent={**body()["consent"], "textVersion": "2019-1"})
        refused = await client.post("/v1/requests", json=foreign, headers=key)
        taken = await client.post("/v1/requests", json=request_in(ELSEWHERE), headers=key)
        wrong = {"discussedOn": "2026-03-09", "needs": [{"category": "no-such-kind", "urgency": "soon"}]}
        inventoried = await client.put(taken.json()["links"]["inventory"], json=wrong)
        described = (await client.get("/openapi.json")).json()
    assert refused.status_code == 400
    examples = {error["pointer"]: error["example"] for error in refused.json()["errors"]}
    assert examples["/district"] == next(iter(ELSEWHERE.districts.offered))
    assert examples["/consent/textVersion"] == "2025-1"
    assert taken.status_code == 201
    (error,) = inventoried.json()["errors"]
    assert (error["pointer"], error["example"]) == ("/needs/0/category", next(iter(ELSEWHERE.categories.offered)))
    district = described["components"]["schemas"]["RequestBody"]["properties"]["district"]
    assert district["enum"] == list(ELSEWHERE.districts.offered)


async def test_pages_speak_of_the_city_only() -> None:
    units = units_in_memory(city=ELSEWHERE)
    async with units.begin() as unit:
        await everybody_joins(unit)
        (category, *_), (district, *_) = ELSEWHERE.categories.offered, ELSEWHERE.districts.offered
        case = await submit_request(
            request(district=district, needs=(need(category),), consent_text_version=TEXT), unit
        )
    texts = []
    async with person_of(app_on(units, city=ELSEWHERE), ROOS) as client:
        path, ask = f"/aanvragen/{case.id}", f"/aanvragen/nieuw/{DRAFT}"
        await fills_in(client, {}, DRAFT, go="later")
        pages = [f"{ask}/{step}" for step in (*STEPS, "nakijken")]
        for page in ("/aanvragen", path, f"{path}/inventarisatie", "/aanvragen/nieuw", *pages):
            texts.append((await client.get(page)).text)
            assert [word for word in OF_SCHIEWIJK if word in texts[-1]] == [], page
    cases, one, *asked = texts
    ask = "".join(asked)
    assert ELSEWHERE.districts.words(district) in cases
    assert ELSEWHERE.categories.in_sentence(category) in cases
    assert set(re.findall(r'<option value="([^"]+)"', ask)) >= {*ELSEWHERE.districts.offered, *ELSEWHERE.languages}
    assert ELSEWHERE.categories.words(category) in one
    assert ELSEWHERE.desk.in_sentence in ask


async def test_desk_is_called_what_the_city_calls_it() -> None:
    units = units_in_memory(city=ELSEWHERE)
    async with units.begin() as unit:
        await everybody_joins(unit)
        case = await submit_request(
            request(district=next(iter(ELSEWHERE.districts.offered)), consent_text_version=TEXT), unit
        )
    app, path = app_on(units, city=ELSEWHERE), f"/aanvragen/{case.id}"
    async with person_of(app, ROOS) as client:
        refused = await client.post(f"{path}/gezien")
    async with person_of(app, COORDINATOR) as client:
        before = (await client.get(path)).text
        done = await client.post(f"{path}/gezien")
        after = (await client.get(done.headers["Location"], follow_redirects=True)).text

    assert (refused.status_code, "Alleen het Brugpunt kan dit noteren." in refused.text) == (403, True)
    assert "Het Brugpunt heeft deze aanvraag gezien" in before
    assert "Genoteerd: het Brugpunt heeft deze aanvraag gezien." in after
    assert "Het Brugpunt heeft de aanvraag gezien" in after


async def test_family_can_read_the_consent_in_every_language_that_the_city_wrote_it_in() -> None:
    units = units_in_memory()
    async with person_of(app_on(units), ROOS) as client:
        page = (await client.get("/aanvragen/nieuw")).text
    for language, text in SCHIEWIJK.consent.texts["2026-1"].items():
        assert text in page
        assert language == SCHIEWIJK.language or f'lang="{language}"' in page


async def test_need_keeps_a_kind_of_help_that_the_city_gave_up() -> None:
    units = units_in_memory()
    async with units.begin() as unit:
        await everybody_joins(unit)
        case = await submit_request(request(), unit)
    bike, coat = case.needs
    retired = units_in_memory(city=WITHOUT_BIKES)
    retired.tables = units.tables
    async with person_of(app_on(retired, city=WITHOUT_BIKES), ROOS) as client:
        page = (await client.get(f"/aanvragen/{case.id}/inventarisatie")).text
        # Its own row still has it; no other row offers it.
        first, *others = re.findall(r'<select[^>]*name="needs[^"]*category".*?</select>', page, re.DOTALL)
        assert 'value="bike" selected' in first
        assert not any('value="bike"' in other for other in others)
        rows = {"needs.0.id": str(bike.need_id), "needs.0.category": "bike", "needs.0.urgency": "soon"}
        rows |= {"needs.1.id": str(coat.need_id), "needs.1.category": "clothing", "needs.1.urgency": "soon"}
        kept = await client.post(f"/aanvragen/{case.id}/inventarisatie", data={"discussedOn": "9-3-2026", **rows})
    assert kept.status_code == 303
    fact = said(retired)[-1]
    assert isinstance(fact, NeedsAssessed)
    assert [(each.need_id, each.category) for each in fact.needs] == [
        (bike.need_id, "bike"),
        (coat.need_id, "clothing"),
    ]


async def test_kind_of_help_that_the_city_gave_up_is_for_no_new_need() -> None:
    units = units_in_memory(city=WITHOUT_BIKES)
    async with units.begin() as unit:
        await everybody_joins(unit)
        case = await submit_request(request(needs=(need("clothing"),)), unit)
    async with units.begin() as unit:
        with pytest.raises(CategoryRetired):
            await complete_inventory(inventory(case.id, [need("bike")]), unit, ROOS)
