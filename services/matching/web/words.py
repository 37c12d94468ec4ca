"""Schakel's own codes with the words that people read, and words around those of the city."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from babel.dates import format_date

from services.matching.domain.kept import Kept
from services.matching.domain.network import Service
from services.matching.domain.referral import Referral
from services.matching.domain.referral_state import ReferralState
from services.matching.web.map_words import reported
from shared.events.base import AgeBand, Beneficiary
from shared.events.referral_codes import HandoverKind, Outcome
from shared.kernel.city import City, CodeList
from shared.web.languages import PAGE_LANGUAGE, gettext, listed, ngettext, reading
from shared.web.pages import day

SOME = 3

AGE_BANDS: dict[str, str] = {
    "0-3": "0 tot en met 3 jaar",
    "4-7": "4 tot en met 7 jaar",
    "8-11": "8 tot en met 11 jaar",
    "12-15": "12 tot en met 15 jaar",
    "16-17": "16 of 17 jaar",
}

DECLINE_REASONS: dict[str, str] = {
    "no-capacity": "We hebben nu geen plek of tijd.",
    "not-our-expertise": "Dit past niet bij wat wij doen.",
    "outside-area": "We werken niet in deze wijk.",
    "criteria-not-met": "Dit past niet bij onze voorwaarden.",
    "other": "Een andere reden.",
}

FAILURE_REASONS: dict[str, str] = {
    "partner-stopped": "Wij kunnen niet verder helpen.",
    "family-stopped": "Het gezin wil niet verder.",
    "no-contact": "We krijgen geen contact.",
    "rules": "Regels of voorwaarden houden het tegen.",
    "other": "Een andere reden.",
}
# The same, as the school and the desk read it of a partner.
FAILURES_TOLD: dict[str, str] = {
    "partner-stopped": "De partner kan niet verder helpen.",
    "family-stopped": "Het gezin wil niet verder.",
    "no-contact": "Partner en gezin krijgen geen contact.",
    "rules": "Regels of voorwaarden houden het tegen.",
    "other": "Een andere reden.",
}

COLD_REASONS: dict[str, str] = {
    "family-wish": "Het gezin wil liever zonder.",
    "know-each-other": "Partner en gezin kennen elkaar al.",
    "no-day-found": "Er was geen dag die voor iedereen paste.",
    "help-could-not-wait": "De hulp kon niet wachten.",
    "only-goods": "Het gaat alleen om spullen.",
}

OUTCOMES: dict[str, str] = {
    "helped": "Ja, dit heeft geholpen.",
    "partly": "Voor een deel.",
    "not-helped": "Nee, dit heeft niet geholpen.",
}

RESTS: dict[str, str] = {
    "look-further": "Zoek iemand anders voor de rest.",
    "enough-for-now": "Het is nu genoeg.",
    "family-goes-on-alone": "Het gezin gaat zelf verder.",
}

STATES: dict[str, str] = {
    "activated": "gevraagd, wacht op antwoord",
    "on_hold": "stelt eerst een vraag",
    "waitlisted": "kan later helpen",
    "accepted": "zegt ja, samen kennismaken volgt",
    "handed_over": "kennisgemaakt",
    "in_progress": "hulp loopt",
    "delivered": "hulp gegeven, wacht op bevestiging van het gezin",
    "confirmed": "klaar, bevestigd door het gezin",
    "declined": "kan nu niet helpen",
    "redirected": "noemde iemand anders",
    "expired": "gaf geen antwoord op tijd",
    "withdrawn": "vraag is teruggetrokken",
    "failed": "hulp is gestopt",
}


def state(referral: Referral) -> str:
    """How it stands, in words: a cold handover is called cold, and help that did not help is not called done."""
    if referral.state is ReferralState.HANDED_OVER and referral.handover_kind is HandoverKind.COLD:
        return "koud: begonnen zonder samen kennismaken"
    if referral.outcome is Outcome.NOT_HELPED:
        return "afgelopen, het heeft niet geholpen"
    if referral.outcome is Outcome.PARTLY:
        return "afgelopen, het heeft voor een deel geholpen"
    return STATES[referral.state]


def for_whom(beneficiary: Beneficiary, age_band: AgeBand) -> str:
    """Het hele gezin, met een kind van 8 tot en met 11 jaar."""
    child = f"een kind van {AGE_BANDS[age_band]}"
    return {
        Beneficiary.CHILD: child,
        Beneficiary.SIBLING: f"een broer of zus van {child}",
        Beneficiary.PARENT: f"een ouder of verzorger van {child}",
        Beneficiary.HOUSEHOLD: f"het hele gezin, met {child}",
    }[beneficiary]


def until(instant: datetime, city: City) -> str:
    """Dinsdag 5 januari om 11:00 uur; when nobody works, the day alone: het eind van dinsdag 5 januari.

    It follows "vóór" or "tot". Before the office opens the whole day before counts.
    """
    local = instant.astimezone(city.zone)
    if local.time() < city.terms.points.digest_at:
        return weekday(local.date())
    if local.time() > city.terms.office_closes_at:
        return f"het eind van {weekday(local.date())}"
    return f"{weekday(local.date())} om {local:%H:%M} uur"


def weekday(day: date) -> str:
    """Dinsdag 5 januari."""
    return format_date(day, "EEEE d MMMM", locale=reading().locale)


def clock(instant: datetime, city: City) -> str:
    """14:30."""
    return f"{instant.astimezone(city.zone):%H:%M}"


def to_you(reason: str) -> str:
    """Why this partner, as it is told to the partner itself: Jullie werken in de hele stad."""
    verb, _, rest = reason.partition(" ")
    plural = {
        "Werkt": "werken",
        "Spreekt": "spreken",
        "Antwoordt": "antwoorden",
        "Heeft": "hebben",
        "Is": "zijn",
        "Zegt": "zeggen",
    }
    return f"Jullie {plural[verb]} {rest}" if verb in plural else reason


def examples(city: City) -> str:
    """What one can look for on the map: eten, jas of meubels."""
    language, offered = reading().language, city.categories.offered.values()
    said = (one.search if language == PAGE_LANGUAGE else one.search_in.get(language, ()) for one in offered)
    return listed(islice((words[0] for words in said if words), SOME), "or") or city.categories.options[0][1]


def quoted(said: Sequence[str]) -> str:
    """Words as somebody typed them: “kind” en “fiets”."""
    return listed(f"“{word}”" for word in said)


def where(districts: Sequence[str], city: City, *, whole_city: bool) -> str:
    """Noord en het Centrum, or the whole city; or that nobody said."""
    if whole_city:
        return gettext("hele stad")
    return listed(map(city.districts.in_sentence, districts)) or gettext("wijk niet bekend: vraag het na")


def cost(service: Service) -> str:
    """In its own words, or gratis; or that nobody said."""
    if service.is_free is None:
        return service.cost or gettext("niet bekend: vraag het na")
    return service.cost or (gettext("gratis") if service.is_free else gettext("niet gratis: vraag na wat het kost"))


def all_categories(codes: Sequence[str], city: City) -> str:
    """Every need category of a service, as the forms show it."""
    return " · ".join(map(city.categories.words, codes))


def all_languages(tags: Sequence[str], city: City) -> str:
    """Every language of a service; none named means the city's own."""
    return listed(map(city.languages.words, tags or (city.language,)))


