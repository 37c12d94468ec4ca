"""Codes of tables, appointments and introductions in words."""

from collections.abc import Mapping
from typing import Final

from services.community.domain.appointment import AppointmentState
from services.community.domain.introduction import IntroductionState
from services.community.domain.table_plan import Arrangement, Why
from services.community.handlers.table_plans import OwnTable
from shared.kernel.city import City
from shared.kernel.translatable import to_translate
from shared.web.languages import translated

ARRANGEMENTS: Final[Mapping[Arrangement, str]] = {
    Arrangement.DISTRICT: "Mensen uit dezelfde wijk bij elkaar",
    Arrangement.EXPERTISE: "Mensen die aan hetzelfde werken bij elkaar",
}
APPOINTMENTS: Final[Mapping[AppointmentState, tuple[str, str]]] = {
    AppointmentState.PROPOSED: (to_translate("wacht op antwoord"), "attention"),
    AppointmentState.AGREED: (to_translate("gaat door"), "good"),
    AppointmentState.DECLINED: (to_translate("gaat niet door"), "neutral"),
    AppointmentState.CANCELLED: (to_translate("afgezegd"), "neutral"),
}
INTRODUCTIONS: Final[Mapping[IntroductionState, tuple[str, str]]] = {
    IntroductionState.OPEN: ("wacht op antwoord", "attention"),
    IntroductionState.YES: ("ja", "good"),
    IntroductionState.NOT_NOW: ("nu niet", "neutral"),
}
_WHY: Final[Mapping[Why, str]] = {
    Why.WISH: to_translate("Hier zit iemand van een organisatie waarmee jij wilt kennismaken."),
    Why.ROOM: to_translate("Hier was nog plek."),
    Why.MOVED: to_translate("Wie ontvangt, gaf je deze tafel."),
}
_IN_COMMON: Final[Mapping[Arrangement, str]] = {
    Arrangement.DISTRICT: to_translate("Hier zitten meer mensen uit jouw wijk: {theme}."),
    Arrangement.EXPERTISE: to_translate("Hier zitten meer mensen die aan hetzelfde werken: {theme}."),
}


def theme_in_words(code: str, arrangement: Arrangement, city: City) -> str:
    """A district or a sort of help; "" of no code."""
    codes = city.districts if arrangement is Arrangement.DISTRICT else city.categories
    return codes.words(code) if code else ""


def why_in_words(own: OwnTable, city: City) -> str:
    """Why somebody sits there, told to nobody else; `city` is in the words of the reader."""
    if own.why is not Why.IN_COMMON:
        return translated(_WHY[own.why])
    theme = theme_in_words(own.in_common, own.arrangement, city)
    return translated(_IN_COMMON[own.arrangement]).format(theme=theme)
