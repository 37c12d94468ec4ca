"""A sender in a process of its own, to be killed at a named point: database URL and SMTP port are its arguments."""

import asyncio
import sys
from datetime import timedelta
from functools import partial
from random import Random

from services.notify.adapters.smtp import MailServer, SmtpMailer
from services.notify.domain.letter import Delivery
from services.notify.domain.message import Message
from services.notify.sender.composing import Composer
from services.notify.sender.loop import Sender
from services.notify.store.repositories import PostgresNotifyUnit
from shared.kernel.dutch_calendar import DutchCalendar
from shared.kernel.ids import RandomIds
from shared.messaging.postgres_unit import PostgresUnits
from shared.storage.database import Database
from tests.parts.audit import CHAIN
from tests.parts.city import a_city
from tests.twins.mailer import InMemoryFollowUpLinks, PlainLetters

LEASE = timedelta(seconds=1)


class Everybody:
    """Everyone has an address."""

    async def delivery(self, message: Message) -> Delivery:
        return Delivery(f"{message.draft.recipient_id.hex}@schakel.example", "Iemand")


async def main(url: str, port: int) -> None:
    database = Database(url, application_name="test-sender")
    units = PostgresUnits(
        database,
        service="notify",
        ids=RandomIds(),
        city=a_city(),
        chain=CHAIN,
        make=partial(PostgresNotifyUnit, calendar=DutchCalendar()),
    )
    mailer = SmtpMailer(MailServer("127.0.0.1", port, "schakel@schiewijk.example", starttls=False))
    composer = Composer(Everybody(), InMemoryFollowUpLinks(), PlainLetters())
    await Sender(units, composer, mailer, random=Random(1), lease=LEASE).run(asyncio.Event())


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
