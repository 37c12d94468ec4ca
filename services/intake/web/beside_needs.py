"""Beside the talk with a family: what to ask next, what may be needed, and what to read about it. Kept nowhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from services.intake.web.bodies import MAX_NEEDS
from shared.events.shelf import Shelf, ShelvedArticle
from shared.kernel.city import City
from shared.web.forms import Form

ADD: Final = "add:"
MOST_LINKS: Final = 6


@dataclass(frozen=True, slots=True)
class Noticed:
    """One signal that was ticked. `suggested`: code and words of help that may be needed."""

    words: str
    ask: tuple[str, ...]
    suggested: tuple[tuple[str, str], ...]
    articles: tuple[ShelvedArticle, ...]


def beside(form: Form[Any], shelf: Shelf, city: City) -> dict[str, Any]:
    """All of it, as the page takes it."""
    return {
        "tick_list": _tick_list(city),
        "noticed": _noticed_in(form, shelf, city),
        "reading": [_reading_for(form.value_of(f"needs.{row}.category"), shelf) for row in range(MAX_NEEDS)],
    }


def _tick_list(city: City) -> list[tuple[str, str, str]]:
    """What can be noticed, each with how."""
    return [(code, words, city.signals[code].explanation or "") for code, words in city.signals.options]


def _noticed_in(form: Form[Any], shelf: Shelf, city: City) -> list[Noticed]:
    """Of what is ticked: an order of no kind but that of the city's list, and no number."""
    ticked = set(form.value_of("signals") or ())
    return [
        Noticed(
            words,
            city.signals[code].ask,
            tuple((one, city.categories.words(one)) for one in city.signals[code].suggests),
            _first(one for one in shelf.articles if code in one.signals),
        )
        for code, words in city.signals.options
        if code in ticked
    ]


def _reading_for(category: object, shelf: Shelf) -> tuple[ShelvedArticle, ...]:
    """What helps to ask on about this need, and to arrange it: what can be printed goes first."""
    return _first(one for one in shelf.articles if category in one.categories) if category else ()


def with_suggested(values: Mapping[str, Any], city: City) -> dict[str, Any]:
    """What was typed, with the help that a button named in the first free row; unchanged when it names none."""
    category = str(values.get("go", "")).removeprefix(ADD)
    if category not in city.categories.offered:
        return dict(values)
    chosen = [values.get(f"needs.{row}.category") for row in range(MAX_NEEDS)]
    if category in chosen or all(chosen):
        return dict(values)
    return {**values, f"needs.{chosen.index(next(one for one in chosen if not one))}.category": category}


def _first(articles: Iterable[ShelvedArticle]) -> tuple[ShelvedArticle, ...]:
    return tuple(sorted(articles, key=lambda one: not one.is_aid)[:MOST_LINKS])
