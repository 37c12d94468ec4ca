"""What makes a request impossible, whoever sends it: all of it at once, so that a person can fix it in one go."""

from datetime import date

from services.intake.domain.consent_errors import ConsentTextNotYet
from services.intake.domain.errors import (
    ConsentBeforeBirth,
    ConsentInTheFuture,
    NotAChild,
    WrongConsentGiver,
)
from services.intake.domain.rules import age_on, consent_giver_at, is_child
from shared.events.base import ConsentGiver
from shared.kernel.city import Consent
from shared.kernel.errors import Invalid


def what_is_wrong(
    birth_date: date | None, given_by: ConsentGiver | None, given_on: date | None, today: date
) -> list[Invalid]:
    """Everything that stands in the way of a request for a child born on this day, with this consent, today.

    None is what is not known yet: it stands in the way of nothing here.
    """
    wrong: list[Invalid] = []
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


def text_not_asked_yet(consent: Consent, version: str, given_on: date, wrong: list[Invalid]) -> list[Invalid]:
    """Nobody consents to a text before anybody was asked it; of a day that is `wrong` itself nothing more is told."""
    asked = consent.asked_until(given_on)
    if version in asked or any(each.field == "consent.givenOn" for each in wrong):
        return []
    return [ConsentTextNotYet(asked)]
