"""`topics`: what Kafka must have."""

import os
from typing import TYPE_CHECKING, Annotated

import typer

from deploy.cli.screen import good, run_async, say
from deploy.install.errors import OperatorError

if TYPE_CHECKING:
    from shared.messaging.bus.kafka_client import Broker
    from shared.messaging.bus.topics import TopicsReport


def register(app: typer.Typer) -> None:
    """Put this command in."""
    app.command()(topics)


@run_async
async def topics(
    bootstrap: Annotated[
        str, typer.Option("--bootstrap", envvar="SCHAKEL_KAFKA_BOOTSTRAP", help="Brokers, e.g. kafka:9092.")
    ] = "",
    replication: Annotated[
        int, typer.Option(envvar="SCHAKEL_KAFKA_REPLICATION", min=1, help="On how many brokers each record is kept.")
    ] = 1,
    *,
    check: Annotated[bool, typer.Option("--check", help="Make nothing; only say what is missing or wrong.")] = False,
) -> None:
    """Make the topics that the services publish to, and verify those that are there.

    SCHAKEL_KAFKA_USER, _PASSWORD, _CA and _MECHANISM say who asks. Where SCHAKEL_<SERVICE>_KAFKA_PASSWORD is set, that
    service gets this password on the broker, and its rights.
    """
    from shared.messaging.bus.base import BusAway
    from shared.messaging.bus.topics import ensure_topics

    if not bootstrap:
        raise OperatorError("no broker is named: set SCHAKEL_KAFKA_BOOTSTRAP (an embedded Schakel needs none)")
    try:
        broker = _broker(bootstrap)
        report = await ensure_topics(broker, replication_factor=replication, create=not check)
        _tell(report)
        if not check:
            await _give_rights(broker)
    except BusAway as away:
        raise OperatorError(f"Kafka at {bootstrap} does not answer: {away}") from None
    if not report.is_well:
        raise OperatorError("run `schakel topics` to make what is missing; change what differs with Kafka's own tools")


def _broker(bootstrap: str) -> "Broker":
    from shared.messaging.bus.kafka_client import Broker

    given = {name: os.environ.get(f"SCHAKEL_KAFKA_{name.upper()}") for name in ("user", "password", "ca", "mechanism")}
    return Broker(bootstrap, **{name: value for name, value in given.items() if value})


def _tell(report: "TopicsReport") -> None:
    for name in report.created:
        good(f"{name}: made")
    for name in report.right:
        good(f"{name}: as it must be")
    for wrong in report.wrong:
        say(f"[red]✗[/red] {wrong.topic}: {'; '.join(wrong.problems)}")


async def _give_rights(broker: "Broker") -> None:
    from deploy.install.kafka_rights import ensure_rights
    from shared.events.catalogue import SERVICES

    given = {service: os.environ.get(f"SCHAKEL_{service.upper()}_KAFKA_PASSWORD", "") for service in SERVICES}
    passwords = {service: password for service, password in given.items() if password}
    if passwords:
        await ensure_rights(broker, passwords)
        good(f"rights: {', '.join(passwords)}")
