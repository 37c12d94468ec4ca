"""A case's timeline and needs in plain Dutch, for its page."""

from datetime import date
from typing import Final

import phonenumbers

from services.intake.domain.dossier import Dossier
from services.intake.domain.progress import Progress
from services.intake.domain.timeline import TimelineEntry
from services.intake.handlers.showing import CaseView, NeedView
from services.intake.web.words import BENEFICIARIES, HORIZONS, PROGRESS
from shared.kernel.city import City
from shared.web.pages import day, names_in

# What is shown for each kind of line (or for a kind with one detail), and its tone.
# {who} is the organisation, {day} the day that goes with it, {desk} and {ambassador} the city's own names.
SENTENCES: Final = {
    "request-received": ("De aanvraag is binnen", "done"),
    "request-acknowledged": ("{Desk} heeft de aanvraag gezien", "done"),
    "home-visit-planned": ("Huisbezoek afgesproken op {day}", "done"),
    "needs-assessed": ("De inventarisatie is klaar", "done"),
    "new-question-raised": ("Er is een nieuwe vraag", "now"),
    "case-closed": ("Het dossier is afgesloten", "done"),
    "case-reopened": ("Het dossier is weer open", "now"),
    "case-withdrawn": ("De aanvraag is ingetrokken", "done"),
    "partner-activated": ("{who} is om hulp gevraagd", "now"),
    "partner-accepted": ("{who} gaat helpen; eerste contact op {day}", "done"),
    "partner-declined": ("{who} kan nu niet helpen", "done"),
    "acceptance-reverted": ("{who} heeft het antwoord teruggenomen", "now"),
    "referral-expired": ("{who} heeft niet op tijd geantwoord", "done"),
    "referral-withdrawn": ("De vraag aan {who} is teruggenomen", "done"),
    "no-partner-found": ("Er is nog niemand gevonden; {desk} zoekt verder", "trouble"),
    "warm-handover-completed": ("Overgedragen aan {who} op {day}", "done"),
    "help-started": ("{who} is begonnen met helpen", "done"),
    "help-delivered": ("{who} heeft de hulp gegeven", "done"),
    "help-failed": ("De hulp van {who} is gestopt; wij zoeken verder", "trouble"),
    "help-failed/family-stopped": ("Het gezin is gestopt met de hulp van {who}; {desk} kijkt mee", "trouble"),
    "outcome-confirmed": ("Het gezin vertelde of de hulp van {who} hielp", "done"),
    "follow-up-scheduled": ("Vinger aan de pols op {day}", "later"),
    "follow-up-recorded": ("Gevraagd hoe het gaat", "done"),
    "follow-up-missed": ("Op de vraag hoe het gaat kwam geen antwoord", "trouble"),
    "child-out-of-sight": ("Het kind dreigt uit het oog te raken; {desk} kijkt mee", "trouble"),
    "case-back-in-sight": ("Er is weer contact", "done"),
    "escalation-raised": ("{Desk} is gevraagd om mee te kijken", "trouble"),
    "escalation-resolved": ("Een punt ging van de lijst van {desk}", "done"),
}
DETAILS: Final = {
    "no-capacity": "Er is nu geen plek.",
    "not-our-expertise": "Dit past beter bij een andere partner.",
    "outside-area": "Het gezin woont buiten het gebied.",
    "criteria-not-met": "Het past niet bij de voorwaarden.",
    "going-well": "Het gaat goed.",
    "new-question": "Er is een nieuwe vraag.",
    "call-me": "De {ambassador} wil graag bellen.",
    "helped": "Het heeft geholpen.",
    "partly": "Het heeft een beetje geholpen.",
    "not-helped": "Het heeft niet geholpen.",
    "all-needs-met": "Alles wat nodig was, is geregeld.",
    "family-continues-alone": "Het gezin kan zelf verder.",
    "moved-away": "Het gezin is verhuisd.",
    "other-support": "Het gezin krijgt op een andere plek steun.",
}


def lines_of(view: CaseView, city: City) -> list[dict[str, object]]:
    """The timeline, newest first."""
    lines = [_line(entry, view, city) for entry in reversed(view.timeline)]
    # Only the newest is going on now; what came after ended the others.
    return lines[:1] + [{**line, "tone": "done"} if line["tone"] == "now" else line for line in lines[1:]]


def _line(entry: TimelineEntry, view: CaseView, city: City) -> dict[str, object]:
    kinds = (f"{entry.kind}/{entry.detail}", entry.kind)
    sentence, tone = next((SENTENCES[kind] for kind in kinds if kind in SENTENCES), (entry.kind, "done"))
    about = next((need.need.category for need in view.needs if need.need.need_id == entry.need_id), None)
    parts = [f"Hulpvraag: {city.categories.in_sentence(about)}."] if about else []
    parts += [DETAILS[entry.detail].format_map(names_in(city))] if entry.detail in DETAILS else []
    who = view.name_of(entry.organisation_id) or "Een partner"
    return {
        "title": sentence.format(who=who, day=_day(entry.on), **names_in(city)),
        "at": entry.at,
        "text": " ".join(parts) or None,
        "tone": tone,
    }


def _day(on: date | None) -> str:
    return day(on) if on else "een dag die nog komt"


def need_of(each: NeedView, dossier: Dossier | None, city: City) -> dict[str, object]:
    """One need as its card shows it; the family's own words only for those who may read them."""
    need, progress = each.need, each.progress
    label, tone = PROGRESS[each.stage]
    who = each.organisation if each.stage is not Progress.SEARCHING else None
    return {
        "title": city.categories.words(need.category),
        "label": label.format_map(names_in(city)),
        "tone": tone,
        "who": f"{who} ({each.service})" if who and each.service else who,
        "on": progress.on if progress else None,
        "urgency": city.urgencies.words(need.urgency),
        "urgent": need.urgency.value == "today",
        "line": f"Voor: {BENEFICIARIES[need.beneficiary].lower()}. {HORIZONS[need.horizon]}.",
        "words": dossier.words.get(need.need_id) if dossier else None,
    }


def readable(phone: str | None) -> str | None:
    """+31 6 12345678: a stored number with spaces in it."""
    if phone is None:
        return None
    number = phonenumbers.parse(phone)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
