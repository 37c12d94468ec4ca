"""Who a child is, written so that two people who spell it a little differently write the same.

Only the same name after this is the same child: a name that is spelled wrong is another one, and nobody is told.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from services.intake.domain.dossier import Fact
from shared.events.base import Code

# What stands before a Dutch family name, and is often left out or put behind it.
BEFORE_THE_NAME: Final = re.compile(
    r"aan|aen|bij|d|da|de|dela|den|der|des|di|do|dos|du|el|het|in|l|la|le|op|over|s|t|te|ten|ter|toe|tot|"
    r"uit|v|van|vande|vanden|vander|vd|von|zu|zum|zur"
)
# Letters that are no other letter with a sign on it.
_LETTERS: Final = str.maketrans({
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\N{LATIN SMALL LETTER DOTLESS I}": "i",
})  # fmt: skip

_WORDS: Final = re.compile(r"[^\W_]+")


def child_told(facts: Mapping[Fact, str], district: Code | None) -> str | None:
    """Name, birth date and district in one spelling; of a child that is expected its month and family name.

    None: too little is known, or the family's address is secret (no `district`): of that one nobody is told anything.
    """
    family = _family_name(facts.get(Fact.LAST_NAME, ""))
    if not district or not family:
        return None
    if month := facts.get(Fact.EXPECTED_MONTH):
        return json.dumps(["expected", family, month, district], ensure_ascii=False)
    first, born = _plain(facts.get(Fact.FIRST_NAME, "")), facts.get(Fact.BIRTH_DATE)
    if not first or not born:
        return None
    return json.dumps(["born", "".join(first), family, born, district], ensure_ascii=False)


def _family_name(name: str) -> str:
    words = _plain(name)
    return "".join([word for word in words if not BEFORE_THE_NAME.fullmatch(word)] or words)


def _plain(name: str) -> list[str]:
    """Its words in small letters, without accents, hyphens and spaces."""
    apart = unicodedata.normalize("NFKD", name.casefold()).translate(_LETTERS)
    return _WORDS.findall("".join(letter for letter in apart if not unicodedata.combining(letter)))
