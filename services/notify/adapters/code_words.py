"""Schakel's own codes as mails say them. The city's codes stand in its file."""

from collections.abc import Mapping
from typing import Final

from shared.events.base import Beneficiary
from shared.events.care import OverLimitReason
from shared.events.case_codes import MissingPart, PauseWish
from shared.events.desk_codes import ApplicationRefusal, ChoiceReason, UnavailableReason
from shared.events.monitoring import EscalationReason
from shared.events.referral_codes import ColdReason, FailureReason

FOR_WHOM: Final[Mapping[str, str]] = {
    Beneficiary.CHILD: "een kind",
    Beneficiary.SIBLING: "een broer of zus",
    Beneficiary.PARENT: "een ouder",
    Beneficiary.HOUSEHOLD: "het hele gezin",
}
COLD_REASONS: Final[Mapping[str, str]] = {
    ColdReason.FAMILY_WISH: "Het gezin wilde dat zo.",
    ColdReason.KNOW_EACH_OTHER: "Het gezin en de partner kennen elkaar al.",
    ColdReason.NO_DAY_FOUND: "Er was geen dag waarop iedereen kon.",
    ColdReason.HELP_COULD_NOT_WAIT: "De hulp kon niet wachten.",
    ColdReason.ONLY_GOODS: "Het ging alleen om spullen.",
}
STOP_REASONS: Final[Mapping[str, str]] = {
    FailureReason.PARTNER_STOPPED: "De partner kan niet verder helpen.",
    FailureReason.FAMILY_STOPPED: "Het gezin wil niet verder met deze hulp.",
    FailureReason.NO_CONTACT: "Het lukte niet om contact te krijgen.",
    FailureReason.RULES: "De regels van de partner laten het niet toe.",
    FailureReason.OTHER: "Er is een andere reden. De partner vertelt je die graag.",
}
WISHES: Final[Mapping[str, str]] = {
    PauseWish.FAMILY: "Dat is de wens van het gezin.",
    PauseWish.AMBASSADOR: "Daar heb jij om gevraagd.",
    PauseWish.TOGETHER: "Dat hebben jullie samen afgesproken.",
}
MISSING: Final[Mapping[str, str]] = {
    MissingPart.WHAT_IS_NEEDED: "Wat er nodig is.",
    MissingPart.FOR_WHOM: "Voor wie de hulp is.",
    MissingPart.CONSENT: "Of het gezin het goed vindt.",
    MissingPart.HOW_TO_REACH_THE_FAMILY: "Hoe we het gezin bereiken.",
    MissingPart.SOMETHING_ELSE: "Nog iets anders. Op de pagina staat wat.",
}
POINTS: Final[Mapping[str, str]] = {
    EscalationReason.NO_PARTNER_FOUND: "Er is nog geen partner gevonden.",
    EscalationReason.PARTNER_SILENT: "De partner heeft nog niet geantwoord.",
    EscalationReason.FIRST_CONTACT_LATE: "We weten niet of het eerste contact er was.",
    EscalationReason.CONFIRMATION_LATE: "We weten nog niet of de hulp hielp.",
    EscalationReason.INVENTORY_LATE: "Het gesprek met het gezin is nog niet ingevuld.",
    EscalationReason.HELP_FAILED: "De hulp is gestopt.",
    EscalationReason.CALL_ASKED: "De contactpersoon vraagt of je belt.",
    EscalationReason.OUT_OF_SIGHT: "Dit kind is uit het oog.",
    EscalationReason.PLAN_FINISHED: "We hebben alle keren gevraagd hoe het gaat. Kan het dossier dicht?",
    EscalationReason.MAIL_NOT_DELIVERED: "Een mail kwam niet aan, of we weten dat niet.",
    EscalationReason.PARTNER_NOT_WANTED: "Het gezin wil deze partner liever niet.",
    EscalationReason.NEW_REQUEST: "Er is een nieuwe aanvraag.",
    EscalationReason.NOT_GOING_WELL: "Het gaat niet goed met het kind.",
    EscalationReason.LEFT_SCHOOL: "Het kind is niet meer op deze school.",
    EscalationReason.HOME_VISIT_LATE: "We weten niet of het huisbezoek er was.",
    EscalationReason.QUESTION_UNANSWERED: "Een vraag van de partner wacht op antwoord.",
    EscalationReason.FAMILY_UNANSWERED: "Het gezin vroeg iets op zijn eigen pagina, en wacht op antwoord.",
    EscalationReason.HANDOVER_LATE: "We weten niet of zij hebben kennisgemaakt.",
    EscalationReason.WAITLIST_LATE: "De dag is voorbij waarop de partner zou beginnen.",
    EscalationReason.HELP_NOT_STARTED: "De hulp is nog niet begonnen.",
    EscalationReason.FAMILY_WISH_UNKNOWN: "We weten nog niet of het gezin verder wil zoeken.",
    EscalationReason.DELETION_UNCONFIRMED: "Een partner zei nog niet dat alles gewist is.",
    EscalationReason.CONSENT_OUTGROWN: "Het kind is ouder: er is opnieuw toestemming nodig.",
    EscalationReason.CHILD_WITHOUT_HELP: "De ouders krijgen hulp, het kind zelf nog niet.",
}
# What the ambassador of several cases is reminded of; most points are the desk's own.
LOOK_AT_THEM: Final = "Wil je kijken hoe het ermee staat?"
REMINDED: Final[Mapping[str, str]] = {
    **dict.fromkeys(EscalationReason, LOOK_AT_THEM),
    EscalationReason.INVENTORY_LATE: "Wil je het gesprek met het gezin invullen?",
    EscalationReason.HOME_VISIT_LATE: "Wil je vertellen of het huisbezoek er was?",
    EscalationReason.QUESTION_UNANSWERED: "Wil je de vraag van de partner beantwoorden?",
    EscalationReason.FAMILY_UNANSWERED: "Wil je met het gezin praten over wat het vroeg?",
    EscalationReason.FIRST_CONTACT_LATE: "Wil je vertellen of het eerste contact er was?",
    EscalationReason.HANDOVER_LATE: "Wil je vertellen of jullie hebben kennisgemaakt?",
    EscalationReason.CONFIRMATION_LATE: "Wil je vertellen of de hulp hielp?",
    EscalationReason.FAMILY_WISH_UNKNOWN: "Wil je vertellen of het gezin verder wil zoeken?",
    EscalationReason.OUT_OF_SIGHT: "Wil je vertellen hoe het nu gaat?",
    EscalationReason.DELETION_UNCONFIRMED: "Wil je de partner vragen of alles gewist is?",
    EscalationReason.CONSENT_OUTGROWN: "Wil je het gezin opnieuw om toestemming vragen?",
    EscalationReason.CHILD_WITHOUT_HELP: "Wil je vertellen wat het kind zelf nodig heeft?",
}
# Why the desk chose: nothing that tells the partner more of the family than the question itself.
_FITS: Final = "We denken dat dit goed bij jullie past."
CHOICES: Final[Mapping[str, str]] = {
    ChoiceReason.FAMILY_WISH: "Het gezin vroeg of jullie willen helpen.",
    ChoiceReason.AMBASSADOR_WISH: "De contactpersoon van het gezin vroeg of jullie willen helpen.",
    ChoiceReason.AGREED_BY_PHONE: "Hier belden we over.",
    ChoiceReason.KNOWS_FAMILY: _FITS,
    ChoiceReason.FITS_BETTER: _FITS,
    ChoiceReason.NO_ANSWER: "Een ander kon nu niet.",
    ChoiceReason.OTHER: _FITS,
}
UNAVAILABLE: Final[Mapping[str, str]] = {
    UnavailableReason.NOBODY_OFFERS_THIS: "Niemand biedt dit nu aan.",
    UnavailableReason.NO_PLACE_ANYWHERE: "Er is nu nergens plek.",
    UnavailableReason.RULES_SHUT_FAMILY_OUT: "De hulp die er is, heeft regels die niet bij dit gezin passen.",
    UnavailableReason.TOO_EXPENSIVE: "De hulp die er is, kost te veel.",
    UnavailableReason.OTHER: "We vertellen je aan de telefoon graag waarom.",
}
REFUSALS: Final[Mapping[str, str]] = {
    ApplicationRefusal.OUTSIDE_THE_CITY: "Je helpt vooral ergens anders. Schakel werkt alleen in deze stad.",
    ApplicationRefusal.NOT_FOR_CHILDREN: "Schakel is er voor kinderen en hun gezin. Wat je biedt, is voor anderen.",
    ApplicationRefusal.ALREADY_KNOWN: "Je organisatie doet al mee. Vraag een collega om jou toe te voegen.",
    ApplicationRefusal.NOT_RELIABLE: "We kwamen nog niet genoeg over je aanmelding te weten.",
    ApplicationRefusal.OTHER: "We vertellen je aan de telefoon graag waarom.",
}
OVER_LIMIT: Final[Mapping[str, str]] = {
    OverLimitReason.KNOWS_FAMILY: "Je kent het gezin al.",
    OverLimitReason.SPEAKS_LANGUAGE: "Je spreekt de taal van het gezin.",
    OverLimitReason.AGREED: "We spraken dit samen af.",
    OverLimitReason.NOBODY_ELSE: "Er is nu niemand anders.",
}
