"""What a good e-mail address and phone number look like (email-validator, phonenumbers). Nothing is looked up."""

import phonenumbers
from email_validator import EmailNotValidError, validate_email

REGION = "NL"
LONGEST_EMAIL = 254


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
        raise BadContactDetail("Dit is geen e-mailadres.", "naam@organisatie.nl") from None
    if len(checked.normalized) > LONGEST_EMAIL:
        raise BadContactDetail("Dit e-mailadres is te lang.", "naam@organisatie.nl")
    return checked.normalized


def phone_number(typed: str) -> str:
    """The number as it is read aloud; without a country it is Dutch. Raises BadContactDetail."""
    try:
        number = phonenumbers.parse(typed, REGION)
    except phonenumbers.NumberParseException:
        raise BadContactDetail("Dit is geen telefoonnummer.", "010 123 45 67") from None
    if not phonenumbers.is_possible_number(number):
        raise BadContactDetail("Dit telefoonnummer is te kort of te lang.", "010 123 45 67")
    national = number.country_code == phonenumbers.country_code_for_region(REGION)
    kind = phonenumbers.PhoneNumberFormat.NATIONAL if national else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, kind)
