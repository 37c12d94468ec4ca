"""One child's year, with nothing but pages and mails: what each of them promises comes true.

The ambassador and the desk have a browser, partners only their mails; the clock of the databases is moved on.
"""

from dataclasses import dataclass, field

import pytest

from deploy.demo.stories.page import Page
from deploy.demo.stories.people import Person
from deploy.demo.stories.world import ONE_DAY, Mail, World, morning_after
from shared.events.base import Role
from tests.journeys.by_pages import Partners, button, day, email_of, fill_in_request, form_to, two_browsers, who_helps
from tests.journeys.ledger import Ledger

pytestmark = [pytest.mark.postgres, pytest.mark.timeout(240)]
CLOTHES, SWIMMING = "Kleding en schoenen", "Zwemles"
ASK_HOW = "oe gaat het nu?"


@dataclass
class Year:
    """Who play, and how far the mails of the ambassador were read."""

    world: World
    ledger: Ledger
    ambassador: Person
    desk: Person
    partners: Partners = field(init=False)
    me: str = field(default_factory=lambda: email_of(Role.AMBASSADOR))
    case: str = ""
    code: str = ""
    read: int = 0

    def begins(self, page: Page) -> None:
        """The request was sent; this is its page."""
        self.case = page.url.partition("?")[0]
        self.code = page.text.partition("Dossier ")[2].split()[0]
        self.partners = Partners(self.world, self.code)

    async def mail(self, words: str) -> Mail:
        """The next mail to the ambassador of this kind; it asks and tells of this case only."""
        mail = await self.world.mail(to=self.me, words=words, code=self.code, after=self.read)
        self.read = mail.number
        return mail

    async def page(self, path: str = "") -> Page:
        """The page of the case, when everybody has heard everything."""
        await self.ledger.quiet()
        return await self.ambassador.open(self.case + path)

    async def tells(self, need: str, choice: str, **fields: str) -> Page:
        """The ambassador presses this on the page of who helps."""
        page = await who_helps(self.ambassador, self.case, need, choice)
        return await self.ambassador.send(button(page, choice), {**fields, "choice": choice})

    async def on_case(self, path: str, **fields: str) -> Page:
        """A form of the case, on its own page."""
        form = form_to(await self.page(path), path)
        return await self.ambassador.send(form, fields)


async def help_is_asked(year: Year) -> None:
    """Step by step; a draft stays its writer's own, and what is needed today is asked today."""
    review = await fill_in_request(
        year.ambassador, year.world, [("clothing", "today"), ("swimming-lessons", "normal")], family_knows=True
    )
    assert "Hulpvraag 1 Kleding en schoenen. Vandaag nog." in review.text
    assert "Ja, vraag nu al iemand" in review.text
    assert "Aanvraag voor Yara" in (await year.ambassador.open("/aanvragen")).text
    assert "Yara" not in (await year.desk.open("/aanvragen")).text
    year.begins(await year.ambassador.send(form_to(review, "/verstuur"), {}))
    assert "Je krijgt een mail zodra een partner ja zegt" in (await year.mail("ontvangen")).text
    assert "Daarom vragen we nu al een partner" in (await year.mail("We vragen nu al een partner")).text
    page = await year.page()
    assert "Bel ook even met het Schakelpunt" in page.text
    assert "Kleding en schoenen Partner is gevraagd" in page.text
    assert "Zwemles Nog niemand gevraagd" in page.text


