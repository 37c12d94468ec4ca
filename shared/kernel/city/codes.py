"""Lists of codes with their words."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import ClassVar, Final, Literal, TypeVar, get_args

import structlog
from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema
from typing_extensions import override

from shared.kernel.city.values import Value, Words

# As `Code` and `LanguageTag` of the events, which carry these codes; a test holds them equal.
CODE: Final = r"^[a-z][a-z0-9-]{1,39}$"
LANGUAGE_TAG: Final = r"^[a-z]{2,3}(-[A-Z]{2})?$"
MOST_ENTRIES: Final = 300
# The lists of a city, by the name of their section.
ListName = Literal[
    "districts",
    "category_groups",
    "categories",
    "languages",
    "organisation_kinds",
    "person_kinds",
    "access",
    "urgencies",
    "signals",
]
log = structlog.get_logger(__name__)


def uncapitalised(words: str) -> str:
    """As in the middle of a sentence: `Een fiets` becomes `een fiets`, and `ID-kaart` stays what it is."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


class Entry(Value):
    """A code of a list, in words."""

    PATTERN: ClassVar[str] = CODE

    words: Words = Field(description="What people read, as on a button or a label.", examples=["Een woord"])
    in_sentence: Words = Field(
        default_factory=lambda data: str(data["words"]),
        description="The same in the middle of a sentence, where that differs.",
        examples=["een woord"],
    )
    retired: bool = Field(
        default=False,
        description="true: offered nowhere any more; cases that have it already still show its words.",
        examples=[True],
    )


class Noun(Entry):
    """A thing: it loses its capital in a sentence, unless that is said otherwise."""

    in_sentence: Words = Field(
        default_factory=lambda data: uncapitalised(str(data["words"])),
        description="The same in the middle of a sentence, where that is not the words without their capital.",
        examples=["een woord"],
    )


class Short(Entry):
    """An entry of which the words alone are enough in the file: `noord = "Noord"`."""

    @model_validator(mode="before")
    @classmethod
    def _words_alone(cls, given: object) -> object:
        return {"words": given} if isinstance(given, str) else given

    @classmethod
    @override
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        whole = handler.resolve_ref_schema(handler(schema))
        words = whole["properties"]["words"]
        return {"anyOf": [{"type": "string", "minLength": 1, "maxLength": words["maxLength"]}, whole]}


EntryT = TypeVar("EntryT", bound=Entry)


class CodeList(Mapping[str, EntryT]):
    """Codes with their entries, in the order of the file. Retired codes are in it: `offered` is without them."""

    def __init__(self, entries: Mapping[str, EntryT]) -> None:
        self._entries = MappingProxyType(dict(entries))
        self._offered = MappingProxyType({code: one for code, one in self._entries.items() if not one.retired})
        self._missed: set[str] = set()

    @override
    def __getitem__(self, code: str) -> EntryT:
        return self._entries[code]

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    @override
    def __len__(self) -> int:
        return len(self._entries)

    @override
    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(self._entries)})"

    @property
    def offered(self) -> Mapping[str, EntryT]:
        """What can be chosen now."""
        return self._offered

    @property
    def options(self) -> list[tuple[str, str]]:
        """What can be chosen now, as code and words: for a form."""
        return [(code, entry.words) for code, entry in self._offered.items()]

    def words(self, code: str) -> str:
        """The words for a label, of retired codes too. A code that nobody knows is shown as it is.

        That a stored code has words is checked at start; a page that falls over would help nobody after that.
        """
        return self._entries[code].words if self._knows(code) else code

    def in_sentence(self, code: str) -> str:
        """The words for the middle of a sentence, of retired codes too."""
        return self._entries[code].in_sentence if self._knows(code) else code

    def in_one_sentence(self, codes: Iterable[str]) -> str:
        """Several, in Dutch, for what is kept or mailed: Noord, Oost en Zuid. Pages have `listed`, in any language."""
        *first, last = [self.in_sentence(code) for code in codes] or [""]
        return f"{', '.join(first)} en {last}" if first else last

    def _knows(self, code: str) -> bool:
        """Says once of each code without words that it is there: another service runs with another city's file."""
        if code in self._entries:
            return True
        if code not in self._missed and len(self._missed) < MOST_ENTRIES:
            self._missed.add(code)
            kind = next((type(entry).__name__ for entry in self._entries.values()), "")
            log.warning("code_without_words", kind=kind, code=code)
        return False

    def unknown(self, codes: Collection[str]) -> list[str]:
        """Which of these codes have no words."""
        return sorted(set(codes) - set(self._entries))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        (entry,) = get_args(source)
        table = core_schema.dict_schema(
            core_schema.str_schema(pattern=entry.PATTERN, strict=True),
            handler.generate_schema(entry),
            min_length=1,
            max_length=MOST_ENTRIES,
            strict=True,
        )
        as_table = core_schema.plain_serializer_function_ser_schema(dict, return_schema=table)
        return core_schema.no_info_after_validator_function(cls, table, serialization=as_table)


class District(Short):
    """A part of the city; `in_sentence` as in "een kind in het Centrum"."""


class Language(Short):
    """A language that a family may speak, by its tag: `nl`, `pap`, `pt-BR`."""

    PATTERN: ClassVar[str] = LANGUAGE_TAG


class OrganisationKind(Noun, Short):
    """What sort of organisation a partner is."""


class PersonKind(Noun, Short):
    """As what somebody takes part in the network."""


class Access(Short):
    """What makes a place easy to come to or to be in: a lift, a quiet room."""


class Urgency(Noun, Short):
    """How soon help is needed; its codes are those of the events, and each must be there."""
