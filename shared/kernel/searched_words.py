"""The words of a text, as every search here makes them: of what is looked through, and of what is asked."""

import re
import unicodedata
from typing import Final

LONGEST_WORD: Final = 64

# Vowel signs of Hindi, Tamil or Thai: they belong to a word, though they are no letters.
_SIGNS: Final = "".join(
    sign
    for sign in map(chr, range(0x300, 0x10000))
    if unicodedata.category(sign)[0] == "M" and not unicodedata.combining(sign)
)
WORD: Final = re.compile(rf"[^\W_](?:[^\W_]|[{_SIGNS}])*")
# Letters that are none with a sign on them, and those that two keyboards write in two ways.
_PLAIN: Final = str.maketrans({
    "ł": "l", "\u0131": "i", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ə": "e", "ħ": "h",
    "ŧ": "t", "ŋ": "n",
    # Joiners of Persian: with and without them it is the same word.
    "\u200c": None, "\u200d": None,
    # Arabic and Persian keyboards: yeh, alef maksura, kaf, teh marbuta.
    "\u064a": "\u06cc", "\u0649": "\u06cc", "\u0643": "\u06a9", "\u0629": "\u0647",
})  # fmt: skip


def folded(text: str) -> str:
    """Small letters, without accents."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(character for character in plain if not unicodedata.combining(character)).translate(_PLAIN)


def words_in(text: str) -> list[str]:
    """Every word of a text, folded, in its order."""
    return [word[:LONGEST_WORD] for word in WORD.findall(folded(text))]


def carrying(words: list[str], small: frozenset[str]) -> list[str]:
    """Those that are not small; when all of them are, all of them."""
    return [word for word in words if word not in small and len(word) > 1] or words
