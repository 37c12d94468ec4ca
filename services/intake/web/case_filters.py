"""What stands in the address of the list of requests: which ones, and in which order. A name stands in no address."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from services.intake.domain.case_state import KEPT, CaseState
from services.intake.domain.listing import CaseOrder, CaseSearch
from services.intake.web.organisation_choice import found
from services.intake.web.words import STATES
from shared.kernel.city import City
from shared.web.forms import Form

PATH: Final = "/aanvragen"
MOST_OF_A_NUMBER: Final = 11
# By the word in the address: in which state a case is.
STANDS: Final[Mapping[str, CaseState]] = {
    "nieuw": CaseState.RECEIVED,
    "gesprek": CaseState.IN_INVENTORY,
    "loopt": CaseState.ASSESSED,
    "afgesloten": CaseState.CLOSED,
    "ingetrokken": CaseState.WITHDRAWN,
}
ORDERS: Final[Mapping[str, CaseOrder]] = {
    "nieuwste": CaseOrder.NEWEST,
    "oudste": CaseOrder.OLDEST,
    "veranderd": CaseOrder.CHANGED,
}
ORDER_WORDS: Final = [
    ("nieuwste", "Nieuwste eerst"), ("oudste", "Oudste eerst"), ("veranderd", "Laatst veranderd eerst"),
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filters:
    """What somebody looks for, as it was typed; `van` is the ambassador whose cases the desk looks at."""

    nummer: str = ""
    school: str = ""
    soort: str = ""
    stand: str = ""
    volgorde: str = ""
    van: str = ""

    def address(self, **changes: str) -> str:
        """The list with these changes; what is not looked for is left out."""
        asked = {each.name: getattr(self, each.name) for each in fields(self)} | changes
        query = urlencode({name: value for name, value in asked.items() if value})
        return f"{PATH}?{query}" if query else PATH

    @property
    def narrows(self) -> bool:
        """Whether not all is shown."""
        return replace(self, volgorde="") != Filters()

    def as_form(self) -> Form[Any]:
        """For the fields of the search."""
        return Form(values={each.name: getattr(self, each.name) for each in fields(self)})


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters as they are used; `unknown`: what they asked for and is not there (any more), in words."""

    filters: Filters
    search: CaseSearch
    unknown: tuple[str, ...] = ()


def typed_filters(query: Mapping[str, str]) -> Filters:
    """What stands in the address."""
    return Filters(**{each.name: query.get(each.name, "").strip()[:100] for each in fields(Filters)})


def read_filters(typed: Filters, city: City, schools: Mapping[UUID, str]) -> Asked:
    """What the address asks for. A choice that the city does not have (any more) is said, and left out."""
    filters, unknown = replace(typed, nummer=typed.nummer.upper()[:MOST_OF_A_NUMBER]), list[str]()
    for name, known, words in (
        ("soort", city.categories, "deze soort hulp"), ("stand", STANDS, "deze stand"),
        ("volgorde", ORDERS, "deze volgorde"),
    ):  # fmt: skip
        if getattr(filters, name) and getattr(filters, name) not in known:
            filters, unknown = replace(filters, **{name: ""}), [*unknown, words]
    if filters.van and _id(filters.van) is None:
        filters, unknown = replace(filters, van=""), [*unknown, "deze contactpersoon"]
    return Asked(filters, _search(filters, schools), tuple(unknown))


def _search(filters: Filters, schools: Mapping[UUID, str]) -> CaseSearch:
    van = _id(filters.van)
    return CaseSearch(
        organisations=frozenset(UUID(each) for each, _ in found(schools, filters.school)) if filters.school else None,
        ambassadors=frozenset({van}) if van else None,
        states=frozenset({STANDS[filters.stand]}) if filters.stand else KEPT,
        number=filters.nummer,
        category=filters.soort or None,
        order=ORDERS.get(filters.volgorde, CaseOrder.NEWEST),
    )


@dataclass(frozen=True, slots=True)
class Stand:
    """A state in which there are cases: its word, where these are shown, how many, and whether it is chosen."""

    label: str
    href: str
    count: int
    current: bool


def stands_of(asked: Asked, counts: Mapping[CaseState, int]) -> list[Stand]:
    """All together, and each state in which there is a case."""
    filters = asked.filters
    shown = [Stand("Alles", filters.address(stand=""), sum(counts.values()), not filters.stand)]
    return shown + [
        Stand(STATES[state][0], filters.address(stand=word), counts.get(state, 0), filters.stand == word)
        for word, state in STANDS.items()
        if counts.get(state, 0) or filters.stand == word
    ]


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
