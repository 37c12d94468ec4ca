"""A case's timeline and needs in plain Dutch, for its page."""

from datetime import date
from typing import Final

import phonenumbers

from services.intake.domain.dossier import Dossier
from services.intake.domain.progress import HELPING, WITHOUT_PARTNER, Progress
from services.intake.domain.timeline import PLANNED, TimelineEntry
from services.intake.handlers.showing import CaseView, NeedView
from services.intake.web.words import BENEFICIARIES, COLD_REASONS, HORIZONS, PROGRESS, RESULTS, RHYTHMS
from shared.events.base import Urgency
from shared.kernel.city import City
from shared.web.pages import day, names_in, upper_first

# What is shown for each kind of line (or for a kind with one detail), and its tone.
# {who} is the organisation, {day} the day that goes with it, {desk} and {ambassador} the city's own names.
SENTENCES: Final = {
    "request-received": ("De aanvraag is binnen", "done"),
    "request-received/filed": ("{Desk} vroeg hulp namens de contactpersoon", "done"),
    "request-acknowledged": ("{Desk} heeft de aanvraag gezien", "done"),
    "request-returned": ("{Desk} vroeg om aan te vullen wat er mist", "now"),
    "urgent-need-raised": ("Het gezin weet het: wij vragen nu al een partner", "now"),
    "ambassador-replaced": ("Het gezin kreeg een andere contactpersoon", "done"),
    "home-visit-planned": ("Huisbezoek afgesproken op {day}", "done"),
    "home-visit-completed/took-place": ("Het huisbezoek van {day} is geweest", "done"),
    "home-visit-completed/did-not-take-place": ("Het huisbezoek van {day} ging niet door", "done"),
    "needs-assessed": ("Het gesprek met het gezin is ingevuld", "done"),
    "case-corrected": ("Wat er van het gezin staat, is verbeterd", "done"),
    "new-question-raised": ("Er is een nieuwe vraag", "now"),
    "case-closed": ("Het dossier is afgesloten", "done"),
    "case-reopened": ("Het dossier is weer open", "now"),
    "case-paused": ("Het gezin heeft rust tot {day}", "done"),
    "case-resumed": ("De rust is voorbij", "done"),
    "consent-outgrown": ("Het kind werd ouder: vraag opnieuw toestemming", "now"),
    "consent-renewed": ("Er is opnieuw toestemming", "done"),
    "organisations-excluded": ("Het gezin liet weten van wie het wel of liever geen hulp heeft", "done"),
    "family-asked": ("Het gezin vroeg iets op zijn eigen pagina", "now"),
    "family-answered": ("Er is met het gezin gepraat over wat het vroeg", "done"),
    "help-experienced": ("Het gezin vertelde hoe de hulp was", "done"),
    "consent-given": ("Het gezin zei wat partners mogen zien", "done"),
    "consent-refused": ("Het gezin wil dat partners niets zien", "done"),
    "consent-expired": ("De toestemming om gegevens te delen is voorbij: vraag het opnieuw", "now"),
    "partner-consent-withdrawn": ("Het gezin is gestopt met {who}", "done"),
    "follow-ups-agreed": ("Afgesproken hoe vaak wij vragen hoe het gaat", "done"),
    "erasure-planned": ("Dit dossier wordt gewist op {day}, als er niets verandert", "later"),
    "plans-joined": ("Er is nog een aanvraag voor dit kind: die gaan samen verder", "done"),
    "plans-parted": ("De twee aanvragen voor dit kind gaan weer apart verder", "done"),
    "case-withdrawn": ("De aanvraag is ingetrokken", "done"),
    "partner-activated": ("{who} is om hulp gevraagd", "now"),
    "partner-accepted": ("{who} gaat helpen; eerste contact op {day}", "done"),
    "partner-declined": ("{who} kan nu niet helpen", "done"),
    "decline-reverted": ("{who} denkt er opnieuw over na", "now"),
    "partner-redirected": ("{who} wees een andere partner aan; die vragen wij, als het past", "done"),
    "partner-waitlisted": ("{who} kan helpen vanaf {day}", "done"),
    "information-requested": ("{who} heeft eerst een vraag", "now"),
    "information-answered": ("De vraag van {who} is beantwoord", "done"),
    "acceptance-reverted": ("{who} heeft het antwoord teruggenomen", "now"),
    "referral-expired": ("{who} heeft niet op tijd geantwoord", "done"),
    "referral-withdrawn": ("De vraag aan {who} is teruggenomen", "done"),
    "deletion-requested": ("{who} is gevraagd alles over het gezin te wissen", "done"),
    "partner-confirmed-deletion": ("{who} heeft alles over het gezin gewist", "done"),
    "contact-replaced": ("Bij {who} is nu iemand anders de contactpersoon", "done"),
    "no-partner-found": ("Er is nog niemand gevonden; {desk} zoekt verder", "trouble"),
    "handover-planned": ("Samen kennismaken met {who} op {day}: afgesproken", "done"),
    "handover-confirmed/ambassador": ("De contactpersoon zegt: er is kennisgemaakt met {who}", "done"),
    "handover-confirmed/partner": ("{who} zegt: er is kennisgemaakt", "done"),
    "warm-handover-completed": ("Het gezin en {who} maakten kennis op {day}", "done"),
    "help-started": ("{who} is begonnen met helpen", "done"),
    "help-delivered": ("{who} heeft de hulp gegeven", "done"),
    "help-failed": ("De hulp van {who} is gestopt", "trouble"),
    "help-failed/family-stopped": ("Het gezin is gestopt met de hulp van {who}", "trouble"),
    "search-stopped": ("Het gezin wil geen andere partner", "done"),
    "search-postponed": ("{Desk} wacht tot {day}, en zoekt dan verder", "done"),
    "help-ruled-out": ("{Desk} zegt: hiervoor is nu geen hulp", "trouble"),
    "outcome-confirmed": ("Het gezin vertelde of de hulp van {who} hielp", "done"),
    "follow-up-scheduled": ("Wij vragen hoe het gaat: {day}", "later"),
    "follow-up-recorded": ("Gevraagd hoe het gaat", "done"),
    "follow-up-missed": ("Op de vraag hoe het gaat kwam geen antwoord", "trouble"),
    "child-out-of-sight": ("Het kind dreigt uit het oog te raken; {desk} kijkt mee", "trouble"),
    "case-back-in-sight": ("Er is weer contact", "done"),
    "escalation-raised": ("{Desk} is gevraagd om mee te kijken", "trouble"),
    "escalation-repeated": ("{Desk} is nog eens gevraagd om mee te kijken", "trouble"),
    "escalation-resolved": ("{Desk} hoeft nu niet meer mee te kijken", "done"),
}
# What is never called meeting each other.
COLD: Final = "{who} kan beginnen, zonder samen kennismaken"
DETAILS: Final = {
    "no-capacity": "Er is nu geen plek.",
    "not-our-expertise": "Dit past beter bij een andere partner.",
    "outside-area": "Het gezin woont buiten het gebied.",
    "criteria-not-met": "Het past niet bij de voorwaarden.",
    "going-well": "Het gaat goed.",
    "new-question": "Er is een nieuwe vraag.",
    "not-well": "Het gaat niet goed.",
    "do-not-know": "Dat is nu niet bekend.",
    "left-school": "Het kind is niet meer op deze school.",
    "call-me": "De contactpersoon wil graag bellen.",
    "nobody-offers-this": "Niemand in de stad biedt dit aan.",
    "no-place-anywhere": "Er is nergens plek.",
    "rules-shut-family-out": "Het gezin past niet bij de voorwaarden.",
    "too-expensive": "Het is te duur.",
    "helped": "Het heeft geholpen.",
    "partly": "Het heeft voor een deel geholpen.",
    "not-helped": "Het heeft niet geholpen.",
    "all-needs-met": "Alles wat nodig was, is geregeld.",
    "family-continues-alone": "Het gezin kan zelf verder.",
    "moved-away": "Het gezin is verhuisd.",
    "other-support": "Het gezin krijgt op een andere plek steun.",
    **{code.value: f"{upper_first(words)}." for code, words in RHYTHMS.items()},
    **{code.value: f"Zonder samen kennismaken: {words}." for code, words in COLD_REASONS.items()},
}


