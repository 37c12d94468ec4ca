"""Whoever is asked for a gathering, in a real browser on a phone: what each sees, and what arrives by mail."""

from collections.abc import Mapping

import pytest
from playwright.sync_api import Page, expect

from tests.browser.evenings import (
    A_WEEK,
    FATIMA,
    JORIS,
    MARYAM,
    SOON,
    STEIGER,
    announces,
    evening_begins,
    fits,
    is_for_everybody,
    link_in,
    next_winter,
    sends_and_confirms,
    shows,
)
from tests.browser.stage import Stage
from tests.parts.chromium import press

pytestmark = [pytest.mark.browser, pytest.mark.postgres, pytest.mark.timeout(180)]


def test_invitation_is_answered_from_the_mail(desk: Page, phones: list[Page], stage: Stage, looking: Page) -> None:
    evening = announces(desk, stage, "Kennismaken aan de kade", next_winter(stage), STEIGER)
    for name in ("Fatima Schiehaven", "Joris Polderman-Vink"):
        desk.goto(f"{evening}/uitnodigen?role=ambassador")
        desk.get_by_label(name).check()
        press(desk, "text=Nodig uit >> nth=-1")
    guest, other, _ = phones
    invitation = link_in(stage.mail(words="Kom je ook op", to=FATIMA), "uitnodiging")
    guest.goto(invitation)
    shows(guest, "Kennismaken aan de kade", STEIGER)
    fits(guest)
    press(guest, "text=Ja, ik meld me aan")
    expect(guest.locator("[name=name]")).to_have_value("Fatima Schiehaven")
    sends_and_confirms(guest, stage, FATIMA)

    other.goto(link_in(stage.mail(words="Kom je ook op", to=JORIS), "uitnodiging"))
    press(other, "text=Nee, deze keer niet")
    shows(other, "Je zei nee", "Kun je toch? Meld je dan aan.")
    desk.goto(f"{evening}/uitnodigen?role=ambassador")
    for words in ("Zei ja", "Zei nee"):
        expect(desk.locator(f"dt:has-text('{words}') + dd")).to_have_text("1")
    is_for_everybody(looking, [invitation])


def test_host_swaps_and_is_free_once_another_says_yes(desk: Page, phones: list[Page], stage: Stage) -> None:
    hosts = dict(zip((FATIMA, JORIS, MARYAM), phones, strict=True))
    for email, page in hosts.items():
        stage.sign_in(page, email, first="/bijeenkomsten/gastheer")
        press(page, "text=Ja, vraag me om de beurt")
        shows(page, "We vragen je om de beurt.")
    announces(desk, stage, "Lunch in de haven", next_winter(stage) + A_WEEK, STEIGER)
    press(desk, "text=Vraag wie aan de beurt is")
    expect(desk.get_by_text("gevraagd", exact=True)).to_have_count(2)
    for page in phones:
        page.goto(stage.at("/bijeenkomsten/gastheer"))
    asked = [email for email, page in hosts.items() if page.get_by_text("Lunch in de haven").count()]
    (third,) = hosts.keys() - asked
    for email in asked:
        stage.mail(words="Wil je gastheer of gastvrouw zijn", to=email)
        fits(hosts[email])
        press(hosts[email], "text=Ja, ik doe het")
        shows(hosts[email], "jij ontvangt")
        assert STEIGER in stage.mail(words="Fijn dat je ontvangt", to=email).text
    _swaps(hosts[asked[0]], hosts[third], stage, {"from": asked[0], "to": third})
    desk.reload()
    shows(desk, "geruild", "zei ja")


def _swaps(swapping: Page, other: Page, stage: Stage, emails: Mapping[str, str]) -> None:
    press(swapping, "text=Ruil met een ander")
    shows(swapping, "we zoeken een ander", "Tot een ander ja zegt, ontvang jij.")
    stage.mail(words="Wil je gastheer of gastvrouw zijn", to=emails["to"])
    other.goto(stage.at("/bijeenkomsten/gastheer"))
    press(other, "text=Ja, ik doe het")
    stage.mail(words="Een ander ontvangt, jij bent vrij", to=emails["from"])
    swapping.reload()
    shows(swapping, "Er is nu niets aan je gevraagd.")


def test_topic_is_planned_and_its_speaker_says_yes(desk: Page, phones: list[Page], stage: Stage) -> None:
    member, speaker, visitor = phones
    evening = announces(desk, stage, "Avond over geld", next_winter(stage) + 2 * A_WEEK, STEIGER)
    stage.sign_in(member, MARYAM, first="/bijeenkomsten/onderwerpen")
    member.fill("[name=title]", "Praten over geldzorgen")
    member.fill("[name=speaker]", "Iemand van de Fietsenbank")
    press(member, "text=Stel voor >> nth=-1")
    shows(member, "Praten over geldzorgen", "nog niet besloten")
    fits(member)

    proposed = stage.mail(words="Iemand stelt een onderwerp voor")
    desk.goto(link_in(proposed, "onderwerpen"))
    shows(desk, "Iemand van de Fietsenbank")
    desk.select_option("[name=gathering]", value=evening.rpartition("/")[2])
    press(desk, "text=Zet op het programma >> nth=0")
    stage.mail(words="Je onderwerp komt op het programma", to=MARYAM)
    member.reload()
    shows(member, "op het programma")

    _says_yes_to_speaking(desk, speaker, stage)
    visitor.goto(evening)
    shows(visitor, "Praten over geldzorgen", "Rik Verzonnen: Waar begin je?")
    fits(visitor)


def _says_yes_to_speaking(desk: Page, speaker: Page, stage: Stage) -> None:
    press(desk, "text=Vraag een spreker")
    asked = {"name": "Rik Verzonnen", "email": "rik@fietsenbank.example", "topic": "Waar begin je?"}
    for name, value in asked.items():
        desk.fill(f"[name={name}]", value)
    press(desk, "text=Vraag deze spreker")
    speaker.goto(link_in(stage.mail(words="Wil je spreken", to=asked["email"]), "plek"))
    shows(speaker, "spreken over: Waar begin je?")
    fits(speaker)
    speaker.check("[name=named]")
    press(speaker, "text=Ja, ik spreek")
    shows(speaker, "Er is een plek voor je")


def test_expert_by_experience_is_asked_says_yes_and_is_thanked(desk: Page, phones: list[Page], stage: Stage) -> None:
    expert = phones[0]
    evening = announces(desk, stage, "Spiegelgesprek", stage.world.today() + SOON, STEIGER)
    stage.sign_in(expert, FATIMA, first="/bijeenkomsten/ervaring")
    press(expert, "text=Ja, vraag me om de beurt")
    press(desk, "text=Ervaringsdeskundigen")
    desk.fill("[name=thanks]", "€ 50, en je reis wordt betaald")
    press(desk, "text=Vraag wie aan de beurt is")
    shows(desk, "1 persoon is gevraagd", "Nog niemand zei ja.")

    stage.mail(words="Wil je meedoen met jouw ervaring", to=FATIMA)
    expert.goto(stage.at("/bijeenkomsten/ervaring"))
    shows(expert, "Spiegelgesprek", "€ 50, en je reis wordt betaald")
    fits(expert)
    press(expert, "text=Ja, ik kom")
    shows(expert, "jij komt", "Je hoeft je niet meer aan te melden.")
    desk.goto(f"{evening}/ervaring")
    shows(desk, "Afgesproken: € 50, en je reis wordt betaald")
    evening_begins(stage)
    desk.reload()
    press(desk, "text=Dit is geregeld")
    shows(desk, "geregeld op")
