"""Finds a citizen service number (BSN) in free text, so that it can be refused: Schakel keeps none.

A BSN is eight or nine digits that pass the eleven test. Telephone numbers, dates, amounts and longer numbers are
passed over, unless the words around them say that it is one.
"""

import re

from stdnum.nl import bsn

# Digits as people write them: 111222333, 111.222.333, 1112 22 333, 111-222-333.
_CANDIDATE = re.compile(r"(?<![\w+.,/-])\d(?:[ .\-\u00a0]?\d){7,8}(?![\w]|[.,/-]\d)")
# After its name anything may stand in between: "BSN nr.111222333", "bsn111222333", "sofinummer van haar: 111/222/333".
_NAMED = re.compile(
    r"(?i)(?:bsn|sofi|burger[\W_]*service[\W_]*n(?:umme)?r)\D{0,24}?(?<!\d)(\d(?:[\W_]{0,3}\d){7,8})(?!\d)"
)
_DATE = re.compile(r"^(?:\d{1,2}[ .\-/]\d{1,2}[ .\-/]\d{4}|\d{4}[ .\-/]\d{1,2}[ .\-/]\d{1,2})$")
_EIGHT = 8


def find_bsn(text: str) -> str | None:
    """The first BSN in this text, as it is written there; None when there is none."""
    for match in _NAMED.finditer(text):
        if bsn.is_valid(re.sub(r"\D", "", match[1])):
            return match[1]
    for match in _CANDIDATE.finditer(text):
        if bsn.is_valid(match.group()) and not _is_something_else(match.group()):
            return match.group()
    return None


def holds_bsn(text: str) -> bool:
    """Whether a BSN stands in this text."""
    return find_bsn(text) is not None


def _is_something_else(written: str) -> bool:
    """A date or a mobile number. Eight digits are a BSN only when they are called so."""
    digits = re.sub(r"\D", "", written)
    return bool(_DATE.match(written)) or len(digits) == _EIGHT or written.startswith("06")
