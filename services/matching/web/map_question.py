"""What somebody asks of the social map, as it stands in the address of the page, and what is found, in groups."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from services.matching.domain.map_query import MapQuery
from services.matching.domain.network import Service
from services.matching.domain.ranking import Offer
from shared.kernel.city import Category, City, CodeList, Group
from shared.web.forms import Form
from shared.web.languages import gettext, listed, ngettext

OF_ONE_KIND, OF_ALL_KINDS = 20, 60
"""How many stand on a page: those of one kind of help, and those of several in groups."""
LONGEST: Final = 200
MOST_PAGES_OF_MAP: Final = 1_000
OLDEST: Final = 120
YES: Final = "ja"


@dataclass(frozen=True, slots=True)
class MapQuestion:
    """Words and filters; what cannot be read is left out, because a search page never refuses."""

    path: str
    values: Mapping[str, Any]
    """By the names of the page's fields; what is empty is not in it."""
    page: int = 1

    @classmethod
    def read(cls, path: str, params: QueryParams, city: City) -> "MapQuestion":
        """As somebody typed or chose it."""
        asked = {name: value.strip()[:LONGEST] for name, value in params.items()}
        chosen = {
            "groep": _known(asked.get("groep", ""), city.category_groups.offered),
            "categorie": _known(asked.get("categorie", ""), city.categories.offered),
            "wijk": _known(asked.get("wijk", ""), city.districts.offered),
            "taal": _known(asked.get("taal", ""), city.languages.offered),
            "leeftijd": _number(asked.get("leeftijd", ""), 0, OLDEST),
            "toegang": [code for code in dict.fromkeys(params.getlist("toegang")) if code in city.access.offered],
        }
        ticked = {name: YES for name in ("gratis", "open", "alles") if asked.get(name) == YES}
        values = {"q": asked.get("q", ""), **chosen, **ticked}
        kept = {name: value for name, value in values.items() if value not in ("", None, [])}
        return cls(path, kept, _number(asked.get("pagina", ""), 1, MOST_PAGES_OF_MAP) or 1)

    @property
    def text(self) -> str:
        """The words that were typed."""
        return str(self.values.get("q", ""))

    @property
    def category(self) -> str:
        """The kind of help that was chosen."""
        return str(self.values.get("categorie", ""))

    @property
    def group(self) -> str:
        """The group of kinds of which one is still to be chosen."""
        return str(self.values.get("groep", "")) if self.values.keys() == {"groep"} else ""

    @property
    def is_asked(self) -> bool:
        """Whether there is something to look for."""
        return bool(self.values.keys() - {"groep"})

    @property
    def is_open_now(self) -> bool:
        """Whether only what is open now is looked for."""
        return "open" in self.values

    @property
    def per_page(self) -> int:
        """How many stand on a page."""
        return OF_ONE_KIND if self.category else OF_ALL_KINDS

    @property
    def form(self) -> Form[Any]:
        """What stands in the fields."""
        return Form(values=dict(self.values))

    def query(self, city: City, now: datetime, *, hidden: bool) -> MapQuery:
        """As the map is asked at this moment."""
        return MapQuery(
            text=self.text,
            category=self.category,
            district=str(self.values.get("wijk", "")),
            language=str(self.values.get("taal", "")),
            is_own_language=self.values.get("taal") == city.language,
            age=self.values.get("leeftijd"),
            free_only="gratis" in self.values,
            open_at=now.astimezone(city.zone) if self.is_open_now else None,
            access=tuple(self.values.get("toegang", ())),
            include_hidden=hidden,
            counts_kinds=not self.category,
            page=self.page,
            per_page=self.per_page,
        )

    def pages(self, total: int) -> int:
        """On how many pages so many stand."""
        return -(-total // self.per_page)

    def address(self, **changes: Any) -> str:  # noqa: ANN401 - whatever stands in a field
        """The same question with these fields otherwise, from its first page; None takes one away."""
        values = {**self.values, **changes}
        asked = urlencode({name: value for name, value in values.items() if value is not None}, doseq=True)
        return f"{self.path}?{asked}" if asked else self.path

    def on_page(self, page: int) -> str:
        """The address of another page of what is found."""
        return self.address(pagina=page if page > 1 else None)

    @property
    def without_filters(self) -> str:
        """The address with its words alone, or else with the kind of help alone."""
        kept = "q" if "q" in self.values else "categorie"
        return self.address(**dict.fromkeys(self.values.keys() - {kept}))

    def chosen(self, city: City) -> list[tuple[str, str]]:
        """Each filter in words, and the address without it."""
        lists: Mapping[str, CodeList[Any]] = {
            "categorie": city.categories, "wijk": city.districts, "taal": city.languages,
        }  # fmt: skip
        found = [
            (codes.words(self.values[name]), self.address(**{name: None}))
            for name, codes in lists.items()
            if name in self.values
        ]
        if "leeftijd" in self.values:
            age = self.values["leeftijd"]
            found.append((ngettext("%(num)s jaar", "%(num)s jaar", age), self.address(leeftijd=None)))
        if "gratis" in self.values:
            found.append((gettext("gratis"), self.address(gratis=None)))
        if self.is_open_now:
            found.append((gettext("nu open"), self.address(open=None)))
        asked = self.values.get("toegang", [])
        for code in asked:
            rest = [other for other in asked if other != code]
            found.append((city.access.words(code), self.address(toegang=rest or None)))
        return found


@dataclass(frozen=True, slots=True)
class Kind:
    """What was found of one kind of help: in its order, and what several places call the same together."""

    category: str
    offers: tuple[Offer, ...]

    @property
    def by_name(self) -> list[tuple[Offer, ...]]:
        """One or more offers of the same name."""
        same: dict[str, list[Offer]] = {}
        for offer in self.offers:
            same.setdefault(offer.service.name.casefold(), []).append(offer)
        return [tuple(offers) for offers in same.values()]


def by_kind(offers: Sequence[Offer], chosen: str = "") -> list[Kind]:
    """In groups, the kind of the best answer first; all of them in one when a kind was chosen.

    An offer of several kinds stands under the one that most of the others have.
    """
    often = Counter(code for offer in offers for code in offer.service.categories)
    kinds: dict[str, list[Offer]] = {}
    for offer in offers:
        kind = chosen or max(offer.service.categories, key=lambda code: often[code], default="")
        kinds.setdefault(kind, []).append(offer)
    return [Kind(category, tuple(inside)) for category, inside in kinds.items()]


def kinds_in(group: str, city: City) -> list[tuple[str, Category]]:
    """Each kind of help of a group that can be chosen now, with its code."""
    return [(code, one) for code, one in city.categories.offered.items() if one.group == group]


def groups_of(city: City) -> list[tuple[str, Group]]:
    """Each group of which something can be chosen now, with its code."""
    return [(code, one) for code, one in city.category_groups.offered.items() if kinds_in(code, city)]


def why(service: Service, question: MapQuestion, city: City) -> str:
    """Which of the chosen filters it answers: Werkt in Oost. Spreekt Arabisch. Lift."""
    said = []
    if district := question.values.get("wijk"):
        if service.whole_city:
            said.append(gettext("Werkt in de hele stad"))
        elif district in service.districts:
            said.append(gettext("Werkt in %(where)s", where=city.districts.in_sentence(district)))
    if language := question.values.get("taal"):
        said.append(gettext("Spreekt %(language)s", language=city.languages.words(language)))
    if asked := question.values.get("toegang"):
        said.append(listed(map(city.access.words, asked)))
    return ". ".join(said)


def _known(code: str, known: Collection[str]) -> str:
    return code if code in known else ""


def _number(typed: str, least: int, most: int) -> int | None:
    return int(typed) if typed.isdecimal() and len(typed) < len("10000") and least <= int(typed) <= most else None
