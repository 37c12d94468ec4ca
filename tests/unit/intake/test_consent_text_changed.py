"""The city writes another text for partners: what was answered keeps its own, and what is new is asked for anew."""

from datetime import date, timedelta

from services.intake.domain.consent import ConsentState, FieldSet
from services.intake.handlers.consents import may_see
from tests.parts.city import a_city, tables
from tests.twins.clock import HeldClock
from tests.unit.intake.builders import NOW, PARTNER, ROOS, everybody_joins, request, submit_request, units_in_memory
from tests.unit.intake.pages import Pages
from tests.unit.intake.test_partner_consent_page import HOW, answers

OLD, NEW = "2026-1", "2026-2"
QUESTION = "Mogen partners ook lezen wat wij vertelden?"
NEW_WORDS = {**tables()["consent"]["sharing"][OLD]["nl"], "question": QUESTION}
CITY = a_city({
    "consent": {
        "first_days": {NEW: date(2026, 4, 1)},
        "texts": {NEW: {"nl": "Wij mogen altijd stoppen."}},
        "sharing": {NEW: {"nl": NEW_WORDS}},
    }
})  # fmt: skip


async def test_old_answer_keeps_its_text_and_a_new_field_set_is_seen_once_the_family_was_asked_anew() -> None:
    clock = HeldClock(NOW)
    units = units_in_memory(clock=clock, city=CITY)
    async with units.begin() as unit:
        await everybody_joins(unit)
        pages = Pages(units, (await submit_request(request(), unit)).id, CITY)
    path = f"{pages.path}/toestemming/partners"

    async def sees() -> frozenset[FieldSet]:
        async with units.begin() as unit:
            return await may_see(pages.case_id, PARTNER, "fund", unit)

    before = {**HOW, "consent.language": "nl", "answers.fund": "yes", "fieldSets.fund": ["reach"]}
    assert QUESTION not in (await pages.shows(ROOS, path)).text
    assert (await pages.sends(ROOS, path, before)).status_code == 303
    clock.forward(timedelta(days=40))

    # What was allowed stays so; nothing more is seen on the ground of a text that the family never read.
    page = (await pages.shows(ROOS, path)).text
    assert QUESTION in page
    assert f'name="consent.textVersion" value="{NEW}"' in page
    assert await sees() == {FieldSet.REACH}
    assert [(each.text_version, each.state) for each in await answers(pages)] == [(OLD, ConsentState.GIVEN)]

    more = {**before, "fieldSets.fund": ["reach", "story"], "consent.textVersion": NEW}
    assert (await pages.sends(ROOS, path, more)).status_code == 303
    assert await sees() == {FieldSet.REACH, FieldSet.STORY}

    first, second = await answers(pages)
    assert (first.text_version, first.state) == (OLD, ConsentState.REPLACED)
    assert first.field_sets == {FieldSet.REACH}
    assert (second.text_version, second.state) == (NEW, ConsentState.GIVEN)
