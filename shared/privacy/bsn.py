"""Finds a citizen service number (BSN) in free text, so that it can be refused: Schakel keeps none.

A BSN is eight or nine digits that pass the eleven test. Telephone numbers, dates, amounts and longer numbers are
passed over, unless the words around them say that it is one.
"""

import re

from stdnum.nl import bsn

# Digits as people write them: 111222333, 111.222.333, 1112 22 333, 111-222-333.
_CANDIDATE = re.compile(r"(?<![\w+.,/-])\d(?:[ .\-\u00a0]?\d){7,8}(?![\w]|[.,/-]\d)")
_NAMED = re.compile(
    r"(?i)\b(bsn|burgerservicenummer|sofi(?:-?nummer)?|burger\s*service\s*nummer)\b\W{0,12}(?:is|nr|nummer)?\W{0,6}$"
)
_DATE = re.compile(r"^(?:\d{1,2}[ .\-/]\d{1,2}[ .\-/]\d{4}|\d{4}[ .\-/]\d{1,2}[ .\-/]\d{1,2})$")
_EIGHT = 8


def find_bsn(text: str) -> str | None:
    """The first BSN in this text, as it is written there; None when there is none."""
    for match in _CANDIDATE.finditer(text):
        written = match.group()
        named = bool(_NAMED.search(text[max(0, match.start() - 40) : match.start()]))
        if bsn.is_valid(written) and (named or not _is_something_else(written)):
            return written
    return None


def holds_bsn(text: str) -> bool:
    """Whether a BSN stands in this text."""
    return find_bsn(text) is not None


def _is_something_else(written: str) -> bool:
    """A date or a mobile number. Eight digits are a BSN only when they are called so."""
    digits = re.sub(r"\D", "", written)
    return bool(_DATE.match(written)) or len(digits) == _EIGHT or written.startswith("06")
