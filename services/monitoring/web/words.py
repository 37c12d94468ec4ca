"""Monitoring's codes in plain Dutch, for the board and the follow-up page."""

from services.monitoring.domain.clocks import ClockKind
from services.monitoring.domain.escalation import Resolution
from services.monitoring.domain.follow_up import FollowUpState
from services.monitoring.domain.referral import ReferralState
from services.monitoring.domain.state import CaseState
from shared.events.base import Urgency
from shared.events.monitoring import EscalationReason, FollowUpAnswer

DISTRICTS = {
    "noord": "Noord",
    "oost": "Oost",
    "zuid": "Zuid",
    "west": "West",
    "centrum": "Centrum",
    "nieuwland": "Nieuwland",
    "groenoord": "Groenoord",
    "kethel": "Kethel",
}
# The word and its tone, for a badge.
STATES: dict[CaseState, tuple[str, str]] = {
    CaseState.AWAITING_INVENTORY: ("Wacht op de inventarisatie", "info"),
    CaseState.NOBODY_FOUND: ("Nog niemand die helpt", "urgent"),
    CaseState.SEEKING_PARTNER: ("Zoekt een partner", "info"),
    CaseState.AWAITING_ANSWER: ("Partner gevraagd", "info"),
    CaseState.PARTNER_FOUND: ("Partner gevonden", "good"),
    CaseState.HELP_UNDER_WAY: ("Hulp is bezig", "good"),
    CaseState.AWAITING_OUTCOME: ("Hulp gegeven: hielp het?", "info"),
    CaseState.FOLLOWED: ("Vinger aan de pols", "good"),
    CaseState.CLOSED: ("Afgerond", "neutral"),
    CaseState.WITHDRAWN: ("Ingetrokken", "neutral"),
    CaseState.ERASED: ("Gewist", "neutral"),
}
URGENCIES: dict[Urgency, tuple[str, str]] = {
    Urgency.TODAY: ("Vandaag nodig", "urgent"),
    Urgency.SOON: ("Snel nodig", "attention"),
    Urgency.NORMAL: ("Gewoon", "neutral"),
}
# What Schakel does when the clock rings; after "Volgende stap:".
NEXT_ACTIONS: dict[ClockKind, str] = {
    ClockKind.INVENTORY_LATE: "kijken of de inventarisatie klaar is",
    ClockKind.MATCHING_LATE: "kijken of er een partner is gevraagd",
    ClockKind.ANSWER_REMIND: "de partner herinneren",
    ClockKind.ANSWER_ESCALATE: "kijken of de partner heeft geantwoord",
    ClockKind.ANSWER_EXPIRE: "een andere partner vragen",
    ClockKind.FIRST_CONTACT_LATE: "kijken of het eerste contact er was",
    ClockKind.CONFIRMATION_LATE: "kijken of de hulp heeft geholpen",
    ClockKind.FOLLOW_UP_DUE: "vragen hoe het gaat",
    ClockKind.FOLLOW_UP_REMIND: "de ambassadeur herinneren",
    ClockKind.FOLLOW_UP_MISSED: "kijken of de ambassadeur heeft geantwoord",
    ClockKind.OUT_OF_SIGHT_AGAIN: "de regie opnieuw waarschuwen",
    ClockKind.NOBODY_AGAIN: "kijken of er nu iemand helpt",
}
# What is the matter, and what a coordinator can do about it.
REASONS: dict[EscalationReason, tuple[str, str]] = {
    EscalationReason.NO_PARTNER_FOUND: (
        "Niemand gevonden die kan helpen",
        "Zoek samen met de ambassadeur iemand buiten de sociale kaart, of vraag een partner zelf.",
    ),
    EscalationReason.PARTNER_SILENT: (
        "De partner antwoordt niet",
        "Bel de partner. Zegt iemand anders ja, dan verdwijnt dit punt vanzelf.",
    ),
    EscalationReason.FIRST_CONTACT_LATE: (
        "Het eerste contact is nog niet gemeld",
        "Bel de partner of de ambassadeur: heeft het gezin al iemand gesproken?",
    ),
    EscalationReason.CONFIRMATION_LATE: (
        "Niemand vroeg het gezin nog of de hulp hielp",
        "Vraag de ambassadeur om het gezin te bellen.",
    ),
    EscalationReason.INVENTORY_LATE: (
        "De inventarisatie blijft liggen",
        "Bel de ambassadeur: wat is er nodig om het gesprek met het gezin te voeren?",
    ),
    EscalationReason.HELP_FAILED: (
        "De hulp stopte of hielp niet",
        "Vraag de ambassadeur wat er nu nodig is.",
    ),
    EscalationReason.CALL_ASKED: (
        "De ambassadeur wil gebeld worden",
        "Bel de ambassadeur.",
    ),
    EscalationReason.OUT_OF_SIGHT: (
        "Dit kind is uit het oog",
        "Niemand kijkt nu naar dit kind om. Bel de ambassadeur, vandaag nog.",
    ),
    EscalationReason.PLAN_FINISHED: (
        "Alle vervolgvragen zijn gesteld",
        "Beslis met de ambassadeur: afronden, of blijven volgen?",
    ),
    EscalationReason.MAIL_NOT_DELIVERED: (
        "Een mail kwam niet aan",
        "Kijk bij Berichten welke mail het is, en laat het adres herstellen.",
    ),
    EscalationReason.PARTNER_NOT_WANTED: (
        "Een partner helpt al, en het gezin wil die hulp of die partner niet meer",
        "Bespreek met de ambassadeur en de partner hoe het verder gaat.",
    ),
}
RESOLUTIONS: dict[Resolution, str] = {
    Resolution.CALLED_AMBASSADOR: "Ik heb de ambassadeur gesproken",
    Resolution.CALLED_PARTNER: "Ik heb de partner gesproken",
    Resolution.ASKED_OTHER_PARTNER: "Ik heb iemand anders om hulp gevraagd",
    Resolution.FIXED_ADDRESS: "Het mailadres is hersteld",
    Resolution.KEEP_WATCHING: "We blijven dit kind volgen",
    Resolution.NO_LONGER_NEEDED: "Dit is niet meer nodig",
}
# The choice, and what happens then; `{desk}` is who answers questions.
ANSWERS: dict[FollowUpAnswer, tuple[str, str]] = {
    FollowUpAnswer.GOING_WELL: ("Het gaat goed", "We vragen het later nog een keer."),
    FollowUpAnswer.NEW_QUESTION: ("Er is een nieuwe vraag", "Je vult samen met het gezin in wat er nu nodig is."),
    FollowUpAnswer.CALL_ME: ("Bel mij", "Iemand van {desk} belt je."),
}
REFERRAL_STATES: dict[ReferralState, tuple[str, str]] = {
    ReferralState.ASKED: ("gevraagd, nog geen antwoord", "info"),
    ReferralState.ACCEPTED: ("zei ja", "good"),
    ReferralState.HANDED_OVER: ("kent het gezin", "good"),
    ReferralState.STARTED: ("is begonnen", "good"),
    ReferralState.DELIVERED: ("heeft geholpen", "good"),
    ReferralState.CONFIRMED: ("klaar, het gezin is gevraagd", "neutral"),
    ReferralState.ENDED: ("helpt niet", "neutral"),
}
FOLLOW_UP_STATES: dict[FollowUpState, str] = {
    FollowUpState.SCHEDULED: "gepland",
    FollowUpState.ASKED: "gevraagd, nog geen antwoord",
    FollowUpState.RECORDED: "beantwoord",
    FollowUpState.MISSED: "geen antwoord gekregen",
    FollowUpState.RESTING: "wacht tot het dossier weer opengaat",
    FollowUpState.CANCELLED: "niet meer nodig",
    FollowUpState.SUPERSEDED: "opgevolgd door de volgende vraag",
}


def district(code: str | None) -> str:
    """The district as people say it; a code that we do not know is shown as it is."""
    return DISTRICTS.get(code, code) if code else "Wijk nog niet bekend"
