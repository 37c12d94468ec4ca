"""Whoever reads, signs, tells or votes, in a real browser on a phone: what each sees, and what arrives by mail."""

from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser.evenings import (
    A_WEEK,
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
    shows,
    signs_up,
)
from tests.browser.stage import Stage
from tests.parts.chromium import press

pytestmark = [pytest.mark.browser, pytest.mark.postgres, pytest.mark.timeout(180)]
READER: Final = "lezer@verzonnen.example"


def test_member_signs_the_vision_and_hears_of_the_next_version(desk: Page, phones: list[Page], stage: Stage) -> None:
    member, visitor, _ = phones
    _publishes(desk, stage, "Geen kind staat langs de lijn.")
    stage.sign_in(member, JORIS, first="/bijeenkomsten/gastheer")
    member.goto(stage.at("/bijeenkomsten/visie"))
    shows(member, "Geen kind staat langs de lijn.")
    fits(member)
    member.check("[name=signsFor] >> nth=0")
    press(member, "text=Onderteken versie 1")
    shows(member, "Je ondertekende deze versie")
    visitor.goto(stage.at("/bijeenkomsten/visie"))
    shows(visitor, "Basisschool Het Kompas van Noord")

    _publishes(desk, stage, "Elk kind doet mee.", changes="Het is korter.")
    stage.mail(words="Er is een nieuwe versie van onze visie", to=JORIS)
    member.reload()
    shows(member, "Je ondertekende een eerdere versie", "Het is korter.")
    press(member, "text=Trek je handtekening in")
    visitor.reload()
    shows(visitor, "Elk kind doet mee.", "Nog geen organisatie ondertekende deze versie.")


def _publishes(desk: Page, stage: Stage, words: str, changes: str = "") -> None:
    desk.goto(stage.at("/bijeenkomsten/visie/schrijven"))
    desk.fill("[name=words]", words)
    if changes:
        desk.fill("[name=changes]", changes)
    press(desk, "text=Bewaar als concept")
    press(desk, "text=Publiceer wat je bewaarde")
    shows(desk, words)


def test_reader_follows_a_theme_and_stops_from_the_mail(
    desk: Page, phones: list[Page], stage: Stage, looking: Page
) -> None:
    reader, member, _ = phones
    reader.goto(stage.at("/bijeenkomsten"))
    press(reader, "text=Volg een thema")
    reader.get_by_label("Wonen").check()
    reader.fill("[name=email]", READER)
    press(reader, "text=Volg >> nth=-1")
    expect(reader.locator("h1")).to_have_text("Kijk in je mail")
    own = link_in(stage.mail(words="Bevestig wat je wilt volgen", to=READER), "volgen")
    reader.goto(own)
    shows(reader, "Wil je mails over: Wonen?")
    fits(reader)
    press(reader, "text=Ja, mail mij")
    shows(reader, "Deze thema's volg je")
    is_for_everybody(looking, [stage.at("/bijeenkomsten/volgen"), own])
    _hears_of_an_evening(desk, reader, member, stage)


def _hears_of_an_evening(desk: Page, reader: Page, member: Page, stage: Stage) -> None:
    stage.sign_in(member, MARYAM, first="/bijeenkomsten/onderwerpen")
    member.goto(stage.at("/bijeenkomsten/volgen?thema=home"))
    press(member, "text=Bewaar")
    shows(member, "We hebben het bewaard")

    evening = announces(desk, stage, "Avond over wonen", next_winter(stage) + 4 * A_WEEK, STEIGER)
    press(desk, "text=Thema's")
    desk.get_by_label("Wonen").check()
    press(desk, "text=Bewaar")
    shows(desk, "Dit gaat over: Wonen.")
    stage.mail(words="Avond over wonen", to=MARYAM)
    mail = stage.mail(words="Avond over wonen", to=READER)
    assert evening in mail.text
    reader.goto(link_in(mail, "volgen"))
    press(reader, "text=Mail mij niet meer")
    shows(reader, "Je krijgt geen mails meer over thema's.")


def test_guests_tell_what_they_need_and_vote_on_their_phones(
    desk: Page, phones: list[Page], stage: Stage, looking: Page
) -> None:
    evening = announces(desk, stage, "Waar is behoefte aan", stage.world.today() + SOON, STEIGER)
    guests = phones[:2]
    seats = [
        signs_up(guest, stage, evening, f"Gast {letter}", f"gast-{letter}@verzonnen.example".lower())
        for guest, letter in zip(guests, "AB", strict=True)
    ]
    evening_begins(stage)
    _tell_and_group(desk, guests, evening)
    press(desk, "text=Laat mensen stemmen")
    for guest, seat in zip(guests, seats, strict=True):
        guest.goto(seat)
        press(guest, "text=Stem mee")
        guest.get_by_label("Eten").check()
        fits(guest)
        press(guest, "main button[type=submit]")
        shows(guest, "Je hebt gestemd")
    is_for_everybody(looking, [f"{evening}/ronde", f"{seats[0]}/stemmen"])
    desk.reload()
    press(desk, "text=Tel de stemmen en stop")
    guests[0].goto(f"{evening}/ronde")
    shows(guests[0], "2 stemmen", "0 stemmen", "Samen koken")


def _tell_and_group(desk: Page, guests: list[Page], evening: str) -> None:
    for guest, wish in zip(guests, ("Samen koken", "Een fiets lenen"), strict=True):
        guest.goto(f"{evening}/ronde")
        guest.fill("[name=wish]", wish)
        press(guest, "text=Vertel het")
        fits(guest)
    for wish, title in (("Samen koken", "Eten"), ("Een fiets lenen", "Fietsen")):
        desk.goto(f"{evening}/ronde")
        desk.get_by_label(wish).check()
        desk.fill("[name=title]", title)
        press(desk, "text=Zet bij elkaar >> nth=-1")
