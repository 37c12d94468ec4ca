"""What notify's routes work with, found at `request.app.state.dependencies`."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Protocol, cast

from fastapi import Depends, Request

from services.notify.domain.letter import Reading
from services.notify.domain.message import Message
from services.notify.ports import NotifyUnit
from shared.access.people_book import PeopleBook
from shared.events.http import Mentioned
from shared.web.dependencies import ServiceDependencies


class LetterReader(Protocol):
    """Says again what a message says."""

    def tell(self, message: Message, name: str, mentioned: Sequence[Mentioned]) -> Reading:
        """What it says, without its link and code; its parts, too."""


@dataclass(frozen=True, kw_only=True)
class Dependencies(ServiceDependencies[NotifyUnit]):
    """Units of work and templates of notify; who people are, and what a mail says."""

    people: PeopleBook
    letters: LetterReader


async def _dependencies(request: Request) -> Dependencies:
    return cast("Dependencies", request.app.state.dependencies)


TheDependencies = Annotated[Dependencies, Depends(_dependencies)]


async def _unit(dependencies: TheDependencies) -> AsyncIterator[NotifyUnit]:
    async with dependencies.units.begin() as unit:
        yield unit


# The transaction of one request: it commits before the reply is sent, and an exception rolls it back.
Unit = Annotated[NotifyUnit, Depends(_unit, scope="function")]
