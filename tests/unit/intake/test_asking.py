"""Asking for help step by step: kept until it is sent, and sent once."""

import asyncio

import pytest

from services.intake.web.asking import STEPS
from services.intake.web.forms import RequestForm
from shared.access.replies import Reply
from shared.events.intake import RequestReceived
from shared.web.idempotency import KeyInFlight
from tests.parts import asking
from tests.parts.city import a_city
from tests.unit.intake.app import person_of
from tests.unit.intake.builders import COLLEAGUE, ROOS, said
from tests.unit.intake.pages import DRAFT, FORM, Pages

PATH = f"/aanvragen/nieuw/{DRAFT}"


def test_every_field_of_a_request_stands_on_one_page() -> None:
    names = [name for name, info in RequestForm.model_fields.items() for name in [info.alias or name]]
    asked = {own.partition(".")[0] for step in STEPS for own in step.fields}
    assert asked == set(names) - {"ambassadorId"}
    child = {f"child.{info.alias}" for info in RequestForm.model_fields["child"].annotation.model_fields.values()}  # type: ignore[union-attr]  # a model
    assert all(sum(step.owns(name) for step in STEPS) == 1 for name in child)


async def test_request_from_the_pages_is_the_same_as_from_a_machine(pages: Pages) -> None:
    reply = await pages.asks(ROOS, FORM)
    fact = said(pages.units)[-1]
    assert isinstance(fact, RequestReceived)
    assert (reply.status_code, reply.headers["Location"]) == (303, f"/aanvragen/{fact.subject}?gelukt=ontvangen")
    assert [(need.category, need.urgency.value) for need in fact.needs] == [("bike", "soon"), ("food", "today")]
    assert (fact.family_language, fact.interpreter_needed) == ("ar", True)
    assert "De aanvraag is binnen." in await pages.follows(ROOS, reply)


async def test_page_says_which_step_it_is_and_nothing_is_kept_before_somebody_goes_on(pages: Pages) -> None:
    page = await pages.shows(ROOS, "/aanvragen/nieuw")
    assert "Stap 1 van 5: toestemming van het gezin" in page.text
    assert "<title>Stap 1 van 5: Toestemming van het gezin" in page.text
    assert not pages.units.tables.table("drafts")


async def test_what_was_typed_is_there_when_somebody_goes_back_and_on(pages: Pages) -> None:
    async with person_of(pages.app, ROOS) as client:
        await asking.fills_in(client, FORM, DRAFT, "toestemming")
        back = await asking.fills_in(client, {"child.firstName": "Zonnetje"}, DRAFT, "kind", go="back")
        assert back.headers["Location"] == f"{PATH}/toestemming"
        assert 'value="01-09-2016"' in (await client.get(back.headers["Location"])).text
        assert 'value="Zonnetje"' in (await client.get(f"{PATH}/kind")).text
        await asking.fills_in(client, FORM, DRAFT)
        unticked = {name: value for name, value in FORM.items() if name != "family.interpreterNeeded"}
        await asking.fills_in(client, unticked, DRAFT, "gezin")
        assert " checked" not in (await client.get(f"{PATH}/gezin")).text
        assert (await asking.sends(client, DRAFT)).status_code == 303


async def test_wrong_page_comes_back_with_all_that_is_wrong_on_it_and_keeps_what_was_typed(pages: Pages) -> None:
    wrong = {"child.birthDate": "1 januari 2012", "consent.givenBy": "guardian", "consent.givenOn": "morgen"}
    reply = await pages.sends(ROOS, f"{PATH}/toestemming", {**wrong, "consent.name": "9" * 101})
    assert reply.status_code == 400
    assert "<title>Nog niet goed: Stap 1 van 5" in reply.text
    links = [f'href="#veld-consent-{field}"' for field in ("givenBy", "givenOn", "name")]
    assert [reply.text.index(link) for link in links] == sorted(reply.text.index(link) for link in links)
    assert "Kies: Ouder of voogd en kind samen" in reply.text
    assert "Bijvoorbeeld: Ouder of voogd" not in reply.text
    assert 'value="1 januari 2012"' in (await pages.shows(ROOS, f"{PATH}/toestemming")).text


