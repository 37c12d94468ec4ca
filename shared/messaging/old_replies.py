"""The job of every service whose machines may ask twice: what was answered long ago is forgotten."""

from datetime import datetime, timedelta
from typing import Final, Protocol

from shared.messaging.schedule import Every
from shared.unit_of_work import UnitOfWork

# After so long a machine no longer asks whether its request arrived.
KEPT: Final = timedelta(days=7)


class Replies(Protocol):
    """Answers by the key under which a machine asked (`shared.access.replies`)."""

    async def forget(self, before: datetime) -> int:
        """Remove what was answered before this instant; returns how many."""


class WithReplies(UnitOfWork, Protocol):
    """A unit of such a service."""

    @property
    def replies(self) -> Replies: ...


async def forget_old_replies(unit: WithReplies) -> None:
    """What was answered `KEPT` ago, or longer."""
    await unit.replies.forget(unit.now - KEPT)


FORGET_OLD_REPLIES: Final[Every[WithReplies]] = Every("forget old replies", timedelta(hours=1), forget_old_replies)
