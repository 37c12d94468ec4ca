"""The partner's page: what it shows, what it takes, and that looking changes nothing."""

from dataclasses import replace

import pytest

from services.matching.commands import WriteWords
from services.matching.domain.referral_state import ReferralState
from services.matching.handlers.questions import answer_question
from services.matching.web.partner_actions import PARTNER_ACTIONS
from shared.events.directory import ContactNamed
from shared.events.matching import PartnerAccepted, PartnerDeclined
from shared.events.referral_codes import DeclineReason
from tests.parts.audit import beside_the_log
from tests.unit.matching.city import contact, named
from tests.unit.matching.naming import NEW, link_of, said_yes
from tests.unit.matching.site import (
    ACCEPTED,
    Site,
    a_site,
    chosen_beforehand,
    mailed,
    text_of,
)


async def state_of(site: Site) -> ReferralState:
    return (await site.world.referrals())[0].state


async def test_page_shows_the_question_and_why_this_partner() -> None:
    site = await a_site(family_language="ar", interpreter_needed=True)
    _, link = await mailed(site)

    page = await site.get(f"/antwoord/{link.token}")

    words = text_of(page)
    [asked] = await site.world.referrals()
    assert page.status_code == 200
    for expected in (
        asked.number, "een fiets", "8 tot en met 11 jaar", "Oost", "Jullie antwoorden meestal binnen 1 dag",
    ):  # fmt: skip
        assert expected in words
    assert "Noor Verzonnen" not in words


async def test_partner_that_asks_something_reads_there_what_is_known_and_what_was_answered() -> None:
    site = await a_site()
    referral, link = await mailed(site)
    await site.post(f"/antwoord/{link.token}", choice="ask", question="Welke maat is nodig?")
    async with site.world.units.begin() as unit:
        await answer_question(WriteWords(referral, "24 inch", named("juf")), unit)

    page = (await site.get(f"/antwoord/{link.token}")).text
    asks = page[page.index("Eerst een vraag") : page.index('name="question"')]
    for known in ("Vraag het niet nog eens", "een fiets", "Oost", "Welke maat is nodig?", "24 inch", "na een ja"):
        assert known in asks


async def test_page_names_a_language_that_is_not_on_our_list() -> None:
    site = await a_site(family_language="ja", interpreter_needed=True)
    _, link = await mailed(site)
    await site.post(f"/antwoord/{link.token}", **ACCEPTED)

    words = text_of(await site.get(f"/antwoord/{link.token}"))

    assert "Taal thuis Japans (een tolk is nodig)" in words


async def test_page_chooses_nothing_beforehand() -> None:
    site = await a_site()
    _, link = await mailed(site)

    assert chosen_beforehand(await site.get(f"/antwoord/{link.token}")) == []


@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_looking_changes_nothing_and_uses_nothing_up(method: str) -> None:
    site = await a_site()
    _, link = await mailed(site)
    before = beside_the_log(site.world.units.tables)

    for _ in range(5):
        assert (await site.client.request(method, f"/antwoord/{link.token}")).status_code == 200

    assert beside_the_log(site.world.units.tables) == before


async def test_link_of_somebody_who_left_opens_nothing() -> None:
    site = await a_site()
    _, link = await mailed(site)
    async with site.world.units.begin() as unit:
        await unit.people.save(replace(contact("fietsbende"), active=False))

    shown = await site.get(f"/antwoord/{link.token}")
    answered = await site.post(f"/antwoord/{link.token}", choice="decline", reason="no-capacity")

    assert (shown.status_code, answered.status_code) == (404, 404)
    assert "niet meer bij jullie werkt" in text_of(shown)
    assert await state_of(site) is ReferralState.ACTIVATED


@pytest.mark.parametrize("choice", [*PARTNER_ACTIONS, "other", ""])
async def test_a_scanner_that_presses_a_button_changes_nothing(choice: str) -> None:
    site = await a_site()
    _, link = await mailed(site)
    before = site.world.published_names

    pressed = await site.post(f"/antwoord/{link.token}", choice=choice)

    # What takes an answer back has nothing to fill in, and there is no answer yet; nobody asked to delete anything.
    assert pressed.status_code == {"revert": 303, "revert-decline": 303, "deleted": 409}.get(choice, 400)
    assert site.world.published_names == before


async def test_yes_with_a_known_contact_is_taken_and_shows_the_ambassador() -> None:
    site = await a_site()
    _, link = await mailed(site)

    answered = await site.post(f"/antwoord/{link.token}", **ACCEPTED)

    assert (answered.status_code, answered.headers["location"]) == (303, f"/antwoord/{link.token}?gedaan=accept")
    assert len(site.world.published(PartnerAccepted)) == 1
    words = text_of(await site.get(f"/antwoord/{link.token}"))
    assert "Jullie helpen mee" in words
    assert "Noor Verzonnen" in words
    assert "Wij hebben kennisgemaakt" in words


