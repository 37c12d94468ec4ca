"""A relay in a process of its own, to be killed: the database's URL is its argument; it prints what it publishes."""

import asyncio
import sys
from collections.abc import Sequence
from random import Random

from shared.kernel.logs import set_up
from shared.messaging.bus.base import BusConsumer, Deliver, Record
from shared.messaging.leadership import Leadership
from shared.messaging.outbox_rows import PostgresOutboxRows
from shared.messaging.relay import Relay, RelayLoop
from shared.storage.database import Database


class PrintingBus:
    """Takes everything: a line of subject and version for each."""

    async def publish(self, records: Sequence[Record]) -> None:
        for record in records:
            print(record.key, int(record.headers["ce_sequence"]), flush=True)  # noqa: T201 - the parent reads it

    def subscribe(
        self, topics: Sequence[str], *, group: str, member: str, deliver: Deliver, linger: float = 0.0
    ) -> BusConsumer:
        raise NotImplementedError(topics, group, member, deliver, linger)

    async def check(self) -> None:
        """Nothing to check."""

    async def close(self) -> None:
        """Nothing to close."""


async def main(url: str) -> None:
    set_up("intake-relay", "error")
    database = Database(url, application_name="test-relay")
    relay = Relay(PostgresOutboxRows(database), PrintingBus(), service="intake", source_urn="urn:nld:test:systeem")
    await RelayLoop(relay, Leadership(url, service="intake"), random=Random(1)).run(asyncio.Event())


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
