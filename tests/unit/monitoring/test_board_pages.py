import re
from datetime import timedelta

import pytest

from shared.events.base import Role, Urgency
from shared.events.directory import OrganisationListed
from shared.events.referral_codes import HandoverKind
from tests.unit.monitoring.app import visitor
from tests.unit.monitoring.builders import (
    CASE,
    CODE,
    SCHOOL,
    TUESDAY,
    a_need,
    an_id,
    closed,
    day_of,
    handed_over,
    local,
    needs_assessed,
    no_partner_found,
    parked_event,
    partner_accepted,
    partner_activated,
    referral,
    request_received,
)
from tests.unit.monitoring.twin import Monitoring, helped

OTHER = an_id("other case")


async def a_board() -> Monitoring:
    monitoring = Monitoring()
    partner = referral()["organisation_id"]
    await monitoring.consumes(
        OrganisationListed(subject=SCHOOL, occurred_at=TUESDAY, name="Basisschool De Regenboog", kind="school"),
        OrganisationListed(subject=partner, occurred_at=TUESDAY, name="Fietsenbank Schiewijk", kind="fund"),
        request_received(case=OTHER), needs_assessed(case=OTHER), partner_activated(case=OTHER),
        request_received(), needs_assessed(), no_partner_found(),
    )  # fmt: skip
    return monitoring


async def test_board_shows_what_is_stuck_first_and_nobody_without_a_next_step() -> None:
    monitoring = await a_board()
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        page = await browser.get("/bord")
    assert page.status_code == 200
    assert re.findall(r'href="/bord/([0-9a-f-]{36})"', page.text) == [str(CASE), str(OTHER)]
    assert re.search(r">0</strong> <span[^>]*>kinderen zonder volgende stap", page.text)
    assert "Niemand gevonden die kan helpen" in page.text
    assert "Fietsenbank Schiewijk" in page.text
    assert "Basisschool De Regenboog</a>" in page.text


@pytest.mark.parametrize(
    ("names", "words_of_it"),
    [(("one",), "Er staat 1 gebeurtenis stil"), (("one", "two"), "Er staan 2 gebeurtenissen stil")],
)
async def test_board_says_that_events_stand_still_and_cases_may_be_missing(
    names: tuple[str, ...], words_of_it: str
) -> None:
    monitoring = Monitoring()
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        assert "stil" not in (await browser.get("/bord")).text
        async with monitoring.units.begin() as unit:
            for name in names:
                await unit.parking.park(parked_event(name, monitoring.now))
        page = await browser.get("/bord")
        assert "Dit bord loopt misschien achter" in page.text
        assert words_of_it not in page.text
        assert "/bord/geparkeerd" not in page.text
    async with visitor(monitoring, Role.OPERATOR, an_id("operator")) as browser:
        page = await browser.get("/bord")
    assert words_of_it in page.text
    assert page.text.count('href="/bord/geparkeerd"') == 2


async def test_board_has_pages_when_there_is_much() -> None:
    monitoring = Monitoring()
    for number in range(51):
        await monitoring.consumes(request_received(case=an_id(f"case {number}")))
    async with visitor(monitoring, Role.OPERATOR, an_id("operator")) as browser:
        first = await browser.get("/bord", params={"wijk": "noord"})
        second = await browser.get("/bord", params={"wijk": "noord", "pagina": 2})
    seen = [set(re.findall(r'href="/bord/([0-9a-f-]{36})"', page.text)) for page in (first, second)]
    assert [len(one) for one in seen] == [50, 1]
    assert not seen[0] & seen[1]
    assert "/bord?wijk=noord&amp;pagina=2" in first.text


async def test_reader_chooses_how_many_lines_a_page_has_up_to_two_hundred() -> None:
    monitoring = Monitoring()
    for number in range(201):
        await monitoring.consumes(request_received(case=an_id(f"case {number}")))
    async with visitor(monitoring, Role.OPERATOR, an_id("operator")) as browser:
        pages = [await browser.get("/bord", params={"wijk": "noord", "aantal": size}) for size in ("100", "200", "999")]
    lines = [len(set(re.findall(r'href="/bord/([0-9a-f-]{36})"', page.text))) for page in pages]
    assert lines == [100, 200, 50]
    assert "/bord?wijk=noord&amp;aantal=200&amp;pagina=2" in pages[1].text
    assert "Regels op een pagina: “999” bestaat niet (meer)." in pages[2].text
    # How much is shown is no choice of cases.
    assert "Regels op een pagina: 200" not in pages[1].text


async def test_wrong_question_in_an_address_is_named_with_an_example() -> None:
    async with visitor(Monitoring(), Role.COORDINATOR) as browser:
        page = await browser.get("/bord", params={"pagina": "x"})
    assert page.status_code == 400
    assert "Bij “pagina” in het adres: dit moet een geheel getal zijn." in page.text
    assert "Bijvoorbeeld: 3" in page.text


@pytest.mark.parametrize("role", [Role.AMBASSADOR, Role.PARTNER])
async def test_board_is_for_the_desk_only(role: Role) -> None:
    monitoring = await a_board()
    async with visitor(monitoring, role) as browser:
        for path in ("/bord", f"/bord/{CASE}", "/bord/geparkeerd"):
            page = await browser.get(path)
            assert page.status_code == 403
            assert CODE not in page.text


