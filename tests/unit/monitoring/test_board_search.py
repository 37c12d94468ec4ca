"""Finding a case on the board: by number, school or partner, in any order, with every choice in the address."""

import re
from datetime import timedelta
from urllib.parse import unquote_plus
from uuid import UUID

import pytest

from services.monitoring.web.narrowing import SORT_KEYS
from shared.events.base import Event, Role
from shared.events.directory import OrganisationListed
from shared.events.http import KnownPerson
from shared.events.referral_number import referral_number
from tests.unit.monitoring.app import visitor
from tests.unit.monitoring.builders import (
    AMBASSADOR,
    CASE,
    FUND_CONTACT,
    SCHOOL,
    TUESDAY,
    acknowledged,
    an_id,
    closed,
    needs_assessed,
    no_partner_found,
    partner_activated,
    referral,
    request_received,
)
from tests.unit.monitoring.twin import Monitoring

OTHER, OTHER_SCHOOL, PARTNER = an_id("other case"), an_id("other school"), referral()["organisation_id"]
CODES = {CASE: "KR9X-QXGQ", OTHER: "ACDE-FGHJ"}


def of_other(event: Event) -> Event:
    return event.model_copy(update={"organisation_id": OTHER_SCHOOL, "district": "zuid", "case_code": CODES[OTHER]})


async def a_board() -> Monitoring:
    """One case of a school in Noord with nobody found, and one of another in Zuid with a partner that was asked."""
    monitoring = Monitoring()
    await monitoring.consumes(
        OrganisationListed(subject=SCHOOL, occurred_at=TUESDAY, name="Basisschool Één Verzonnen", kind="school"),
        OrganisationListed(subject=OTHER_SCHOOL, occurred_at=TUESDAY, name="De Bedachte School", kind="school"),
        OrganisationListed(subject=PARTNER, occurred_at=TUESDAY, name="Fietsenbank Schiewijk", kind="fund"),
        request_received().model_copy(update={"case_code": CODES[CASE]}),
        acknowledged(), needs_assessed().model_copy(update={"case_code": CODES[CASE]}), no_partner_found(),
    )  # fmt: skip
    monitoring.clock.forward(timedelta(hours=1))
    later = monitoring.now
    await monitoring.consumes(
        of_other(request_received(later, case=OTHER)), acknowledged(case=OTHER),
        of_other(needs_assessed(later, case=OTHER)), partner_activated(case=OTHER),
    )  # fmt: skip
    return monitoring


async def found(monitoring: Monitoring, **choices: str) -> list[UUID]:
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        page = await browser.get("/bord", params=choices)
    assert page.status_code == 200
    return [UUID(one) for one in re.findall(r'<th scope="row"><a href="/bord/([0-9a-f-]{36})"', page.text)]


async def test_number_that_a_partner_reads_finds_the_case() -> None:
    monitoring, number = await a_board(), referral_number(referral()["referral_id"])

    for typed in (number, number.lower().replace("-", "")):
        assert await found(monitoring, zoek=typed) == [OTHER]


@pytest.mark.parametrize(
    ("text", "cases"),
    [
        ("KR9X-QXGQ", [CASE]),
        ("kr9xqxgq", [CASE]),
        (" 9x-qx ", [CASE]),
        ("een verzonnen", [CASE]),
        ("BEDACHTE", [OTHER]),
        ("fietsenbank", [OTHER]),
        ("school", [CASE, OTHER]),
        ("100%", []),
        ("_", [CASE, OTHER]),
        ("niemand heet zo", []),
    ],
)
async def test_search_finds_part_of_a_number_a_school_or_a_partner(text: str, cases: list[UUID]) -> None:
    assert await found(await a_board(), zoek=text) == cases


async def test_search_finds_a_case_that_ended_too() -> None:
    monitoring = await a_board()
    await monitoring.consumes(closed(monitoring.now))
    assert await found(monitoring) == [OTHER]
    assert await found(monitoring, zoek="KR9X") == [CASE]


