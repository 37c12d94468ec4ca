"""What a mail is: one declaration, which holds everything that differs between mails apart from their words.

A declaration stands in `domain/mails/`, beside the rule that drafts the mail; its words are the three files of
`templates/<template>/`: `subject.txt`, `body.txt` and `body.html`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum, auto
from typing import Final

from services.notify.domain.outcome import Reason
from shared.events.http import DirectoryLink, ReferralLink
from shared.events.vocabulary import Audience

WHATEVER_THE_REASON: Final = frozenset(Reason)
# Whoever must hear it hears it, whatever else happened.
NEVER_STALE: Final = frozenset[Reason]()


class Link(StrEnum):
    """What the reader opens from the mail: a page behind a log-in, or what another service makes for this one mail."""

    NOTHING = auto()
    CASE = auto()  # the ambassador's page of the case
    CASES = auto()  # the ambassador's list of cases
    SIGNALS = auto()  # the ambassador's page of early signals
    BOARD = auto()  # the coordinators' page of the case
    THE_BOARD = auto()  # the coordinators' board
    PERSON = auto()  # the desk's page of somebody in the network
    ORGANISATION = auto()  # the desk's page of an organisation
    APPLICANT = auto()  # the desk's page of a request to join
    PROPOSALS = auto()  # the desk's list of proposed changes
    COLLEAGUES = auto()  # where somebody says who their colleagues are
    OWN_ENTRY = auto()  # the organisation's own entry, behind a sign-in
    OWN_MAILS = auto()  # what each item of a digest opens, stands with that item
    ANSWER = auto()  # where the partner answers, without a log-in; matching makes it
    HELP = auto()  # where the partner tells how the help goes, without a log-in; matching makes it
    DELETION = auto()  # where the partner says that it deleted what it wrote, without a log-in; matching makes it
    FAMILY = auto()  # where the ambassador tells what the family says, without a log-in; matching makes it
    FOLLOW_UP = auto()  # where the ambassador says how the child is, without a log-in; monitoring makes it
    APPLICATION = auto()  # where whoever asks to join confirms the address; matching makes it
    SEAT = auto()  # how a sign-up for a gathering stands, without a log-in; community makes it
    FOLLOWING = auto()  # what is to be confirmed, or the gathering that is followed; community makes it
    INVITATION = auto()  # where somebody says whether they come, without a log-in; community makes it
    PARTICIPANTS = auto()  # the desk's page of who comes to a gathering
    GATHERING = auto()  # the page of a gathering
    ROUND = auto()  # the desk's page of what was agreed in a round
    EXPERT = auto()  # where somebody says whether they come as an expert by experience
    EXPERTS = auto()  # the desk's page of the experts by experience at a gathering
    VISION = auto()  # the page of the shared vision
    EXAMPLE = auto()  # the page of an example for the table
    TOPIC = auto()  # the desk's page of a topic that somebody proposes
    EDITION = auto()  # a text for the knowledge base, as somebody wrote it
    ARTICLE_OWNER = auto()  # where the desk says whose an article is
    ARTICLE_REVIEWS = auto()  # where somebody says whether their articles still hold
    TOPICS = auto()  # where somebody proposes topics, and reads what became of them
    INTRODUCTIONS = auto()  # where organisations ask each other to meet, and answer
    CARD = auto()  # the page of somebody in the network
    CARD_MAIL = auto()  # what somebody wrote to the reader, and where it is answered
    OWN_CARD = auto()  # the reader's own card
    TRUSTED = auto()  # the trusted persons, and the trainings to come
    LOAD = auto()  # where somebody sees how much they have in hand, and whom to ask how it goes
    THANKS = auto()  # where somebody reads for what they are thanked
    COMPANY = auto()  # where somebody says whether they go along, and books that
    NOTICES = auto()  # where organisations ask and offer each other things, and reply
    SPARRING_ANSWER = auto()  # where somebody answers a colleague, without a log-in; community makes it
    SPARRING = auto()  # the page of a question to colleagues
    SPARRING_ARTICLE = auto()  # where somebody says whether an answer of theirs may become an article
    HOSTING = auto()  # where somebody says whether they host
    REPLY_DRAFT = auto()  # where somebody places what they answered by mail
    ENTRY = auto()  # the organisation's own entry, without a log-in; matching makes it
    SIGN_IN_CODE = auto()  # no link: a code to type; matching makes it

    @property
    def is_made_when_sent(self) -> bool:
        """Whether another service makes it at the moment of sending; it refuses when the mail is about what is over."""
        return self.is_a_link_when_sent or self is Link.SIGN_IN_CODE

    @property
    def is_a_link_when_sent(self) -> bool:
        """Whether what is made then is a link, with a short code for whoever opens no links."""
        return self.of_referral is not None or self.of_directory is not None or self in {Link.FOLLOW_UP, *OF_COMMUNITY}

    @property
    def may_be_missing(self) -> bool:
        """Whether the mail says enough without it: whoever speaks for the partner no more deletes all the same."""
        return self is Link.DELETION

    @property
    def of_referral(self) -> ReferralLink | None:
        """Which link to a referral matching makes for it, if any."""
        return REFERRAL_LINKS.get(self)

    @property
    def of_directory(self) -> DirectoryLink | None:
        """Which link to the directory matching makes for it, if any."""
        return DIRECTORY_LINKS.get(self)


# These come without a short code.
OF_COMMUNITY: Final = frozenset({Link.SEAT, Link.INVITATION, Link.FOLLOWING, Link.SPARRING_ANSWER})
REFERRAL_LINKS: Final[Mapping[Link, ReferralLink]] = {
    Link.ANSWER: ReferralLink.ANSWER,
    Link.HELP: ReferralLink.HELP,
    Link.FAMILY: ReferralLink.FAMILY,
    Link.DELETION: ReferralLink.DELETION,
}
DIRECTORY_LINKS: Final[Mapping[Link, DirectoryLink]] = {
    Link.APPLICATION: DirectoryLink.APPLICATION,
    Link.ENTRY: DirectoryLink.ENTRY,
}


class Form(StrEnum):
    """How a fact of a message, which is a code, a number or a moment, becomes words."""

    FLAG = auto()  # true when the message has this fact
    DISTRICT = auto()
    HOW_SOON = auto()
    NEED = auto()  # a category of the city
    NEEDS = auto()  # several, with commas between
    FOR_WHOM = auto()
    COLD_REASON = auto()
    STOP_REASON = auto()
    WISH = auto()  # whose wish a rest is
    MISSING = auto()  # what the desk misses, with commas between
    POINT = auto()  # why a case is on the desk's list
    REMINDED = auto()  # what the ambassador is reminded of, by the reason of the point
    CHOICE = auto()  # why the desk chose a partner, as that partner reads it
    OVER_LIMIT = auto()  # why the desk asks somebody who has enough to do
    UNAVAILABLE = auto()  # why there is no help
    REFUSAL = auto()  # why somebody cannot join
    KIND = auto()  # what sort of organisation
    KINDS = auto()  # several, with commas between
    CODES = auto()  # the numbers of several cases, with commas between
    COUNT = auto()
    DAY = auto()  # of a day, or of a moment in the city
    MONTH = auto()  # of a day, with its year
    TIME = auto()  # hours and minutes in the city
    MOMENT = auto()  # day, hours and minutes in the city
    PERSON = auto()  # a professional's id: matching gives name, organisation and number when the mail is sent
    ORGANISATION = auto()  # an id when it is drafted, the public name when it is queued
    APPOINTMENT = auto()  # when people meet; the mail brings it for the calendar, too


class Bundle(StrEnum):
    """With what a message waits, to leave together with others as one mail."""

    NOTHING = "nothing"
    CASE = "case"  # news of one case: one mail a day at most
    DESK = "points"  # the desk's list: one mail on a working day
    DAY = "day"  # all that one person gets, as that person prefers


@dataclass(frozen=True, slots=True, eq=False)
class Mail:
    """One mail: `Mail("partner-activated", "Kun je helpen?", Audience.PARTNER, link=Link.ANSWER, facts={…})`.

    `template` is its code, in events too, and the name of its folder. `title` is what pages call it. `stale_when` holds
    the reasons for which a message is taken back before it leaves. `facts` are the words that its files use beside
    those of every mail and of its link; a message brings each of them but flags and what it `may_lack`.
    """

    template: str
    title: str
    audience: Audience
    link: Link = Link.NOTHING
    stale_when: frozenset[Reason] = WHATEVER_THE_REASON
    facts: Mapping[str, Form] = field(default_factory=dict)
    may_lack: frozenset[str] = frozenset()
    # Somebody waits for it at this moment: it is sent before every other mail.
    goes_first: bool = False
    # True: it leaves at once, whatever its reader prefers.
    never_waits: bool = False
    # True: it asks the family or its ambassador something, and is held back while they rest.
    rests: bool = False
    # True: a second one to the same reader about the same says something else, and takes the first back not.
    adds_up: bool = False
    # True: that somebody gets it says something of them alone. No deputy reads it, and no page of the desk shows it.
    only_for_reader: bool = False
    # True: community tells of the gathering when it is sent, and brings it for the reader's calendar.
    of_gathering: bool = False
    # True: community tells what stands on a card, or what somebody wrote, when it is sent.
    of_card: bool = False
    # Its parts are messages of their own; what leaves is one mail.
    is_digest: bool = False
    # False: a newer release declared it, and that release writes it.
    is_known: bool = True

    @property
    def waits_for_rest(self) -> bool:
        """Whether it is held back while the family rests: what it asks of them, and whatever a partner would read."""
        return self.rests or self.audience is Audience.PARTNER

    @property
    def tells_of_gathering(self) -> bool:
        """Whether its files use what community tells at the moment of sending."""
        return self.of_gathering or self.link is Link.SEAT

    @property
    def asks_colleague(self) -> bool:
        """Whether its files use the question that community tells at the moment of sending."""
        return self.link is Link.SPARRING_ANSWER

    @property
    def can_be_stopped(self) -> bool:
        """Whether its files bring where whoever follows themes ends these mails, made at the moment of sending."""
        return self.of_gathering and self.link is Link.FOLLOWING

    @property
    def has_appointment(self) -> bool:
        """Whether it brings something for the calendar."""
        return Form.APPOINTMENT in self.facts.values()


OF_ANOTHER_RELEASE: Final = Mail(
    "of-another-release", "Mail van een andere versie van Schakel", Audience.ANYBODY, is_known=False
)
