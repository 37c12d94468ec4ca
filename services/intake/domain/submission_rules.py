"""What makes a request impossible, whoever sends it: all of it at once, so that a person can fix it in one go."""

from datetime import date

from services.intake.domain.errors import ConsentBeforeBirth, ConsentInTheFuture, NotAChild, WrongConsentGiver
from services.intake.domain.rules import age_on, consent_giver_at, is_child
from shared.events.base import ConsentGiver
from shared.kernel.errors import Invalid


def what_is_wrong(birth_date: date, given_by: ConsentGiver, given_on: date, today: date) -> list[Invalid]:
    """Everything that stands in the way of a request for a child born on this day, with this consent, today."""
    wrong: list[Invalid] = []
    if not is_child(birth_date, today):
        wrong.append(NotAChild())
    else:
        right = consent_giver_at(age_on(today, birth_date))
        if given_by is not right:
            wrong.append(WrongConsentGiver(right))
    if given_on > today:
        wrong.append(ConsentInTheFuture())
    elif is_child(birth_date, today) and given_on < birth_date:
        wrong.append(ConsentBeforeBirth())
    return wrong
