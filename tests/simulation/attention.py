"""Who was last heard of, or written to, about which case."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

A_WEEKEND: Final = timedelta(days=3)
LONG_AGO: Final = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class Attention:
    """When somebody last acted on a case, or was written to about it."""

    last: dict[UUID, tuple[datetime, ...]] = field(default_factory=dict)
    # While everything was down, or what a case needs stood aside, nobody could be written to.
    excused: dict[UUID, datetime] = field(default_factory=dict)

    def paid(self, case_id: UUID, at: datetime) -> None:
        """Somebody acted on this case, or had a mail about it."""
        lately = (one for one in self.last.get(case_id, ()) if one > at - A_WEEKEND)
        self.last[case_id] = tuple(dict.fromkeys((*lately, at)))

    def excuse(self, cases: Iterable[UUID], at: datetime) -> None:
        """Until now nothing could be asked of the machines."""
        self.excused.update(dict.fromkeys(cases, at))

    def since(self, case_id: UUID) -> tuple[datetime, ...]:
        """From when on the limit runs: until the latest end of these, because a Saturday's ends before a Friday's."""
        return (*self.last.get(case_id, (LONG_AGO,)), self.excused.get(case_id, LONG_AGO))
