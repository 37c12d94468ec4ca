"""Intake's codes in plain Dutch, for pages and replies; those of the city stand in its file."""

from services.intake.domain.case import CaseState
from services.intake.domain.progress import NextStep, Progress
from shared.events.base import AgeBand, Beneficiary, ConsentGiver, Horizon
from shared.events.intake import CloseReason
from shared.kernel.city import City
from shared.web.pages import names_in

HORIZONS = {Horizon.SHORT: "Nu (korte termijn)", Horizon.LONG: "Voor langere tijd"}
BENEFICIARIES = {
    Beneficiary.CHILD: "Het kind",
    Beneficiary.SIBLING: "Broer of zus",
    Beneficiary.PARENT: "Ouder of verzorger",
    Beneficiary.HOUSEHOLD: "Het hele gezin",
}
AGE_BANDS = {
    AgeBand.BABY: "0 tot en met 3 jaar",
    AgeBand.YOUNG_CHILD: "4 tot en met 7 jaar",
    AgeBand.CHILD: "8 tot en met 11 jaar",
    AgeBand.TEENAGER: "12 tot en met 15 jaar",
    AgeBand.YOUNG_PERSON: "16 of 17 jaar",
}
CONSENT_GIVERS = {
    ConsentGiver.GUARDIAN: "Ouder of voogd",
    ConsentGiver.GUARDIAN_AND_CHILD: "Ouder of voogd en kind samen",
    ConsentGiver.YOUNG_PERSON: "De jongere zelf",
}
CLOSE_REASONS = {
    CloseReason.ALL_NEEDS_MET: "Alles wat nodig was, is geregeld",
    CloseReason.FAMILY_CONTINUES_ALONE: "Het gezin kan zelf verder",
    CloseReason.MOVED_AWAY: "Het gezin is verhuisd",
    CloseReason.OTHER_SUPPORT: "Het gezin krijgt op een andere plek steun",
}
# Word and tone of a badge.
STATES = {
    CaseState.RECEIVED: ("Nieuw", "attention"),
    CaseState.IN_INVENTORY: ("Inventarisatie", "attention"),
    CaseState.ASSESSED: ("Loopt", "info"),
    CaseState.CLOSED: ("Afgesloten", "neutral"),
    CaseState.WITHDRAWN: ("Ingetrokken", "neutral"),
    CaseState.ERASED: ("Gewist", "neutral"),
}
PROGRESS = {
    Progress.NOT_ASKED: ("Nog niemand gevraagd", "neutral"),
    Progress.SEARCHING: ("Wij zoeken een partner", "neutral"),
    Progress.ASKED: ("Partner is gevraagd", "info"),
    Progress.ACCEPTED: ("Partner gaat helpen", "good"),
    Progress.HANDED_OVER: ("Warm overgedragen", "good"),
    Progress.STARTED: ("Hulp is begonnen", "good"),
    Progress.DELIVERED: ("Hulp is gegeven", "good"),
    Progress.CONFIRMED: ("Het gezin heeft geantwoord", "good"),
    Progress.NOBODY_FOUND: ("Nog niemand gevonden: {desk} zoekt verder", "attention"),
    Progress.FAMILY_STOPPED: ("Het gezin stopte: {desk} kijkt mee", "attention"),
}
_NEXT_STEPS = {
    NextStep.INVENTORY: (
        "De {ambassador} bespreekt met het gezin wat er nodig is, nu en voor later, en vult de inventarisatie in. "
        "Daarna vragen wij de juiste partners."
    ),
    NextStep.FIND_PARTNER: "Wij zoeken een partner die kan helpen.",
    NextStep.AWAIT_ANSWER: (
        "Een partner is gevraagd. Antwoordt die niet op tijd, dan sturen wij een herinnering. "
        "Daarna vragen wij de volgende."
    ),
    NextStep.HAND_OVER: (
        "Een partner gaat helpen. De {ambassador}, de partner en het gezin maken samen kennis: de warme overdracht."
    ),
    NextStep.AWAIT_HELP: "De partner helpt het gezin. Wij houden in de gaten of het lukt.",
    NextStep.CONFIRM: "De hulp is gegeven. De {ambassador} vraagt aan het gezin of het heeft geholpen.",
    NextStep.COORDINATOR: "Er is nog geen partner gevonden. {Desk} zoekt samen met de {ambassador} verder.",
    NextStep.ASK_FAMILY: ("Het gezin is gestopt met de hulp. {Desk} bespreekt met de {ambassador} wat er nu nodig is."),
    NextStep.FOLLOW_UP: "Wij houden een vinger aan de pols en vragen later hoe het met het kind gaat.",
    NextStep.NOTHING: "Er staat nu niets open. Komt er een nieuwe vraag? Dan gaat het dossier weer open.",
    NextStep.ENDED: "Dit dossier gaat niet meer open. Heeft het gezin later een nieuwe vraag? Vraag dan opnieuw hulp.",
}


def next_steps(city: City) -> dict[NextStep, str]:
    """What happens next, in sentences with the city's own names for its desk and its ambassadors."""
    return {step: sentence.format_map(names_in(city)) for step, sentence in _NEXT_STEPS.items()}
