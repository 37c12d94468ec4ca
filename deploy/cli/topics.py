"""`topics`: what Kafka must have."""

from typing import Annotated

import typer

from deploy.cli.screen import good, run_async, say
from deploy.install.errors import OperatorError


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
    """Make the topics that the services publish to, and verify those that are there."""
    from shared.messaging.bus.base import BusAway
    from shared.messaging.bus.topics import ensure_topics

    if not bootstrap:
        raise OperatorError("no broker is named: set SCHAKEL_KAFKA_BOOTSTRAP (an embedded Schakel needs none)")
    try:
        report = await ensure_topics(bootstrap, replication_factor=replication, create=not check)
    except BusAway as away:
        raise OperatorError(f"Kafka at {bootstrap} does not answer: {away}") from None
    for name in report.created:
        good(f"{name}: made")
    for name in report.right:
        good(f"{name}: as it must be")
    for wrong in report.wrong:
        say(f"[red]✗[/red] {wrong.topic}: {'; '.join(wrong.problems)}")
    if not report.is_well:
        raise OperatorError("run `schakel topics` to make what is missing; change what differs with Kafka's own tools")
