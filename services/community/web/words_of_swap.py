"""Codes of going along, and of asks and offers, in words."""

from collections.abc import Mapping
from typing import Final

from services.community.domain.company import Company, CompanyState, PartOfDay, Visit
from services.community.domain.notice import Good, NoticeState, ReplyState, Side
from services.community.handlers.company import hours_of
from shared.kernel.city import City

PARTS: Final[Mapping[PartOfDay, str]] = {
    PartOfDay.MORNING: "ochtend",
    PartOfDay.AFTERNOON: "middag",
    PartOfDay.EVENING: "avond",
}
VISITS: Final[Mapping[Visit, str]] = {
    Visit.TOWN_HALL: "Gemeente",
    Visit.DOCTOR: "Huisarts",
    Visit.HOSPITAL: "Ziekenhuis",
    Visit.AT_SCHOOL: "Gesprek op school",
    Visit.COURT: "Rechtbank",
    Visit.BANK: "Bank of schuldhulp",
}
WEEKDAYS: Final = (
    ("1", "Maandag"), ("2", "Dinsdag"), ("3", "Woensdag"), ("4", "Donderdag"), ("5", "Vrijdag"), ("6", "Zaterdag"),
    ("7", "Zondag"),
)  # fmt: skip
COMPANIES: Final[Mapping[CompanyState, tuple[str, str]]] = {
    CompanyState.ASKED: ("we vragen iemand", "attention"),
    CompanyState.AGREED: ("er gaat iemand mee", "good"),
    CompanyState.MISSING: ("niemand gevonden", "urgent"),
    CompanyState.CANCELLED: ("afgezegd", "neutral"),
}

SIDES: Final[Mapping[Side, str]] = {Side.ASK: "Wij zoeken", Side.OFFER: "Wij bieden aan"}
GOODS: Final[Mapping[Good, str]] = {
    Good.ROOM: "Een ruimte",
    Good.SPEAKER: "Een spreker",
    Good.HANDS: "Een paar handen",
    Good.MATERIALS: "Spullen",
}
NOTICES: Final[Mapping[NoticeState, tuple[str, str]]] = {
    NoticeState.OPEN: ("staat open", "good"),
    NoticeState.DONE: ("klaar", "neutral"),
    NoticeState.OVER: ("gestopt", "attention"),
    NoticeState.WITHDRAWN: ("weggehaald", "neutral"),
}
REPLIES: Final[Mapping[ReplyState, tuple[str, str]]] = {
    ReplyState.OPEN: ("wacht op antwoord", "attention"),
    ReplyState.YES: ("ja", "good"),
    ReplyState.NO: ("nee", "neutral"),
}


def part_in_words(part: PartOfDay, city: City) -> str:
    """`ochtend, 09:00 tot 12:00 uur`."""
    starts, ends = hours_of(part, city)
    return f"{PARTS[part]}, {starts:%H:%M} tot {ends:%H:%M} uur"


def title_of(company: Company, city: City) -> str:
    """What it is, without anybody in it."""
    return f"Meegaan: {VISITS[company.visit].lower()}, {city.languages.words(company.language)}"