async def partner_asks_first_and_can_help_later(year: Year) -> None:
    """The question and its answer come by mail; the family would rather not wait, and the partner is told."""
    mail = await year.partners.asked(CLOTHES)
    assert "Yara" not in mail.text
    asked = await year.partners.does(mail, "ask", {"question": "Welke maat?"})
    assert "Jullie tijd om te antwoorden staat stil" in asked.text
    question = await year.mail("Een partner heeft een vraag")
    assert "Welke maat?" not in question.text
    async with Person(year.world) as ambassador:
        page = await ambassador.open(question.link_to("doorverwijzingen"))
        assert page.text.count("Welke maat?") == 1
        await ambassador.send(button(page, "answer"), {"answer": "Maat 140", "choice": "answer"})
    answer = await year.world.mail(to=mail.to, words="Er is antwoord op je vraag", code=year.code)
    later = await year.partners.page(answer)
    assert "Antwoord op" in later.text
    assert "Maat 140" in later.text
    await year.partners.does(answer, "later", {"from_day": day(year.world, 10)})
    assert "We vragen nu iemand anders." in (await year.tells(CLOTHES, "another")).text
    stopped = await year.world.mail(to=mail.to, words="De hulpvraag is gestopt", code=year.code)
    assert "zeiden ja" not in stopped.text
    assert "Deze vraag is ingetrokken" in (await year.partners.page(mail)).text


async def colleague_will_help(year: Year) -> Mail:
    """A yes that names a colleague, who gets a link of their own; all three know each other's number."""
    mail = await year.partners.asked(CLOTHES)
    who = {"name": "Piet Collega", "email": "piet@nieuw.example", "phone": "010 123 45 67"}
    said = await year.partners.does(mail, "accept", {"contact": "iemand-anders", **who, "first_contact_on": "vandaag"})
    assert "Contactpersoon: Piet Collega." in said.text
    own = await year.world.mail(to=who["email"], words="Jij bent contactpersoon", code=year.code)
    agreed = await year.world.mail(to=mail.to, words="Afgesproken", code=year.code)
    assert "Wie bij jullie: Piet Collega" in agreed.text
    assert "Telefoon: 010 123 4567" in (await year.mail("een partner gaat helpen")).text
    await year.tells(CLOTHES, "plan", planned_on=day(year.world, 1), planned_time="14:30")
    for reader in (who["email"], year.me):
        await year.world.mail(to=reader, words="Samen kennismaken op", code=year.code)
    return own


async def they_meet_and_help_comes(year: Year, own: Mail) -> None:
    """The colleague says so by the own link, the ambassador confirms it for the family; then help is given."""
    await year.world.forward(ONE_DAY)
    await year.partners.does(own, "handover", {"when": "today"})
    asked = await year.mail("jullie kennisgemaakt?")
    async with Person(year.world) as ambassador:
        page = await ambassador.open(asked.link_to("doorverwijzingen"))
        assert "Klopt dat?" in page.text
        assert "Nee, nog niet" in asked.text
        assert "Nee, nog niet" in page.text
        await ambassador.send(
            button(page, "handover"), {"when": "today", "family_agrees": "true", "choice": "handover"}
        )
    await year.world.mail(to=own.to, words="Jullie hebben kennisgemaakt", code=year.code)
    await year.partners.does(own, "start", {"when": "today"})
    assert "je hoeft nu niets te doen" in (await year.mail("De hulp is begonnen")).text.lower()
    given = await year.partners.does(own, "deliver", {"when": "today"})
    assert "vraagt nu aan het gezin of het geholpen heeft" in given.text


async def it_helped_in_part(year: Year) -> None:
    """What is left is looked for at once, as the mail says and the page shows."""
    asked = await year.mail("Hielp het?")
    async with Person(year.world) as ambassador:
        page = await ambassador.open(asked.link_to("doorverwijzingen"))
        answers = {"outcome": "partly", "rest": "look-further", "choice": "outcome"}
        await ambassador.send(button(page, "outcome"), answers)
    assert "Kleding en schoenen Partner is gevraagd" in (await year.page()).text
    mail = await year.partners.asked(CLOTHES)
    await year.partners.accepts(mail)
    await year.mail("een partner gaat helpen")


