"""The mailer and its twin: whatever the server answers, both report the same and the same letters arrive."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiosmtpd.smtp import SMTP, Envelope, Session
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.notify.adapters.smtp import MailServer, SmtpMailer
from services.notify.domain.outcome import Deferred, Reason, Refused, Unknown
from shared.events.notify import RefusalKind
from tests.integration.notify.letters import letter
from tests.integration.notify.mail_servers import Orders, real_server
from tests.twins.mailer import MailOutcome, RecordingMailer

GOOD, BUSY, BOUNCED, SPAM, CUT = "good", "busy", "bounced", "spam", "cut"
WHAT = st.sampled_from([GOOD, BUSY, BOUNCED, SPAM, CUT])
WHO = st.sampled_from(["zoe@fietsen.example", "juf@school.example", "geen adres"])


class TwinWorld:
    """The twin, told what to answer."""

    def __init__(self) -> None:
        self.mailer = RecordingMailer()

    def order(self, what: str) -> None:
        answers: dict[str, MailOutcome] = {
            BUSY: Deferred(Reason.MAIL_SERVER_BUSY, 451),
            BOUNCED: Refused(RefusalKind.REFUSED_BY_SERVER, 550, address_at_fault=True),
            SPAM: Refused(RefusalKind.REFUSED_BY_SERVER, 554),
            CUT: Unknown(),
        }
        self.mailer.forget_plan()
        if what in answers:
            self.mailer.plan(answers[what], arrives=True)

    def arrived(self) -> list[str]:
        return [letter.message_id for letter in self.mailer.inbox]


@dataclass
class CuttingOrders(Orders):
    """Takes the mail, and then cuts the line instead of saying so."""

    cut: list[bool] = field(default_factory=list)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = await super().handle_DATA(server, session, envelope)
        if self.cut and self.cut.pop(0):
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return answer


class SmtpWorld:
    """The real mailer and a real server, told what to answer."""

    def __init__(self, orders: CuttingOrders, port: int) -> None:
        self._orders = orders
        self.mailer = SmtpMailer(MailServer("127.0.0.1", port, "schakel@schiewijk.example", starttls=False))

    def order(self, what: str) -> None:
        self._orders.rcpt[:] = ["550 no such mailbox"] if what == BOUNCED else []
        self._orders.data[:] = {BUSY: ["451 later"], SPAM: ["554 spam"]}.get(what, [])
        self._orders.cut[:] = [what == CUT]

    def arrived(self) -> list[str]:
        return [str(mail["Message-ID"]).strip("<>") for mail in self._orders.mails]


@asynccontextmanager
async def smtp_world() -> AsyncIterator[SmtpWorld]:
    orders = CuttingOrders()
    async with real_server(orders) as port:
        world = SmtpWorld(orders, port)
        yield world
        await world.mailer.close()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(story=st.lists(st.tuples(WHAT, WHO), max_size=12))
async def test_mailer_and_twin_agree_on_outcomes_and_on_what_arrived(story: list[tuple[str, str]]) -> None:
    twin = TwinWorld()
    async with smtp_world() as real:
        for number, (what, who) in enumerate(story):
            sent = letter(message_id=f"{number}@schiewijk.example", to_address=who)
            twin.order(what)
            real.order(what)
            assert await real.mailer.send(sent) == await twin.mailer.send(sent)
            assert real.arrived() == twin.arrived()
