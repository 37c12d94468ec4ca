"""What a story is played in: a city, one address, one mailbox, one school's key, and a clock that can be moved."""

import asyncio
import re
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any, Final

import httpx

from shared.kernel.city import City

PATIENCE_SECONDS: Final = 60.0
A_MOMENT_SECONDS: Final = 4.0
POLL_SECONDS: Final = 0.1
A_WHILE_SECONDS: Final = 0.5
ONE_DAY: Final = timedelta(days=1)
AN_HOUR: Final = timedelta(hours=1)
SATURDAY: Final = 5
HOLIDAYS_AT_MOST: Final = 6

NUMBER: Final = re.compile(r"\b[A-Z0-9]{3}-[A-Z0-9]{3}-[A-Z0-9]{3}\b")
Forward = Callable[[timedelta], Awaitable[None]]
Client = Callable[[], httpx.AsyncClient]
Words = str | tuple[str, ...]


class MailMissing(Exception):
    """The mail that the story waits for did not come."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as its reader has it; `page` is where the mailbox shows it."""

    number: int
    to: str
    subject: str
    text: str
    links: tuple[str, ...]
    page: str

    def link_to(self, segment: str) -> str:
        """The link that leads to `/<segment>/…`. Raises MailMissing."""
        for link in self.links:
            if f"/{segment}/" in link:
                return link
        raise MailMissing(f"the mail {self.subject!r} has no link to /{segment}/")


@cache
def _trusted() -> ssl.SSLContext:
    """Read once: each browser of a story would read the whole list of authorities again."""
    return httpx.create_ssl_context()


def new_client() -> httpx.AsyncClient:
    """A browser or a school's system, as httpx makes it."""
    return httpx.AsyncClient(timeout=20, verify=_trusted())


def _nobody(_: str) -> None:
    """Tell nobody."""


@dataclass
class World:
    """`forward` moves the clock of the databases; `client` makes what reaches `base_url` (with its certificate)."""

    base_url: str
    mailbox_url: str
    api_key: str
    forward_clock: Forward
    city: City
    client: Client = new_client
    ahead: timedelta = field(default=timedelta())
    tell: Callable[[str], None] = _nobody
    known_as: dict[str, str] = field(default_factory=dict)
    """The number by which a partner knows a question, to the code of its case, as the school may read it."""
    asks_again_at: float = 0.0

    def now(self) -> datetime:
        """The time by the clock of the databases, in the city."""
        return (datetime.now(UTC) + self.ahead).astimezone(self.city.zone)

    def today(self) -> date:
        """The day by the clock of the databases, in the city."""
        return self.now().date()

    async def forward(self, by: timedelta) -> None:
        """Time goes on."""
        await self.forward_clock(by)
        self.ahead += by
        self.tell(f"  (de klok gaat vooruit: het is nu {self.now():%d-%m-%Y %H:%M})")

    async def mails(self, *, to: str = "", words: Words = "", code: str = "", after: int = 0) -> list[Mail]:
        """The mails that there are now, oldest first: with (one of) these `words` in the subject, and about `code`.

        A digest is about each of its items: the code then stands in its text. A partner reads a number of its own.
        """
        query: dict[str, str | int] = {"to": to, "since": after}
        async with self.client() as client:
            reply = await client.get(f"{self.mailbox_url}/api/messages", params=query)
        reply.raise_for_status()
        found = [_mail(item) for item in reversed(reply.json()["messages"])]
        wanted = (words,) if isinstance(words, str) else words
        told = [mail for mail in found if any(part in mail.subject for part in wanted)]
        return [mail for mail in told if await self._is_about(mail, code)]

    async def _is_about(self, mail: Mail, code: str) -> bool:
        if code in mail.subject or code in mail.text:
            return True
        numbers = set(NUMBER.findall(mail.subject + mail.text))
        if numbers - self.known_as.keys() and asyncio.get_running_loop().time() >= self.asks_again_at:
            await self._learn_numbers()
        return any(self.known_as.get(number) == code for number in numbers)

    async def _learn_numbers(self) -> None:
        """The school's system reads which numbers its cases have at partners; not at every look into the mailbox."""
        self.asks_again_at = asyncio.get_running_loop().time() + A_WHILE_SECONDS
        async with self.client() as client:
            made = await client.post(f"{self.base_url}/v1/tokens", headers={"Authorization": f"Bearer {self.api_key}"})
            if made.is_error:
                return
            token = {"Authorization": f"Bearer {made.json()['accessToken']}"}
            reply = await client.get(f"{self.base_url}/v1/referrals", headers=token)
        if reply.is_success:
            self.known_as |= {one["number"]: one["caseCode"] for one in reply.json()["referrals"]}

    async def mail(
        self, *, to: str = "", words: Words, code: str = "", after: int = 0, patience: float = PATIENCE_SECONDS
    ) -> Mail:
        """The first of them, waited for. Raises MailMissing."""
        ends = asyncio.get_running_loop().time() + patience
        while not (found := await self.mails(to=to, words=words, code=code, after=after)):
            if asyncio.get_running_loop().time() > ends:
                about = f" about {code}" if code else ""
                raise MailMissing(f"no mail {words!r}{about} within {patience:g} s")
            await asyncio.sleep(POLL_SECONDS)
        return found[0]

    async def mail_in_time(self, when: datetime, *, words: str, code: str, after: int = 0) -> Mail:
        """The clock goes to `when`, then on a day at a time (for holidays), until the mail is there.

        Raises MailMissing.
        """
        if when > self.now():
            await self.forward(when - self.now())
        for _ in range(HOLIDAYS_AT_MOST):
            try:
                return await self.mail(words=words, code=code, after=after, patience=A_MOMENT_SECONDS)
            except MailMissing:
                await self.forward(ONE_DAY)
        return await self.mail(words=words, code=code, after=after)


def working_days_after(moment: datetime, days: int) -> datetime:
    """An hour past the same time of the day, so many days from Monday to Friday later."""
    later = moment
    while days:
        later += ONE_DAY
        days -= later.weekday() < SATURDAY
    return later + AN_HOUR


def morning_after(moment: datetime, days: int, asked_at: time) -> datetime:
    """An hour past `asked_at`, so many days later, or on the Monday after."""
    later = moment + timedelta(days=days)
    while later.weekday() >= SATURDAY:
        later += ONE_DAY
    return datetime.combine(later.date(), asked_at, later.tzinfo) + AN_HOUR


def _mail(item: dict[str, Any]) -> Mail:
    return Mail(
        number=int(item["number"]),
        to=str(item["to"]),
        subject=str(item["subject"]),
        text=str(item["text"]),
        links=tuple(item["links"]),
        page=str(item["page"]),
    )
