"""What may stand in one field: look-alikes of a BSN and impossible values are refused by name."""

import re
from datetime import date
from functools import cache
from typing import Annotated, Final

import phonenumbers
from babel import Locale
from pydantic import AfterValidator, BeforeValidator, GetCoreSchemaHandler, GetJsonSchemaHandler, StringConstraints
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from services.intake.domain.dossier import LINE_AT_MOST, NAME_AT_MOST, REMARK_AT_MOST, STORY_AT_MOST, WORDS_AT_MOST
from shared.kernel.city import City
from shared.kernel.city.codes import LANGUAGE_TAG
from shared.kernel.city.texts import CONSENT_VERSION
from shared.kernel.contact_details import REGION, BadContactDetail, email_address, phone_number
from shared.privacy.bsn import holds_bsn
from shared.web.city_codes import CONSENT_TEXT, EXAMPLE, CityCode, city_of
from shared.web.forms import Seen
from shared.web.languages import PAGE_LANGUAGE

NO_PHONE: Final = "Dit telefoonnummer bestaat niet. Kijk het na, en schrijf alleen het nummer op."
_ISO_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def _free_of_bsn(text: str) -> str:
    if holds_bsn(text):
        raise ValueError("Hier staat een burgerservicenummer in. Dat bewaren wij niet. Laat het weg.")
    return text


def _iso_day(value: object) -> object:
    """A date as machines write it, not a number of seconds and no time of the day."""
    if isinstance(value, date) or (isinstance(value, str) and _ISO_DAY.fullmatch(value)):
        return value
    raise ValueError("Schrijf de datum als jaar-maand-dag.")


@cache
def _languages() -> frozenset[str]:
    """The codes of ISO 639 that have a Dutch name, without countries and scripts."""
    return frozenset(str(code) for code in Locale(PAGE_LANGUAGE).languages if str(code).isalpha())


class FamilyLanguage:
    """Also one that the city's list does not have: no list holds every language that a family may speak."""

    def example_in(self, city: City) -> str:
        """The city's own."""
        return city.language

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {**handler(schema), EXAMPLE: "language"}

    def _check(self, code: str, info: core_schema.ValidationInfo) -> str:
        if code not in city_of(info).languages.offered and code not in _languages():
            raise ValueError("Deze taal kennen wij niet. Schrijf de code van twee of drie letters.")
        return code


class ConsentText:
    """One of the texts that families in this city were ever asked to consent to."""

    def example_in(self, city: City) -> str:
        """The first of them: it was asked before today whenever somebody reads this."""
        return next(iter(city.consent.texts))

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {**handler(schema), EXAMPLE: CONSENT_TEXT}

    def _check(self, version: str, info: core_schema.ValidationInfo) -> str:
        known = city_of(info).consent.texts
        if version not in known:
            raise ValueError(f"Deze tekst kennen wij niet. Kies een van deze: {', '.join(known)}.")
        return version


def _phone(text: str) -> str:
    try:
        shown = phone_number(text)
    except BadContactDetail:
        raise ValueError(NO_PHONE) from None
    return phonenumbers.format_number(phonenumbers.parse(shown, REGION), phonenumbers.PhoneNumberFormat.E164)


Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=NAME_AT_MOST),
    Seen,
    AfterValidator(_free_of_bsn),
]
Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=LINE_AT_MOST),
    Seen,
    AfterValidator(_free_of_bsn),
]
Words = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=WORDS_AT_MOST),
    Seen,
    AfterValidator(_free_of_bsn),
]
Story = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=STORY_AT_MOST),
    Seen,
    AfterValidator(_free_of_bsn),
]
# A few words that an ambassador writes for herself.
Remark = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=REMARK_AT_MOST),
    Seen,
    AfterValidator(_free_of_bsn),
]
Phone = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=40),
    AfterValidator(_free_of_bsn),
    AfterValidator(_phone),
]
Email = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=254),
    AfterValidator(_free_of_bsn),
    AfterValidator(email_address),
]
IsoMonth = Annotated[str, StringConstraints(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")]
IsoDay = Annotated[date, BeforeValidator(_iso_day)]
Language = Annotated[str, StringConstraints(pattern=LANGUAGE_TAG), FamilyLanguage()]
TextVersion = Annotated[str, StringConstraints(pattern=CONSENT_VERSION), ConsentText()]
Category = Annotated[str, CityCode("categories", "Deze soort hulp")]
# Of a need that the case has already: it may have been taken from the list since.
KnownCategory = Annotated[str, CityCode("categories", "Deze soort hulp", retired_too=True)]
Worry = Annotated[str, CityCode("signals", "Deze zorg")]
PartnerKind = Annotated[str, CityCode("organisation_kinds", "Deze soort partner")]
District = Annotated[str, CityCode("districts", "Deze wijk")]
