"""Cards in words: the same on every page, in a file, on a visiting card and in a mail."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from services.community.domain.card import CardField, ShownCard, Viewer
from services.community.domain.contact import ContactKind
from services.community.handlers.cards import Face
from services.community.web.card_forms import SeenBy, Weekday
from shared.events.http import KnownPerson
from shared.kernel.city import City
from shared.web.roles import ROLE_WORDS

LABELS: Final[Mapping[CardField, str]] = {
    CardField.PHONE: "Telefoon op het werk",
    CardField.MOBILE: "Mobiel",
    CardField.EMAIL: "E-mail",
    CardField.DAYS: "Werkt op",
    CardField.DISTRICT: "Wijk",
    CardField.LANGUAGES: "Spreekt",
    CardField.EXPERTISE: "Weet veel van",
    CardField.ASK_ME: "Vraag mij over",
    CardField.LIVED: "Maakte zelf mee",
}
SEEN_BY_WORDS: Final[Mapping[SeenBy, str]] = {
    SeenBy.NOBODY: "Niemand",
    SeenBy.COORDINATOR: "Alleen de coördinator",
    SeenBy.NETWORK: "Het netwerk",
    SeenBy.PUBLIC: "Iedereen die mijn code heeft",
}
DAYS: Final[Mapping[Weekday, str]] = {
    Weekday.MONDAY: "maandag",
    Weekday.TUESDAY: "dinsdag",
    Weekday.WEDNESDAY: "woensdag",
    Weekday.THURSDAY: "donderdag",
    Weekday.FRIDAY: "vrijdag",
    Weekday.SATURDAY: "zaterdag",
    Weekday.SUNDAY: "zondag",
}
CONTACTS: Final[Mapping[ContactKind, str]] = {
    ContactKind.INTRODUCTION: "een kennismaking",
    ContactKind.GATHERING: "een bijeenkomst",
    ContactKind.APPOINTMENT: "een afspraak",
    ContactKind.MAIL: "een bericht via de site",
}
VIEWERS: Final[Mapping[Viewer, str]] = {
    Viewer.NETWORK: "Het netwerk",
    Viewer.COORDINATOR: "De coördinator",
    Viewer.PUBLIC: "Wie je code heeft",
}
UNKNOWN: Final = "Naam nu niet te zien"


@dataclass(frozen=True, slots=True)
class FaceView:
    """Somebody with what this viewer reads, in words."""

    face: Face
    name: str
    organisations: str
    roles: str
    lines: tuple[tuple[CardField, str, str], ...]

    @property
    def photo(self) -> str:
        """The name of their photo, when this viewer sees it."""
        return self.face.card.one(CardField.PHOTO)

    def fits(self, words: str) -> bool:
        """Whether all of these stand in what this viewer reads; what somebody lived through is not looked in."""
        shown = [self.name, self.organisations, self.roles]
        shown += [told for name, _, told in self.lines if name is not CardField.LIVED]
        whole = " ".join(shown).casefold()
        packed = "".join(one for one in whole if not one.isspace())
        return all(word in whole or word in packed for word in words.casefold().split())


@dataclass(frozen=True, slots=True)
class Filters:
    """What somebody looks for; empty: anything."""

    words: str = ""
    district: str = ""
    language: str = ""
    expertise: str = ""

    def let_through(self, view: FaceView) -> bool:
        """Whether this is one of them, by what this viewer reads of them."""
        values = view.face.card.values
        wanted = (
            (self.district, CardField.DISTRICT),
            (self.language, CardField.LANGUAGES),
            (self.expertise, CardField.EXPERTISE),
        )
        return view.fits(self.words) and all(not one or one in values.get(name, ()) for one, name in wanted)


def view_of(face: Face, people: Mapping[UUID, KnownPerson], city: City) -> FaceView:
    """Name and organisation come from matching; without it the rest stands there."""
    known = people.get(face.person_id)
    return FaceView(
        face,
        known.name if known else UNKNOWN,
        ", ".join(known.organisations) if known else "",
        ", ".join(ROLE_WORDS[one] for one in face.roles),
        tuple((name, LABELS[name], told) for name, told in lines_of(face.card, city)),
    )


def views_of(
    faces: Collection[Face], people: Mapping[UUID, KnownPerson], city: City, filters: Filters
) -> Sequence[FaceView]:
    """Those that are looked for, by name."""
    views = (view_of(one, people, city) for one in faces)
    return sorted(filter(filters.let_through, views), key=lambda one: (one.name.casefold(), one.face.person_id))


def lines_of(card: ShownCard, city: City) -> list[tuple[CardField, str]]:
    """Each field that is shown, in words."""
    return [(name, _words(name, card.values[name], city)) for name in LABELS if card.values.get(name)]


def _words(name: CardField, told: Sequence[str], city: City) -> str:
    if name is CardField.DAYS:
        return ", ".join(DAYS[Weekday(one)] for one in told)
    in_city: Mapping[CardField, Callable[[str], str]] = {
        CardField.DISTRICT: city.districts.words,
        CardField.LANGUAGES: city.languages.words,
        CardField.EXPERTISE: city.categories.words,
    }
    words = in_city.get(name, str)
    return ", ".join(map(words, told))
