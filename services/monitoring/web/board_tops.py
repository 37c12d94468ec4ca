"""What stands above the lines of the board: figures, lanes, views, what was chosen, and by what it is sorted."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from services.monitoring.domain.board import BoardFigures, SavedView
from services.monitoring.domain.lane import Lane
from services.monitoring.domain.state import CaseState
from services.monitoring.web.lanes import LANES, lane_title
from services.monitoring.web.narrowing import LABELS, MINE, NAMES, NOBODYS, SHOWN, Narrowing
from services.monitoring.web.pace_view import month_in_words
from services.monitoring.web.words import Words
from shared.events.monitoring import EscalationReason
from shared.kernel.city import City

# Choices that everybody at the desk makes each day.
QUICK: Final[Mapping[str, Narrowing]] = {
    "Van mij": Narrowing(van=MINE),
    "Van niemand": Narrowing(van=NOBODYS),
    "Nieuw": Narrowing(punt=EscalationReason.NEW_REQUEST),
}
# Words in the address that are no choice of filters.
OTHERS: Final = frozenset({"pagina", "alles"})
COLUMNS: Final = (
    ("nummer", "Nummer"),
    ("urgentie", "Hoe snel"),
    ("", "Wat en voor wie"),
    ("wijk", "Wijk"),
    ("door", "Gevraagd door"),
    ("sinds", "Gevraagd op"),
    ("toestand", "Hoe het staat"),
    ("stap", "Volgende stap"),
    ("wie", "Van wie"),
    ("", "Wie bellen"),
)


@dataclass(frozen=True, slots=True)
class Link:
    """A choice to make: where it leads, how many cases it has, and whether it is made."""

    label: str
    href: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """A number on top, which leads to its cases when there are any."""

    number: int
    label: str
    tone: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Heading:
    """A column; `sorted`: ascending or descending, when the lines are in its order."""

    label: str
    href: str | None
    sorted: str | None


def counted(number: int, one: str, more: str) -> str:
    """The word that goes with the number."""
    return one if number == 1 else more


def figures(counts: BoardFigures, city: City) -> list[Figure]:
    """Of all open cases, whatever is chosen below."""
    lost, unseen, stuck = counts.without_next_step, counts.out_of_sight, counts.stuck
    return [
        _figure(lost, f"{counted(lost, 'kind', 'kinderen')} zonder volgende stap", "urgent", "stap=geen"),
        _figure(unseen, "uit het oog", "urgent", "oog=uit"),
        _figure(stuck, f"op de lijst van {city.desk.in_sentence}", "attention", "vast=ja"),
        Figure(
            counts.open_cases, counted(counts.open_cases, "open aanvraag", "open aanvragen"), "neutral",
            "/bord?alles=ja" if counts.open_cases else None,
        ),
    ]  # fmt: skip


def lane_tabs(lanes: Mapping[Lane | None, int], choices: Narrowing) -> list[Link]:
    """All lanes within the other choices, with how many are in each."""
    chosen = choices.groep if choices.groep in set(Lane) else ""
    everything = Link("Alles", choices.address(groep=""), sum(lanes.values()), chosen == "")
    return [everything] + [
        Link(lane_title(lane), choices.address(groep=lane.value), lanes[lane], chosen == lane) for lane in LANES
    ]


def view_links(views: Sequence[SavedView], counts: Sequence[int], choices: Narrowing) -> list[Link]:
    """The choices of each day, and then the saved views."""
    addresses = [(title, one.query()) for title, one in QUICK.items()] + [(one.title, one.query) for one in views]
    return [
        Link(title, f"/bord?{query}", count, query == choices.query())
        for (title, query), count in zip(addresses, counts, strict=True)
    ]


def headings(choices: Narrowing) -> list[Heading]:
    """The columns; a second time turns the order around."""
    return [_heading(choices, key, label) for key, label in COLUMNS]


def chips(choices: Narrowing, names: Mapping[UUID, str], words: Words) -> list[tuple[str, str]]:
    """What narrows now in words, and the address without it."""
    unknown = {label for label, _ in choices.unknown(words.city)}
    return [
        (_in_words(name, value, names, words), choices.address(**{name: ""}))
        for name, value in choices.chosen().items()
        if name not in {*SHOWN, "groep"} and LABELS.get(name) not in unknown
    ]


def together(choices: Narrowing, total: int) -> str | None:
    """Where several points of one school, with one cause, are handled at once; None: this is no such choice."""
    of_one_cause = choices.punt in set(EscalationReason) and choices.organisation_id is not None
    if total <= 1 or not of_one_cause:
        return None
    return f"/bord/samen?{urlencode({'reden': choices.punt, 'van': choices.betrokken})}"


def warnings(choices: Narrowing, asked: Iterable[str], city: City) -> Iterator[str]:
    """Choices of an older view or address that there are no more."""
    for label, value in choices.unknown(city):
        if label == LABELS["zoek"]:
            yield f"Zoeken: typ minstens 2 letters of cijfers, niet “{value}”."
        else:
            yield f"{label}: “{value}” bestaat niet (meer)."
    for name in asked:
        if name not in {*NAMES, *OTHERS}:
            yield f"Het filter “{name[:40]}” bestaat niet (meer)."


def _figure(number: int, label: str, tone: str, query: str) -> Figure:
    return Figure(number, label, tone if number else "good", f"/bord?{query}" if number else None)


def _heading(choices: Narrowing, key: str, label: str) -> Heading:
    if not key:
        return Heading(label, None, None)
    direction = {key: "ascending", f"-{key}": "descending"}.get(choices.volgorde)
    after = f"-{key}" if direction == "ascending" else key
    return Heading(label, choices.address(volgorde=after), direction)


def _in_words(name: str, value: str, names: Mapping[UUID, str], words: Words) -> str:
    of_code: Mapping[str, Callable[[], str]] = {
        "wijk": lambda: words.district(value),
        "categorie": lambda: words.city.categories.words(value),
        "toestand": lambda: words.state(CaseState(value))[0],
        "maand": lambda: month_in_words(value),
        "punt": lambda: words.reason(EscalationReason(value))[0],
        "betrokken": lambda: names.get(UUID(value), "een organisatie die we niet (meer) kennen"),
        "zoek": lambda: f"“{value}”",
        "van": lambda: "van mij" if value == MINE else "van niemand",
        "vast": lambda: f"op de lijst van {words.city.desk.in_sentence}",
        "oog": lambda: "uit het oog",
        "stap": lambda: "zonder volgende stap",
        "afgerond": lambda: "ook afgeronde aanvragen",
    }
    said = of_code[name]()
    return f"{LABELS[name]}: {said}" if name in LABELS and name != "van" else said
