"""What community publishes of whoever follows themes of gatherings: by mail, with or without an account.

The subject is whoever follows: who that is, and where the mail goes, only community knows.
"""

from uuid import UUID

from shared.events.base import Event, Instant


class FollowRequested(Event):
    """Somebody wants to follow themes; the address is to be confirmed before then, else nothing comes of it."""

    confirm_by: Instant


class ThemeFact(Event):
    """Something about a gathering with a theme that somebody follows."""

    gathering_id: UUID


class ThemeAnnounced(ThemeFact):
    """Whoever wants to come can sign up."""


class ThemeReported(ThemeFact):
    """What came of it can be read."""
