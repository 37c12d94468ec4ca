"""Intake's codes in plain Dutch, for pages and replies; those of the city stand in its file."""

from collections.abc import Mapping

from services.intake.domain.break_glass import OpenReason
from services.intake.domain.case_state import CaseState
from services.intake.domain.consent import FieldSet
from services.intake.domain.consent_given import ConsentGivenHow, How
from services.intake.domain.erasure import ErasureReason
from services.intake.domain.progress import NextStep
from shared.events.base import AgeBand, Beneficiary, ConsentGiver, Horizon
from shared.events.care import OverLimitReason
from shared.events.case_codes import CloseReason, FollowUpRhythm, MissingPart, NeedResult, PauseWish
from shared.events.referral_codes import ColdReason
from shared.kernel.city import City
from shared.web.pages import names_in, upper_first

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
FIELD_SETS = {
    FieldSet.REACH: "Hoe je het gezin bereikt",
    FieldSet.CHILD: "Wie het kind is",
    FieldSet.STORY: "Wat het gezin vertelt",
    FieldSet.HOUSEHOLD: "Over het gezin",
    FieldSet.MONEY: "Over geld",
}
HOW_ANSWERED = {
    How.SPOKEN: "In een gesprek",
    How.PAPER: "Op papier",
    How.OWN_PAGE: "Op de eigen pagina van het gezin",
}
ERASURE_REASONS = {
    ErasureReason.FAMILY_ASKED: "Het gezin wil het",
    ErasureReason.FILED_IN_ERROR: "De aanvraag klopt niet, of staat er per ongeluk",
}
CLOSE_REASONS = {
    CloseReason.ALL_NEEDS_MET: "Alles wat nodig was, is geregeld",
    CloseReason.FAMILY_CONTINUES_ALONE: "Het gezin kan zelf verder",
    CloseReason.MOVED_AWAY: "Het gezin is verhuisd",
    CloseReason.OTHER_SUPPORT: "Het gezin krijgt op een andere plek steun",
}
RESULTS = {
    NeedResult.MET: "Het is geregeld",
    NeedResult.PARTLY: "Voor een deel geregeld",
    NeedResult.NOT_MET: "Het is niet gelukt",
    NeedResult.NO_LONGER_WANTED: "Het gezin wil dit niet meer",
    NeedResult.ELSEWHERE: "Het gezin krijgt dit ergens anders",
}
PAUSE_WISHES = {
    PauseWish.FAMILY: "Het gezin",
    PauseWish.AMBASSADOR: "De school",
    PauseWish.TOGETHER: "Gezin en school samen",
}
MISSING_PARTS = {
    MissingPart.WHAT_IS_NEEDED: "Wat er precies nodig is",
    MissingPart.FOR_WHOM: "Voor wie het is",
    MissingPart.CONSENT: "De toestemming van het gezin",
    MissingPart.HOW_TO_REACH_THE_FAMILY: "Hoe het gezin te bereiken is",
    MissingPart.SOMETHING_ELSE: "Iets anders",
}
OPEN_REASONS = {
    OpenReason.OPEN_POINT: "Er staat een punt open op het bord",
    OpenReason.AMBASSADOR_AWAY: "De contactpersoon is niet bereikbaar",
    OpenReason.FAMILY_CALLED: "Het gezin belde zelf",
    OpenReason.SOMETHING_WRONG: "Er klopt iets niet",
    OpenReason.SAFETY: "Het gaat om veiligheid",
}
RHYTHMS = {
    FollowUpRhythm.CITY_PLAN: "Zoals altijd: eerst na een paar weken, daarna minder vaak",
    FollowUpRhythm.MONTHLY: "Elke maand",
    FollowUpRhythm.QUARTERLY: "Elke drie maanden",
    FollowUpRhythm.STOPPED: "Niet meer vragen",
}
COLD_REASONS = {
    ColdReason.FAMILY_WISH: "het gezin wilde dat zo",
    ColdReason.KNOW_EACH_OTHER: "het gezin en de partner kenden elkaar al",
    ColdReason.NO_DAY_FOUND: "er was geen dag waarop iedereen kon",
    ColdReason.HELP_COULD_NOT_WAIT: "de hulp kon niet wachten",
    ColdReason.ONLY_GOODS: "het ging alleen om spullen",
}
# Word and tone of a badge.
STATES = {
    CaseState.RECEIVED: ("Nieuw", "attention"),
    CaseState.IN_INVENTORY: ("Gesprek met het gezin", "attention"),
    CaseState.ASSESSED: ("Loopt", "info"),
    CaseState.CLOSED: ("Afgesloten", "neutral"),
    CaseState.WITHDRAWN: ("Ingetrokken", "neutral"),
    CaseState.ERASING: ("Wordt gewist", "neutral"),
}
# By stage, or by stage and the code that says more; {day} is the day that goes with it, {why} a reason in words.
PROGRESS: Mapping[str, tuple[str, str]] = {
    "not-asked": ("Nog niemand gevraagd", "neutral"),
    "waiting": ("Wacht op: {first}", "neutral"),
    "ended": ("Gestopt", "neutral"),
    "searching": ("Wij zoeken een partner", "neutral"),
    "searching/partly": ("Het hielp voor een deel: wij zoeken verder", "neutral"),
    "asked": ("Partner is gevraagd", "info"),
    "question": ("De partner heeft eerst een vraag", "attention"),
    "waitlisted": ("Kan helpen vanaf {day}", "info"),
    "accepted": ("Partner gaat helpen", "good"),
    "handover-planned": ("Samen kennismaken op {day}", "good"),
    "handover-half-confirmed": ("Een van beiden zegt: we hebben kennisgemaakt", "good"),
    "handed-over": ("Kennisgemaakt", "good"),
    "handed-over-cold": ("Begonnen zonder samen kennismaken: {why}", "neutral"),
    "started": ("Hulp is begonnen", "good"),
    "delivered": ("Hulp is gegeven", "good"),
    "confirmed": ("Het gezin heeft geantwoord", "good"),
    "confirmed/helped": ("Het heeft geholpen", "good"),
    "confirmed/partly": ("Het heeft voor een deel geholpen", "good"),
    "not-helped": ("Het hielp niet: wij zoeken verder", "attention"),
    "nobody-found": ("Nog niemand gevonden: {desk} zoekt verder", "attention"),
    "stopped": ("De hulp is gestopt: wat wil het gezin?", "attention"),
    "search-stopped": ("Het gezin wil geen andere partner", "neutral"),
    "postponed": ("Wij zoeken verder vanaf {day}", "neutral"),
    "unavailable": ("Hiervoor is nu geen hulp", "attention"),
}
_NEXT_STEPS = {
    NextStep.INVENTORY: (
        "{Who} bespreekt met het gezin wat er nodig is, nu en voor later, en vult dat hier in. "
        "Daarna vragen wij de juiste partners."
    ),
    NextStep.FIND_PARTNER: "Wij zoeken een partner die kan helpen.",
    NextStep.FIND_LATER: "{Desk} wacht even met zoeken. Daarna gaat het vanzelf verder.",
    NextStep.AWAIT_ANSWER: (
        "Een partner is gevraagd. Antwoordt die niet op tijd, dan sturen wij een herinnering. "
        "Daarna vragen wij de volgende."
    ),
    NextStep.ANSWER_PARTNER: "Een partner wil eerst iets weten. {Who} geeft antwoord; daarna beslist de partner.",
    NextStep.AWAIT_PLACE: "Een partner kan later helpen. Wil het gezin niet wachten? Dan zoeken wij een ander.",
    NextStep.HAND_OVER: "Een partner gaat helpen. {Who} spreekt een dag af om samen met het gezin kennis te maken.",
    NextStep.MEET: "De dag om samen kennis te maken is afgesproken. Daarna zegt {who} hier dat het is gebeurd.",
    NextStep.CONFIRM_MEETING: (
        "Een van beiden zei dat het samen kennismaken is gebeurd. Klopt dat? Dan zegt de ander dat ook."
    ),
    NextStep.AWAIT_HELP: "De partner helpt het gezin. Wij houden in de gaten of het lukt.",
    NextStep.CONFIRM: "De hulp is gegeven. {Who} vraagt aan het gezin of het heeft geholpen.",
    NextStep.COORDINATOR: "Er is nog geen partner gevonden. {Desk} zoekt samen met {whom} verder.",
    NextStep.ASK_FAMILY: (
        "De hulp is gestopt. {Who} vraagt aan het gezin of het een andere partner wil. Tot dan vragen wij niemand."
    ),
    NextStep.REST: "Het gezin heeft rust. Tot die voorbij is, vragen wij niemand iets. Hulp die al loopt, gaat door.",
    NextStep.FOLLOW_UP: "Wij vragen later hoe het met het kind gaat.",
    NextStep.NOTHING: "Dit dossier is afgesloten. Komt er een nieuwe vraag? Dan gaat het weer open.",
    NextStep.ENDED: "Dit dossier gaat niet meer open. Heeft het gezin later een nieuwe vraag? Vraag dan opnieuw hulp.",
}