async def test_what_the_family_shares_is_linked_after_the_yes_and_not_before() -> None:
    site = await a_site()
    referral_id, link = await mailed(site)
    shared = f'href="/aanvragen/gegevens/{referral_id}"'

    before = (await site.get(f"/antwoord/{link.token}")).text
    await site.post(f"/antwoord/{link.token}", **ACCEPTED)
    after = (await site.get(f"/antwoord/{link.token}")).text

    assert shared not in before
    assert shared in after


async def test_yes_with_somebody_new_is_taken() -> None:
    site = await a_site()
    _, link = await mailed(site)

    answered = await site.post(
        f"/antwoord/{link.token}", choice="accept", contact="iemand-anders", name="Sam Verzonnen",
        email="sam@fietsbende.example", phone="010 555 01 23", first_contact_on="2026-03-03",
    )  # fmt: skip

    assert answered.status_code == 303
    assert len(site.world.published(ContactNamed)) == 1


@pytest.mark.parametrize(
    "name",
    [
        "log in op http://evil.example", "evil.example/inloggen", "Eva: log nu in", "eva@evil.example", "Eva\r\nBcc: x",
        "Eva \u202enenozrev", "Eva \u2066Verzonnen", "Eva\u0085Verzonnen", "Eva\u0090", "E\u200dva", "Eva \u3164",
    ],
)  # fmt: skip
async def test_name_of_somebody_new_is_a_name_and_nothing_else(name: str) -> None:
    """It stands in mails and on pages of others."""
    site = await a_site()
    _, link = await mailed(site)

    answered = await site.post(f"/antwoord/{link.token}", **{**NEW, "name": name})

    assert answered.status_code == 400
    assert "Naam:" in text_of(answered)
    assert site.world.published(ContactNamed) == []


async def test_signs_without_width_are_left_out_of_a_name() -> None:
    site, referral_id, _ = await said_yes(name="Eva\u200b Ver\u00adzonnen\ufeff")

    delivery = await link_of(site, site.world.published(ContactNamed)[0].subject, referral_id)

    assert delivery["name"] == "Eva Verzonnen"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"contact": "iemand-anders"}, "Vul de naam in"),
        ({"contact": "iemand-anders", "name": "\u200b\u2060"}, "Naam: vul dit in"),
        ({"contact": "iemand-anders", "name": "\u3164 \u2800"}, "Naam: vul dit in"),
        ({"contact": "iemand-anders", "name": "Sam", "email": "sam", "phone": "010 555 01 23"}, "geen e-mailadres"),
        ({"contact": "iemand-anders", "name": "S", "email": "s@f.example", "phone": "0101"}, "te kort"),
        ({"contact": "zomaar"}, "Kies iemand uit de lijst"),
        ({"contact": str(named("contact of rijwielhulp"))}, "kennen we niet"),
        ({"first_contact_on": "01-03-2026"}, "vanaf vandaag"),
        ({"first_contact_on": "binnenkort"}, "datum"),
        ({"contact": ""}, "Vul dit in"),
    ],
)
async def test_yes_with_something_wrong_names_it_and_keeps_the_rest(fields: dict[str, str], expected: str) -> None:
    site = await a_site()
    _, link = await mailed(site)

    answered = await site.post(f"/antwoord/{link.token}", **{**ACCEPTED, **fields})

    assert answered.status_code == 400
    assert expected.lower() in text_of(answered).lower()
    assert all(f'value="{typed}"' in answered.text for name, typed in fields.items() if typed and name != "contact")
    assert await state_of(site) is ReferralState.ACTIVATED


async def test_no_with_a_reason_is_taken_and_the_next_is_asked() -> None:
    site = await a_site()
    _, link = await mailed(site)

    answered = await site.post(f"/antwoord/{link.token}", choice="decline", reason="no-capacity")

    assert answered.status_code == 303
    assert site.world.published(PartnerDeclined)[0].reason is DeclineReason.NO_CAPACITY
    assert "volgende partner" in text_of(await site.get(f"/antwoord/{link.token}"))


async def test_yes_can_be_taken_back_for_half_an_hour() -> None:
    site = await a_site()
    _, link = await mailed(site)
    await site.post(f"/antwoord/{link.token}", **ACCEPTED)
    assert "Verander mijn antwoord" in text_of(await site.get(f"/antwoord/{link.token}"))

    assert (await site.post(f"/antwoord/{link.token}", choice="revert")).status_code == 303
    assert await state_of(site) is ReferralState.ACTIVATED

    await site.post(f"/antwoord/{link.token}", **ACCEPTED)
    site.world.later(minutes=30)
    assert "Verander mijn antwoord" not in text_of(await site.get(f"/antwoord/{link.token}"))
    assert (await site.post(f"/antwoord/{link.token}", choice="revert")).status_code == 409
    assert await state_of(site) is ReferralState.ACCEPTED