async def test_board_asks_to_sign_in() -> None:
    monitoring = await a_board()
    async with visitor(monitoring) as browser:
        page = await browser.get("/bord")
    assert (page.status_code, page.headers["location"]) == (303, "/inloggen?naar=/bord")


async def test_case_shows_its_next_step_and_what_happened_newest_first() -> None:
    monitoring = Monitoring()
    await helped(monitoring)
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        page = await browser.get(f"/bord/{CASE}")
    assert page.status_code == 200
    assert "Volgende stap: vragen hoe het gaat, 22 september 2026 om 09:00" in page.text
    titles = re.findall(r'timeline__title">([^<]+)<', page.text)
    assert titles[-1] == "De aanvraag kwam binnen"
    assert "Het gezin en de partner hebben samen kennisgemaakt" in titles
    assert titles[0] == "Het gezin vertelde of de hulp hielp"
    assert "21 september 2027" in page.text


async def test_operator_looks_at_the_list_and_leaves_it_to_the_coordinator() -> None:
    monitoring = await a_board()
    (point,) = (await monitoring.watch()).open_escalations
    path = f"/bord/{CASE}/punten/{point.escalation_id}"
    async with visitor(monitoring, Role.OPERATOR, an_id("operator")) as browser:
        page = await browser.get(f"/bord/{CASE}")
        assert "Niemand gevonden die kan helpen" in page.text
        assert path not in page.text
        assert (await browser.get(path)).status_code == 403
        assert (await browser.post(path, data={"resolution": "keep-watching"})).status_code == 403
    assert len((await monitoring.watch()).open_escalations) == 1


async def test_unknown_and_erased_cases_are_not_found() -> None:
    monitoring = await a_board()
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        for path in (f"/bord/{an_id('nobody')}", "/bord/nonsense"):
            assert (await browser.get(path)).status_code == 404


async def test_ended_case_is_shown_when_asked_for() -> None:
    monitoring = await a_board()
    await monitoring.consumes(closed(monitoring.now))
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        assert str(CASE) not in (await browser.get("/bord")).text
        assert str(CASE) in (await browser.get("/bord", params={"afgerond": "ja"})).text
        page = await browser.get(f"/bord/{CASE}")
    assert "Deze aanvraag is klaar" in page.text


async def test_child_out_of_sight_stands_on_top() -> None:
    monitoring = Monitoring()
    await monitoring.consumes(request_received(case=OTHER), needs_assessed(case=OTHER), no_partner_found())
    await monitoring.time_passes(local("2026-09-09 10:00"))
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        page = await browser.get("/bord")
    assert re.findall(r'href="/bord/([0-9a-f-]{36})"', page.text) == [str(OTHER), str(CASE)]
    assert "Dit kind is uit het oog" in page.text


async def test_board_goes_by_urgency_and_then_by_age() -> None:
    monitoring = Monitoring()
    cases = {name: an_id(f"{name} case") for name in ("old", "today", "soon", "older")}
    for at, (name, urgency) in enumerate(
        (("older", Urgency.NORMAL), ("old", Urgency.NORMAL), ("soon", Urgency.SOON), ("today", Urgency.TODAY))
    ):
        monitoring.clock.forward(timedelta(minutes=at))
        await monitoring.consumes(request_received(monitoring.now, case=cases[name], needs=(a_need(urgency=urgency),)))
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        page = await browser.get("/bord")
    found = re.findall(r'href="/bord/([0-9a-f-]{36})"', page.text)
    assert found == [str(cases[name]) for name in ("today", "soon", "older", "old")]
    assert "<b>Een fiets</b>" in page.text
    assert "op de lijst sinds 8 sep 2026" in page.text


async def test_board_and_case_say_how_fast_help_came() -> None:
    monitoring = Monitoring()
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        assert 'href="/bord/tempo"' in (await browser.get("/bord")).text
        nothing = (await browser.get("/bord/tempo")).text
        assert "Er is nog geen aanvraag waarop een partner antwoordde." in nothing
        assert "Er is nog geen gezin aan een partner voorgesteld." in nothing
        await monitoring.consumes(request_received(), needs_assessed(), partner_activated())
        at = TUESDAY + timedelta(days=2, hours=3)
        await monitoring.consumes(partner_accepted(at, day_of(at)), handed_over(at, HandoverKind.COLD))
        board, case = (await browser.get("/bord/tempo")).text, (await browser.get(f"/bord/{CASE}")).text
        elsewhere = (await browser.get("/bord/tempo", params={"maand": "2026-08"})).text
        narrowed = (await browser.get("/bord/tempo", params={"maand": "2026-09", "categorie": "bike"})).text
    assert board.count("2 dagen en 3 uur") == 4
    assert "Samen kennismaken: 0 van 1 keer (0%). Koud, met een reden: 1 keer." in board
    assert case.count("2 dagen en 3 uur") == 2
    assert "begint koud, zonder samen kennis te maken" in case
    assert "Er is nog geen aanvraag waarop een partner antwoordde." in elsewhere
    assert narrowed.count("2 dagen en 3 uur") == 4


async def test_need_that_waits_for_another_reads_so() -> None:
    monitoring = Monitoring()
    later = a_need("lessons", depends_on=(an_id("bike"),)).model_copy(update={"category": "sport"})
    await monitoring.consumes(request_received(), needs_assessed(needs=(a_need(), later)), partner_activated())
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        page = await browser.get(f"/bord/{CASE}")
    assert "wacht op: een fiets" in page.text
    assert "Zoekt een partner" not in page.text
