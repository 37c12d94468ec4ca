"""What people type into forms about themselves and their organisation: the same rules as for files (`readable`)."""

from typing import Annotated, Final
from urllib.parse import urlsplit

from pydantic import AfterValidator, StringConstraints

from shared.kernel.contact_details import LONGEST_EMAIL, email_address, phone_number, web_address
from shared.kernel.readable import name_of_person, name_of_thing, on_one_line, readable
from shared.kernel.translatable import to_translate
from shared.privacy.bsn import holds_bsn

LONGEST_NAME: Final = 120
LONGEST_LINE: Final = 280
LONGEST_TEXT: Final = 2_000
LONGEST_PAGE: Final = 6_000


def _without_bsn(text: str) -> str:
    if holds_bsn(text):
        raise ValueError(to_translate("Hier staat een burgerservicenummer. Haal het weg: dat bewaren we niet."))
    return text


def _on_https(address: str) -> str:
    if urlsplit(address).scheme != "https":
        raise ValueError(to_translate("Dit webadres begint niet met https. Een ander kan onderweg meelezen."))
    return address


_Name = StringConstraints(strip_whitespace=True, max_length=LONGEST_NAME)
PersonName = Annotated[str, _Name, AfterValidator(name_of_person)]
ThingName = Annotated[str, _Name, AfterValidator(name_of_thing), AfterValidator(_without_bsn)]
OneLine = Annotated[
    str, StringConstraints(max_length=LONGEST_LINE), AfterValidator(on_one_line), AfterValidator(_without_bsn)
]
Lines = Annotated[
    str, StringConstraints(max_length=LONGEST_TEXT), AfterValidator(readable), AfterValidator(_without_bsn)
]
PageOfText = Annotated[
    str, StringConstraints(max_length=LONGEST_PAGE), AfterValidator(readable), AfterValidator(_without_bsn)
]
ShortLines = Annotated[
    str, StringConstraints(max_length=LONGEST_LINE), AfterValidator(readable), AfterValidator(_without_bsn)
]
EmailAddress = Annotated[str, StringConstraints(max_length=LONGEST_EMAIL), AfterValidator(email_address)]
PhoneNumber = Annotated[str, StringConstraints(max_length=40), AfterValidator(phone_number)]
WebAddress = Annotated[str, StringConstraints(max_length=300), AfterValidator(web_address)]
# What stands somewhere else and is read by everybody.
SecureWebAddress = Annotated[WebAddress, AfterValidator(_on_https), AfterValidator(_without_bsn)]
