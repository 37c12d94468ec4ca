"""Text as people may write it: one rule for what comes in by a page, by a file or on the command line.

Letters are kept composed (NFC), so that the same word is the same word however it was typed. Signs that show nothing
are left out; signs that turn text around, and control characters, are refused: what is shown must be what stands there.
"""

import re
import unicodedata
from typing import Final

from shared.kernel.translatable import to_translate

# Soft hyphen, space without width, joiner of words, byte order mark: they show nothing, and copying brings them along.
_UNSEEN: Final = str.maketrans(dict.fromkeys("\u00ad\u200b\u2060\ufeff\u200e\u200f"))
# Arabic script and pictures are written with these.
_JOINERS: Final = "\u200c\u200d"
_TURNS_AROUND: Final = frozenset("\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Letters by the book that show nothing: the fillers of Hangul, and braille without dots.
BLANK: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_CONTROL, _SEPARATORS = "Cc", frozenset({"Zl", "Zp"})
_IN_NAMES: Final = frozenset(" '\u2019\u2018`\u00b4-.,()")
_DOT_WITHIN: Final = re.compile(r"\.(?=[^\W\d_]{2})")
# "evil.example": mail programs make a link of it. One letter before the dot is an initial.
_LIKE_AN_ADDRESS: Final = re.compile(r"[^\W\d_]{2}\.[^\W\d_]{2}")
UNREADABLE: Final = to_translate("Hier staan tekens in die wij niet kunnen lezen. Typ de tekst opnieuw.")
ONLY_LETTERS: Final = to_translate("Schrijf hier alleen de naam, met letters.")
NO_ADDRESS: Final = to_translate("Dit lijkt op een webadres. Schrijf hier alleen de naam, met een spatie na elke punt.")


class Unreadable(ValueError):
    """Text that cannot be shown as it is written; the message is a Dutch sentence."""


def readable(typed: str) -> str:
    """The text as it is kept, each line end one sign. Raises Unreadable."""
    text = unicodedata.normalize("NFC", typed.replace("\r\n", "\n").replace("\r", "\n")).translate(_UNSEEN).strip()
    if text.isprintable():
        return text
    for letter in text:
        kind = unicodedata.category(letter)
        if letter in _TURNS_AROUND or kind in _SEPARATORS or (kind == _CONTROL and letter not in "\n\t"):
            raise Unreadable(UNREADABLE)
    return text


def seen(text: str) -> str:
    """The text as it is. Raises Unreadable when it shows nothing: what has no width or no ink is as good as nothing."""
    if text and not any(letter.isprintable() and not letter.isspace() and letter not in BLANK for letter in text):
        raise Unreadable("Vul dit in.")
    return text


def on_one_line(typed: str) -> str:
    """The same without line ends: each run of white space is one space. Raises Unreadable."""
    return " ".join(readable(typed).split())


def name_of_person(typed: str) -> str:
    """The name of somebody: letters, and what stands between them in names. Raises Unreadable.

    No `/`, `:` or `@`, no word that could be a domain and no line ends, so that no name in a mail can be an address,
    a link or a text of its own.
    """
    if len(typed.strip().splitlines()) > 1:
        raise Unreadable(ONLY_LETTERS)
    name = on_one_line(typed)
    if _LIKE_AN_ADDRESS.search(name):
        raise Unreadable(NO_ADDRESS)
    name = _DOT_WITHIN.sub(". ", name)
    for at, letter in enumerate(name):
        if letter in BLANK:
            raise Unreadable(UNREADABLE)
        if letter in _JOINERS and not _is_arabic(name[at - 1 : at]):
            raise Unreadable(UNREADABLE)
        if letter not in _IN_NAMES and letter not in _JOINERS and unicodedata.category(letter)[0] not in "LM":
            raise Unreadable(ONLY_LETTERS)
    if name and not any(letter.isalpha() for letter in name):
        raise Unreadable(ONLY_LETTERS)
    return name


def name_of_thing(typed: str) -> str:
    """What an organisation or an offer is called: on one line, and no address or link. Raises Unreadable."""
    if len(typed.strip().splitlines()) > 1:
        raise Unreadable("Schrijf dit op één regel.")
    name = on_one_line(typed)
    if "@" in name or "://" in name or name.lower().startswith("www."):
        raise Unreadable("Schrijf hier alleen de naam, geen adres of link.")
    if name and not any(letter.isalnum() for letter in name):
        raise Unreadable("Vul een naam in.")
    return name


def _is_arabic(letter: str) -> bool:
    return bool(letter) and unicodedata.name(letter, "").startswith("ARABIC")
