"""The network in a real browser, mostly on a phone: what each person sees, and what arrives by mail."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, expect

from shared.events.base import Role
from tests.browser.evenings import (
    announces,
    fits,
    is_for_everybody,
    link_in,
    looks_at_a_place,
    next_winter,
    people_on_phones,
    sends_and_confirms,
    signs_up,
)
from tests.browser.stage import Stage, done
from tests.browser.tour import address_of
from tests.parts.chromium import press

pytestmark = [pytest.mark.browser, pytest.mark.postgres, pytest.mark.timeout(180)]
# Of four schools of the invented city.
FATIMA: Final = "fatima@basisschool-de-windroos.example"
JORIS: Final = "joris@basisschool-het-kompas-van-noord.example"
MARYAM: Final = "maryam@basisschool-de-zandloper.example"
PLACE: Final = "Wijkcentrum De Steiger"
A_WEEK: Final = timedelta(weeks=1)
SOON: Final = timedelta(days=4)


@pytest.fixture(scope="module")
def desk(browser: Browser, stage: Stage) -> Iterator[Page]:
    """A coordinator who looked at a place."""
    context = browser.new_context(locale="nl-NL")
    page = context.new_page()
    stage.sign_in(page, address_of(Role.COORDINATOR), first="/bijeenkomsten/plekken")
    looks_at_a_place(page, stage, PLACE)
    yield page
    context.close()


@pytest.fixture
def phones(browser: Browser) -> Iterator[list[Page]]:
    """Three people with a phone each."""
    with ExitStack() as stack:
        contexts = people_on_phones(browser, 3)
        for context in contexts:
            stack.callback(context.close)
        yield [context.new_page() for context in contexts]


@pytest.fixture
def looking(browser: Browser) -> Iterator[Page]:
    """A page with scripts, which axe looks at."""
    context = browser.new_context(locale="nl-NL")
    yield context.new_page()
    context.close()


def shows(page: Page, *words: str) -> None:
    for each in words:
        expect(page.locator("main")).to_contain_text(each)


def test_invitation_is_answered_from_the_mail(desk: Page, phones: list[Page], stage: Stage, looking: Page) -> None:
    evening = announces(desk, stage, "Kennismaken aan de kade", next_winter(stage), PLACE)
    for name in ("Fatima Schiehaven", "Joris Polderman-Vink"):
        desk.goto(f"{evening}/uitnodigen?role=ambassador")
        desk.get_by_label(name).check()
        press(desk, "text=Nodig uit >> nth=-1")
    guest, other, _ = phones
    invitation = link_in(stage.mail(words="Kom je ook op", to=FATIMA), "uitnodiging")
    guest.goto(invitation)
    shows(guest, "Kennismaken aan de kade", PLACE)
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
    announces(desk, stage, "Lunch in de haven", next_winter(stage) + A_WEEK, PLACE)
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
        assert PLACE in stage.mail(words="Fijn dat je ontvangt", to=email).text
    swapping = hosts[asked[0]]
    press(swapping, "text=Ruil met een ander")
    shows(swapping, "we zoeken een ander", "Tot een ander ja zegt, ontvang jij.")
    stage.mail(words="Wil je gastheer of gastvrouw zijn", to=third)
    hosts[third].goto(stage.at("/bijeenkomsten/gastheer"))
    press(hosts[third], "text=Ja, ik doe het")
    stage.mail(words="Een ander ontvangt, jij bent vrij", to=asked[0])
    swapping.reload()
    shows(swapping, "Er is nu niets aan je gevraagd.")
    desk.reload()
    shows(desk, "geruild", "zei ja")


def test_topic_is_planned_and_its_speaker_says_yes(desk: Page, phones: list[Page], stage: Stage) -> None:
    member, speaker, visitor = phones
    evening = announces(desk, stage, "Avond over geld", next_winter(stage) + 2 * A_WEEK, PLACE)
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
    visitor.goto(evening)
    shows(visitor, "Praten over geldzorgen", "Rik Verzonnen: Waar begin je?")
    fits(visitor)


def test_expert_by_experience_is_asked_says_yes_and_is_thanked(desk: Page, phones: list[Page], stage: Stage) -> None:
    expert = phones[0]
    evening = announces(desk, stage, "Spiegelgesprek", stage.world.today() + SOON, PLACE)
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
    _evening_begins(stage)
    desk.reload()
    press(desk, "text=Dit is geregeld")
    shows(desk, "geregeld op")


def _evening_begins(stage: Stage) -> None:
    begins = stage.world.now().replace(hour=19, minute=31, second=0) + SOON
    done(stage.world.forward(begins - stage.world.now()))


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
    email = "lezer@verzonnen.example"
    reader.goto(stage.at("/bijeenkomsten"))
    press(reader, "text=Volg een thema")
    reader.get_by_label("Wonen").check()
    reader.fill("[name=email]", email)
    press(reader, "text=Volg >> nth=-1")
    expect(reader.locator("h1")).to_have_text("Kijk in je mail")
    own = link_in(stage.mail(words="Bevestig wat je wilt volgen", to=email), "volgen")
    reader.goto(own)
    shows(reader, "Wil je mails over: Wonen?")
    fits(reader)
    press(reader, "text=Ja, mail mij")
    shows(reader, "Deze thema's volg je")
    stage.sign_in(member, MARYAM, first="/bijeenkomsten/onderwerpen")
    member.goto(stage.at("/bijeenkomsten/volgen?thema=home"))
    press(member, "text=Bewaar")
    shows(member, "We hebben het bewaard")

    evening = announces(desk, stage, "Avond over wonen", next_winter(stage) + 4 * A_WEEK, PLACE)
    press(desk, "text=Thema's")
    desk.get_by_label("Wonen").check()
    press(desk, "text=Bewaar")
    shows(desk, "Dit gaat over Wonen.")
    stage.mail(words="Avond over wonen", to=MARYAM)
    mail = stage.mail(words="Avond over wonen", to=email)
    assert evening in mail.text
    is_for_everybody(looking, [stage.at("/bijeenkomsten/volgen"), own, evening])
    reader.goto(link_in(mail, "volgen"))
    press(reader, "text=Mail mij niet meer")
    shows(reader, "Je krijgt geen mails meer over thema's.")


def test_guests_tell_what_they_need_and_vote_on_their_phones(
    desk: Page, phones: list[Page], stage: Stage, looking: Page
) -> None:
    evening = announces(desk, stage, "Waar is behoefte aan", stage.world.today() + SOON, PLACE)
    guests = phones[:2]
    seats = [
        signs_up(guest, stage, evening, f"Gast {letter}", f"gast-{letter}@verzonnen.example".lower())
        for guest, letter in zip(guests, "AB", strict=True)
    ]
    _evening_begins(stage)
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
