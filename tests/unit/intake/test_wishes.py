"""What a family wants of whoever helps, who stands by it, how many come to it, and since when each fact is known."""

from datetime import timedelta
from uuid import UUID

import pytest

from services.intake.domain.accepted import AcceptedReferral
from services.intake.domain.dossier import Fact
from services.intake.domain.timeline import TimelineEntry
from services.intake.handlers.family_page import told_of
from shared.events.http import KnownPerson
from tests.twins.clock import HeldClock
from tests.unit.intake.builders import (
    CONTACT,
    COORDINATOR,
    DESK,
    NOW,
    OTHER_SCHOOL,
    PARTNER,
    ROOS,
    SCHOOL,
    everybody_joins,
    request,
    submit_request,
    units_in_memory,
)
from tests.unit.intake.pages import Pages
from tests.unit.intake.test_family_consent import helps
from tests.unit.intake.test_family_door import card_of, family_of
from tests.unit.intake.test_household import facts_of, second

TOLD = {
    "contactName": "Maan Verzonnen",
    "phone": "06 12345678",
    "ownNetwork": "Een tante om de hoek",
    "helperWishes": "Liever een vrouw",
}


async def came(pages: Pages, *organisations: UUID, kind: str = "partner-accepted", days_ago: int = 0) -> None:
    at = NOW - timedelta(days=days_ago)
    async with pages.units.begin() as unit:
        for one in organisations:
            await unit.timeline.add(TimelineEntry(unit.ids.new(), pages.case_id, at, kind, organisation_id=one))


async def test_wishes_and_own_network_are_of_the_whole_family_and_stand_with_what_was_agreed(pages: Pages) -> None:
    case_id = await second(pages)
    assert (await pages.sends(ROOS, f"{pages.path}/contact", TOLD)).status_code == 303

    page = (await pages.shows(ROOS, pages.path)).text
    assert "Dit wil het gezin van wie helpt: Liever een vrouw." in page
    assert "Wie het gezin al bijstaat: Een tante om de hoek." in page
    sibling = await facts_of(pages, case_id)
    assert (sibling[Fact.OWN_NETWORK], sibling[Fact.HELPER_WISHES]) == ("Een tante om de hoek", "Liever een vrouw")
    async with family_of(pages, await card_of(pages)) as family:
        known = (await family.get("/gezin/wat-wij-weten")).text
    assert "Wat jullie willen van wie helpt" in known


async def test_page_counts_who_came_this_month_each_once_and_warns_from_the_city_s_number_on(pages: Pages) -> None:
    await came(pages, PARTNER, PARTNER, DESK)
    await came(pages, OTHER_SCHOOL, kind="partner-activated")
    await came(pages, SCHOOL, days_ago=40)
    page = (await pages.shows(COORDINATOR, pages.path)).text
    assert "Deze maand kwamen er 2 organisaties bij dit gezin." in page
    assert "veel mensen over de vloer" not in page

    await came(pages, SCHOOL, OTHER_SCHOOL, kind="help-started")
    assert "veel mensen over de vloer" in (await pages.shows(COORDINATOR, pages.path)).text


async def test_only_what_was_corrected_has_another_day_and_source(pages: Pages) -> None:
    page = await pages.shows(ROOS, f"{pages.path}/contact")
    assert page.status_code == 200
    before = await facts_of(pages, pages.case_id)
    same = {"contactName": before[Fact.CONTACT_NAME], "phone": before[Fact.PHONE], "ownNetwork": "Een tante"}
    await pages.sends(COORDINATOR, f"{pages.path}/contact", same)

    async with pages.units.begin() as unit:
        case = await unit.cases.read(pages.case_id)
        assert case is not None
        told = await told_of(case, unit)
    assert told[Fact.OWN_NETWORK].person_id == COORDINATOR.person_id
    assert told.get(Fact.PHONE) is None or told[Fact.PHONE].person_id != COORDINATOR.person_id


