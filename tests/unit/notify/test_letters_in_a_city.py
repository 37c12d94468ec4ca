"""A letter speaks the words of its city: districts, urgencies, the desk, the contact person at school, the clock."""

from uuid import UUID

import pytest

from services.notify.domain.draft import MessageDraft
from services.notify.domain.mail import Form
from services.notify.domain.mails import MAILS
from tests.parts.city import a_city
from tests.unit.notify.builders import CASE, CODE, CONTACT
from tests.unit.notify.html import read
from tests.unit.notify.letters import DRAFTS, ELSEWHERE, NUMBER, draft_of, facts_in, written


@pytest.mark.parametrize(("zone", "told"), [("Europe/Amsterdam", "10:10 uur"), ("America/Curacao", "05:10 uur")])
def test_days_and_times_are_dutch_and_of_the_city(zone: str, told: str) -> None:
    city = a_city({"time_zone": zone})
    assert "donderdag 5 maart" in written(DRAFTS["partner-accepted"], city=city).text
    assert told in written(DRAFTS["sign-in-code"], city=city).text
    facts = {"since": "2026-03-05T23:30:00+00:00", "ambassador": str(CONTACT)}
    since = MessageDraft(
        MAILS["out-of-sight"],
        UUID(int=7),
        "invented",
        UUID(int=8),
        CASE,
        CODE,
        facts=facts,
    )
    day = "vrijdag 6 maart" if zone.startswith("Europe") else "donderdag 5 maart"
    assert f"Uit het oog sinds: {day}" in written(since, city=city).text


def test_district_and_urgency_are_in_the_words_of_the_city() -> None:
    letter = written(draft_of(MAILS["partner-activated"], city=ELSEWHERE), city=ELSEWHERE)
    need = ELSEWHERE.categories.words(facts_in(ELSEWHERE)[Form.NEED])
    assert letter.subject == f"{need} in de Binnenveste: kun je helpen? ({NUMBER})"
    assert "Er is een hulpvraag in de Binnenveste." in letter.text
    assert "Wijk: Binnenveste\n" in letter.text
    assert "Hoe snel: Deze week\n" in letter.text


def test_desk_and_ambassador_are_called_what_the_city_calls_them() -> None:
    letter = written(draft_of(MAILS["out-of-sight"], "reminder", city=ELSEWHERE), city=ELSEWHERE)
    for body in (letter.text, " ".join(read(letter.html).words)):
        assert "We vroegen het Brugpunt al om mee te kijken." in body
        assert "Bel de wijkverbinder, en spreek een volgende stap af." in body
        assert "omdat je werkt bij het Brugpunt." in body
    begins = written(draft_of(MAILS["nobody-found"], city=ELSEWHERE), city=ELSEWHERE).text
    assert "Het Brugpunt zoekt nu zelf verder." in begins


def test_answers_go_to_the_desk_when_it_has_an_address() -> None:
    asked = DRAFTS["partner-activated"]
    without_phone, without_address = (written(asked, city=a_city({"desk": {what: ""}})) for what in ("phone", "email"))

    assert "Je kunt op deze mail antwoorden. Je antwoord gaat naar het Schakelpunt." in without_phone.text
    assert "Neem contact op met Schakelpunt Schiewijk" in without_phone.text
    assert "Antwoorden op deze mail kan niet" in without_address.text


def test_school_is_asked_to_call_only_where_the_desk_has_a_phone() -> None:
    urgent = draft_of(MAILS["request-received"], "today")
    without_phone = written(urgent, city=a_city({"desk": {"phone": ""}}))

    assert "Bel dan ook het Schakelpunt" in written(urgent).text
    assert "Bel dan ook het Schakelpunt" not in without_phone.text + without_phone.html


def test_district_that_another_service_sent_and_this_city_does_not_know_is_written_as_its_code() -> None:
    letter = written(DRAFTS["partner-activated"], city=a_city({"districts": {"centrum": None}}))
    assert letter.subject == f"Fiets in centrum: kun je helpen? ({NUMBER})"
    assert "Wijk: centrum\n" in letter.text
