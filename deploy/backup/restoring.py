"""Put a backup back, in an order that may be broken off anywhere and begun again.

Nobody comes in; each database goes back; who was erased since stays erased; the broker forgets the time after the
backup; then the services come in again.
"""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import SystemRandom

from deploy.backup.archive import STAMP
from deploy.backup.broker import Lost, Topics
from deploy.backup.chosen import Chosen, must_fit
from deploy.backup.gate import close_gate, open_gate
from deploy.backup.putting_back import put_back
from deploy.install.audit_log import anchors_of, watch_of
from deploy.install.deployments import Deployment
from deploy.install.secret_store import write_file
from services.intake.adapters.erased_ledger import ErasedLedger
from services.intake.bootstrap import NAME as INTAKE
from services.intake.bootstrap import open_units
from services.intake.handlers.erasing import say_tombstones_again
from shared.events.catalogue import wire_name
from shared.events.intake import RequestReceived
from shared.kernel.crash_points import crash_point
from shared.kernel.ids import RandomIds
from shared.kernel.settings import PREFIX
from shared.messaging.bus.kafka_client import Broker
from shared.storage.database import Database

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class PutBack:
    """What came of it. `lost` is None where no broker remembers; `told` is the file in which it stands."""

    erased: int
    lost: tuple[Lost, ...] | None
    told: Path | None

    @property
    def lost_cases(self) -> list[str]:
        """Requests that came after the backup: their codes."""
        received = wire_name(RequestReceived)
        return [str(each.data.get("caseCode", each.subject)) for each in self.lost or () if each.type == received]

    @property
    def kinds(self) -> Counter[str]:
        """How many facts of each type are gone."""
        return Counter(each.type for each in self.lost or ())


async def restore(found: Deployment, chosen: Chosen, tell: Tell) -> PutBack:
    """Raises DoesNotFit, BrokerAway or StillRuns before anything is touched."""
    await must_fit(chosen, found)
    topics = Topics(broker) if (broker := _broker(found)) else None
    if topics is not None:
        await topics.check()
    erased = list(_ledger(found).read())
    await close_gate(found.databases)
    for name, database in found.databases.items():
        tell(f"{name}: {await put_back(name, database, chosen, erased)} rows")
        await _say_in_its_audit_log(found, name)
        crash_point("restore.after-database")
    count = await _erase_again(found)
    lost, told = None, None
    if topics is not None:
        lost = tuple(await topics.said_since(chosen.data.made_at, found.databases))
        told = _written_down(chosen.data_file.parent, lost)
        await topics.forget()
    crash_point("restore.before-opening")
    await open_gate(found.databases)
    return PutBack(count, lost, told)


async def _say_in_its_audit_log(found: Deployment, name: str) -> None:
    """That it went back, before a line follows: its anchors are of the time that is gone, too."""
    database = Database(found.databases[name].owner_url, application_name="schakel-restore", pool_size=2)
    try:
        await watch_of(found, name, database).put_back(datetime.now(UTC))
        await found.record(name, database)
    finally:
        await database.close()


def _setting(found: Deployment, name: str) -> str:
    return found.environ[INTAKE].get(PREFIX + name, "")


def _broker(found: Deployment) -> Broker | None:
    given = {name: _setting(found, f"KAFKA_{name.upper()}") for name in ("user", "password", "ca", "mechanism")}
    bootstrap = _setting(found, "KAFKA_BOOTSTRAP")
    return Broker(bootstrap, **{name: value for name, value in given.items() if value}) if bootstrap else None


def _ledger(found: Deployment) -> ErasedLedger:
    """Those that intake wrote down outside its database."""
    return ErasedLedger(anchors_of(found, INTAKE))


async def _erase_again(found: Deployment) -> int:
    """As its owner, for the service itself is kept out; the others hear of it when they start."""
    database = Database(found.databases[INTAKE].owner_url, application_name="schakel-restore", pool_size=2)
    try:
        chain = found.chain(INTAKE)
        units = open_units(found.city, database, RandomIds(), SystemRandom(), chain, ledger=_ledger(found))
        async with units.begin() as unit:
            return await say_tombstones_again(unit)
    finally:
        await database.close()


def _written_down(folder: Path, lost: Collection[Lost]) -> Path | None:
    if not lost:
        return None
    file = folder / f"lost-{datetime.now(UTC):{STAMP}}.jsonl"
    write_file(file, "".join(each.line() for each in lost), 0o600)
    return file
