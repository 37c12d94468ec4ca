"""What the family's page says of partners: what they could read, and that a stop cannot be undone."""

from datetime import date

from services.intake.domain.timeline import TimelineEntry
from tests.unit.intake.builders import NOW, PARTNER
from tests.unit.intake.pages import Pages
from tests.unit.intake.test_family_consent import NO, YES, helps
from tests.unit.intake.test_family_door import card_of, family_of


async def test_stop_with_one_organisation_says_before_and_after_that_it_cannot_be_undone(pages: Pages) -> None:
    await helps(pages)
    async with family_of(pages, await card_of(pages)) as family:
        before = (await family.get("/gezin/toestemming")).text
        await family.post("/gezin/toestemming/stop", data={"organisationId": str(PARTNER)})
        await family.post("/gezin/liever-niet", data={"organisationId": str(PARTNER)})
        after = (await family.get("/gezin/liever-niet")).text
    assert "Dit kan niet terug." in before
    assert "Jullie zijn met deze organisatie gestopt. Dat kan niet terug." in after


async def test_family_reads_what_a_partner_that_was_asked_could_read_and_what_its_yes_opened(pages: Pages) -> None:
    async with pages.units.begin() as unit:
        case = await unit.cases.read(pages.case_id)
        assert case is not None
        await unit.network.save_organisation(PARTNER, "De Fietsbende")
        for kind in ("partner-activated", "information-answered", "partner-accepted", "partner-declined"):
            need_id = case.needs[0].need_id
            await unit.timeline.add(TimelineEntry(unit.ids.new(), case.id, NOW, kind, PARTNER, need_id))
    async with family_of(pages, await card_of(pages)) as family:
        page = (await family.get("/gezin/wie-zag-wat")).text
        copy = (await family.get("/gezin/meenemen/bestand")).json()
    assert page.count("De Fietsbende") == 3
    assert "Wij vroegen hen om hulp: Fiets." in page
    assert "En jullie wijk, maar niet bij een geheim adres. En hoe oud het kind ongeveer is." in page
    assert "Zij konden dat antwoord lezen." in page
    assert "Vanaf toen konden zij ook de school en jullie taal lezen." in page
    assert [one["who"] for one in copy["partnersCouldRead"]] == ["De Fietsbende"] * 3


async def test_family_says_itself_until_when_its_yes_holds(pages: Pages) -> None:
    await helps(pages)
    async with family_of(pages, await card_of(pages)) as family:
        page = (await family.get("/gezin/toestemming")).text
        gone = await family.post("/gezin/toestemming", data={**YES, "until": "10-3-2026"})
        typo = await family.post("/gezin/toestemming?leestaal=en", data={**YES, "until": "soon"})
        assert (await family.post("/gezin/toestemming", data={**YES, "until": "1-5-2026"})).status_code == 303
        after = (await family.get("/gezin/toestemming")).text
    assert 'name="until"' in page
    assert (gone.status_code, "Kies een dag na vandaag." in gone.text) == (400, True)
    assert (typo.status_code, "Write the date as day-month-year." in typo.text) == (400, True)
    assert "Ja, tot en met 1 mei 2026: hoe zij jullie bereiken" in after
    async with pages.units.begin() as unit:
        (answer,) = await unit.consents.list_of_case(pages.case_id)
    assert answer.until == date(2026, 5, 1)


async def test_no_of_the_family_has_no_last_day(pages: Pages) -> None:
    async with family_of(pages, await card_of(pages)) as family:
        assert (await family.post("/gezin/toestemming", data={**NO, "until": "1-1-2020"})).status_code == 303
    async with pages.units.begin() as unit:
        (answer,) = await unit.consents.list_of_case(pages.case_id)
    assert answer.until is None
