"""The timeline in plain Dutch: one sentence for each event that can stand on it, by its name without version."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from services.monitoring.web.desk_words import UNAVAILABLE_REASONS
from services.monitoring.web.endings import DECLINE_REASONS, FAILURE_REASONS, WITHDRAW_REASONS
from services.monitoring.web.follow_up_words import ANSWERS
from services.monitoring.web.reasons import REASONS
from shared.events.case_codes import CloseReason, PauseWish
from shared.events.referral_codes import ColdReason, Outcome

CodeT = TypeVar("CodeT", bound=str)
CLOSE_REASONS: Mapping[str, str] = {
    CloseReason.ALL_NEEDS_MET: "alle hulpvragen zijn beantwoord",
    CloseReason.FAMILY_CONTINUES_ALONE: "het gezin gaat zelf verder",
    CloseReason.MOVED_AWAY: "het gezin is verhuisd",
    CloseReason.OTHER_SUPPORT: "er is andere hulp",
}
COLD_REASONS: Mapping[str, str] = {
    ColdReason.FAMILY_WISH: "het gezin wil dat zo",
    ColdReason.KNOW_EACH_OTHER: "ze kennen elkaar al",
    ColdReason.NO_DAY_FOUND: "er was geen dag te vinden",
    ColdReason.HELP_COULD_NOT_WAIT: "de hulp kon niet wachten",
    ColdReason.ONLY_GOODS: "het gaat alleen om spullen",
}
PAUSE_WISHES: Mapping[str, str] = {
    PauseWish.FAMILY: "het gezin wil dat",
    PauseWish.AMBASSADOR: "de school wil dat",
    PauseWish.TOGETHER: "gezin en school willen dat samen",
}
OUTCOMES: Mapping[str, str] = {
    Outcome.HELPED: "het hielp",
    Outcome.PARTLY: "het hielp een beetje",
    Outcome.NOT_HELPED: "het hielp niet",
}


def _in_sentence(titles: Mapping[CodeT, tuple[str, str]]) -> Mapping[str, str]:
    return {code: title[:1].lower() + title[1:] for code, (title, _) in titles.items()}


@dataclass(frozen=True, slots=True)
class Sentence:
    """What happened; `{wie}` is the organisation, `{persoon}` somebody of the desk, `{nummer}` the number of the
    follow-up, other names as in `words`.

    `codes` says what the event's reason, answer or outcome means, in words that can follow a comma.
    """

    text: str
    trouble: bool = False
    codes: Mapping[str, str] = field(default_factory=dict)


# A handover of the other kind, which reads otherwise everywhere.
COLD = "warm-handover-completed-cold"
# A point that went otherwise than to who took it, or that a person took off the list.
GIVEN, RETURNED, LAPSED, DONE = "point-given", "point-returned", "point-lapsed", "escalation-done"
OTHERWISE = (COLD, GIVEN, RETURNED, LAPSED, DONE)
# Of an event that another release published.
UNKNOWN = Sentence("Er is iets gebeurd in deze aanvraag")
SENTENCES: Mapping[str, Sentence] = {
    "request-received": Sentence("De aanvraag kwam binnen"),
    "request-acknowledged": Sentence("{Desk} heeft de aanvraag gezien"),
    "home-visit-planned": Sentence("Er is een huisbezoek afgesproken"),
    "home-visit-completed": Sentence("Van het huisbezoek is verteld of het doorging"),
    "request-returned": Sentence("{Desk} gaf de aanvraag terug om aan te vullen"),
    "urgent-need-raised": Sentence("Wat nu nodig is, wordt gevraagd voor het gesprek met het gezin"),
    "needs-assessed": Sentence("Het gesprek met het gezin is er geweest"),
    "follow-ups-agreed": Sentence("School en gezin spraken af hoe vaak we vragen hoe het gaat"),
    "consent-outgrown": Sentence("Het kind werd ouder: het gezin moet opnieuw toestemming geven"),
    "consent-renewed": Sentence("Het gezin gaf opnieuw toestemming"),
    "case-paused": Sentence("Het gezin rust", codes=PAUSE_WISHES),
    "case-resumed": Sentence("De rust is voorbij"),
    "pause-ended": Sentence("De dag kwam tot wanneer het gezin rustte"),
    "new-question-raised": Sentence("Het gezin heeft een nieuwe vraag"),
    "family-asked": Sentence("Het gezin vroeg iets op zijn eigen pagina"),
    "family-answered": Sentence("Er is met het gezin gepraat over wat het vroeg"),
    "organisations-excluded": Sentence("Het gezin liet weten van wie het wel of liever geen hulp heeft"),
    "plans-joined": Sentence("Er is nog een aanvraag voor dit kind: die gaan samen verder"),
    "plans-parted": Sentence("De twee aanvragen voor dit kind gaan weer apart verder"),
    "case-corrected": Sentence("Wat er van het gezin staat, is verbeterd"),
    "ambassador-replaced": Sentence("Het gezin heeft een andere {ambassador}"),
    "case-withdrawn": Sentence("Het gezin trok de aanvraag in"),
    "case-closed": Sentence("De aanvraag is afgerond", codes=CLOSE_REASONS),
    "case-reopened": Sentence("De aanvraag is weer open"),
    "partner-activated": Sentence("{wie} is gevraagd om te helpen"),
    "partner-accepted": Sentence("{wie} helpt"),
    "partner-declined": Sentence("{wie} kan nu niet helpen", codes=DECLINE_REASONS),
    "partner-redirected": Sentence("{wie} wees een andere partner aan"),
    "partner-waitlisted": Sentence("{wie} kan later helpen"),
    "information-requested": Sentence("{wie} vroeg eerst iets aan de {ambassador}"),
    "information-answered": Sentence("De {ambassador} gaf {wie} antwoord"),
    "decline-reverted": Sentence("{wie} kijkt er nog een keer naar"),
    "acceptance-reverted": Sentence("{wie} nam het antwoord terug"),
    "referral-expired": Sentence("{wie} antwoordde niet op tijd", trouble=True),
    "referral-withdrawn": Sentence("De vraag aan {wie} is ingetrokken", codes=WITHDRAW_REASONS),
    "no-partner-found": Sentence("Niemand op de sociale kaart kan helpen", trouble=True),
    "deletion-overdue": Sentence("{wie} zei nog niet dat alles gewist is", trouble=True),
    "deletion-requested": Sentence(
        "{wie} is gevraagd te wissen wat over het gezin is opgeschreven", codes=WITHDRAW_REASONS
    ),
    "partner-confirmed-deletion": Sentence("{wie} heeft gewist wat over het gezin is opgeschreven"),
    "contact-replaced": Sentence("Bij {wie} is nu iemand anders de contactpersoon"),
    "search-postponed": Sentence("{persoon} wacht met een hulpvraag"),
    "help-ruled-out": Sentence(
        "{persoon}: hiervoor is nu geen hulp in de stad", trouble=True, codes=UNAVAILABLE_REASONS
    ),
    "handover-planned": Sentence("Het gezin en {wie} maken samen kennis"),
    "handover-confirmed": Sentence("Van een kant is gemeld dat het gezin en {wie} kennismaakten"),
    "warm-handover-completed": Sentence("Het gezin en {wie} hebben samen kennisgemaakt"),
    COLD: Sentence("{wie} begint koud: zonder samen kennis te maken", codes=COLD_REASONS),
    "help-started": Sentence("{wie} is begonnen met helpen"),
    "help-delivered": Sentence("{wie} heeft geholpen"),
    "search-stopped": Sentence("Het gezin wil hiervoor geen andere partner"),
    "help-failed": Sentence("De hulp van {wie} stopte", trouble=True, codes=FAILURE_REASONS),
    "outcome-confirmed": Sentence("Het gezin vertelde of de hulp hielp", codes=OUTCOMES),
    "response-reminder-due": Sentence("{wie} kreeg een herinnering"),
    "inventory-reminder-due": Sentence("De {ambassador} is gevraagd naar het gesprek met het gezin"),
    "handover-reminder-due": Sentence("We vroegen of het gezin en {wie} elkaar ontmoet hebben"),
    "confirmation-reminder-due": Sentence("De {ambassador} is gevraagd of de hulp van {wie} hielp"),
    "waitlist-due": Sentence("{wie} is gevraagd om te beginnen"),
    "response-expired": Sentence("De tijd voor een antwoord van {wie} was om", trouble=True),
    "follow-up-scheduled": Sentence("Vervolgvraag {nummer} is gepland"),
    "follow-up-due": Sentence("Vervolgvraag {nummer} ging naar de {ambassador}"),
    "follow-up-reminder-due": Sentence("De {ambassador} kreeg een herinnering voor vervolgvraag {nummer}"),
    "follow-up-recorded": Sentence(
        "De {ambassador} beantwoordde vervolgvraag {nummer}", codes=_in_sentence(ANSWERS)
    ),
    "follow-up-missed": Sentence("Vervolgvraag {nummer} bleef zonder antwoord", trouble=True),
    "child-out-of-sight": Sentence("Dit kind is uit het oog. {Desk} is gewaarschuwd", trouble=True),
    "case-back-in-sight": Sentence("Er kijkt weer iemand naar dit kind om"),
    "escalation-raised": Sentence(
        "Dit kwam op de lijst van {desk}", trouble=True, codes=_in_sentence(REASONS)
    ),
    "escalation-repeated": Sentence(
        "Dit staat nog op de lijst van {desk}", trouble=True, codes=_in_sentence(REASONS)
    ),
    "escalation-resolved": Sentence("Een punt ging van de lijst van {desk}"),
    DONE: Sentence("{persoon}: {gedaan}"),
    "point-assigned": Sentence("{persoon} pakt een punt op", codes=_in_sentence(REASONS)),
    GIVEN: Sentence("{persoon} kreeg een punt van een collega", codes=_in_sentence(REASONS)),
    RETURNED: Sentence("{persoon} gaf een punt terug", codes=_in_sentence(REASONS)),
    LAPSED: Sentence("Een punt is weer van iedereen: er gebeurde dagen niets mee", codes=_in_sentence(REASONS)),
    "point-postponed": Sentence("{persoon} laat een punt wachten", codes=_in_sentence(REASONS)),
    "point-resumed": Sentence("Er gebeurde iets: een punt wacht niet langer", codes=_in_sentence(REASONS)),
    "ambassador-reminded": Sentence(
        "{persoon} vroeg de {ambassador} ernaar, in een mail over meer aanvragen", codes=_in_sentence(REASONS)
    ),
    "message-accepted": Sentence("Een mail is verstuurd"),
    "message-refused": Sentence("Een mail kwam niet aan", trouble=True),
    "message-unknown": Sentence("Van een mail is niet zeker of hij aankwam", trouble=True),
}  # fmt: skip
