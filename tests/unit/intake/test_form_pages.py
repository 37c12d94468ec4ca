import re

from services.intake.handlers.cases import close_case
from services.intake.handlers.inventory import complete_inventory
from shared.events.intake import (
    NeedsAssessed,
)
from shared.privacy.audit_chain import AuditLine
from tests.parts.keys import mark
from tests.unit.intake.builders import (
    COLLEAGUE,
    COORDINATOR,
    PARTNER,
    ROOS,
    closing,
    inventory,
    need,
    said,
)
from tests.unit.intake.pages import Pages


def age_readings(pages: Pages) -> int:
    """How often the birth date was read for the age."""
    lines: list[AuditLine] = list(pages.units.tables.table("audit_lines").values())
    return sum(line.entry.purpose == "age-band" for line in lines)


async def test_inventory_of_a_case_that_was_closed_meanwhile_can_be_copied_from_the_page(pages: Pages) -> None:
    async with pages.units.begin() as unit:
        await close_case(await closing(pages.case_id, unit), unit, COORDINATOR)
    form = {"discussedOn": "9-3-2026", "context": "Vader zoekt werk.", "needs.0.category": "bike"}
    reply = await pages.sends(ROOS, f"{pages.path}/inventarisatie", {**form, "needs.0.urgency": "soon"})
    assert reply.status_code == 409
    assert "Vader zoekt werk.</textarea>" in reply.text


async def test_inventory_page_knows_what_was_asked_and_stores_what_was_found(pages: Pages) -> None:
    begin = await pages.sends(ROOS, f"{pages.path}/begin")
    page = (await pages.shows(ROOS, begin.headers["Location"])).text
    ids = re.findall(r'name="needs\.\d\.id" value="([0-9a-f-]+)"', page)
    assert len(ids) == 2
    found = {
        "discussedOn": "9-3-2026",
        "context": "Vader zoekt werk.",
        "needs.0.id": ids[0],
        "needs.0.category": "bike",
        "needs.0.urgency": "normal",
        "needs.0.horizon": "long",
        "needs.1.id": ids[1],
        "needs.1.category": "clothing",
        "needs.1.urgency": "soon",
        "needs.1.gone": "true",
        "needs.2.category": "sport",
        "needs.2.urgency": "normal",
        "excludedOrganisations": [str(PARTNER)],
    }
    reply = await pages.sends(ROOS, f"{pages.path}/inventarisatie", found)
    assert reply.status_code == 303
    fact = said(pages.units)[-1]
    assert isinstance(fact, NeedsAssessed)
    assert [(str(need.need_id) in ids, need.category) for need in fact.needs] == [(True, "bike"), (False, "sport")]
    assert fact.left_out == (mark(pages.case_id, PARTNER),)
    assert "Vader zoekt werk." in (await pages.shows(ROOS, pages.path)).text


async def test_inventory_page_keeps_what_was_typed_when_something_is_wrong(pages: Pages) -> None:
    reply = await pages.sends(ROOS, f"{pages.path}/inventarisatie", {"context": "Vader zoekt werk."})
    assert reply.status_code == 400
    assert 'href="#veld-discussedOn"' in reply.text
    assert "Vader zoekt werk." in reply.text


async def test_inventory_page_keeps_what_waits_for_what_but_nothing_waits_for_a_need_that_is_gone(pages: Pages) -> None:
    async with pages.units.begin() as unit:
        case = await unit.cases.read(pages.case_id)
        assert case is not None
        bike, clothing = (each.need_id for each in case.needs)
        asked = [need("bike", id=bike, depends_on=(clothing,)), need("clothing", id=clothing)]
        await complete_inventory(inventory(case.id, asked), unit, ROOS)
    form = {**await pages.needs_as_shown(), "discussedOn": "9-3-2026"}
    for gone, after in (("", (clothing,)), ("true", ())):
        await pages.sends(ROOS, f"{pages.path}/inventarisatie", {**form, "context": gone, "needs.1.gone": gone})
        fact = said(pages.units)[-1]
        assert isinstance(fact, NeedsAssessed)
        assert fact.needs[0].depends_on == after


async def test_text_that_was_cleared_on_the_inventory_page_stays_away(pages: Pages) -> None:
    form = {"discussedOn": "9-3-2026", "needs.0.category": "bike", "needs.0.urgency": "soon"}
    await pages.sends(ROOS, f"{pages.path}/inventarisatie", {**form, "context": "Vader zoekt werk."})
    await pages.sends(ROOS, f"{pages.path}/inventarisatie", {**form, "context": ""})
    assert "Vader zoekt werk." not in (await pages.shows(ROOS, f"{pages.path}/inventarisatie")).text


async def test_page_that_was_open_while_somebody_named_a_need_does_not_stop_that_need_unseen(pages: Pages) -> None:
    old = {
        **await pages.needs_as_shown(),
        "discussedOn": "9-3-2026",
        "needs.2.category": "sport",
        "needs.2.urgency": "soon",
    }
    async with pages.units.begin() as unit:
        case = await unit.cases.read(pages.case_id)
        assert case is not None
        named = [need(each.category, id=each.need_id) for each in case.needs]
        await complete_inventory(inventory(case.id, [*named, need("laptop")]), unit, ROOS)
    facts, readings = len(said(pages.units)), age_readings(pages)

    reply = await pages.sends(ROOS, f"{pages.path}/inventarisatie", old)

    assert reply.status_code == 400
    assert 'href="#veld-needs-3-category">Laptop of tablet: deze hulpvraag kwam er intussen bij.' in reply.text
    # What the refused inventory did until then was taken back, its reading of the birth date too.
    assert (len(said(pages.units)), age_readings(pages)) == (facts, readings)
    shown = dict(re.findall(r'<input type="hidden" name="(needs[^"]+)" value="([^"]*)"', reply.text))
    assert (await pages.sends(ROOS, f"{pages.path}/inventarisatie", {
        **old, "needs.3.id": shown["needs.3.id"], "needs.3.category": "laptop", "needs.3.urgency": "soon",
    })).status_code == 303  # fmt: skip
    fact = said(pages.units)[-1]
    assert isinstance(fact, NeedsAssessed)
    assert [each.category for each in fact.needs] == ["bike", "clothing", "sport", "laptop"]


async def test_inventory_without_any_need_left_is_refused(pages: Pages) -> None:
    one = {"discussedOn": "9-3-2026", "needs.0.category": "bike", "needs.0.urgency": "soon", "needs.0.gone": "true"}
    reply = await pages.sends(ROOS, f"{pages.path}/inventarisatie", one)
    assert reply.status_code == 400
    assert "minstens één hulpvraag" in reply.text


async def test_inventory_page_is_not_for_a_colleague(pages: Pages) -> None:
    assert (await pages.shows(COLLEAGUE, f"{pages.path}/inventarisatie")).status_code == 403
