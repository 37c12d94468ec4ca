"""Codes of gatherings in words."""

from collections.abc import Mapping
from typing import Final

from services.community.domain.gathering import GatheringState
from services.community.domain.hosting import TurnState
from services.community.domain.needs_round import OutcomeState, Way
from services.community.domain.place import Checked
from services.community.domain.sign_up import AccessNeed, ComesAs, Food, SeenBy
from services.community.domain.topic import TopicState
from shared.events.community import CancelReason, GatheringKind

KINDS: Final[Mapping[GatheringKind, str]] = {
    GatheringKind.NETWORK_EVENING: "Netwerkavond",
    GatheringKind.LUNCH: "Lunch",
    GatheringKind.TRAINING: "Training of kennisbijeenkomst",
    GatheringKind.MIRROR_TALK: "Spiegelgesprek",
    GatheringKind.PREPARATION: "Voorbereidingsgroep",
}
REASONS: Final[Mapping[CancelReason, str]] = {
    CancelReason.TOO_FEW: "Er zijn te weinig mensen.",
    CancelReason.NO_HOST: "Er is geen gastheer of gastvrouw.",
    CancelReason.NO_PLACE: "De plek kan niet.",
    CancelReason.ILLNESS: "Er is iemand ziek.",
    CancelReason.WEATHER: "Het weer laat het niet toe.",
    CancelReason.OTHER: "Er kwam iets anders tussen.",
}
STATES: Final[Mapping[GatheringState, tuple[str, str]]] = {
    GatheringState.DRAFT: ("concept", "neutral"),
    GatheringState.ANNOUNCED: ("gaat door", "good"),
    GatheringState.MOVED: ("verplaatst", "attention"),
    GatheringState.HELD: ("geweest", "neutral"),
    GatheringState.REPORTED: ("met verslag", "info"),
    GatheringState.CANCELLED: ("gaat niet door", "urgent"),
}
CHECKLIST: Final[Mapping[Checked, str]] = {
    Checked.ENTRANCE: "Je komt zonder trap binnen, ook met een rolstoel",
    Checked.TOILET: "Er is een wc voor wie in een rolstoel zit",
    Checked.LEVEL: "De zaal is op de begane grond, of er is een lift",
    Checked.SOUND: "Je verstaat elkaar goed: er is een microfoon of weinig galm",
    Checked.QUIET_ROOM: "Er is een rustige kamer voor wie even weg wil",
    Checked.REACHABLE: "Je komt er met de bus of tram, en er is een plek om te parkeren",
}
ACCESS: Final[Mapping[AccessNeed, str]] = {
    AccessNeed.WHEELCHAIR: "Plek voor een rolstoel of rollator",
    AccessNeed.HEARING_LOOP: "Een ringleiding",
    AccessNeed.MICROPHONE: "Een microfoon voor wie spreekt",
    AccessNeed.CALM: "Weinig geluid",
    AccessNeed.BRIGHT_LIGHT: "Veel licht",
    AccessNeed.SOFT_LIGHT: "Zacht licht",
    AccessNeed.LARGE_PRINT: "Papier met grote letters",
    AccessNeed.ASSISTANCE_DOG: "Mijn hulphond komt mee",
    AccessNeed.NO_ANIMALS: "Geen dieren in de zaal",
}
FOOD: Final[Mapping[Food, str]] = {
    Food.HALAL: "Halal",
    Food.KOSHER: "Koosjer",
    Food.VEGETARIAN: "Geen vlees en geen vis",
    Food.VEGAN: "Niets van dieren",
    Food.NO_GLUTEN: "Geen gluten",
    Food.NO_LACTOSE: "Geen melk",
    Food.NO_NUTS: "Geen noten",
}
SEEN_BY: Final[Mapping[SeenBy, str]] = {
    SeenBy.NOBODY: "Alleen wie de bijeenkomst organiseert of ontvangt",
    SeenBy.PARTICIPANTS: "Ook wie een plek heeft",
    SeenBy.NETWORK: "Ook iedereen in het netwerk met een account",
    SeenBy.EVERYBODY: "Iedereen: mijn naam staat op de site",
}
COMES_AS: Final[Mapping[ComesAs, str]] = {
    ComesAs.PARENT: "Als ouder",
    ComesAs.EXPERT: "Als ervaringsdeskundige",
    ComesAs.WORK: "Voor mijn werk",
    ComesAs.VOLUNTEER: "Als vrijwilliger",
    ComesAs.NOT_TOLD: "Dat zeg ik liever niet",
}
CIRCLES: Final = {True: "binnenkring", False: "buitenkring"}
SIGN_LANGUAGE_WORDS: Final = "Ik wil een tolk voor gebarentaal"
TURNS: Final[Mapping[TurnState, tuple[str, str]]] = {
    TurnState.PROPOSED: ("gevraagd", "neutral"),
    TurnState.ACCEPTED: ("zei ja", "good"),
    TurnState.SWAPPING: ("wil ruilen", "attention"),
    TurnState.DECLINED: ("deze keer niet", "neutral"),
    TurnState.PASSED: ("gaf geen antwoord", "neutral"),
    TurnState.SWAPPED: ("geruild", "neutral"),
    TurnState.REVOKED: ("niet meer nodig", "neutral"),
}
TOPICS: Final[Mapping[TopicState, tuple[str, str]]] = {
    TopicState.OPEN: ("nog niet besloten", "neutral"),
    TopicState.PLANNED: ("op het programma", "good"),
    TopicState.DECLINED: ("komt niet op het programma", "neutral"),
    TopicState.WITHDRAWN: ("door jou weggehaald", "neutral"),
}
WAYS: Final[Mapping[Way, str]] = {
    Way.PAPER: "Op papier",
    Way.PHONE: "Per telefoon",
    Way.PAGE: "Op deze pagina",
}
OUTCOMES: Final[Mapping[OutcomeState, tuple[str, str] | None]] = {
    OutcomeState.NONE: None,
    OutcomeState.OPEN: ("loopt", "info"),
    OutcomeState.DONE: ("gelukt", "good"),
    OutcomeState.DROPPED: ("gestopt", "neutral"),
}
