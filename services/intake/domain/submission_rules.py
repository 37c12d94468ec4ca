"""What makes a request impossible, whoever sends it: all of it at once, so that a person can fix it in one go."""

from datetime import date

from services.intake.domain.birth import NotExpectedThen
from services.intake.domain.consent_errors import ConsentTextNotYet
from services.intake.domain.errors import (
    ConsentBeforeBirth,
    ConsentInTheFuture,
    NotAChild,
    WrongConsentGiver,
)
from services.intake.domain.rules import age_on, consent_giver_at, is_child, may_be_expected
from shared.events.base import ConsentGiver
from shared.kernel.city import Consent
from shared.kernel.errors import Invalid


def what_is_wrong(
    birth_date: date | None,
    given_by: ConsentGiver | None,
    given_on: date | None,
    today: date,
    expected_month: str | None = None,
) -> list[Invalid]:
    """Everything that stands in the way of a request for a child born on this day, with this consent, today.

    None is what is not known yet: it stands in the way of nothing here. For a child that is expected a guardian
    consents.
    """
    wrong: list[Invalid] = []
    if expected_month and not may_be_expected(expected_month, today):
        wrong.append(NotExpectedThen(f"{today:%Y-%m}"))
    elif expected_month and given_by and given_by is not ConsentGiver.GUARDIAN:
        wrong.append(WrongConsentGiver(ConsentGiver.GUARDIAN))
    if birth_date and not is_child(birth_date, today):
        wrong.append(NotAChild())
    elif birth_date and given_by:
        right = consent_giver_at(age_on(today, birth_date))
        if given_by is not right:
            wrong.append(WrongConsentGiver(right))
    if given_on and given_on > today:
        wrong.append(ConsentInTheFuture())
    elif given_on and birth_date and is_child(birth_date, today) and given_on < birth_date:
        wrong.append(ConsentBeforeBirth())
    return wrong


def wrong_with_consent(birth_date: date | None, given_by: ConsentGiver, given_on: date, today: date) -> list[Invalid]:
    """The same of a consent alone, given while the case runs: whoever turned 18 meanwhile consents for themselves.

    None: the child is not born yet.
    """
    if birth_date and is_child(birth_date, today):
        return what_is_wrong(birth_date, given_by, given_on, today)
    right = ConsentGiver.YOUNG_PERSON if birth_date else ConsentGiver.GUARDIAN
    grown = [] if given_by is right else [WrongConsentGiver(right)]
    return [*grown, *what_is_wrong(None, given_by, given_on, today)]


def text_not_asked_yet(consent: Consent, version: str, given_on: date, wrong: list[Invalid]) -> list[Invalid]:
    """Nobody consents to a text before anybody was asked it; of a day that is `wrong` itself nothing more is told."""
    asked = consent.asked_until(given_on)
    if version in asked or any(each.field == "consent.givenOn" for each in wrong):
        return []
    return [ConsentTextNotYet(asked)]
