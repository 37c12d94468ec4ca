"""Monitoring's codes in plain Dutch, for the board and the follow-up page.

In a text `{desk}` is the city's desk, `{Desk}` the same at the beginning of a sentence, and `{ambassador}` what the
contact person of a family is called in this city. `Words` fills them in.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from services.monitoring.domain.clocks import ClockKind
from services.monitoring.domain.follow_up import FollowUpState
from services.monitoring.domain.need import NeedState
from services.monitoring.domain.referral import ReferralState
from services.monitoring.domain.state import CaseState
from services.monitoring.domain.watch import Watch
from services.monitoring.web.desk_words import DONE, TAKE_OVER_REASONS, WAIT_REASONS
from services.monitoring.web.follow_up_words import ANSWERS, CALL_TIMES, MOODS, SAID_BY_FAMILY
from services.monitoring.web.reasons import REASONS
from shared.events.base import Beneficiary, Urgency
from shared.events.desk_codes import Resolution
from shared.events.monitoring import EscalationReason, FollowUpAnswer
from shared.kernel.city import City
from shared.web.pages import day, names_in, upper_first

# The word and its tone, for a badge.
STATES: dict[CaseState, tuple[str, str]] = {
    CaseState.PAUSED: ("Het gezin rust", "neutral"),
    CaseState.AWAITING_INVENTORY: ("Wacht op het gesprek met het gezin", "info"),
    CaseState.NOBODY_FOUND: ("Nog niemand die helpt", "urgent"),
    CaseState.SEEKING_PARTNER: ("Zoekt een partner", "info"),
    CaseState.SEARCH_LATER: ("Zoekt later verder", "info"),
    CaseState.AWAITING_WISH: ("Hulp stopte: wat wil het gezin?", "attention"),
    CaseState.AWAITING_ANSWER: ("Partner gevraagd", "info"),
    CaseState.PARTNER_FOUND: ("Partner gevonden", "good"),
    CaseState.HELP_UNDER_WAY: ("Hulp is bezig", "good"),
    CaseState.AWAITING_OUTCOME: ("Hulp gegeven: hielp het?", "info"),
    CaseState.FOLLOWED: ("Vinger aan de pols", "good"),
    CaseState.ON_HOLD: ("Staat stil", "neutral"),
    CaseState.CLOSED: ("Afgerond", "neutral"),
    CaseState.WITHDRAWN: ("Ingetrokken", "neutral"),
}
# Not to be chosen: of these no list shows any.
UNSEEN_STATES = frozenset({CaseState.ON_HOLD})
URGENCY_TONES: dict[Urgency, str] = {
    Urgency.TODAY: "urgent",
    Urgency.SOON: "attention",
    Urgency.NORMAL: "neutral",
}
# What Schakel does when the clock rings; after "Volgende stap:".
NEXT_ACTIONS: dict[ClockKind, str] = {
    ClockKind.INVENTORY_REMIND: "de {ambassador} vragen naar het gesprek met het gezin",
    ClockKind.INVENTORY_LATE: "kijken of het gesprek met het gezin er was",
    ClockKind.HOME_VISIT_LATE: "kijken of het huisbezoek er was",
    ClockKind.MATCHING_LATE: "kijken of er een partner is gevraagd",
    ClockKind.ANSWER_REMIND: "de partner en de vervanger herinneren",
    ClockKind.ANSWER_ESCALATE: "kijken of de partner heeft geantwoord",
    ClockKind.ANSWER_EXPIRE: "een andere partner vragen",
    ClockKind.QUESTION_LATE: "kijken of de vraag van de partner beantwoord is",
    ClockKind.WAITLIST_DUE: "de partner vragen om te beginnen",
    ClockKind.WAITLIST_LATE: "kijken of de partner begonnen is",
    ClockKind.HANDOVER_REMIND: "vragen of het gezin en de partner elkaar ontmoet hebben",
    ClockKind.HANDOVER_LATE: "kijken of ze samen kennismaakten",
    ClockKind.FIRST_CONTACT_LATE: "kijken of het eerste contact er was",
    ClockKind.START_LATE: "kijken of de hulp begonnen is",
    ClockKind.CONFIRMATION_REMIND: "de {ambassador} vragen of de hulp hielp",
    ClockKind.CONFIRMATION_LATE: "kijken of het gezin gevraagd is of de hulp hielp",
    ClockKind.DELETION_LATE: "kijken of de partner alles gewist heeft",
    ClockKind.FAMILY_WISH_LATE: "kijken of bekend is wat het gezin wil",
    ClockKind.FAMILY_ASK_LATE: "kijken of er met het gezin gepraat is over wat het vroeg",
    ClockKind.FOLLOW_UP_DUE: "vragen hoe het gaat",
    ClockKind.FOLLOW_UP_REMIND: "de {ambassador} herinneren",
    ClockKind.FOLLOW_UP_MISSED: "kijken of de {ambassador} heeft geantwoord",
    ClockKind.OUT_OF_SIGHT_AGAIN: "{desk} opnieuw waarschuwen",
    ClockKind.NOBODY_AGAIN: "kijken of er nu iemand helpt",
    ClockKind.POINT_AGAIN: "{desk} er opnieuw aan herinneren",
    ClockKind.POINT_WAKES: "{desk} vragen of het nu wel kan",
    ClockKind.OWNER_IDLE: "kijken of wie dit oppakte er iets mee deed",
    ClockKind.SEARCH_GOES_ON: "weer een partner zoeken",
    ClockKind.PAUSE_OVER: "na de rust weer verder",
    ClockKind.LOOK_AGAIN: "{desk} vragen of de aanvraag klaar is",
}
RESOLUTIONS: dict[Resolution, str] = {
    Resolution.CALLED_AMBASSADOR: "Ik heb de {ambassador} gesproken",
    Resolution.CALLED_PARTNER: "Ik heb de partner gesproken",
    Resolution.ASKED_OTHER_PARTNER: "Ik heb iemand anders om hulp gevraagd",
    Resolution.FIXED_ADDRESS: "Het mailadres is hersteld",
    Resolution.KEEP_WATCHING: "We blijven dit kind volgen",
    Resolution.NO_LONGER_NEEDED: "Dit is niet meer nodig",
}
NEED_STATES: dict[NeedState, str] = {
    NeedState.WAITING: "er wordt iemand gezocht",
    NeedState.WITH_PARTNER: "bij een partner",
    NeedState.AWAITING_WISH: "de hulp stopte: wat wil het gezin?",
    NeedState.NOBODY: "nog niemand gevonden",
    NeedState.LATER: "we zoeken later verder",
    NeedState.UNAVAILABLE: "hiervoor is nu geen hulp in de stad",
    NeedState.DONE: "klaar",
}
# What stands so when the case ends is not done any more.
NEED_ENDED = "gestopt: de aanvraag is klaar"
BENEFICIARIES: dict[Beneficiary, str] = {
    Beneficiary.CHILD: "het kind",
    Beneficiary.SIBLING: "een broer of zus",
    Beneficiary.PARENT: "een ouder",
    Beneficiary.HOUSEHOLD: "het hele gezin",
}
REFERRAL_STATES: dict[ReferralState, tuple[str, str]] = {
    ReferralState.ASKED: ("gevraagd, nog geen antwoord", "info"),
    ReferralState.QUESTIONED: ("vroeg eerst iets aan de {ambassador}", "info"),
    ReferralState.WAITLISTED: ("kan later helpen", "info"),
    ReferralState.ACCEPTED: ("zei ja", "good"),
    ReferralState.HANDED_OVER: ("maakte kennis met het gezin", "good"),
    ReferralState.STARTED: ("is begonnen", "good"),
    ReferralState.DELIVERED: ("heeft geholpen", "good"),
    ReferralState.CONFIRMED: ("klaar: het gezin zei of het hielp", "neutral"),
    ReferralState.ENDED: ("helpt niet", "neutral"),
}
FOLLOW_UP_STATES: dict[FollowUpState, str] = {
    FollowUpState.SCHEDULED: "gepland",
    FollowUpState.ASKED: "gevraagd, nog geen antwoord",
    FollowUpState.RECORDED: "beantwoord",
    FollowUpState.MISSED: "geen antwoord gekregen",
    FollowUpState.RESTING: "wacht tot de aanvraag weer opengaat",
    FollowUpState.CANCELLED: "niet meer nodig",
    FollowUpState.SUPERSEDED: "opgevolgd door de volgende vraag",
}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one city."""

    city: City

    def next_action(self, kind: ClockKind) -> str:
        """What Schakel does when the clock rings."""
        return self._said(NEXT_ACTIONS[kind])

    def reason(self, reason: EscalationReason) -> tuple[str, str]:
        """What is the matter, and what can be done about it."""
        title, advice = REASONS[reason]
        return self._said(title), self._said(advice)

    def resolution(self, code: str) -> str:
        """What a coordinator did."""
        return self._said(RESOLUTIONS[Resolution(code)])

    def resolutions(self) -> list[tuple[str, str]]:
        """All of them, as code and words."""
        return [(code.value, self.resolution(code)) for code in RESOLUTIONS]

    def ambassador(self) -> str:
        """What the family's contact is called here, at the beginning of a line."""
        return upper_first(self.city.ambassador)

    def done(self, code: str) -> str:
        """The same in the story, after who did it."""
        return self._said(DONE[code])

    def take_over_reasons(self) -> list[tuple[str, str]]:
        """Why one takes a point from a colleague, as code and words."""
        return [(code, self._said(said)) for code, said in TAKE_OVER_REASONS.items()]

    def wait_reasons(self) -> list[tuple[str, str]]:
        """Why there is nothing to do until a day, as code and words."""
        return [(code, self._said(said)) for code, said in WAIT_REASONS.items()]

    def answer(self, answer: FollowUpAnswer) -> str:
        """What was answered to a follow-up."""
        return self._said(ANSWERS[answer][0])

    def answers(self) -> list[tuple[str, str, str]]:
        """All that can be: code, words, and what happens then."""
        return [(code.value, self.answer(code), self._said(hint)) for code, (_, hint) in ANSWERS.items()]

    def said_by_family(self) -> list[str]:
        """What a family may answer itself when it is asked how things are; the rest is for who asks."""
        return [self.answer(code) for code in SAID_BY_FAMILY]

    def answer_of(self, code: str) -> str:
        """The same, by its code."""
        return self.answer(FollowUpAnswer(code))

    def moods(self) -> list[tuple[str, str]]:
        """How the family itself may be doing, as code and words."""
        return [(code.value, said) for code, said in MOODS.items()]

    def call_times(self) -> list[tuple[str, str]]:
        """When somebody likes to be called, as code and words."""
        return [(code.value, said) for code, said in CALL_TIMES.items()]

    def categories(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """What may be needed, in groups, as code and words."""
        return self.city.categories_in_groups()

    def needed(self, categories: Sequence[str]) -> str:
        """What is needed, in one phrase: `een fiets en zwemles`."""
        named = [self.city.categories.in_sentence(one) for one in categories]
        return f"{', '.join(named[:-1])} en {named[-1]}" if len(named) > 1 else "".join(named)

    def request(self, watch: Watch) -> str:
        """Which request it is, without a name: what was asked, when, and where."""
        needed = self.needed(watch.categories) or "hulp"
        asked_on = f"Op {day(self.city.day_of(watch.opened_at))} vroeg" if watch.opened_at else "Eerder vroeg"
        where = f" in {self.city.districts.in_sentence(watch.district)}" if watch.district else ""
        return f"{asked_on} je om {needed} voor een gezin{where}."

    def state(self, state: CaseState) -> tuple[str, str]:
        """The word and its tone, for a badge."""
        return STATES[state]

    def states(self) -> list[tuple[str, str]]:
        """Those that a case on the board can be in, as code and words."""
        return [(code.value, word) for code, (word, _) in STATES.items() if code not in UNSEEN_STATES]

    def reasons(self) -> list[tuple[str, str]]:
        """All that a case can be on the list for, as code and words."""
        return [(code.value, self.reason(code)[0]) for code in REASONS]

    def district(self, code: str | None) -> str:
        """The district as people say it."""
        return self.city.district(code)

    def districts(self) -> list[tuple[str, str]]:
        """All that a case can be from, as code and words: also those in which nothing new is asked any more."""
        return [(code, district.words) for code, district in self.city.districts.items()]

    def urgency(self, urgency: Urgency) -> tuple[str, str]:
        """The word and its tone, for a badge."""
        return self.city.urgencies.words(urgency), URGENCY_TONES[urgency]

    def _said(self, text: str) -> str:
        return text.format_map(names_in(self.city))