async def test_format_and_rule_are_told_in_the_same_round(pages: Pages) -> None:
    wrong = {"child.birthDate": "1-9-1990", "consent.givenOn": "ooit"}
    reply = await pages.sends(ROOS, f"{PATH}/toestemming", wrong)
    assert reply.text.index("#veld-child-birthDate") < reply.text.index("#veld-consent-givenBy")
    assert "Wie gaf toestemming? Kies wat klopt." in reply.text
    assert "onder de 18" in reply.text
    assert "schrijf de datum als dag-maand-jaar" in reply.text


async def test_page_that_was_left_empty_does_not_speak_of_what_was_filled_in(pages: Pages) -> None:
    reply = await pages.sends(ROOS, f"{PATH}/gezin", {"family.language": "nl"})
    assert reply.status_code == 400
    assert "staat er nog" not in reply.text


async def test_list_is_chosen_from_and_not_filled_in(pages: Pages) -> None:
    reply = await pages.sends(ROOS, f"{PATH}/kind", {"child.firstName": "Zonnetje", "child.lastName": "Verzonnen"})
    assert "Wijk: kies wat klopt." in reply.text
    assert "Wijk: vul" not in reply.text
    assert "staat er nog" in reply.text


async def test_citizen_service_number_is_not_kept_for_a_moment(pages: Pages) -> None:
    story = {**FORM, "story": "Haar bsn is 111222333."}
    for go in ("next", "later", "back"):
        async with person_of(pages.app, ROOS) as client:
            reply = await asking.fills_in(client, story, DRAFT, "nodig", go=go)
            assert reply.status_code == 400
            assert 'href="#veld-story"' in reply.text
            assert "111222333" not in (await client.get(f"{PATH}/nodig")).text


async def test_another_need_is_asked_for_with_a_button(pages: Pages) -> None:
    async with person_of(pages.app, ROOS) as client:
        first = (await client.get("/aanvragen/nieuw")).text
        assert "Hulpvraag 2" not in first
        more = await asking.fills_in(client, FORM, DRAFT, "nodig", go="more")
        assert more.headers["Location"] == f"{PATH}/nodig?erbij=1#hulpvraag-3"
        page = (await client.get(f"{PATH}/nodig?erbij=1")).text
    assert [f'name="needs.{row}.category"' in page for row in (0, 1, 2, 3)] == [True, True, True, False]


async def test_summary_shows_every_group_with_a_way_to_change_it(pages: Pages) -> None:
    async with person_of(pages.app, ROOS) as client:
        last = await asking.fills_in(client, FORM, DRAFT)
        assert last.headers["Location"] == f"{PATH}/nakijken"
        page = (await client.get(f"{PATH}/nakijken")).text
        changed = await asking.fills_in(client, {**FORM, "district": "oost"}, DRAFT, "kind")
    for words in (
        "1 september 2016",
        "Zonnetje Verzonnen",
        "Noord",
        "Arabisch, met tolk",
        "“Boodschappen voor een week”",
    ):
        assert words in page
    for step in asking.STEPS:
        assert f'href="{PATH}/{step}"' in page
    assert "Dit gaat naar:" in page
    # Whoever changes one page of what is whole comes back here.
    assert changed.headers["Location"] == f"{PATH}/nakijken"


async def test_summary_of_what_is_not_whole_says_where_and_sends_nothing(pages: Pages) -> None:
    async with person_of(pages.app, ROOS) as client:
        await asking.fills_in(client, FORM, DRAFT, "toestemming", "gezin", go="later")
        page = (await client.get(f"{PATH}/nakijken")).text
        sent = await client.post(f"{PATH}/verstuur", data={"version": "2"})
    assert "Vul aan: het kind" in page
    assert "Nog niet goed" not in page
    assert "#veld-" not in page
    assert "Verander: het gezin" in page
    assert "/verstuur" not in page
    assert (sent.status_code, len(said(pages.units))) == (400, 1)


