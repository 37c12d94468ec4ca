"""What notify's routes work with, found at `request.app.state.dependencies`."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request

from services.notify.domain.reply_addresses import ReplyAddresses
from services.notify.ports import NotifyUnit
from services.notify.ports.sending import LetterReader
from shared.access.people_book import PeopleBook
from shared.web.auditing import unit_of
from shared.web.dependencies import ServiceDependencies


@dataclass(frozen=True, kw_only=True)
class Dependencies(ServiceDependencies[NotifyUnit]):
    """Units of work and templates of notify; who people are, what a mail says, and where it is answered."""

    people: PeopleBook
    letters: LetterReader
    replies: ReplyAddresses


async def _dependencies(request: Request) -> Dependencies:
    return cast("Dependencies", request.app.state.dependencies)


TheDependencies = Annotated[Dependencies, Depends(_dependencies)]


async def _unit(request: Request, dependencies: TheDependencies) -> AsyncIterator[NotifyUnit]:
    async with unit_of(request, dependencies.units) as unit:
        yield unit


# The transaction of one request: it commits before the reply is sent, and an exception rolls it back.
Unit = Annotated[NotifyUnit, Depends(_unit, scope="function")]
