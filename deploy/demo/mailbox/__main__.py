"""`python -m deploy.demo.mailbox`: SMTP on 1025, the page on 8025, by the clocks of the city of SCHAKEL_CITY."""

import argparse
import asyncio
import os
import sys
from pathlib import Path

from deploy.demo.mailbox import Mailbox, mailbox_app, receive_mail
from shared.kernel.city.file import CityInvalid, read_city
from shared.kernel.logs import set_up
from shared.runtime.lifecycle import run_all, stop_on_signals
from shared.runtime.listening import CannotListen, listen
from shared.runtime.process import serve
from shared.runtime.service import SideTask


async def run(city: Path, host: str, smtp_port: int, http_port: int) -> None:
    """Until a signal."""
    mailbox, stop = Mailbox(), asyncio.Event()
    stop_on_signals(stop)

    async def take_mail(stopping: asyncio.Event) -> None:
        async with receive_mail(mailbox, host=host, port=smtp_port):
            await stopping.wait()

    # It only stands behind a proxy, whose word on how people reach it makes the addresses of its pages.
    web = serve(mailbox_app(mailbox, read_city(city).zone), listen(host, http_port), trusted_proxies="*")
    await run_all((SideTask("smtp", take_mail), web), stop)


def main() -> None:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(prog="python -m deploy.demo.mailbox", description="The demo's mailbox.")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: this machine only)")
    parser.add_argument("--city", type=Path, default=os.environ.get("SCHAKEL_CITY"), help="the city's file")
    parser.add_argument("--smtp-port", type=int, default=1025)
    parser.add_argument("--http-port", type=int, default=8025)
    given = parser.parse_args()
    if given.city is None:
        parser.error("name the city's file with --city, or with SCHAKEL_CITY")
    set_up("mailbox", "info")
    try:
        asyncio.run(run(given.city, given.host, given.smtp_port, given.http_port))
    except CityInvalid as wrong:
        sys.exit(str(wrong))
    except CannotListen as taken:
        sys.exit(f"{taken}: choose other ports with --smtp-port and --http-port")


if __name__ == "__main__":
    main()
