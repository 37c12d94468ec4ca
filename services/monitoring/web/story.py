"""The timeline of a case in plain Dutch: one sentence per fact, with who and when, never about people by name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.monitoring.domain.timeline import TimelineEntry
from services.monitoring.web import words
from shared.events.intake import CloseReason
from shared.events.matching import DeclineReason, FailureReason, Outcome, WithdrawReason
from shared.web.pages import day

PARTNER = "De partner"
# `{wie}` is the organisation; `{nummer}` the number of the follow-up. The second word is the tone on the page.
SENTENCES: Mapping[str, tuple[str, str]] = {
    "request-received": ("De aanvraag kwam binnen", "done"),
    "request-acknowledged": ("De regie heeft de aanvraag gezien", "done"),
    "home-visit-planned": ("Er is een huisbezoek afgesproken", "done"),
    "needs-assessed": ("De inventarisatie is klaar", "done"),
    "new-question-raised": ("Het gezin heeft een nieuwe vraag", "done"),
    "case-withdrawn": ("Het gezin trok de aanvraag in", "done"),
    "case-closed": ("Het dossier is afgerond", "done"),
    "case-reopened": ("Het dossier is weer open", "done"),
    "partner-activated": ("{wie} is gevraagd om te helpen", "done"),
    "partner-accepted": ("{wie} helpt", "done"),
    "partner-declined": ("{wie} kan nu niet helpen", "done"),
    "acceptance-reverted": ("{wie} nam het antwoord terug", "done"),
    "referral-expired": ("{wie} antwoordde niet op tijd", "trouble"),
    "referral-withdrawn": ("De vraag aan {wie} is ingetrokken", "done"),
    "no-partner-found": ("Niemand op de sociale kaart kan helpen", "trouble"),
    "warm-handover-completed": ("Het gezin en {wie} hebben elkaar ontmoet", "done"),
    "help-started": ("{wie} is begonnen met helpen", "done"),
    "help-delivered": ("{wie} heeft geholpen", "done"),
    "help-failed": ("De hulp van {wie} stopte", "trouble"),
    "outcome-confirmed": ("Het gezin vertelde of de hulp hielp", "done"),
    "response-reminder-due": ("{wie} kreeg een herinnering", "done"),
    "response-overdue": ("{wie} antwoordt al lang niet", "trouble"),
    "response-expired": ("De tijd voor een antwoord van {wie} was om", "trouble"),
    "first-contact-overdue": ("Het eerste contact met {wie} is niet gemeld", "trouble"),
    "confirmation-overdue": ("Niemand vroeg nog of de hulp van {wie} hielp", "trouble"),
    "acknowledgement-overdue": ("De inventarisatie blijft liggen", "trouble"),
    "follow-up-scheduled": ("Vervolgvraag {nummer} is gepland", "done"),
    "follow-up-due": ("Vervolgvraag {nummer} ging naar de ambassadeur", "done"),
    "follow-up-reminder-due": ("De ambassadeur kreeg een herinnering voor vervolgvraag {nummer}", "done"),
    "follow-up-recorded": ("De ambassadeur beantwoordde vervolgvraag {nummer}", "done"),
    "follow-up-missed": ("Vervolgvraag {nummer} bleef zonder antwoord", "trouble"),
    "child-out-of-sight": ("Dit kind is uit het oog. De regie is gewaarschuwd", "trouble"),
    "case-back-in-sight": ("Er kijkt weer iemand naar dit kind om", "done"),
    "escalation-raised": ("Dit kwam op de lijst van de regie", "trouble"),
    "escalation-resolved": ("Een punt ging van de lijst van de regie", "done"),
    "message-accepted": ("Een mail is verstuurd", "done"),
    "message-refused": ("Een mail kwam niet aan", "trouble"),
    "message-unknown": ("Van een mail is niet zeker of hij aankwam", "trouble"),
}
MAILS: Mapping[str, str] = {
    "request-received": "aan de ambassadeur: de aanvraag is binnen",
    "partner-activated": "aan de partner: kun je helpen?",
    "partner-accepted": "aan de ambassadeur: een partner helpt",
    "acceptance-reverted": "aan de ambassadeur: de partner kan misschien toch niet",
    "question-withdrawn": "aan de partner: je kunt stoppen",
    "nobody-found": "er is nog niemand gevonden",
    "follow-up": "aan de ambassadeur: hoe gaat het?",
    "out-of-sight": "aan de regie: een kind is uit het oog",
}
CODES: Mapping[str, str] = {
    CloseReason.ALL_NEEDS_MET: "alle hulpvragen zijn beantwoord",
    CloseReason.FAMILY_CONTINUES_ALONE: "het gezin gaat zelf verder",
    CloseReason.MOVED_AWAY: "het gezin is verhuisd",
    CloseReason.OTHER_SUPPORT: "er is andere hulp",
    DeclineReason.NO_CAPACITY: "nu geen plek",
    DeclineReason.NOT_OUR_EXPERTISE: "dit is niet hun werk",
    DeclineReason.OUTSIDE_AREA: "het gezin woont buiten hun gebied",
    DeclineReason.CRITERIA_NOT_MET: "het past niet bij hun regels",
    DeclineReason.OTHER: "een andere reden",
    FailureReason.PARTNER_STOPPED: "de partner stopte",
    FailureReason.FAMILY_STOPPED: "het gezin stopte",
    FailureReason.NO_CONTACT: "er kwam geen contact",
    FailureReason.RULES: "de regels stonden in de weg",
    WithdrawReason.CASE_WITHDRAWN: "de aanvraag is ingetrokken",
    WithdrawReason.CASE_CLOSED: "het dossier is afgerond",
    WithdrawReason.NEED_GONE: "het is niet meer nodig",
    WithdrawReason.REPLACED: "iemand anders is gevraagd",
    Outcome.HELPED: "het hielp",
    Outcome.PARTLY: "het hielp een beetje",
    Outcome.NOT_HELPED: "het hielp niet",
    **{reason: title[:1].lower() + title[1:] for reason, (title, _) in words.REASONS.items()},
    **{answer: title[:1].lower() + title[1:] for answer, (title, _) in words.ANSWERS.items()},
}
DAYS: Mapping[str, str] = {
    "first_contact_on": "eerste contact op {dag}",
    "planned_for": "op {dag}",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One item of the timeline component."""

    title: str
    at: datetime
    text: str | None
    tone: str