# The same in a few words, for a table.
NEXT_IN_SHORT: Mapping[NextStep, str] = {
    NextStep.INVENTORY: "Gesprek met het gezin",
    NextStep.FIND_PARTNER: "Partner zoeken",
    NextStep.FIND_LATER: "Later verder zoeken",
    NextStep.AWAIT_ANSWER: "Partner antwoordt",
    NextStep.ANSWER_PARTNER: "Vraag van de partner beantwoorden",
    NextStep.AWAIT_PLACE: "Er komt later plek",
    NextStep.HAND_OVER: "Dag afspreken om samen kennis te maken",
    NextStep.MEET: "Samen kennismaken",
    NextStep.CONFIRM_MEETING: "Zeggen dat er is kennisgemaakt",
    NextStep.AWAIT_HELP: "Partner helpt",
    NextStep.CONFIRM: "Aan het gezin vragen of het hielp",
    NextStep.COORDINATOR: "Niemand gevonden: {desk} zoekt",
    NextStep.ASK_FAMILY: "Aan het gezin vragen hoe verder",
    NextStep.REST: "Rust",
    NextStep.FOLLOW_UP: "Wij vragen later hoe het gaat",
    NextStep.NOTHING: "Klaar",
    NextStep.ENDED: "Gestopt",
}


def next_steps(city: City, *, own: bool = False) -> dict[NextStep, str]:
    """What happens next, in sentences; `own`: they are read by the family's own contact person."""
    who, whom = ("jij", "jou") if own else ("de contactpersoon", "de contactpersoon")
    names = {**names_in(city), "who": who, "Who": upper_first(who), "whom": whom}
    return {step: sentence.format_map(names) for step, sentence in _NEXT_STEPS.items()}


def given_how(told: ConsentGivenHow, city: City) -> str:
    """How a family gave its consent, as it was written down: what nobody told is left out."""
    parts = [HOW_ANSWERED[told.how]] if told.how else []
    parts += [f"taal: {city.languages.words(told.language)}"] if told.language else []
    parts += ["met een tolk"] if told.interpreter else []
    return ", ".join(parts) or "niet ingevuld"


OVER_LIMIT: Mapping[OverLimitReason, str] = {
    OverLimitReason.KNOWS_FAMILY: "Deze persoon kent het gezin al",
    OverLimitReason.SPEAKS_LANGUAGE: "Deze persoon spreekt de taal van het gezin",
    OverLimitReason.AGREED: "We spraken dit samen af",
    OverLimitReason.NOBODY_ELSE: "Er is nu niemand anders",
}
