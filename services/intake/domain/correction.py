"""What was written down wrongly of a child or its family, and when that can be put right."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from services.intake.domain.birth import BornAlready
from services.intake.domain.case import Case
from services.intake.domain.case_state import OPEN, CaseState
from services.intake.domain.dossier import Dossier, Fact
from services.intake.domain.rules import age_band, age_on
from services.intake.domain.submission_rules import what_is_wrong
from shared.events.base import AgeBand, Code, Event, LanguageTag
from shared.events.intake import CaseCorrected
from shared.kernel.errors import Invalid, Refusal, RequestPaused

# What is told of the child itself; all of it each time.
OF_THE_CHILD = (Fact.FIRST_NAME, Fact.LAST_NAME, Fact.BIRTH_DATE, Fact.EXPECTED_MONTH, Fact.STORY)
_OVER = "Dit dossier is afgesloten. Open het eerst weer. Dan kun je verbeteren wat er staat."
_WITHDRAWN = "Deze aanvraag is ingetrokken. Wat er staat, verandert niet meer."


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectFacts:
    """How it is, all of it: what is left out of `facts` is taken back.

    Language, interpreter and district are those of the whole family. `district` None: it stays as it is, because
    whoever corrects may not know it.
    """

    case_id: UUID
    facts: Mapping[Fact, str] = field(repr=False)
    family_language: LanguageTag
    interpreter_needed: bool
    district: Code | None = None

    @property
    def about_the_child(self) -> Dossier:
        """The same facts, to ask them when the child was or will be born."""
        return Dossier(self.case_id, self.facts)


class NotOpenToCorrect(Refusal):
    """The case ended."""

    def __init__(self, state: CaseState) -> None:
        super().__init__("not-open-to-correct", _WITHDRAWN if state is CaseState.WITHDRAWN else _OVER)


class BornAfterConsent(Invalid):
    """Nobody consents for a child that is not there, unless it was expected."""

    def __init__(self, example: date) -> None:
        super().__init__(
            "child.birthDate",
            "Kijk de geboortedatum na: de toestemming van het gezin is van een eerdere dag.",
            example=example.isoformat(),
            code="born-after-consent",
        )


def check_open(case: Case) -> None:
    """Raises NotOpenToCorrect."""
    if case.state not in OPEN:
        raise NotOpenToCorrect(case.state)


def wrong_with_birth(told: Dossier, known: Dossier, case: Case, received_on: date, today: date) -> list[Invalid]:
    """Everything that stands in the way of this day or month. What stays as it was is right.

    Whoever was a child when help was asked may have grown up since. Raises BornAlready: a page that was opened before
    the birth still tells the month.
    """
    if known.born and told.expected:
        raise BornAlready
    if (told.born, told.expected) == (known.born, known.expected):
        return []
    seen_on = max(received_on, min(told.born, today)) if told.born else today
    wrong = what_is_wrong(told.born, None, None, seen_on, told.facts.get(Fact.EXPECTED_MONTH))
    if not wrong and told.born and known.born and known.born <= case.opening.consent_given_on < told.born:
        wrong.append(BornAfterConsent(known.born))
    return wrong


def band_of(told: Dossier, today: date) -> AgeBand:
    """By this birth date, as a request tells it."""
    return age_band(age_on(today, told.born))


def correct(case: Case, command: CorrectFacts, band: AgeBand, at: datetime) -> list[Event]:
    """The case tells this of its family from now on; `band`: of its child. The same changes nothing.

    Where the family lives is not told while that is secret. Raises RequestPaused: it stands still, and nothing of it
    leaves; another child of its family may go on meanwhile.
    """
    district = None if case.opening.address_is_secret else command.district or case.opening.district
    language, interpreter = command.family_language, command.interpreter_needed
    opening = replace(
        case.opening, family_language=language, interpreter_needed=interpreter, district=district, age_band=band
    )
    if opening == case.opening:
        return []
    if case.hold is not None:
        raise RequestPaused
    case.opening = opening
    return [CaseCorrected(subject=case.id, occurred_at=at, case_code=case.code, **opening.published)]
