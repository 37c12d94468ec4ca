"""The text of a file, whatever program saved it."""

import codecs
import re
from typing import Final

_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LOOKED_AT: Final = 400
_HALF: Final = re.compile(r"\\ud[89a-f][0-9a-f]{2}", re.IGNORECASE)
# Each escape, two halves of one letter together.
_ESCAPE: Final = re.compile(r"\\(?:ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}|ud[0-9a-f]{3}|.)", re.DOTALL | re.IGNORECASE)
_AS_ON_WINDOWS: Final = "schakel-as-on-windows"


def text_of_file(raw: bytes) -> tuple[str, int | None]:
    """The text, and the first line on which something was saved otherwise than the rest.

    Programs save UTF-8, UTF-16 ("Unicode-tekst") or Windows-1252. In a file that came together out of several, each
    byte that is no UTF-8 is a letter of Windows: one wrong byte spoils no other letter.
    """
    if raw.startswith(_UTF_16):
        return raw.decode("utf-16", errors="replace"), None
    beginning = raw[:_LOOKED_AT]
    for zeros, name in ((beginning[1::2], "utf-16-le"), (beginning[::2], "utf-16-be")):
        if zeros.count(0) * 4 > len(beginning):
            return raw.decode(name, errors="replace"), None
    try:
        return raw.decode("utf-8-sig"), None
    except UnicodeDecodeError as wrong:
        is_mixed = not raw.removeprefix(codecs.BOM_UTF8).decode("utf-8", errors="ignore").isascii()
        line = raw.count(b"\n", 0, wrong.start) + 1
        return raw.decode("utf-8-sig", errors=_AS_ON_WINDOWS), line if is_mixed else None


def with_whole_letters(text: str) -> str:
    """JSON in which half a letter is a letter that nobody can read, and is refused by name as that.

    Whoever cuts a text off in the middle of a picture writes the half that is left as an escape; no text can hold that.
    """
    return _ESCAPE.sub(_made_whole, text) if _HALF.search(text) else text


def _made_whole(escape: re.Match[str]) -> str:
    return "\N{REPLACEMENT CHARACTER}" if _HALF.fullmatch(escape[0]) else escape[0]


def _as_on_windows(wrong: UnicodeError) -> tuple[str, int]:
    assert isinstance(wrong, UnicodeDecodeError)  # noqa: S101 - registered for decoding only
    return wrong.object[wrong.start : wrong.end].decode("cp1252", errors="replace"), wrong.end


codecs.register_error(_AS_ON_WINDOWS, _as_on_windows)