async def test_search_that_is_too_short_says_so_and_shows_everything() -> None:
    async with visitor(await a_board(), Role.COORDINATOR) as browser:
        page = (await browser.get("/bord", params={"zoek": "a"})).text
    assert "Zoeken: typ minstens 2 letters of cijfers, niet “a”." in page


@pytest.mark.parametrize(
    ("order", "cases"),
    [
        ("nummer", [OTHER, CASE]),
        ("-nummer", [CASE, OTHER]),
        ("urgentie", [CASE, OTHER]),
        ("wijk", [CASE, OTHER]),
        ("-wijk", [OTHER, CASE]),
        ("door", [CASE, OTHER]),
        ("-door", [OTHER, CASE]),
        ("sinds", [CASE, OTHER]),
        ("-sinds", [OTHER, CASE]),
        ("toestand", [CASE, OTHER]),
        ("-toestand", [OTHER, CASE]),
        ("stap", [CASE, OTHER]),
        ("-stap", [OTHER, CASE]),
    ],
)
async def test_headings_sort_and_turn_the_order_around(order: str, cases: list[UUID]) -> None:
    monitoring = await a_board()
    assert order.removeprefix("-") in SORT_KEYS
    assert await found(monitoring, volgorde=order) == cases
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        page = (await browser.get("/bord", params={"volgorde": order, "vast": "ja"})).text
    direction, turned = ("descending", order[1:]) if order.startswith("-") else ("ascending", f"-{order}")
    assert f'aria-sort="{direction}"><a href="/bord?vast=ja&amp;volgorde={turned}"' in page


@pytest.mark.parametrize(
    ("choices", "cases"),
    [
        ({"groep": "ours"}, [CASE]),
        ({"groep": "others"}, [OTHER]),
        ({"groep": "now"}, []),
        ({"van": "mij"}, []),
        ({"van": "niemand"}, [CASE]),
        ({"punt": "no-partner-found"}, [CASE]),
        ({"punt": "new-request"}, []),
        ({"betrokken": str(OTHER_SCHOOL)}, [OTHER]),
        ({"oog": "uit"}, []),
        ({"stap": "geen"}, []),
        ({"wijk": "zuid", "zoek": "school"}, [OTHER]),
        ({"toestand": "nobody-found"}, [CASE]),
        ({"betrokken": str(PARTNER)}, [OTHER]),
        ({"wijk": "oost"}, []),
        ({"vast": "ja"}, [CASE]),
        ({"toestand": "", "wijk": "", "betrokken": ""}, [CASE, OTHER]),
        ({"toestand": "nonsense", "betrokken": "nobody"}, [CASE, OTHER]),
    ],
)
async def test_choices_in_the_address_narrow(choices: dict[str, str], cases: list[UUID]) -> None:
    assert await found(await a_board(), **choices) == cases


async def test_figures_and_lanes_lead_to_what_they_count() -> None:
    monitoring = await a_board()
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        page = (await browser.get("/bord", params={"wijk": "zuid"})).text
        counted = re.findall(r'<a href="(/bord\?[^"]*)"[^>]*>([^<]+) <span class="schakel-picks__count">(\d+)<', page)
        counted += re.findall(r'href="(/bord\?[^"]*)"><strong[^>]*>()(\d+)</strong>', page)
        assert [label.strip() for _, label, _ in counted] == [
            "Alles", "Nu", "Wacht op ons", "Wacht op anderen", "Loopt", "Van mij", "Van niemand", "Nieuw", "", "",
        ]  # fmt: skip
        for address, label, count in counted:
            linked = (await browser.get(address.replace("&amp;", "&"))).text
            assert len(re.findall(r'<th scope="row">', linked)) == int(count), (address, label)