def lines_of(view: CaseView, city: City) -> list[dict[str, object]]:
    """What happened, newest first; what is planned stands apart."""
    lines = [_line(entry, view, city) for entry in reversed(view.timeline) if entry.kind != PLANNED]
    # Only the newest is going on now; what came after ended the others.
    return lines[:1] + [{**line, "tone": "done"} if line["tone"] == "now" else line for line in lines[1:]]


def _is_cold(entry: TimelineEntry) -> bool:
    return entry.kind == "warm-handover-completed" and entry.detail is not None


def _line(entry: TimelineEntry, view: CaseView, city: City) -> dict[str, object]:
    kinds = (f"{entry.kind}/{entry.detail}", entry.kind)
    sentence, tone = next((SENTENCES[kind] for kind in kinds if kind in SENTENCES), (entry.kind, "done"))
    about = next((need.need.category for need in view.needs if need.need.need_id == entry.need_id), None)
    parts = [f"Hulpvraag: {city.categories.in_sentence(about)}."] if about else []
    parts += [DETAILS[entry.detail].format_map(names_in(city))] if entry.detail in DETAILS else []
    who = view.name_of(entry.organisation_id) or "Een partner"
    return {
        "title": COLD.format(who=who)
        if _is_cold(entry)
        else sentence.format(who=who, day=_day(entry.on), **names_in(city)),
        "at": entry.at,
        "text": " ".join(parts) or None,
        "tone": tone,
    }


