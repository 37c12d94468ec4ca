"""What the desk reads on the pages of a need: its choices and their reasons, and how a need stands."""

from collections.abc import Mapping
from typing import Final

from services.matching.domain.case import NeedState
from services.matching.domain.search_history import ChoiceKind, DeskChoice
from services.matching.handlers.need_views import NeedView
from shared.events.desk_codes import ChoiceReason, PostponeReason, UnavailableReason
from shared.kernel.city import City
from shared.web.pages import day, upper_first

CHOICE_REASONS: Final[Mapping[ChoiceReason, str]] = {
    ChoiceReason.FAMILY_WISH: "Het gezin wil dit.",
    ChoiceReason.AMBASSADOR_WISH: "De contactpersoon van het gezin wil dit.",
    ChoiceReason.AGREED_BY_PHONE: "Het is afgesproken aan de telefoon.",
    ChoiceReason.KNOWS_FAMILY: "Deze partner kent het gezin al.",
    ChoiceReason.FITS_BETTER: "Dit past beter.",
    ChoiceReason.NO_ANSWER: "De partner antwoordt niet.",
    ChoiceReason.OTHER: "Een andere reden.",
}
# `{ambassador}`: as the city calls the contact person.
POSTPONE_REASONS: Final[Mapping[PostponeReason, str]] = {
    PostponeReason.PLACE_COMES: "Er komt plek bij een partner.",
    PostponeReason.OFFER_STARTS_LATER: "De hulp begint pas later.",
    PostponeReason.FAMILY_NEEDS_TIME: "Het gezin heeft tijd nodig.",
    PostponeReason.AMBASSADOR_FINDS_OUT: "De {ambassador} zoekt iets uit.",
    PostponeReason.HOLIDAYS: "Het is vakantie.",
    PostponeReason.OTHER: "Een andere reden.",
}
UNAVAILABLE_REASONS: Final[Mapping[UnavailableReason, str]] = {
    UnavailableReason.NOBODY_OFFERS_THIS: "Niemand in de stad geeft deze hulp.",
    UnavailableReason.NO_PLACE_ANYWHERE: "Nergens is plek.",
    UnavailableReason.RULES_SHUT_FAMILY_OUT: "De regels sluiten dit gezin uit.",
    UnavailableReason.TOO_EXPENSIVE: "Het is te duur.",
    UnavailableReason.OTHER: "Een andere reden.",
}
NEED_STATES: Final[Mapping[NeedState, tuple[str, str]]] = {
    NeedState.WAITING: ("Wacht op een andere hulpvraag", "neutral"),
    NeedState.WITH_PARTNER: ("Bij een partner", "info"),
    NeedState.DELIVERED: ("Hulp gegeven, het gezin zegt nog of het hielp", "info"),
    NeedState.MET: ("Klaar, het gezin is geholpen", "good"),
    NeedState.UNMET: ("Niemand gevonden", "urgent"),
    NeedState.RESTING: ("Wacht op de nieuwe inventarisatie", "neutral"),
    NeedState.POSTPONED: ("Wachten tot {day}", "attention"),
    NeedState.UNAVAILABLE: ("Hiervoor is geen hulp", "attention"),
    NeedState.FAMILY_DECIDES: ("Hulp gestopt, het gezin beslist", "attention"),
    NeedState.STOPPED: ("Het gezin wil niemand anders", "neutral"),
    NeedState.GONE: ("Niet meer nodig", "neutral"),
}
_SENTENCES: Final[Mapping[ChoiceKind, str]] = {
    ChoiceKind.ASK: "{who} vroeg {partner}",
    ChoiceKind.ASK_OUTSIDE: "{who} vroeg {partner}, buiten de kaart",
    ChoiceKind.SKIP: "{who} nam de vraag aan {partner} terug",
    ChoiceKind.WAIT: "{who} wacht tot {day}",
    ChoiceKind.NO_HELP: "{who} zegt: hiervoor is geen hulp",
    ChoiceKind.LOOK_AGAIN: "{who} liet opnieuw zoeken",
}


def state_of(view: NeedView) -> tuple[str, str]:
    """How the need stands, and the tone of its badge."""
    label, tone = NEED_STATES[view.hand.need.state]
    until = view.hand.need.postponed_until
    return label.format(day=day(until) if until else "een dag die nog komt"), tone


def choice_line(view: NeedView, choice: DeskChoice, city: City) -> dict[str, object]:
    """One choice on the timeline: who, what, when and why."""
    sentence = _SENTENCES[choice.kind].format(
        who=view.names.person(choice.chosen_by),
        partner=view.chosen(choice) or "een partner",
        day=day(choice.until) if choice.until else "een dag die nog komt",
    )
    text = [reason_words(choice, city)] if choice.reason else []
    text += [f"Wat ertegen was: {'; '.join(choice.against)}."] if choice.against else []
    return {"title": upper_first(sentence), "at": choice.chosen_at, "text": " ".join(text) or None, "tone": "done"}


def postpone_reasons(city: City) -> list[tuple[PostponeReason, str]]:
    """Why the desk may wait, as code and words: for a form."""
    return [(code, said.format(ambassador=city.ambassador)) for code, said in POSTPONE_REASONS.items()]


def reason_words(choice: DeskChoice, city: City) -> str:
    """Why, in words."""
    reason = choice.reason
    if isinstance(reason, UnavailableReason):
        return UNAVAILABLE_REASONS[reason]
    if isinstance(reason, PostponeReason):
        return POSTPONE_REASONS[reason].format(ambassador=city.ambassador)
    return CHOICE_REASONS[reason] if reason else ""
