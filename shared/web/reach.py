"""Whom a form reaches. One declaration makes the words "Dit gaat naar …", and is held against the mails that follow.

    ACCEPT = Reach("POST /antwoord/{token}/ja", mails=("partner-accepted", "help-confirmed"), seen_by=(DESK,))

A page hands it to the template: `{{ ui.goes_to(reach) }}`. `tests/journeys/test_reach.py` submits every form that is
declared, and sees the mails that were promised, and no other.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from shared.events.vocabulary import Audience, mail
from shared.kernel.city import City
from shared.web.languages import gettext, listed

DESK: Final = Audience.COORDINATOR


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a form goes. `form` is its method and path, with the choice where one path has several.

    `mails`: codes of the mails that always follow, at once or with the next digest. `perhaps`: those that may follow,
    as the state of things is. `seen_by`: who finds it on their pages without a mail. `note` is a sentence that follows.
    """

    form: str
    mails: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()
    seen_by: tuple[Audience, ...] = ()
    note: str | None = None

    def who(self, city: City, reader: Audience | None = None) -> str:
        """In words: `het Schakelpunt en de contactpersoon van het gezin`; `reader` is addressed as "jou"."""
        audiences = dict.fromkeys([*_audiences((*self.mails, *self.perhaps)), *self.seen_by])
        # A mail to anybody, and one to who reads this, are both for "jou".
        names = list(dict.fromkeys(_name(audience, city, reader) for audience in audiences))
        return listed(names) or gettext("niemand")


def _audiences(codes: Iterable[str]) -> list[Audience]:
    return [found.audience for code in codes if (found := mail(code)) is not None]


def _name(audience: Audience, city: City, reader: Audience | None) -> str:
    if audience == reader:
        return gettext("jou")
    return {
        Audience.AMBASSADOR: gettext("de contactpersoon van het gezin"),
        Audience.PARTNER: gettext("de partner"),
        Audience.COORDINATOR: city.desk.in_sentence,
        Audience.APPLICANT: gettext("wie zich aanmeldde"),
        Audience.ANYBODY: gettext("jou"),
    }[audience]
