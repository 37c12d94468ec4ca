"""Lists of codes as a file writes them: by code, or in the words of the city."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Any, Final, Self

from babel import Locale
from babel.core import get_global
from babel.localedata import locale_identifiers

from services.matching.domain.network import WHO_ASKS, SignUp
from shared.events.base import Role
from shared.kernel.city import Category, City, CodeList
from shared.kernel.searched_words import folded

# The same few words stand in thousands of rows.
_folded: Final = lru_cache(maxsize=4096)(folded)


class KnownCodes:
    """One list, ready to be looked up in for every cell of a file.

    `offered`: what may be written, each code with its words; `retired`: what no entry may have any more; `formerly`:
    earlier words of both, unless another code of the same is called so today. `code` and `example` are good answers
    for a machine and for a person; `longest`: in how many parts commas may cut a word.
    """

    def __init__(
        self,
        offered: Mapping[str, Sequence[str]],
        retired: Mapping[str, Sequence[str]] = MappingProxyType({}),
        formerly: Mapping[str, Sequence[str]] = MappingProxyType({}),
    ) -> None:
        self._offered, self._retired = (
            _by_word({code: formerly.get(code, ()) for code in codes}) | _by_word(codes) for codes in (offered, retired)
        )
        self.code = next(iter(offered))
        self.example = " of: ".join([self.code, *offered[self.code][-1:]])
        self.longest = 1 + max(word.count(",") for word in (*self._offered, *self._retired))

    @classmethod
    def of(cls, codes: CodeList[Any]) -> Self:
        """A list of the city."""
        words = {code: (entry.words, entry.in_sentence) for code, entry in codes.items()}
        offered = {code: words.pop(code) for code in codes.offered}
        formerly = {code: entry.formerly for code, entry in codes.items() if isinstance(entry, Category)}
        return cls(offered, words, formerly)

    def find(self, written: str) -> str | None:
        """The code that this means. None: it may not be written."""
        return self._offered.get(_folded(written))

    def knows(self, written: str) -> bool:
        """Whether this means something, be it retired."""
        return _folded(written) in self._offered or self.had(written)

    def had(self, written: str) -> bool:
        """Whether this means what the city gave up."""
        return _folded(written) in self._retired and self.find(written) is None


class KnownLanguages(KnownCodes):
    """The list of languages of a city; `nl-NL`, `nld`, `dut` and `Dutch` are `nl`."""

    def find(self, written: str) -> str | None:
        """The code that this means, by the word or the tag of the city, or by what others call that language."""
        return super().find(written) or super().find(self._tag_of(written))

    def _tag_of(self, written: str) -> str:
        """The language itself, in as few letters as it has; its name may be in any language of the list."""
        plain = _folded(written)
        first = re.split("[-_]", plain, maxsplit=1)[0]
        return self._named.get(plain) or get_global("language_aliases").get(first, first)

    @cached_property
    def _named(self) -> Mapping[str, str]:
        known = [Locale.parse(tag, sep="-") for tag in self._offered.values() if tag in locale_identifiers()]
        return {folded(name): tag for locale in known for tag, name in locale.languages.items() if tag in self._offered}


@dataclass(frozen=True, slots=True)
class CityLists:
    """Those lists of a city that stand on the map."""

    categories: KnownCodes
    districts: KnownCodes
    whole_city: KnownCodes
    languages: KnownCodes
    organisation_kinds: KnownCodes
    access: KnownCodes

    @classmethod
    def of(cls, city: City) -> "CityLists":
        """Made once for all files of an import."""
        return cls(
            KnownCodes.of(city.categories),
            KnownCodes.of(city.districts),
            KnownCodes({"whole-city": (city.name, f"heel {city.name}", "heel de stad", "de hele stad", "hele stad")}),
            KnownLanguages.of(city.languages),
            KnownCodes.of(city.organisation_kinds),
            KnownCodes.of(city.access),
        )

    def is_whole_city(self, written: str) -> bool:
        """Whether this means the city and none of its districts."""
        return self.whole_city.find(written) is not None and not self.districts.knows(written)


def _by_word(codes: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {folded(word): code for code, words in codes.items() for word in words} | {
        folded(code): code for code in codes
    }


SIGN_UPS = KnownCodes({
    SignUp.SELF.value: ("zelf", WHO_ASKS[SignUp.SELF]),
    SignUp.THROUGH_SCHOOL.value: ("via school", "verwijzer", WHO_ASKS[SignUp.THROUGH_SCHOOL]),
    SignUp.EITHER.value: ("allebei", "zelf of via school", WHO_ASKS[SignUp.EITHER]),
})  # fmt: skip
STATUSES = KnownCodes(dict.fromkeys(("active", "inactive", "defunct", "temporarily closed"), ()))
ROLES = KnownCodes({role.value: () for role in Role})