def planned_of(view: CaseView, today: date) -> list[date]:
    """On which days somebody will ask how the child is doing, the first one first; none for a case that ended."""
    first = max(today, view.case.pause.until) if view.case.pause else today
    days = {entry.on for entry in view.timeline if entry.kind == PLANNED and entry.on and entry.on >= first}
    return sorted(days) if view.case.is_open else []


def _day(on: date | None) -> str:
    return day(on) if on else "een dag die nog komt"


def need_of(each: NeedView, dossier: Dossier | None, city: City) -> dict[str, object]:
    """One need as its card shows it; the family's own words only for those who may read them."""
    need, progress = each.need, each.progress
    label, tone = label_of(each, city)
    who = each.organisation if each.stage not in WITHOUT_PARTNER | {Progress.ENDED} else None
    said = dossier.needs.get(need.need_id) if dossier else None
    return {
        "id": need.need_id,
        "may_change": each.stage not in HELPING,
        "is_sought": each.stage.is_early and each.stage is not Progress.NOT_ASKED,
        "title": city.categories.words(need.category),
        "label": label,
        "tone": tone,
        "who": f"{who} ({each.service})" if who and each.service else who,
        "on": progress.on if progress and each.stage is Progress.ACCEPTED else None,
        "urgency": city.urgencies.words(need.urgency),
        "urgent": need.urgency is Urgency.TODAY and each.stage is not Progress.ENDED,
        "line": f"Voor: {BENEFICIARIES[need.beneficiary].lower()}. {HORIZONS[need.horizon]}.",
        "words": said.words if said else None,
        "goal": said.goal if said else None,
        "target_on": date.fromisoformat(said.target_on) if said and said.target_on else None,
    }


def label_of(each: NeedView, city: City) -> tuple[str, str]:
    """Where a need stands, in words, and the tone of its badge."""
    if each.result:
        return RESULTS[each.result], "neutral"
    if each.elsewhere:
        return "Loopt al in de andere aanvraag", "info"
    progress, stage = each.progress, each.stage.value
    detail = progress.detail if progress else None
    label, tone = PROGRESS.get(f"{stage}/{detail}", PROGRESS[stage])
    first = ", ".join(city.categories.in_sentence(code) for code in each.waits_for)
    why = COLD_REASONS.get(detail or "", "de reden is niet bekend")  # type: ignore[call-overload]  # a code is its text
    return label.format(day=_day(progress.on if progress else None), first=first, why=why, **names_in(city)), tone


def readable(phone: str | None) -> str | None:
    """+31 6 12345678: a stored number with spaces in it."""
    if phone is None:
        return None
    number = phonenumbers.parse(phone)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
