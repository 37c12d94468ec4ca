"""A partner that helps reads exactly what the family allows it, and leaves a line each time; others read nothing."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from itertools import combinations

import pytest

from services.intake.domain.consent import FieldSet
from services.intake.domain.rules import Viewer
from services.intake.handlers.cases import close_case
from services.intake.handlers.consents import withdraw_case, withdraw_consent
from services.intake.handlers.family_page import who_looked
from services.intake.handlers.inventory import complete_inventory
from services.intake.handlers.partner_reading import WHY
from services.intake.handlers.safety import press
from services.intake.handlers.secret_address import keep_secret
from services.intake.web.family_words import what_of
from shared.events import matching
from shared.privacy.audit import About, Action, Outcome
from tests.twins.clock import HeldClock
from tests.unit.intake.builders import (
    CONTACT,
    COORDINATOR,
    NOW,
    PARTNER,
    ROOS,
    closing,
    inventory,
    need,
)
from tests.unit.intake.helping import NEVER, NOBODYS, OTHER_PARTNER, REFERRAL, SHOWN, WISHES, Help


@pytest.fixture
async def helping() -> Help:
    return await Help().begins()


async def test_partner_reads_exactly_the_sets_that_the_family_allows(helping: Help) -> None:
    await helping.says_yes()
    some = [sets for size in range(1, len(FieldSet) + 1) for sets in combinations(FieldSet, size)]
    for field_sets in some:
        await helping.allows(*field_sets)
        page = await helping.reads()
        assert (page.status_code, WISHES in page.text) == (200, True)
        for each, words in SHOWN.items():
            assert all((said in page.text) is (each in field_sets) for said in words), (each, field_sets)
        assert not any(said in page.text for said in NEVER)


async def test_story_comes_first_and_no_name_stands_in_the_title(helping: Help) -> None:
    await helping.says_yes()
    await helping.allows(*FieldSet)
    page = (await helping.reads()).text
    assert page.index("Een rode fiets.") < page.index("Zonnetje Verzonnen") < page.index("Maan Verzonnen")
    title = page[page.index("<title>") : page.index("</title>")]
    assert "Wat het gezin met je deelt" in title
    assert "Verzonnen" not in title


async def test_what_the_family_told_has_its_day_and_what_is_old_is_asked_about() -> None:
    clock = HeldClock(NOW)
    helping = await Help(clock).begins()
    await helping.says_yes()
    await helping.allows(FieldSet.REACH)
    page = (await helping.reads()).text
    assert "Maan Verzonnen (verteld op 10 maart 2026)" in page
    assert "Vraag of het nog klopt" not in page
    clock.forward(timedelta(days=200))
    assert "(verteld op 10 maart 2026. Vraag of het nog klopt)" in (await helping.reads()).text


async def test_each_view_is_a_line_of_which_facts_and_by_whom(helping: Help) -> None:
    await helping.says_yes()
    await helping.allows(FieldSet.REACH, FieldSet.STORY)
    for _ in range(2):
        await helping.reads()
    read = [line.entry for line in helping.lines() if line.entry.about is About.CASE]
    assert len(read) == 4
    assert {(each.action, each.outcome, each.about_id) for each in read} == {
        (Action.READ, Outcome.DONE, helping.case_id)
    }  # fmt: skip
    assert {each.actor.person_id for each in read} == {CONTACT.person_id}
    fields = {name for each in read for name in each.fields}
    assert {"phone", "story", "words"} <= fields
    assert not fields & {"first_name", "birth_date", "bottlenecks", "notes", "goal"}


async def stopped(helping: Help) -> None:
    await helping.does(lambda unit: withdraw_consent(helping.case_id, None, PARTNER, unit))


async def taken_back(helping: Help) -> None:
    await helping.does(lambda unit: withdraw_case(helping.case_id, unit, ROOS))


async def refused(helping: Help) -> None:
    await helping.allows()


async def held(helping: Help) -> None:
    await helping.does(lambda unit: press(helping.case_id, unit, ROOS))


async def closed(helping: Help) -> None:
    async with helping.units.begin() as unit:
        await close_case(await closing(helping.case_id, unit), unit, ROOS)


async def answer_taken_back(helping: Help) -> None:
    await helping.hears(matching.AcceptanceReverted, previous_answer_at=NOW, answer_by=NOW)


async def referral_withdrawn(helping: Help) -> None:
    await helping.hears(matching.ReferralWithdrawn, reason="desk-choice", was_helping=True)


async def excluded(helping: Help) -> None:
    found = inventory(helping.case_id, [need("bike", id=helping.need_id)], excluded_organisations=(PARTNER,))
    await helping.does(lambda unit: complete_inventory(found, unit, ROOS))


ENDS = (stopped, taken_back, refused, held, closed, answer_taken_back, referral_withdrawn, excluded)


@pytest.mark.parametrize("ends", ENDS, ids=lambda each: each.__name__)
async def test_what_ended_while_the_page_was_open_is_refused_as_what_never_was(
    helping: Help, ends: Callable[[Help], Awaitable[None]]
) -> None:
    await helping.says_yes()
    await helping.allows(*FieldSet)
    assert (await helping.reads()).status_code == 200
    await ends(helping)
    refusal, never = await helping.reads(), await helping.reads(referral_id=NOBODYS)
    assert refusal.status_code == never.status_code == 404
    assert _without_ids(refusal.text) == _without_ids(never.text)
    outcomes = [line.entry.outcome for line in helping.lines()]
    assert outcomes[-2:] == [Outcome.REFUSED, Outcome.REFUSED]
    assert Outcome.DONE in outcomes


@pytest.mark.parametrize("viewer", [OTHER_PARTNER, CONTACT], ids=["another organisation", "before the yes"])
async def test_who_did_not_say_yes_reads_nothing(helping: Help, viewer: Viewer) -> None:
    if viewer is OTHER_PARTNER:
        await helping.says_yes()
    await helping.allows(*FieldSet)
    refusal, never = await helping.reads(viewer), await helping.reads(viewer, NOBODYS)
    assert refusal.status_code == 404
    assert _without_ids(refusal.text) == _without_ids(never.text)


async def test_partner_whom_the_family_allows_nothing_reads_that_there_is_nothing(helping: Help) -> None:
    await helping.says_yes()
    assert (await helping.reads()).status_code == 404


@pytest.mark.parametrize("viewer", [ROOS, COORDINATOR])
async def test_the_page_is_for_partners_only(helping: Help, viewer: Viewer) -> None:
    await helping.says_yes()
    await helping.allows(*FieldSet)
    assert (await helping.reads(viewer)).status_code == 403


async def test_day_that_passes_ends_the_reading_before_the_job_comes_by() -> None:
    clock = HeldClock(NOW)
    helping = await Help(clock).begins()
    await helping.says_yes()
    await helping.allows(*FieldSet, until=date(2026, 3, 11))
    clock.forward(timedelta(days=1))
    assert (await helping.reads()).status_code == 200
    clock.forward(timedelta(days=1))
    assert (await helping.reads()).status_code == 404


async def test_an_address_that_is_secret_is_no_partners(helping: Help) -> None:
    await helping.says_yes()
    await helping.allows(*FieldSet)
    async with helping.units.begin() as unit:
        case = await unit.cases.get(helping.case_id)
        assert case is not None
        await keep_secret(case, unit, ROOS, is_secret=True)
    page = (await helping.reads()).text
    assert "Maan Verzonnen" in page
    assert "Verzonnenstraat" not in page
    assert "Noord" not in page


def _without_ids(page: str) -> str:
    return page.replace(str(REFERRAL), "").replace(str(NOBODYS), "")


async def test_partner_that_reads_language_district_and_school_only_is_a_line_that_the_family_reads(
    helping: Help,
) -> None:
    await helping.says_yes()
    await helping.allows(FieldSet.HOUSEHOLD)
    await helping.reads()

    async with helping.units.begin() as unit:
        case = await unit.cases.read(helping.case_id)
        assert case is not None
        looked = [one for one in await who_looked(case, unit) if one.look.purpose == WHY]
    assert [(one.look.person_id, what_of(one)) for one in looked] == [
        (CONTACT.person_id, "jullie wensen en taal, wijk en school")
    ]