async def family_is_visited_and_tells_what_it_needs(year: Year) -> None:
    """A visit stands in the calendar; after the talk the second need is asked for, and nothing twice."""
    await year.on_case("/huisbezoek", plannedFor=day(year.world), startsAt="15:00")
    assert "De afspraak zit bij deze mail" in (await year.mail("Je huisbezoek")).text
    page = await year.page()
    assert page.text.count(f"{year.world.today().year} om 15:00") == 1
    await year.ambassador.send(form_to(page, "/huisbezoek/geweest"), {"tookPlace": "true"})
    form = (await year.page("/inventarisatie")).form_with("discussedOn")
    done = await year.ambassador.send(form, {"discussedOn": "vandaag", "go": "send"})
    assert "Het gesprek met het gezin is bewaard." in done.text
    assert "Zwemles Partner is gevraagd" in (await year.page()).text


async def nobody_is_found_and_the_desk_reads_it(year: Year) -> None:
    """All say no: the ambassador hears it, and next morning it stands on the desk's list."""
    while "Zwemles Partner is gevraagd" in (await year.page()).text:
        await year.partners.does(await year.partners.asked(SWIMMING), "decline", {"reason": "no-capacity"})
    told = await year.mail("Nog geen partner gevonden")
    when = morning_after(year.world.now(), 1, year.world.city.terms.points.digest_at)
    listed = await year.world.mail_in_time(when, words="lijst van vandaag", code=year.code, after=told.number)
    assert listed.to.endswith("@schakelpunt-schiewijk.example")
    assert year.code in (await year.desk.open("/bord?vast=ja")).text


async def it_is_asked_how_it_goes(year: Year) -> None:
    """Weeks later; "bel mij" reaches the desk at once."""
    weeks = year.world.city.follow_up.plan_weeks[0]
    when = morning_after(year.world.now(), 7 * weeks, year.world.city.follow_up.asked_at)
    asked = await year.world.mail_in_time(when, words=ASK_HOW, code=year.code)
    async with Person(year.world) as ambassador:
        page = await ambassador.open(asked.link_to("vervolg"))
        thanked = await ambassador.send(page.form_with("answer"), {"answer": "call-me", "phone": "06 12345678"})
    assert "Dank je wel" in thanked.text
    point = await year.world.mail(words="Wil je hiernaar kijken?", code=year.code, after=asked.number)
    assert "06 12345678" not in point.text
    assert "Bel op 06 12345678." in (await year.page()).text


async def family_rests_and_goes_on(year: Year) -> None:
    """Nobody asks anything while it rests, and it ends as it was said."""
    await year.on_case("/rust", until=day(year.world, 14), wishedBy="family")
    assert "Rust tot" in (await year.page()).text
    await year.mail("rust")
    form = form_to(await year.page("/rust"), "/rust/voorbij")
    assert "De rust is voorbij" in (await year.ambassador.send(form, {})).text


async def case_is_closed(year: Year) -> None:
    """A result for each need; nobody is asked about it any more."""
    form = form_to(await year.page("/afsluiten"), "/afsluiten")
    results = {name: "partly" for name in form.names if name.startswith("results.")}
    assert len(results) == len((CLOTHES, SWIMMING))
    done = await year.ambassador.send(form, {**results, "reason": "family-continues-alone"})
    assert "Het dossier is afgesloten." in done.text
    await year.ledger.quiet()
    newest = max(mail.number for mail in await year.world.mails())
    await year.world.forward(90 * ONE_DAY)
    await year.ledger.quiet()
    assert [mail.subject for mail in await year.world.mails(to=year.me, code=year.code, after=newest)] == []


async def test_what_pages_and_mails_promise_in_a_childs_year_comes_true() -> None:
    async with two_browsers() as playing:
        year = Year(*playing)
        await help_is_asked(year)
        await partner_asks_first_and_can_help_later(year)
        await they_meet_and_help_comes(year, await colleague_will_help(year))
        await it_helped_in_part(year)
        await family_is_visited_and_tells_what_it_needs(year)
        await nobody_is_found_and_the_desk_reads_it(year)
        await it_is_asked_how_it_goes(year)
        await family_rests_and_goes_on(year)
        await case_is_closed(year)

        assert await year.ledger.schakel.mails_that_came_twice() == []
        assert await year.ledger.schakel.parked() == []
        assert '"level": "error"' not in year.ledger.schakel.log
