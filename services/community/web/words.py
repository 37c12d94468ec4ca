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
from shared.kernel.translatable import to_translate

KINDS: Final[Mapping[GatheringKind, str]] = {
    GatheringKind.NETWORK_EVENING: to_translate("Netwerkavond"),
    GatheringKind.LUNCH: to_translate("Lunch"),
    GatheringKind.TRAINING: to_translate("Training of kennisbijeenkomst"),
    GatheringKind.MIRROR_TALK: to_translate("Spiegelgesprek"),
    GatheringKind.PREPARATION: to_translate("Voorbereidingsgroep"),
}
REASONS: Final[Mapping[CancelReason, str]] = {
    CancelReason.TOO_FEW: to_translate("Er zijn te weinig mensen."),
    CancelReason.NO_HOST: to_translate("Er is geen gastheer of gastvrouw."),
    CancelReason.NO_PLACE: to_translate("De plek kan niet."),
    CancelReason.ILLNESS: to_translate("Er is iemand ziek."),
    CancelReason.WEATHER: to_translate("Het weer laat het niet toe."),
    CancelReason.OTHER: to_translate("Er kwam iets anders tussen."),
}
STATES: Final[Mapping[GatheringState, tuple[str, str]]] = {
    GatheringState.DRAFT: (to_translate("concept"), "neutral"),
    GatheringState.ANNOUNCED: (to_translate("gaat door"), "good"),
    GatheringState.MOVED: (to_translate("verplaatst"), "attention"),
    GatheringState.HELD: (to_translate("geweest"), "neutral"),
    GatheringState.REPORTED: (to_translate("met verslag"), "info"),
    GatheringState.CANCELLED: (to_translate("gaat niet door"), "urgent"),
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
    AccessNeed.WHEELCHAIR: to_translate("Plek voor een rolstoel of rollator"),
    AccessNeed.HEARING_LOOP: to_translate("Een ringleiding"),
    AccessNeed.MICROPHONE: to_translate("Een microfoon voor wie spreekt"),
    AccessNeed.CALM: to_translate("Weinig geluid"),
    AccessNeed.BRIGHT_LIGHT: to_translate("Veel licht"),
    AccessNeed.SOFT_LIGHT: to_translate("Zacht licht"),
    AccessNeed.LARGE_PRINT: to_translate("Papier met grote letters"),
    AccessNeed.ASSISTANCE_DOG: to_translate("Mijn hulphond komt mee"),
    AccessNeed.NO_ANIMALS: to_translate("Geen dieren in de zaal"),
}
FOOD: Final[Mapping[Food, str]] = {
    Food.HALAL: to_translate("Halal"),
    Food.KOSHER: to_translate("Koosjer"),
    Food.VEGETARIAN: to_translate("Geen vlees en geen vis"),
    Food.VEGAN: to_translate("Niets van dieren"),
    Food.NO_GLUTEN: to_translate("Geen gluten"),
    Food.NO_LACTOSE: to_translate("Geen melk"),
    Food.NO_NUTS: to_translate("Geen noten"),
}
SEEN_BY: Final[Mapping[SeenBy, str]] = {
    SeenBy.NOBODY: to_translate("Alleen wie de bijeenkomst organiseert of ontvangt"),
    SeenBy.PARTICIPANTS: to_translate("Ook wie een plek heeft"),
    SeenBy.NETWORK: to_translate("Ook iedereen in het netwerk met een account"),
    SeenBy.EVERYBODY: to_translate("Iedereen: mijn naam staat op de site"),
}
COMES_AS: Final[Mapping[ComesAs, str]] = {
    ComesAs.PARENT: to_translate("Als ouder"),
    ComesAs.EXPERT: to_translate("Als ervaringsdeskundige"),
    ComesAs.WORK: to_translate("Voor mijn werk"),
    ComesAs.VOLUNTEER: to_translate("Als vrijwilliger"),
    ComesAs.NOT_TOLD: to_translate("Dat zeg ik liever niet"),
}
CIRCLES: Final = {True: "binnenkring", False: "buitenkring"}
SIGN_LANGUAGE_WORDS: Final = to_translate("Ik wil een tolk voor gebarentaal")
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
    OutcomeState.OPEN: (to_translate("loopt"), "info"),
    OutcomeState.DONE: (to_translate("gelukt"), "good"),
    OutcomeState.DROPPED: (to_translate("gestopt"), "neutral"),
}
