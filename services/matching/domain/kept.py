"""How an entry of the social map is kept: whether it is right, as those who know say, and those who looked."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

# So many people who say that it is not right put it in doubt; what more of them say is not kept.
PEOPLE_WHO_DOUBT: Final = 2


@dataclass(frozen=True, slots=True)
class Kept:
    """How an entry is kept: who said that it is right and when, since when it is listed, and which version it is.

    To save an entry says nothing of whether it is right; `verified_by` did.
    """

    version: int = 0
    listed_at: datetime | None = None
    verified_at: datetime | None = None
    verified_by: UUID | None = None
    doubted_at: datetime | None = None
    """Since then mail to its contact person does not arrive, or people say that it is not right."""
    hidden_at: datetime | None = None
    """Since then neither the public nor the ranking sees it: nobody said for too long that it is right."""
    changed_at: datetime | None = None
    """When what others read of it last became otherwise."""
    reported: tuple[str, ...] = ()
    """What is not right, as people who looked at it said since it was last confirmed: one code for each of them."""
    missing_since: date | None = None
    """Since this day it stands no more in the file that it came from, and nobody said that it is right all the same."""
    missing_from: str = ""
    """Of which source that file is."""

    def changed(self, *, at: datetime) -> "Kept":
        """The next version; whoever has the one before is told."""
        return replace(self, version=self.version + 1, listed_at=self.listed_at or at, changed_at=at)

    def verified(self, *, by: UUID, at: datetime) -> "Kept":
        """Somebody who knows said that it is right."""
        return replace(
            self.in_file(), verified_at=at, verified_by=by, doubted_at=None, hidden_at=None, changed_at=at, reported=()
        )

    def in_file(self) -> "Kept":
        """No file misses it any more."""
        return replace(self, missing_since=None, missing_from="") if self.missing_since else self

    def hidden(self, *, at: datetime) -> "Kept":
        """Nobody finds it any more, until somebody says that it is right."""
        return replace(self, hidden_at=at, changed_at=at)

    def reported_wrong(self, mistake: str, *, at: datetime) -> "Kept":
        """One person more says that this is not right; no change once enough of them did."""
        if self.is_reported:
            return self
        reported = replace(self, reported=(*self.reported, mistake))
        # Mail may not have arrived before: what people say counts since they say it.
        return replace(reported, doubted_at=at) if reported.is_reported else reported

    @property
    def is_reported(self) -> bool:
        """Whether enough people said that it is not right."""
        return len(self.reported) >= PEOPLE_WHO_DOUBT

    @property
    def is_unsure(self) -> bool:
        """Whether somebody has to call about it."""
        return self.is_missing or self.doubted_at is not None or self.hidden_at is not None or bool(self.reported)

    @property
    def is_missing(self) -> bool:
        """Whether it stands no more in the file that it came from."""
        return self.missing_since is not None

    def is_unconfirmed(self, *, at: datetime, after: timedelta) -> bool:
        """Whether nobody said for so long that it is right."""
        since = self.verified_at or self.listed_at
        return since is not None and since + after <= at

    def is_doubted_by_mail_of(self, moment: datetime) -> bool:
        """Whether a mail that did not arrive then says something new: nobody said so before, or confirmed it since."""
        return self.doubted_at is None and (self.verified_at is None or self.verified_at <= moment)


NOT_KEPT = Kept()
