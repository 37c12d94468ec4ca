"""A request that is not sent yet: kept for its maker, thrown away by its maker, and forgotten after a while."""

from datetime import timedelta
from uuid import UUID

from services.intake.handlers.drafts import MOST_DRAFTS
from services.intake.schedule import JOBS
from tests.parts import asking
from tests.parts.city import a_city
from tests.twins.clock import HeldClock
from tests.unit.intake.app import person_of
from tests.unit.intake.builders import COLLEAGUE, NOW, ROOS, received
from tests.unit.intake.pages import DRAFT, FORM, Pages

PATH = f"/aanvragen/nieuw/{DRAFT}"


async def test_draft_is_on_the_list_of_its_maker_only_and_can_be_thrown_away(pages: Pages) -> None:
    async with person_of(pages.app, ROOS) as client:
        await asking.fills_in(client, FORM, DRAFT, "toestemming", "kind", go="later")
        listed = (await client.get("/aanvragen")).text
        asked = (await client.get(f"{PATH}/weg")).text
    assert "Aanvraag voor Zonnetje" in listed
    # Where it stopped.
    assert f'href="{PATH}/gezin"' in listed
    assert "Nog niet verstuurd" in listed
    assert "Wil je dit weggooien?" in asked
    async with person_of(pages.app, COLLEAGUE) as client:
        assert "Zonnetje" not in (await client.get("/aanvragen")).text
        for path in (f"{PATH}/kind", f"{PATH}/weg"):
            assert (await client.get(path)).status_code == 404
        assert (await asking.fills_in(client, FORM, DRAFT, "kind")).status_code == 404
        await client.post(f"{PATH}/weg", data={"x": "1"})
    assert 'value="Zonnetje"' in (await pages.shows(ROOS, f"{PATH}/kind")).text
    await pages.sends(ROOS, f"{PATH}/weg")
    assert (await pages.shows(ROOS, f"{PATH}/kind")).status_code == 404
    assert not pages.units.tables.table("drafts")


async def test_draft_that_nobody_goes_on_with_is_forgotten_and_one_that_is_gone_on_with_is_not() -> None:
    clock = HeldClock(NOW)
    units, case = await received(clock)
    pages, other = Pages(units, case.id), "00000000-0000-7000-8000-0000000000e2"
    async with person_of(pages.app, ROOS) as client:
        for draft in (DRAFT, other):
            await asking.fills_in(client, FORM, draft, "toestemming")
        clock.forward(timedelta(days=1))
        await asking.fills_in(client, FORM, other, "kind")
    clock.forward(timedelta(days=a_city().retention.draft_days - 1, seconds=1))
    (job,) = [job for job in JOBS if job.name == "forget old drafts"]
    async with units.begin() as unit:
        await job.handler(unit)
    assert set(units.tables.table("drafts")) == {UUID(other)}


async def test_first_button_pressed_twice_makes_one_draft(pages: Pages) -> None:
    async with person_of(pages.app, ROOS) as client:
        for _ in range(2):
            await asking.fills_in(client, FORM, DRAFT, "toestemming")
    assert [draft.version for draft in pages.units.tables.table("drafts").values()] == [2]


async def test_who_has_many_requests_unsent_reads_kindly_that_these_come_first(pages: Pages) -> None:
    async with person_of(pages.app, ROOS) as client:
        for number in range(MOST_DRAFTS):
            reply = await client.post(f"/aanvragen/nieuw/{UUID(int=number + 1)}/kind", data={**FORM, "go": "later"})
            assert reply.status_code == 303
        full = await client.post(f"/aanvragen/nieuw/{UUID(int=99)}/kind", data={**FORM, "go": "later"})
        assert full.status_code == 400
        assert f"Je hebt al {MOST_DRAFTS} aanvragen die nog niet verstuurd zijn." in full.text
        assert 'value="Zonnetje"' in full.text
        again = await client.post(f"/aanvragen/nieuw/{UUID(int=1)}/kind", data={**FORM, "go": "later"})
        assert again.status_code == 303