async def test_button_pressed_twice_makes_one_case_and_shows_it_again(pages: Pages) -> None:
    async with person_of(pages.app, ROOS) as client:
        await asking.fills_in(client, FORM, DRAFT)
        version = await asking.version_of(client, DRAFT)
        button = {"data": {"version": version}}
        first, second = await asyncio.gather(*(client.post(f"{PATH}/verstuur", **button) for _ in range(2)))  # type: ignore[arg-type]  # one keyword
        later = await client.post(f"{PATH}/verstuur", **button)  # type: ignore[arg-type]  # one keyword
        back = await client.get(f"{PATH}/nodig")
        again = await asking.fills_in(client, FORM, DRAFT, "nodig")
    assert {reply.headers["Location"] for reply in (first, second, later, back, again)} == {first.headers["Location"]}
    assert len(said(pages.units)) == 2
    assert not pages.units.tables.table("drafts")


async def test_request_that_was_changed_in_another_window_is_shown_again_before_it_is_sent(pages: Pages) -> None:
    async with person_of(pages.app, ROOS) as client:
        await asking.fills_in(client, FORM, DRAFT)
        version = await asking.version_of(client, DRAFT)
        await asking.fills_in(client, {**FORM, "child.firstName": "Sterretje"}, DRAFT, "kind")
        reply = await client.post(f"{PATH}/verstuur", data={"version": version})
    assert (reply.status_code, len(said(pages.units))) == (400, 1)
    assert "Sterretje" in reply.text
    assert "intussen iets veranderd" in reply.text


async def test_request_stays_a_draft_when_the_first_press_takes_too_long(
    pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def busy(_: object) -> Reply:
        raise KeyInFlight

    monkeypatch.setattr("services.intake.web.pages.ask_sending.PAUSES_SECONDS", (0.0, 0.0))
    monkeypatch.setattr(pages.app.state.dependencies.submitting, "submit", busy)
    reply = await pages.asks(ROOS, FORM)
    assert reply.status_code == 503
    assert "Idempotency-Key" not in reply.text
    assert 'value="Zonnetje"' in (await pages.shows(ROOS, f"{PATH}/kind")).text


async def test_request_can_be_printed_by_whoever_may_know_the_family(pages: Pages) -> None:
    page = (await pages.shows(ROOS, f"{pages.path}/overzicht")).text
    for words in ("Zonnetje Verzonnen", "+31 6 12345678", "Fiets. Geen spoed. Voor: het kind.", "Ouder of voogd"):
        assert words in page
    assert a_city().consent.texts["2026-1"]["nl"] in page
    assert f'href="{pages.path}/overzicht"' in (await pages.shows(ROOS, pages.path)).text
    assert (await pages.shows(COLLEAGUE, f"{pages.path}/overzicht")).status_code == 403


async def test_form_says_to_whom_it_goes_and_where_to_call_about_safety(pages: Pages) -> None:
    text = (await pages.shows(ROOS, "/aanvragen/nieuw")).text
    assert "Dit gaat naar:" in text
    for number in ("112", "0800-2000", "aandachtsfunctionaris"):
        assert number in text


async def test_family_that_says_no_still_gets_advice_without_anything_being_kept(pages: Pages) -> None:
    for path in ("/aanvragen/nieuw", f"{pages.path}/toestemming"):
        text = (await pages.shows(ROOS, path)).text
        assert "Zegt het gezin nee? Dat is ook goed" in text
        assert 'href="/kaart"' in text
    assert "Vraag raad zonder namen te noemen" in (await pages.shows(ROOS, "/aanvragen/nieuw")).text


@pytest.mark.parametrize("slug", ["nakijken", "zomaar", "verstuurd"])
async def test_page_that_there_is_not_takes_nothing(pages: Pages, slug: str) -> None:
    assert (await pages.sends(ROOS, f"{PATH}/{slug}", FORM)).status_code == 404
    assert not pages.units.tables.table("drafts")