def options_with(codes: CodeList[Any], had: Collection[str]) -> list[tuple[str, str]]:
    """What can be chosen, and what this entry has already though the city gave it up."""
    return [*codes.options, *((code, codes.words(code)) for code in had if code not in codes.offered)]


def access(codes: Sequence[str], city: City) -> str:
    """What makes the place easy to come to: Lift, Rustige ruimte."""
    return ", ".join(map(city.access.words, codes))


def checked(kept: Kept, city: City, now: datetime) -> str:
    """When somebody of the organisation last said that it is right: op 2 maart 2026."""
    if kept.doubted_at is not None:
        since = day(city.day_of(kept.doubted_at))
        if kept.is_reported:
            return gettext("mensen zeggen dat het niet klopt, sinds %(day)s: bel eerst", day=since)
        return gettext("mail kwam niet aan op %(day)s: bel eerst", day=since)
    if kept.verified_at is None:
        return gettext("nog niet gecontroleerd")
    on = day(city.day_of(kept.verified_at))
    doubtful = kept.is_unconfirmed(at=now, after=timedelta(days=city.entries.doubtful_after_days))
    return gettext("lang geleden, op %(day)s: bel eerst", day=on) if doubtful else gettext("op %(day)s", day=on)


def standing(service: Service, city: City) -> str:
    """Whether people find an offer, and what is in doubt: "vragen mogen komen", "verborgen sinds 2 maart 2026"."""
    kept = service.kept
    wrong = f"niet goed, zegt iemand: {reported(kept)}" if kept.reported else ""
    if not service.active:
        return f"staat uit; {wrong}" if wrong else "staat uit"
    if kept.hidden_at is not None:
        hidden = f"verborgen sinds {day(city.day_of(kept.hidden_at))}"
        return f"{hidden}; {wrong}" if wrong else hidden
    if wrong:
        return wrong
    if kept.doubted_at is not None:
        return f"mail kwam niet aan op {day(city.day_of(kept.doubted_at))}"
    if kept.missing_since is not None:
        return f"staat sinds {day(kept.missing_since)} niet meer in het bestand van {kept.missing_from}"
    return "vragen mogen komen"


def ages(youngest: int | None, oldest: int | None) -> str:
    """4 tot en met 12 jaar."""
    if youngest is None and oldest is None:
        return gettext("leeftijd niet bekend: vraag het na")
    if oldest is None:
        if not youngest:
            return gettext("alle leeftijden")
        return ngettext("vanaf %(num)s jaar", "vanaf %(num)s jaar", youngest)
    if not youngest:
        return ngettext("tot en met %(num)s jaar", "tot en met %(num)s jaar", oldest)
    return ngettext("%(first)s tot en met %(num)s jaar", "%(first)s tot en met %(num)s jaar", oldest, first=youngest)
