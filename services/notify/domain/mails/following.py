"""To whoever follows themes of gatherings, with an account or without.

The reader is a follower, and no person: community answers who it is, or where the mail goes, when it is sent.
"""

from dataclasses import replace
from typing import Final

from services.notify.domain.draft import MessageDraft
from services.notify.domain.drafting import about_directory
from services.notify.domain.mail import Link, Mail
from shared.events.following import FollowRequested, ThemeFact, ThemeReported
from shared.events.vocabulary import Audience

FOLLOW_CONFIRM: Final = Mail(
    "follow-confirm", "Bevestig wat je wilt volgen", Audience.APPLICANT, link=Link.FOLLOWING, goes_first=True,
    never_waits=True,
)  # fmt: skip
THEME_ANNOUNCED: Final = Mail(
    "theme-announced", "Een bijeenkomst over wat je volgt", Audience.APPLICANT, link=Link.FOLLOWING, never_waits=True,
    of_gathering=True,
)  # fmt: skip
THEME_REPORTED: Final = Mail(
    "theme-reported", "Een verslag over wat je volgt", Audience.APPLICANT, link=Link.FOLLOWING, never_waits=True,
    of_gathering=True,
)  # fmt: skip


def ask_to_confirm_follow(event: FollowRequested) -> MessageDraft:
    """Whose address it is says so; after its time the mail is of no use."""
    draft = about_directory(FOLLOW_CONFIRM, event.subject, event, event.subject, {})
    return replace(draft, useless_after=event.confirm_by)


def tell_of_theme(event: ThemeFact) -> MessageDraft:
    """A gathering, or what came of it."""
    mail = THEME_REPORTED if isinstance(event, ThemeReported) else THEME_ANNOUNCED
    return about_directory(mail, event.subject, event, event.gathering_id, {})