async def test_known_fact_is_shown_with_its_day_and_asked_about_only_when_it_is_old() -> None:
    clock = HeldClock(NOW)
    units = units_in_memory(clock=clock)
    async with units.begin() as unit:
        await everybody_joins(unit)
        pages = Pages(units, (await submit_request(request(), unit)).id)
    page = (await pages.shows(ROOS, f"{pages.path}/contact")).text
    assert "Verteld op 10 maart 2026." in page
    assert "Vraag of het nog klopt." not in page
    assert page.count("Verteld op") < page.count("<input")

    clock.forward(timedelta(days=200))
    assert "Vraag of het nog klopt." in (await pages.shows(ROOS, f"{pages.path}/contact")).text


async def test_family_reads_to_whom_it_told_each_fact(pages: Pages) -> None:
    async with family_of(pages, await card_of(pages)) as family:
        known = (await family.get("/gezin/wat-wij-weten")).text
    assert "aan Roos Verzonnen)" in known


async def test_family_reads_who_of_the_partner_helps_and_the_number(pages: Pages) -> None:
    await helps(pages)
    pages.people.people[CONTACT.person_id] = KnownPerson(
        person_id=CONTACT.person_id, name="Bas Verzonnen", phone="+31 10 222 22 22", organisations=("De Fietsbende",)
    )
    async with pages.units.begin() as unit:
        case = await unit.cases.read(pages.case_id)
        assert case is not None
        need_id = case.needs[0].need_id
        await unit.accepted.save(AcceptedReferral(unit.ids.new(), case.id, need_id, PARTNER, CONTACT.person_id))
    async with family_of(pages, await card_of(pages)) as family:
        page = (await family.get("/gezin/pagina")).text
    assert "Bas Verzonnen" in page
    assert "10 222 22 22" in page


@pytest.mark.parametrize("path", ["pagina", "wat-wij-weten"])
async def test_page_loads_one_script_of_its_own_and_has_none_in_itself(pages: Pages, path: str) -> None:
    async with family_of(pages, await card_of(pages)) as family:
        page = await family.get(f"/gezin/{path}")
        script = page.text[page.text.index('<script src="') + 13 :].partition('"')[0]
        sent = await family.get(script)
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert page.text.count("<script") == 1
    # Its button is hidden by what stands around it: the button's own style would show it.
    assert page.text[: page.text.index("data-read-aloud")].rpartition("<div")[2].startswith(" hidden>")
    assert (sent.status_code, sent.headers["content-type"]) == (200, "text/javascript; charset=utf-8")


async def test_what_is_not_right_of_another_child_comes_with_that_child(pages: Pages) -> None:
    case_id = await second(pages)
    async with family_of(pages, await card_of(pages)) as family:
        page = (await family.get("/gezin/klopt-niet")).text
        done = await family.post("/gezin/klopt-niet", data={"child": str(case_id), "words": "Haar naam is anders."})
        other = await family.post("/gezin/klopt-niet", data={"child": str(PARTNER), "words": "Van een ander."})
        copy = (await family.get("/gezin/meenemen/bestand")).json()
        read = (await family.get("/gezin/meenemen")).text

    assert "Sterretje" in page
    assert (done.status_code, other.status_code) == (303, 400)
    async with pages.units.begin() as unit:
        assert len(await unit.family_voice.list_asks(case_id)) == 1
        assert not await unit.family_voice.list_asks(pages.case_id)
    assert [one["facts"]["first_name"] for one in copy["siblings"]] == ["Sterretje"]
    assert copy["siblings"][0]["questions"]
    assert "Sterretje" in read


async def test_page_of_a_case_opens_with_the_story_and_then_says_what_happens_now(pages: Pages) -> None:
    async with pages.units.begin() as unit:
        await unit.vault.tell(pages.case_id, {Fact.STORY: "Hij wil zo graag fietsen."})
    page = (await pages.shows(ROOS, pages.path)).text
    assert page.index("Hij wil zo graag fietsen.") < page.index("Wat gebeurt er nu?") < page.index("Wat is er nodig?")
