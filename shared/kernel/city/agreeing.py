"""Whether the parts of a city agree with each other.

It looks at what the file says, not at what came of it: so all disagreements are told at once, together with whatever
else is wrong. What has the wrong shape is passed over here; that is told by the field itself.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails, InitErrorDetails, PydanticCustomError

from shared.kernel.city.codes import ListName

LISTS: Final[tuple[str, ...]] = get_args(ListName)
# What a translation holds, and of which list.
TRANSLATED: Final[Mapping[str, str]] = {
    **{
        name: name
        for name in ("category_groups", "categories", "organisation_kinds", "access", "districts", "languages")
    },
    "descriptions": "categories",
}
URGENCIES: Final = ("today", "soon", "normal")
Tables = Mapping[str, Any]
Disagreement = tuple[tuple[str, ...], str]
"""Where, and what is wrong there."""


def disagreements(city: object) -> Iterator[Disagreement]:
    """Everything in which parts of this city's file contradict each other."""
    for name in LISTS:
        yield from _distinct(name, _table(city, name))
    yield from _complete(_table(city, "urgencies"))
    yield from _grouped(_table(city, "categories"), _table(city, "category_groups"))
    yield from _suggested(_table(city, "signals"), _table(city, "categories"))
    yield from _spoken(city, _table(city, "languages"))
    yield from _shared(city)
    yield from _translated(city)


def whole(given: object, validate: Callable[[object], Any]) -> Any:  # noqa: ANN401 - whatever `validate` gives
    """What `validate` makes of it. Raises ValidationError with what is wrong in its fields and between them."""
    between = [_details(where, what) for where, what in disagreements(given)]
    try:
        city = validate(given)
    except ValidationError as error:
        inside = map(_again, error.errors(include_url=False))
        raise ValidationError.from_exception_data("City", [*inside, *between]) from None
    if between:
        raise ValidationError.from_exception_data("City", between)
    return city


def _table(inside: object, *names: str) -> Tables:
    for name in names:
        inside = inside.get(name) if isinstance(inside, Mapping) else None
    return inside if isinstance(inside, Mapping) else {}


def _distinct(name: str, entries: Tables) -> Iterator[Disagreement]:
    """Two that are called the same cannot be told apart on a form; and something must be left to choose from."""
    first: dict[str, str] = {}
    offered = {code: one for code, one in entries.items() if _table(one).get("retired") is not True}
    for code, entry in offered.items():
        words = entry if isinstance(entry, str) else _table(entry).get("words")
        if isinstance(words, str) and first.setdefault(words.casefold(), code) != code:
            yield (name, code), f"{first[words.casefold()]} is called the same: nobody can tell them apart"
    if entries and not offered:
        yield (name,), "everything in it is retired: nothing is left to choose from"


def _complete(urgencies: Tables) -> Iterator[Disagreement]:
    """Exactly the codes that the events know."""
    if urgencies:
        yield from ((("urgencies",), f"{code} is missing") for code in URGENCIES if code not in urgencies)
    for code in urgencies:
        if code not in URGENCIES:
            yield ("urgencies", code), f"there is no such urgency; there are {', '.join(URGENCIES)}"


def _grouped(categories: Tables, groups: Tables) -> Iterator[Disagreement]:
    """Every category has a group that exists, no group is empty, and no code stands for one of each."""
    used = {code: group for code, one in categories.items() if isinstance(group := _table(one).get("group"), str)}
    for code, group in used.items():
        if group not in groups:
            yield ("categories", code, "group"), f"there is no group {group} under [category_groups]"
    for group in groups:
        if categories and group not in used.values():
            yield ("category_groups", group), "no category is in this group"
        if group in categories:
            yield ("categories", group), "a group has this code too: choose another one"


def _suggested(signals: Tables, categories: Tables) -> Iterator[Disagreement]:
    """What a signal suggests is a category."""
    for code in signals:
        suggests = _table(signals, code).get("suggests")
        for category in suggests if isinstance(suggests, list) else ():
            if isinstance(category, str) and category not in categories:
                yield ("signals", code, "suggests"), f"there is no category {category} under [categories]"


def _spoken(city: object, languages: Tables) -> Iterator[Disagreement]:
    """The city's own language and those of its texts have words; every text is there in the city's own."""
    own = city.get("language") if isinstance(city, Mapping) else None
    if isinstance(own, str) and languages and own not in languages:
        yield ("language",), "it does not stand under [languages]"
    texts = _table(city, "consent", "texts")
    first_days = _table(city, "consent", "first_days")
    for version in first_days.keys() - texts.keys():
        yield ("consent", "first_days", version), "there is no text of this version under [consent.texts]"
    for version in texts:
        if version not in first_days:
            yield ("consent", "texts", version), "it has no first day under [consent.first_days]"
        if isinstance(own, str) and own not in _table(texts, version):
            yield ("consent", "texts", version), f"it has no text in {own}, the city's own language"
        for tag in _table(texts, version):
            if tag not in languages:
                yield ("consent", "texts", version, tag), f"there is no language {tag} under [languages]"


def _shared(city: object) -> Iterator[Disagreement]:
    """What partners may read is asked with a version of the text by which the family consented to be helped.

    It is there in the city's own language, which whoever reads another one than it was written in is shown.
    """
    own = city.get("language") if isinstance(city, Mapping) else None
    languages, sharing = _table(city, "languages"), _table(city, "consent", "sharing")
    for version in sharing.keys() - _table(city, "consent", "texts").keys():
        yield ("consent", "sharing", version), "there is no text of this version under [consent.texts]"
    for version in sharing:
        if isinstance(own, str) and own not in _table(sharing, version):
            yield ("consent", "sharing", version), f"it has no text in {own}, the city's own language"
        for tag in _table(sharing, version):
            if tag not in languages:
                yield ("consent", "sharing", version, tag), f"there is no language {tag} under [languages]"


def _translated(city: object) -> Iterator[Disagreement]:
    """What is translated is there, into a language that the city knows."""
    for tag, words in _table(city, "translations").items():
        if tag not in _table(city, "languages"):
            yield ("translations", tag), f"there is no language {tag} under [languages]"
        for name, of in TRANSLATED.items():
            there = _table(city, of)
            for code in _table(words, name):
                if code not in there:
                    yield ("translations", tag, name, code), f"there is no {code} under [{of}]"


def _details(where: Sequence[str], what: str) -> InitErrorDetails:
    kind = PydanticCustomError("disagreement", "{what}", {"what": what})
    return InitErrorDetails(type=kind, loc=tuple(where), input=None)


def _again(error: ErrorDetails) -> InitErrorDetails:
    kind, context = error["type"], error.get("ctx", {})
    if kind in {"disagreement", "value_error", "assertion_error"}:
        return _details([str(part) for part in error["loc"]], error["msg"].removeprefix("Value error, "))
    return InitErrorDetails(type=kind, loc=error["loc"], input=error["input"], ctx=context)
