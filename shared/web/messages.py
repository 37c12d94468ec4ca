"""What is wrong with a value: one table for forms and for the API, and what forms need of it in other languages.

Keys are pydantic's error types; a sentence may use the error's own context (`{max_length}`).
"""

from collections.abc import Mapping
from typing import Any

from shared.kernel.translatable import to_translate
from shared.web.body import is_blank
from shared.web.languages import translated

FALLBACK = to_translate("Dit klopt niet.")

SENTENCES: Mapping[str, str] = {
    "missing": to_translate("Vul dit in."),
    "extra_forbidden": "Dit veld kennen wij niet. Laat het weg.",
    "string_type": "Dit moet tekst zijn.",
    "string_too_short": to_translate("Dit is te kort: minstens {min_length} tekens."),
    "string_too_long": to_translate("Dit is te lang: hooguit {max_length} tekens."),
    "string_pattern_mismatch": "Dit is niet op de goede manier geschreven.",
    "string_unicode": "Hier staan tekens in die wij niet kunnen lezen.",
    "int_type": "Dit moet een geheel getal zijn.",
    "int_parsing": to_translate("Dit moet een geheel getal zijn."),
    "int_from_float": to_translate("Dit moet een geheel getal zijn."),
    "float_type": "Dit moet een getal zijn.",
    "float_parsing": "Dit moet een getal zijn.",
    "bool_type": "Dit moet ja of nee zijn.",
    "bool_parsing": "Dit moet ja of nee zijn.",
    "greater_than": "Dit moet meer zijn dan {gt}.",
    "greater_than_equal": to_translate("Dit moet minstens {ge} zijn."),
    "less_than": "Dit moet minder zijn dan {lt}.",
    "less_than_equal": to_translate("Dit mag hooguit {le} zijn."),
    "date_type": "Dit moet een datum zijn.",
    "date_parsing": "Dit is geen datum die bestaat.",
    "date_from_datetime_parsing": "Dit is geen datum die bestaat.",
    "date_from_datetime_inexact": "Dit moet een datum zijn, zonder tijd.",
    "date_past": "Deze datum moet in het verleden liggen.",
    "date_future": "Deze datum moet in de toekomst liggen.",
    "datetime_type": "Dit moet een datum met tijd zijn.",
    "datetime_parsing": "Dit is geen datum met tijd die bestaat.",
    "timezone_aware": "Zet de tijdzone erbij.",
    "uuid_type": "Dit moet een kenmerk in UUID-vorm zijn.",
    "uuid_parsing": "Dit moet een kenmerk in UUID-vorm zijn.",
    "enum": to_translate("Kies een van deze: {expected}."),
    "literal_error": to_translate("Kies een van deze: {expected}."),
    "list_type": "Dit moet een lijst zijn.",
    "tuple_type": "Dit moet een lijst zijn.",
    "too_short": "Geef er minstens {min_length}.",
    "too_long": to_translate("Geef er hooguit {max_length}."),
    "dict_type": "Dit moet een object met velden zijn.",
    "model_type": "Dit moet een object met velden zijn.",
    "model_attributes_type": "Dit moet een object met velden zijn.",
    "none_required": "Laat dit leeg.",
    "json_invalid": "Stuur geldige JSON in UTF-8.",
}
OPENINGS: Mapping[str, str] = {"value_error": "Value error, ", "assertion_error": "Assertion failed, "}

# What a good value looks like, where the model names none.
EXAMPLES: Mapping[str, str] = {
    "int_parsing": "3",
    "int_type": "3",
    "bool_type": "true",
    "bool_parsing": "true",
    "date_type": "2017-12-31",
    "date_parsing": "2017-12-31",
    "date_from_datetime_parsing": "2017-12-31",
    "datetime_parsing": "2026-03-02T09:00:00+01:00",
    "timezone_aware": "2026-03-02T09:00:00+01:00",
    "uuid_type": "01890a5d-ac96-774b-bcce-b302099a8057",
    "uuid_parsing": "01890a5d-ac96-774b-bcce-b302099a8057",
    "greater_than_equal": "{ge}",
    "less_than_equal": "{le}",
}


def sentence(error: Mapping[str, Any]) -> str:
    """A Dutch sentence for one of pydantic's errors (`ValidationError.errors()`).

    A validator of our own raises ValueError with a Dutch sentence; that one is used as it is. An empty text where
    something is needed is a field that was not filled in, whatever it must look like.
    """
    kind = "missing" if is_blank(error.get("input")) else str(error["type"])
    if kind in OPENINGS:
        return translated(str(error["msg"]).removeprefix(OPENINGS[kind]))
    context = {**error.get("ctx", {})}
    if "expected" in context:
        context["expected"] = str(context["expected"]).replace(" or ", " of ")
    try:
        return translated(SENTENCES.get(kind, FALLBACK)).format(**context)
    except (KeyError, IndexError):
        return translated(FALLBACK)


def example(error: Mapping[str, Any]) -> str | None:
    """A good value for this kind of error, when the model itself has no example."""
    known = EXAMPLES.get(str(error["type"]))
    return known.format(**error.get("ctx", {})) if known else None