def line(entry: TimelineEntry, names: Mapping[UUID, str]) -> Line:
    """This fact as a sentence."""
    sentence, tone = SENTENCES.get(entry.what, (entry.what, "done"))
    who = names.get(entry.organisation_id, PARTNER) if entry.organisation_id else PARTNER
    title = sentence.format(wie=who, nummer=entry.details.get("number", ""))
    # "De partner" in the middle of a sentence is "de partner".
    title = title if title.startswith(PARTNER) else title.replace(PARTNER, PARTNER[:1].lower() + PARTNER[1:])
    more = _more(entry)
    stop = "" if more.endswith("?") else "."
    return Line(title, entry.occurred_at, f"{more[:1].upper()}{more[1:]}{stop}" if more else None, tone)


def _more(entry: TimelineEntry) -> str:
    details = entry.details
    parts = [CODES.get(details[name], "") for name in ("reason", "answer", "outcome") if name in details]
    parts += [text.format(dag=day(date.fromisoformat(details[name]))) for name, text in DAYS.items() if name in details]
    if entry.what == "follow-up-scheduled" and "due_at" in details:
        parts.append(f"voor {day(datetime.fromisoformat(details['due_at']))}")
    if "template" in details:
        parts.append(MAILS.get(details["template"], ""))
    return ", ".join(part for part in parts if part)
