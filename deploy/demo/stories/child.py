"""The story of one child: what school, partners, ambassador and coordinator do, one method for each step."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from deploy.demo.stories.invented import Invented
from deploy.demo.stories.page import PageDiffers
from deploy.demo.stories.people import Person, SchoolSystem
from deploy.demo.stories.telling import Chapter, Telling
from deploy.demo.stories.world import Mail, World, morning_after, working_days_after

ASKED = "kun je helpen?"
NOBODY = "Nog geen partner gevonden"
LIST = "lijst van vandaag"
MET = "jullie kennisgemaakt?"
HELPED = "Hielp het?"
# Where an ambassador answers for the family, by the link of a mail.
FAMILY = "doorverwijzingen"
DECLINES_AT_MOST = 40
DAYS_OF_A_WEEK = 7


@dataclass
class Child:
    """One child's story as it is played."""

    world: World
    telling: Telling
    invented: Invented
    key: str
    chapter: Chapter = field(init=False)
    case: dict[str, Any] = field(init=False, default_factory=dict)
    ambassador: str = ""
    asked: int = 0
    """The number of the last mail to a partner."""
    rested: datetime = field(init=False)
    """When there was nothing left to do but to wait."""
    weeks: int = field(init=False)
    """How long to wait before somebody asks how it goes."""

    def __post_init__(self) -> None:
        """A chapter of its own."""
        self.rested, self.weeks = self.world.now(), self.world.city.follow_up.interim_weeks
        self.chapter = Chapter(self.invented.title)
        self.telling.chapters.append(self.chapter)

    @property
    def code(self) -> str:
        """The kenmerk."""
        return self.chapter.case_code

    async def school_asks(self) -> None:
        """POST by the school's system; the ambassador gets a mail."""
        school = SchoolSystem(self.world)
        with self.telling.step(self.chapter, "De school vraagt hulp met haar eigen systeem (API)") as step:
            self.case = await school.ask(self.invented.request(self.world), key=self.key)
            self.chapter.case_code = str(self.case["caseCode"])
            step.outcome, step.link = f"kenmerk {self.code}", str(self.case["links"]["page"])
        with self.telling.step(self.chapter, f"De {self._ambassador} krijgt een ontvangstbevestiging") as step:
            mail = await self.world.mail(words="ontvangen", code=self.code)
            self.ambassador, step.link = mail.to, mail.page
        with self.telling.step(self.chapter, "School en gezin bespreken wat er nodig is") as step:
            await school.tell(self.case["links"]["inventory"], self.invented.inventory(self.world))
            step.link = str(self.case["links"]["page"])
        self.chapter.reached = "hulp gevraagd"

    async def partner_is_asked(self, words: str) -> Mail:
        """The mail to the partner whose turn it is."""
        with self.telling.step(self.chapter, words) as step:
            mail = await self.world.mail(words=ASKED, code=self.code, after=self.asked)
            self.asked = mail.number
            step.outcome, step.link = mail.to, mail.page
        return mail

    async def partner_declines(self, mail: Mail, reason: str = "no-capacity") -> None:
        """No, with a reason."""
        with self.telling.step(self.chapter, "De partner zegt nee, met een reden") as step:
            step.link = mail.link_to("antwoord")
            async with Person(self.world) as partner:
                page = await partner.open(step.link)
                await partner.send(page.form_with("reason", "choice"), {"reason": reason, "choice": "decline"})
        self.chapter.reached = "nog niemand gevonden"

    async def partner_accepts(self, mail: Mail) -> None:
        """Yes, with a contact person and a day; the ambassador hears it."""
        with self.telling.step(self.chapter, "De partner zegt ja, met een contactpersoon en een dag") as step:
            step.link = mail.link_to("antwoord")
            async with Person(self.world) as partner:
                page = await partner.open(step.link)
                form = page.form_with("contact", "first_contact_on", "choice")
                answers = {"contact": form.choices["contact"][0], "first_contact_on": self._typed_today()}
                await partner.send(form, {**answers, "choice": "accept"})
        with self.telling.step(self.chapter, f"De {self._ambassador} hoort dat er hulp komt") as step:
            told = await self.world.mail(words="een partner gaat helpen", code=self.code)
            step.link = told.page
        self.chapter.reached = "een partner helpt"

    async def help_comes(self, mail: Mail) -> None:
        """Partner and ambassador both say that they met, and the help begins and is given: all from their mails."""
        with self.telling.step(self.chapter, "Samen kennismaken: de partner zegt dat het zo was") as step:
            step.link = await self._reports(mail, "handover")
        with self.telling.step(self.chapter, f"De {self._ambassador} bevestigt het, ook namens het gezin") as step:
            asked = await self.world.mail(to=self.ambassador, words=MET, code=self.code)
            step.link = asked.link_to(FAMILY)
            async with Person(self.world) as ambassador:
                page = await ambassador.open(step.link)
                await ambassador.send(page.form_with("family_agrees"), {"family_agrees": "true", "when": "today", "choice": "handover"})
        for choice, words in (("start", "De hulp begint"), ("deliver", "De hulp is gegeven")):
            with self.telling.step(self.chapter, words) as step:
                step.link = await self._reports(mail, choice)
        self.chapter.reached = "hulp gegeven"

    async def _reports(self, mail: Mail, choice: str) -> str:
        """The partner says on the page of its mail that this happened today."""
        link = mail.link_to("antwoord")
        async with Person(self.world) as partner:
            page = await partner.open(link)
            forms = [form for form in page.forms if form.choices.get("choice") == [choice]]
            if not forms:
                raise PageDiffers(f"{link} offers no {choice}: {page.text[:200]}")
            await partner.send(forms[0], {"when": "today", "choice": choice})
        return link

    async def ambassador_confirms(self, outcome: str = "helped") -> None:
        """What the family says, behind the link of the mail that asks it."""
        with self.telling.step(self.chapter, f"De {self._ambassador} krijgt de vraag: hielp het?") as step:
            asked = await self.world.mail(to=self.ambassador, words=HELPED, code=self.code)
            step.link = asked.page
        with self.telling.step(self.chapter, "Het gezin laat weten dat het geholpen heeft") as step:
            step.link = asked.link_to(FAMILY)
            async with Person(self.world) as ambassador:
                page = await ambassador.open(step.link)
                await ambassador.send(page.form_with("outcome"), {"outcome": outcome, "choice": "outcome"})
        self.rested, self.weeks = self.world.now(), self.world.city.follow_up.plan_weeks[0]
        self.chapter.reached = "geholpen, zegt het gezin"

    async def nobody_is_left(self) -> str:
        """Every partner declines, until nobody is left; returns the address of the coordinator who is told."""
        for _ in range(DECLINES_AT_MOST):
            told = await self.world.mail(words=(ASKED, NOBODY), code=self.code, after=self.asked)
            if NOBODY in told.subject:
                break
            await self.partner_declines(await self.partner_is_asked("Een partner krijgt de vraag"))
        words = f"Niemand meer over: de {self._ambassador} hoort dat we verder zoeken"
        with self.telling.step(self.chapter, words) as step:
            step.link = (await self.world.mail(words=NOBODY, code=self.code)).page
        self.rested = self.world.now()
        with self.telling.step(
            self.chapter, f"De volgende ochtend leest {self._desk} het in de lijst van de dag"
        ) as step:
            when = morning_after(self.rested, 1, self.world.city.terms.points.digest_at)
            mail = await self.world.mail_in_time(when, words=LIST, code=self.code)
            step.outcome, step.link = mail.to, mail.page
        self.chapter.reached = f"niemand gevonden; {self._desk} is aan zet"
        return mail.to

    async def follow_up_is_asked(self) -> Mail:
        """Weeks after help (or after nobody was found) the ambassador is asked how it goes."""
        with self.telling.step(self.chapter, f"De {self._ambassador} krijgt de vraag: hoe gaat het nu?") as step:
            days = self.weeks * DAYS_OF_A_WEEK
            when = morning_after(self.rested, days, self.world.city.follow_up.asked_at)
            mail = await self.world.mail_in_time(when, words="oe gaat het nu?", code=self.code)
            step.link = mail.page
        return mail

    async def silence(self, asked: Mail) -> None:
        """Nobody answers: a reminder, and then the child is out of sight and on the coordinator's list."""
        since, plan = self.world.now(), self.world.city.follow_up
        with self.telling.step(
            self.chapter, f"Geen antwoord; na {plan.remind_after.count} werkdagen een herinnering"
        ) as step:
            when, words = working_days_after(since, plan.remind_after.count), "Herinnering: hoe gaat het nu?"
            step.link = (await self.world.mail_in_time(when, words=words, code=self.code)).page
        with self.telling.step(self.chapter, f"Nog steeds stil: uit het oog, en {self._desk} krijgt een mail") as step:
            when, words = working_days_after(since, plan.missed_after.count), "uit het oog"
            mail = await self.world.mail_in_time(when, words=words, code=self.code, after=asked.number)
            step.outcome, step.link = mail.to, mail.page
        self.chapter.reached = f"uit het oog, en op de lijst van {self._desk}"

    async def ambassador_answers(self, mail: Mail, answer: str, words: str) -> None:
        """One of three choices on the page of the mail."""
        with self.telling.step(self.chapter, words) as step:
            step.link = mail.link_to("vervolg")
            async with Person(self.world) as ambassador:
                page = await ambassador.open(step.link)
                await ambassador.send(page.form_with("answer"), {"answer": answer})

    @property
    def _ambassador(self) -> str:
        return self.world.city.ambassador

    @property
    def _desk(self) -> str:
        return self.world.city.desk.in_sentence

    def _typed_today(self) -> str:
        return f"{self.world.today():%d-%m-%Y}"
