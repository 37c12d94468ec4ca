"""A walk past every page that people use, with something on each of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Page

from deploy.demo.city.demo_city import demo_city
from deploy.demo.city.reading import read_map
from deploy.demo.stories.world import Mail
from shared.events.base import Role
from tests.browser.family_tour import as_the_family
from tests.browser.places import DESK_PAGES, PARTNER_PAGES
from tests.browser.stage import (
    FOLLOW_UP_DAYS,
    NEXT,
    Stage,
    accept,
    add_sibling,
    ask_for_help,
    both_meet,
    case_code,
    each_page_of_asking,
    make_inventory,
    tell,
)
from tests.parts.chromium import press

Stop = tuple[str, Page]
"""What one sees, and the page that shows it."""


def address_of(role: Role) -> str:
    """The first of them in the invented city."""
    return next(
        person.contact.email
        for person in read_map(demo_city().map_file, demo_city().city).people
        if person.role is role
    )


@dataclass
class Tour:
    """Three people, each with a browser of their own."""

    stage: Stage
    ambassador: Page
    partner: Page
    coordinator: Page

    @classmethod
    def with_browser(cls, browser: Browser, stage: Stage) -> tuple["Tour", list[BrowserContext]]:
        """Three browsers that know nothing of each other."""
        contexts = [browser.new_context(locale="nl-NL") for _ in range(3)]
        return cls(stage, *(context.new_page() for context in contexts)), contexts

    def pages(self) -> Iterator[Stop]:
        """All of them, in the order of a child's story."""
        yield from self._before_signing_in()
        yield from self._asking()
        yield from self._inventory()
        mail = self.stage.mail(words="kun je helpen?", code=self._code)
        yield from self._answering(mail)
        yield from self._helping(mail)
        yield from as_the_family(self.stage, self._case, self.ambassador, self.partner)
        yield from self._following_up()
        yield from self._at_the_desk()

    def _before_signing_in(self) -> Iterator[Stop]:
        page = self.ambassador
        for name, path in (
            ("front", "/"),
            ("privacy", "/privacy"),
            ("accessibility", "/toegankelijkheid"),
            ("cookies", "/cookies"),
            ("map-embedded", "/kaart/ingebed?q=fiets"),
            ("map-on-your-site", "/kaart/op-je-site"),
            ("map", "/kaart"),
            ("map-group", "/kaart?groep=home"),
            ("map-found", "/kaart?q=fiets&wijk=noord&gratis=ja"),
            ("map-nothing", "/kaart?q=olifant"),
            ("map-from-right-to-left", "/kaart?alles=ja&leestaal=ar"),
            ("sign-in", "/inloggen"),
            ("link-gone", "/antwoord/dit-is-een-link-waar-een-stuk-van-af-is"),
            ("follow-up-gone", "/vervolg/dit-is-een-link-waar-een-stuk-van-af-is"),
            ("join", "/aansluiten"),
            ("not-there", "/bestaat-niet"),
        ):
            page.goto(self.stage.at(path))
            yield name, page
        page.goto(self.stage.at("/kaart?q=fiets"))
        press(page, "article a >> nth=0")
        yield "service", page
        self._service = page.url
        yield from self._visited(page, [(end, f"{page.url}/{end}") for end in ("kaartje", "klopt-niet")])

    def _asking(self) -> Iterator[Stop]:
        page = self.ambassador
        page.goto(self.stage.at("/inloggen"))
        page.fill("[name=email]", "wie-is-dit@nergens.example")
        press(page, "text=Stuur mij een code")
        yield "sign-in-code", page
        self.stage.sign_in(page, address_of(Role.AMBASSADOR))
        yield "cases", page
        page.goto(self._service)
        yield "service-for-professionals", page
        page.goto(self.stage.at("/aanvragen/nieuw"))
        page.fill("[name='child.birthDate']", "31-02-2018")
        press(page, NEXT)
        yield "request-with-errors", page
        for name in each_page_of_asking(page, self.stage):
            yield f"request-{name}", page
        press(page, "text=Later versturen")
        yield "cases-with-a-draft", page
        press(page, "text=Gooi weg")
        yield "draft-away", page
        ask_for_help(page, self.stage)
        press(page, "text=Verstuur de aanvraag")
        yield "case-received", page
        yield from self._another_child(page, page.url.partition("?")[0])

    def _another_child(self, page: Page, case: str) -> Iterator[Stop]:
        page.goto(f"{case}/nog-een-kind")
        yield "sibling", page
        press(page, "text=Vraag hulp voor dit kind")
        yield "sibling-with-errors", page
        add_sibling(page)
        page.goto(f"{case}/gezin")
        yield "household", page
        page.goto(f"{case}/nog-een-kind")
        add_sibling(page, first_name="", born="", expected=f"{self.stage.world.now():%m-%Y}")
        yield "case-expected", page
        press(page, "text=Het kind is geboren")
        yield "birth", page
        page.goto(case)

    def _inventory(self) -> Iterator[Stop]:
        page = self.ambassador
        self._case, self._code = page.url.partition("?")[0], case_code(page)
        page.goto(f"{self._case}/inventarisatie")
        yield "inventory", page
        make_inventory(page, self.stage)
        yield "case-assessed", page

    def _answering(self, mail: Mail) -> Iterator[Stop]:
        page = self.partner
        page.goto(self.stage.at("/postvak"))
        yield "mailbox", page
        page.goto(mail.page)
        yield "mailbox-mail", page
        self._helper = mail.to
        page.goto(mail.link_to("antwoord"))
        yield "answer", page
        press(page, "button[value=accept]")
        yield "answer-with-errors", page
        accept(page, self.stage, mail.link_to("antwoord"))
        yield "answer-accepted", page

    def _helping(self, mail: Mail) -> Iterator[Stop]:
        told = self.stage.mail(words="een partner gaat helpen", code=self._code)
        page = self.ambassador
        page.goto(told.link_to("aanvragen"))
        yield "case-accepted", page
        press(page, "text=Bekijk wie er helpt")
        yield "referrals", page
        press(page, f"table th a:has-text('{self._code}')")
        yield "referral", page
        self.partner.goto(mail.link_to("antwoord"))
        both_meet(self.stage, self._code, self.partner, page)
        yield "referral-handed-over", page
        yield "answer-handed-over", self.partner
        for step in ("start", "deliver"):
            tell(self.partner, step)
        page.goto(self.stage.mail(words="Hielp het?", code=self._code).link_to("doorverwijzingen"))
        page.check("[name=outcome][value=helped]")
        press(page, "text=Bevestig wat het gezin zegt")
        yield "referral-confirmed", page

    def _following_up(self) -> Iterator[Stop]:
        asked = self.stage.mail_in_days(FOLLOW_UP_DAYS, words="oe gaat het nu?", code=self._code)
        page = self.ambassador
        page.goto(asked.link_to("vervolg"))
        yield "follow-up", page
        page.check("[name=answer] >> nth=-1")
        press(page, "text=Verstuur mijn antwoord")
        yield "follow-up-answered", page
        page.goto(self._case)
        yield "case-helped", page
        page.goto(f"{self._case}/inventarisatie")
        yield "inventory-again", page

    def _at_the_desk(self) -> Iterator[Stop]:
        page = self.coordinator
        self.stage.sign_in(page, address_of(Role.COORDINATOR))
        yield "board", page
        press(page, f"th a:has-text('{self._code}')")
        yield "board-case", page
        page.fill("[name=words]", "Morgen terugbellen.")
        press(page, "text=Bewaar de notitie")
        yield "board-case-note", page
        yield from self._clicked(page, ("text=Klaar, wachten of overdragen >> nth=0", "board-point"))
        yield from self._visited(page, DESK_PAGES)
        page.goto(self.stage.at(f"/berichten?nummer={self._code}"))
        yield from self._clicked(page, ("table a >> nth=0", "message"))
        page.goto(self.stage.at("/doorverwijzingen"))
        yield from self._clicked(page, ("text=Alles over deze hulpvraag >> nth=0", "need"))
        page.goto(self.stage.at("/netwerk/mensen"))
        yield from self._clicked(page, ("table a >> nth=0", "person"))
        page.goto(self.stage.at("/netwerk/organisaties"))
        yield from self._clicked(page, ("table a >> nth=0", "organisation"), ("table a >> nth=0", "offer"))
        self.stage.sign_in(self.partner, self._helper)
        yield from self._visited(self.partner, PARTNER_PAGES)
        page.goto(self._case)
        yield "case-by-coordinator", page

    def _visited(self, page: Page, places: Sequence[tuple[str, str]]) -> Iterator[Stop]:
        for name, path in places:
            page.goto(self.stage.at(path))
            yield name, page

    @staticmethod
    def _clicked(page: Page, *links: tuple[str, str]) -> Iterator[Stop]:
        for selector, name in links:
            press(page, selector)
            yield name, page
