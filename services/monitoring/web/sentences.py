"""The timeline in plain Dutch: one sentence for each event that can stand on it, by its name without version."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from services.monitoring.web import words
from shared.events.intake import CloseReason
from shared.events.matching import DeclineReason, FailureReason, Outcome, WithdrawReason

CodeT = TypeVar("CodeT", bound=str)
CLOSE_REASONS: Mapping[str, str] = {
    CloseReason.ALL_NEEDS_MET: "alle hulpvragen zijn beantwoord",
    CloseReason.FAMILY_CONTINUES_ALONE: "het gezin gaat zelf verder",
    CloseReason.MOVED_AWAY: "het gezin is verhuisd",
    CloseReason.OTHER_SUPPORT: "er is andere hulp",
}
DECLINE_REASONS: Mapping[str, str] = {
    DeclineReason.NO_CAPACITY: "nu geen plek",
    DeclineReason.NOT_OUR_EXPERTISE: "dit is niet hun werk",
    DeclineReason.OUTSIDE_AREA: "het gezin woont buiten hun gebied",
    DeclineReason.CRITERIA_NOT_MET: "het past niet bij hun regels",
    DeclineReason.OTHER: "een andere reden",
}
FAILURE_REASONS: Mapping[str, str] = {
    FailureReason.PARTNER_STOPPED: "de partner stopte",
    FailureReason.FAMILY_STOPPED: "het gezin stopte",
    FailureReason.NO_CONTACT: "er kwam geen contact",
    FailureReason.RULES: "de regels stonden in de weg",
    FailureReason.OTHER: "een andere reden",
}
WITHDRAW_REASONS: Mapping[str, str] = {
    WithdrawReason.CASE_WITHDRAWN: "de aanvraag is ingetrokken",
    WithdrawReason.CASE_CLOSED: "het dossier is afgerond",
    WithdrawReason.NEED_GONE: "het is niet meer nodig",
    WithdrawReason.REPLACED: "iemand anders is gevraagd",
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
    """What happened; `{wie}` is the organisation, `{nummer}` the number of the follow-up, other names as in `words`.

    `codes` says what the event's reason, answer or outcome means, in words that can follow a comma.
    """

    text: str
    trouble: bool = False
    codes: Mapping[str, str] = field(default_factory=dict)


# Of an event that another release published.
UNKNOWN = Sentence("Er is iets gebeurd in dit dossier")
SENTENCES: Mapping[str, Sentence] = {
    "request-received": Sentence("De aanvraag kwam binnen"),
    "request-acknowledged": Sentence("{Desk} heeft de aanvraag gezien"),
    "home-visit-planned": Sentence("Er is een huisbezoek afgesproken"),
    "needs-assessed": Sentence("De inventarisatie is klaar"),
    "new-question-raised": Sentence("Het gezin heeft een nieuwe vraag"),
    "case-withdrawn": Sentence("Het gezin trok de aanvraag in"),
    "case-closed": Sentence("Het dossier is afgerond", codes=CLOSE_REASONS),
    "case-reopened": Sentence("Het dossier is weer open"),
    "partner-activated": Sentence("{wie} is gevraagd om te helpen"),
    "partner-accepted": Sentence("{wie} helpt"),
    "partner-declined": Sentence("{wie} kan nu niet helpen", codes=DECLINE_REASONS),
    "acceptance-reverted": Sentence("{wie} nam het antwoord terug"),
    "referral-expired": Sentence("{wie} antwoordde niet op tijd", trouble=True),
    "referral-withdrawn": Sentence("De vraag aan {wie} is ingetrokken", codes=WITHDRAW_REASONS),
    "no-partner-found": Sentence("Niemand op de sociale kaart kan helpen", trouble=True),
    "warm-handover-completed": Sentence("Het gezin en {wie} hebben elkaar ontmoet"),
    "help-started": Sentence("{wie} is begonnen met helpen"),
    "help-delivered": Sentence("{wie} heeft geholpen"),
    "help-failed": Sentence("De hulp van {wie} stopte", trouble=True, codes=FAILURE_REASONS),
    "outcome-confirmed": Sentence("Het gezin vertelde of de hulp hielp", codes=OUTCOMES),
    "response-reminder-due": Sentence("{wie} kreeg een herinnering"),
    "response-overdue": Sentence("{wie} antwoordt al lang niet", trouble=True),
    "response-expired": Sentence("De tijd voor een antwoord van {wie} was om", trouble=True),
    "first-contact-overdue": Sentence("Het eerste contact met {wie} is niet gemeld", trouble=True),
    "confirmation-overdue": Sentence("Niemand vroeg nog of de hulp van {wie} hielp", trouble=True),
    "acknowledgement-overdue": Sentence("De inventarisatie blijft liggen", trouble=True),
    "follow-up-scheduled": Sentence("Vervolgvraag {nummer} is gepland"),
    "follow-up-due": Sentence("Vervolgvraag {nummer} ging naar de {ambassador}"),
    "follow-up-reminder-due": Sentence("De {ambassador} kreeg een herinnering voor vervolgvraag {nummer}"),
    "follow-up-recorded": Sentence(
        "De {ambassador} beantwoordde vervolgvraag {nummer}", codes=_in_sentence(words.ANSWERS)
    ),
    "follow-up-missed": Sentence("Vervolgvraag {nummer} bleef zonder antwoord", trouble=True),
    "child-out-of-sight": Sentence("Dit kind is uit het oog. {Desk} is gewaarschuwd", trouble=True),
    "case-back-in-sight": Sentence("Er kijkt weer iemand naar dit kind om"),
    "escalation-raised": Sentence(
        "Dit kwam op de lijst van {desk}", trouble=True, codes=_in_sentence(words.REASONS)
    ),
    "escalation-resolved": Sentence("Een punt ging van de lijst van {desk}"),
    "message-accepted": Sentence("Een mail is verstuurd"),
    "message-refused": Sentence("Een mail kwam niet aan", trouble=True),
    "message-unknown": Sentence("Van een mail is niet zeker of hij aankwam", trouble=True),
}  # fmt: skip
