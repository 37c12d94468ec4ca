"""Finds a citizen service number (BSN) in free text, so that it can be refused: Schakel keeps none.

A BSN is eight or nine digits that pass the eleven test. Telephone numbers, dates, amounts and longer numbers are
passed over, unless the words around them say that it is one.
"""

import re

from stdnum.nl import bsn

# What may stand between two digits of one number, three times at most: white space of any width, a dot, a hyphen or a
# dash, and what nobody sees (a soft hyphen, a space without width).
_GAP = r"[\s.\-\u00ad\u200b-\u200d\u2010-\u2015\u2060\ufeff]{0,3}"
# Nine digits as people write them: 111222333, 111.222.333, 1112 22 333, 111 - 222 - 333. Eight are a BSN only when
# they are called so, and what begins with 06 is a mobile number in which a digit is missing.
_CANDIDATE = re.compile(rf"(?<![\w+])(?<!\d[.,/-])(?!0{_GAP}6)\d(?:{_GAP}\d){{8}}(?!\w|[.,-]\d)")
# After its name anything may stand in between: "BSN nr.111222333", "bsn111222333", "sofinummer van haar: 111/222/333".
_NAMED = re.compile(
    r"(?i)(?:bsn|sofi|burger[\W_]*service[\W_]*n(?:umme)?r)\D{0,24}?(?<!\d)(\d(?:[\W_]{0,3}\d){7,8})(?!\d)"
)
# Numbers that are clearly something else, so that no part of them makes a BSN together with a number behind them.
_SOMETHING_ELSE = re.compile(
    rf"""(?ix)
      (?<!\d) (?:0?[1-9]|[12]\d|3[01]) [ .\-/] (?:0?[1-9]|1[0-2]) [ .\-/] (?:19|20)\d\d (?!\d)  # 31-12-2017
    | (?<!\d) (?:19|20)\d\d [.\-/] (?:0?[1-9]|1[0-2]) [.\-/] (?:0?[1-9]|[12]\d|3[01]) (?!\d)    # 2017-12-31
    | (?<![\w+]) (?:(?:\+|00){_GAP}31{_GAP}(?:\(0\){_GAP})?|0) (?:\d\)?{_GAP}){{7}} \d\d (?!\d) # 06 12345678
    | \b NL\d\d[ ]?[A-Z]{{4}}(?:[ ]?\d{{4}}){{2}}[ ]?\d\d (?!\d)                                # NL91 ABNA 0417 1643 00
    | € [ \u00a0]? \d[\d.,]*                                                                    # € 1.250,00
    """
)


def find_bsn(text: str) -> str | None:
    """The first BSN in this text, as it is written there; None when there is none."""
    found = (match[1] for match in _NAMED.finditer(text))
    others = (match[0] for match in _CANDIDATE.finditer(_SOMETHING_ELSE.sub(";", text)))
    return next((written for each in (found, others) for written in each if _passes(written)), None)


def holds_bsn(text: str) -> bool:
    """Whether a BSN stands in this text."""
    return find_bsn(text) is not None


def _passes(written: str) -> bool:
    """The eleven test, on digits of any script."""
    return bsn.is_valid("".join(str(int(character)) for character in written if character.isdecimal()))
