"""Early signals: a worry without a name, asked about after some weeks, and never left open for ever."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from services.intake.schedule import JOBS
from services.notify.adapters.link_pages import PAGES
from services.notify.domain.mail import Link
from shared.events.case_codes import SignalEnd
from shared.events.early_signals import EarlySignalEnded, EarlySignalQuestionDue, EarlySignalRaised
from shared.events.intake import RequestReceived
from tests.parts import asking
from tests.parts.city import a_city
from tests.parts.people import member
from tests.twins.clock import HeldClock
from tests.unit.intake.app import person_of
from tests.unit.intake.builders import COLLEAGUE, NOW, ROOS, SCHOOL, Units, received, said
from tests.unit.intake.pages import DRAFT, FORM, Pages

PATH = "/aanvragen/signaal"
ID = "00000000-0000-7000-8000-0000000000c9"
SIGNAL = {
    "signalId": ID, "worries": ["too-little-food", "stress-at-home"], "district": "oost", "ageBand": "8-11",
    "remark": "Vrijdag nog eens vragen.",
}  # fmt: skip
WEEKS = a_city().terms


async def looked_after(units: Units) -> None:
    (job,) = [job for job in JOBS if job.name.startswith("ask about early signals")]
    async with units.begin() as unit:
        await job.handler(unit)


@pytest.fixture
async def clock() -> HeldClock:
    return HeldClock(NOW)


@pytest.fixture
async def raised(clock: HeldClock) -> Pages:
    units, case = await received(clock)
    pages = Pages(units, case.id)
    assert (await pages.sends(ROOS, f"{PATH}/nieuw", SIGNAL)).status_code == 303
    return pages


def facts(pages: Pages) -> list[Any]:
    """What was said of signals."""
    return [fact for fact in said(pages.units) if not isinstance(fact, RequestReceived)]


async def test_signal_is_codes_only_and_shows_at_once_what_to_ask(pages: Pages) -> None:
    reply = await pages.sends(ROOS, f"{PATH}/nieuw", SIGNAL)
    assert reply.headers["Location"] == f"{PATH}/{ID}?gelukt=bewaard"
    page = (await pages.shows(ROOS, reply.headers["Location"])).text
    for worry in SIGNAL["worries"]:
        for question in a_city().signals[worry].ask:
            assert question in page
    assert "Vrijdag nog eens vragen." in page
    (fact,) = facts(pages)
    assert isinstance(fact, EarlySignalRaised)
    assert (fact.worries, fact.district, fact.ambassador_id) == (tuple(SIGNAL["worries"]), "oost", ROOS.person_id)
    assert "Vrijdag" not in fact.model_dump_json()


async def test_button_pressed_twice_makes_one_signal(raised: Pages) -> None:
    again = await raised.sends(ROOS, f"{PATH}/nieuw", SIGNAL)
    assert again.headers["Location"] == f"{PATH}/{ID}?gelukt=bewaard"
    assert len(facts(raised)) == 1


async def test_signal_needs_a_worry_of_the_city_and_takes_no_number_of_a_citizen(pages: Pages) -> None:
    empty = (await pages.sends(ROOS, f"{PATH}/nieuw", {"signalId": ID})).text
    assert "Waar maak je je zorgen over? Kies wat klopt." in empty
    assert "staat er nog" not in empty
    assert "<title>Nog niet goed" in empty
    wrong = {**SIGNAL, "worries": ["zomaar"], "remark": "bsn 111222333"}
    page = (await pages.sends(ROOS, f"{PATH}/nieuw", wrong)).text
    assert page.index("#veld-worries") < page.index("#veld-remark")
    assert not facts(pages)


async def test_signal_is_on_the_list_of_its_ambassador_only(raised: Pages) -> None:
    listed = (await raised.shows(ROOS, "/aanvragen")).text
    assert f'href="{PATH}/{ID}"' in listed
    assert a_city().signals.in_sentence("too-little-food") in listed
    assert PATH + "/" + ID not in (await raised.shows(COLLEAGUE, "/aanvragen")).text
    for ending in ("", "/klaar"):
        assert (await raised.shows(COLLEAGUE, f"{PATH}/{ID}{ending}")).status_code == 404
    assert (await raised.sends(COLLEAGUE, f"{PATH}/{ID}/klaar")).status_code == 404
    assert len(facts(raised)) == 1


async def test_words_for_oneself_are_not_for_who_stands_in(raised: Pages) -> None:
    away = replace(
        member(ROOS.person_id, SCHOOL, ROOS.role),
        deputy_id=COLLEAGUE.person_id, away_from=NOW.date(), away_until=NOW.date() + timedelta(days=1),
    )  # fmt: skip
    async with raised.units.begin() as unit:
        await unit.members.save(away)
    page = await raised.shows(COLLEAGUE, f"{PATH}/{ID}")
    assert (page.status_code, "Vrijdag" in page.text) == (200, False)
    assert "Vrijdag" in (await raised.shows(ROOS, f"{PATH}/{ID}")).text


async def test_mail_with_the_question_leads_to_the_signal_for_its_own_ambassador_only(raised: Pages) -> None:
    path = "/" + PAGES[Link.SIGNALS].format(about=ID)
    assert f"{PATH}/{ID}/klaar" in (await raised.shows(ROOS, path)).text
    assert (await raised.shows(COLLEAGUE, path)).status_code == 404


async def test_ambassador_ends_it_after_a_question(raised: Pages) -> None:
    assert "kan niet meer terug" in (await raised.shows(ROOS, f"{PATH}/{ID}/klaar")).text
    assert len(facts(raised)) == 1
    for _ in range(2):
        assert (await raised.sends(ROOS, f"{PATH}/{ID}/klaar")).status_code == 303
    _, ended = facts(raised)
    assert isinstance(ended, EarlySignalEnded)
    assert (ended.end, ended.case_id) == (SignalEnd.NO_LONGER_NEEDED, None)
    page = (await raised.shows(ROOS, f"{PATH}/{ID}")).text
    assert "Dit signaal is gestopt." in page
    assert "Vrijdag" not in page
    assert not raised.units.tables.table("signal_remarks")
    assert ID not in (await raised.shows(ROOS, "/aanvragen")).text


async def test_signal_becomes_a_request_with_what_was_known(raised: Pages) -> None:
    async with person_of(raised.app, ROOS) as client:
        first = (await client.get(f"/aanvragen/nieuw?signaal={ID}")).text
        assert re.search(rf'name="signal" value="{ID}"', first)
        assert "8 tot en met 11 jaar" in first
        without = {name: value for name, value in FORM.items() if name != "district"}
        await asking.fills_in(client, {**without, "signal": ID}, DRAFT, "toestemming")
        assert '<option value="oost" selected>' in (await client.get(f"/aanvragen/nieuw/{DRAFT}/kind")).text
        await asking.fills_in(client, {**without, "district": "oost"}, DRAFT, "kind", "gezin", "nodig")
        assert len(facts(raised)) == 1
        version = {"version": await asking.version_of(client, DRAFT)}
        replies = [await client.post(f"/aanvragen/nieuw/{DRAFT}/verstuur", data=version) for _ in range(2)]
    _, ended = facts(raised)
    assert isinstance(ended, EarlySignalEnded)
    assert ended.end is SignalEnd.BECAME_REQUEST
    assert {reply.headers["Location"] for reply in replies} == {f"/aanvragen/{ended.case_id}?gelukt=ontvangen"}


@pytest.mark.parametrize("named", ["zomaar", "00000000-0000-7000-8000-00000000ffff", ""])
async def test_request_that_names_a_signal_that_is_not_there_is_a_request(pages: Pages, named: str) -> None:
    assert (await pages.asks(ROOS, {**FORM, "signal": named})).status_code == 303


async def test_signal_that_ended_meanwhile_does_not_stand_in_the_way_of_the_request(raised: Pages) -> None:
    async with person_of(raised.app, ROOS) as client:
        await asking.fills_in(client, {**FORM, "signal": ID}, DRAFT)
        await client.post(f"{PATH}/{ID}/klaar", data={"x": "1"})
        assert (await asking.sends(client, DRAFT)).status_code == 303
    assert [type(fact) for fact in facts(raised)] == [EarlySignalRaised, EarlySignalEnded]


async def test_question_comes_once_and_then_the_end_by_the_clock_of_the_city(raised: Pages, clock: HeldClock) -> None:
    city = a_city()
    ask_on = city.day_of(NOW) + timedelta(weeks=WEEKS.signal_question_weeks)
    end_on = city.day_of(NOW) + timedelta(weeks=WEEKS.signal_end_weeks)
    for day, expected in ((ask_on, 2), (end_on, 3)):
        moment = city.instant_of(day, city.follow_up.asked_at)
        _moves(clock, moment - timedelta(seconds=1))
        await looked_after(raised.units)
        assert len(facts(raised)) == expected - 1
        _moves(clock, moment)
        for _ in range(2):
            await looked_after(raised.units)
        assert len(facts(raised)) == expected
    _, question, ended = facts(raised)
    assert isinstance(question, EarlySignalQuestionDue)
    assert question.ends_on == end_on
    assert ended.end is SignalEnd.EXPIRED


async def test_end_waits_for_an_answer_when_the_question_came_late(raised: Pages, clock: HeldClock) -> None:
    clock.forward(timedelta(weeks=20))
    await looked_after(raised.units)
    await looked_after(raised.units)
    _, question = facts(raised)
    assert question.ends_on == a_city().day_of(clock.now()) + timedelta(
        weeks=WEEKS.signal_end_weeks - WEEKS.signal_question_weeks
    )
    clock.forward(timedelta(weeks=2))
    await looked_after(raised.units)
    assert facts(raised)[-1].end is SignalEnd.EXPIRED


async def test_signal_that_ended_is_not_asked_about(raised: Pages, clock: HeldClock) -> None:
    await raised.sends(ROOS, f"{PATH}/{ID}/klaar")
    clock.forward(timedelta(weeks=20))
    await looked_after(raised.units)
    assert len(facts(raised)) == 2


async def test_form_says_that_it_goes_to_nobody_and_where_to_call_about_safety(pages: Pages) -> None:
    text = (await pages.shows(ROOS, f"{PATH}/nieuw")).text
    assert "<strong>Dit gaat naar:</strong> niemand." in text
    assert "0800-2000" in text


def _moves(clock: HeldClock, to: datetime) -> None:
    clock.forward(to - clock.now())
