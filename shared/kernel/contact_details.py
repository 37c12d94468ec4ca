"""What a good e-mail address and phone number look like (email-validator, phonenumbers). Nothing is looked up."""

import re
import unicodedata
from typing import Final
from urllib.parse import urlsplit

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from shared.kernel.translatable import to_translate

REGION = "NL"
DUTCH: Final = 31
DUTCH_DIGITS: Final = 9
LONGEST_EMAIL = 254
EXAMPLE_PHONE: Final = "010 123 45 67"
_LOOKS_LIKE_NUMBER: Final = re.compile(r"(tel[.:]?\s*)?\+?[\d\s()./\-\u00a0\u2010-\u2013]+", re.IGNORECASE)
# +32 (0)2: within that country one dials the zero, from outside one does not.
_TRUNK: Final = re.compile(r"(?<=\d)\s*\(0\)")
# What a spreadsheet makes of a number: 612345678.0. The nought behind the point is none of it.
_COUNTED_WITH: Final = re.compile(r"\d{5,}\.0+$")


class BadContactDetail(ValueError):
    """An e-mail address or phone number that cannot be one; `example` is a good one."""

    def __init__(self, problem: str, example: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.example = example


def email_address(typed: str) -> str:
    """The address as it is kept. Raises BadContactDetail."""
    try:
        checked = validate_email(typed.strip(), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        raise BadContactDetail(to_translate("Dit is geen e-mailadres."), "naam@organisatie.nl") from None
    if len(checked.normalized) > LONGEST_EMAIL:
        raise BadContactDetail(to_translate("Dit e-mailadres is te lang."), "naam@organisatie.nl")
    return checked.normalized


def phone_number(typed: str) -> str:
    """The number as it is read aloud, with the digits that were typed; without a country it is Dutch.

    Raises BadContactDetail.
    """
    typed = _TRUNK.sub("", typed)
    digits = _digits(typed)
    if not _LOOKS_LIKE_NUMBER.fullmatch(typed.strip()) or not digits or _COUNTED_WITH.search(typed.strip()):
        raise BadContactDetail("Dit is geen telefoonnummer.", EXAMPLE_PHONE)
    try:
        number = phonenumbers.parse(typed, REGION)
    except phonenumbers.NumberParseException:
        raise BadContactDetail("Dit is geen telefoonnummer.", EXAMPLE_PHONE) from None
    if number.country_code != DUTCH:
        shown = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
        if not phonenumbers.is_valid_number(number) or digits.removeprefix("00") != _digits(shown):
            raise BadContactDetail("Dit telefoonnummer bestaat niet.", EXAMPLE_PHONE)
        return shown
    shown = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    # Nine digits after the zero, as every number at home or in a pocket has; shorter ones that exist: 0800, 14 010.
    whole = len(phonenumbers.national_significant_number(number)) == DUTCH_DIGITS or phonenumbers.is_valid_number(
        number
    )
    if not whole or _national(digits) != _national(_digits(shown)):
        raise BadContactDetail("Dit telefoonnummer is te kort of te lang.", EXAMPLE_PHONE)
    return shown


def web_address(typed: str) -> str:
    """An http(s) address; another kind of link could run something in a browser. Raises BadContactDetail."""
    written = typed.strip()
    try:
        parts = urlsplit(written if "://" in written else f"https://{written}")
    except ValueError:
        parts = urlsplit("")
    host_is_good = "." in parts.netloc and "@" not in parts.netloc and parts.netloc.isprintable()
    if parts.scheme not in {"http", "https"} or not host_is_good or len(written.split()) != 1:
        raise BadContactDetail("Dit is geen webadres.", "https://www.organisatie.example")
    return parts.geturl()


def _digits(written: str) -> str:
    """The digits alone, also those of another script."""
    return "".join(str(unicodedata.digit(sign)) for sign in written if sign.isdecimal())


def _national(digits: str) -> str:
    """Digits as they are dialled within the country, without the zero in front."""
    return digits.removeprefix("00").removeprefix(str(DUTCH)).removeprefix("0")