@pytest.mark.parametrize(
    ("choice", "told"),
    [
        ("wijk=verdwenen", "Wijk: “verdwenen” bestaat niet (meer)."),
        ("categorie=verdwenen", "Wat nodig is: “verdwenen” bestaat niet (meer)."),
        ("punt=x", "Wat er aan de hand is: “x” bestaat niet (meer)."),
        ("betrokken=x", "Betrokken organisatie: “x” bestaat niet (meer)."),
        ("volgorde=leeftijd", "Volgorde: “leeftijd” bestaat niet (meer)."),
        ("maand=2026-13", "Gevraagd in: “2026-13” bestaat niet (meer)."),
        ("straat=x", "Het filter “straat” bestaat niet (meer)."),
    ],
)
async def test_choice_that_is_no_more_opens_and_says_so(choice: str, told: str) -> None:
    async with visitor(await a_board(), Role.COORDINATOR) as browser:
        page = await browser.get(f"/bord?{choice}")
    assert page.status_code == 200
    assert told in page.text
    assert page.text.count('<th scope="row">') == 2


async def test_chosen_filters_are_named_and_can_go_one_by_one() -> None:
    monitoring = await a_board()
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        page = (await browser.get("/bord", params={"wijk": "zuid", "betrokken": str(PARTNER), "van": "mij"})).text
        (without,) = re.findall(r'<li>Wijk: Zuid <a href="([^"]+)">', page)
        assert "Betrokken organisatie: Fietsenbank Schiewijk" in page
        assert unquote_plus(without.replace("&amp;", "&")) == f"/bord?van=mij&betrokken={PARTNER}"
        assert '<a href="/bord?alles=ja">Laat weer alles zien</a>' in page


async def test_points_of_one_school_with_one_cause_lead_to_the_page_where_they_are_handled_together() -> None:
    monitoring = await a_board()
    cause = {"punt": "no-partner-found", "betrokken": str(SCHOOL)}
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        assert "/bord/samen" not in (await browser.get("/bord", params=cause)).text
        third = an_id("third case")
        await monitoring.consumes(
            request_received(case=third), no_partner_found().model_copy(update={"subject": third})
        )
        page = (await browser.get("/bord", params=cause)).text
        assert f'href="/bord/samen?reden=no-partner-found&amp;van={SCHOOL}"' in page
        assert (await browser.get(f"/bord/samen?reden=no-partner-found&van={SCHOOL}")).status_code == 200
    async with visitor(monitoring, Role.OPERATOR) as browser:
        assert "/bord/samen" not in (await browser.get("/bord", params=cause)).text


async def test_line_says_whom_to_call_with_number_and_shows_without_it_when_nobody_can_tell() -> None:
    monitoring = await a_board()
    monitoring.people.people = {
        AMBASSADOR: KnownPerson(person_id=AMBASSADOR, name="Noor Verzonnen", phone="010 123 45 67"),
        FUND_CONTACT: KnownPerson(person_id=FUND_CONTACT, name="Ali Verzonnen"),
    }
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        page = (await browser.get("/bord")).text
        assert 'Noor Verzonnen<br><a href="tel:0101234567">010 123 45 67</a>' in page
        assert "Ali Verzonnen<br>geen nummer bekend" in page
        monitoring.people.away = True
        away = await browser.get("/bord")
    assert away.status_code == 200
    assert away.text.count("nummer nu niet te zien") == 2
    assert "Namen en nummers zijn nu niet te zien." in away.text
    assert away.text.count('<th scope="row">') == 2


async def test_board_says_one_case_and_more_cases_right() -> None:
    monitoring = Monitoring()
    async with visitor(monitoring, Role.COORDINATOR) as browser:
        for number, words in ((1, ("open aanvraag<", "1 aanvraag.")), (2, ("open aanvragen<", "2 aanvragen."))):
            await monitoring.consumes(request_received(case=an_id(f"case {number}")))
            page = (await browser.get("/bord")).text
            assert all(one in page for one in words)
