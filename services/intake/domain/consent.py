"""What a family allows partners to read: by kind of partner and set of fields, each answer kept for ever.

Who consented to asking for help at all stands in the case's `Opening`; here is what was agreed besides, and every
consent to asking that was replaced by a newer one (`Purpose.ASK`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from services.intake.domain.consent_given import How
from services.intake.domain.dossier import Fact
from services.intake.domain.rules import outgrown
from shared.events.base import Code, ConsentGiver, LanguageTag


class FieldSet(StrEnum):
    """What a family decides about in one go."""

    REACH = "reach"  # how to reach the family
    CHILD = "child"  # who the child is
    STORY = "story"  # what the family told, of the need that the partner is asked for
    HOUSEHOLD = "household"  # language, interpreter, district, school, siblings
    MONEY = "finances"


# What each opens in the vault; of the household that is nothing, for what it tells are codes of the case.
OPENS: Final[Mapping[FieldSet, tuple[Fact, ...]]] = {
    FieldSet.REACH: (
        Fact.PREFERRED_NAME, Fact.CONTACT_NAME, Fact.PHONE, Fact.EMAIL, Fact.ADDRESS, Fact.CONTACT_WISHES,
    ),
    FieldSet.CHILD: (Fact.FIRST_NAME, Fact.LAST_NAME, Fact.BIRTH_DATE, Fact.EXPECTED_MONTH),
    FieldSet.STORY: (Fact.STORY, Fact.CONTEXT, Fact.EFFECT_ON_CHILD),
    FieldSet.HOUSEHOLD: (),
    FieldSet.MONEY: (Fact.BOTTLENECKS,),
}  # fmt: skip
# What the family says to whoever helps: it is for everyone who may read anything.
OPENED_BY_ANY: Final = (Fact.HELPER_WISHES,)


class Purpose(StrEnum):
    """What for."""

    ASK = "ask-for-help"
    SHARE = "share-with-partner"


class LegalBasis(StrEnum):
    """On what ground of the GDPR the fields are shared."""

    CONSENT = "consent"  # article 6.1.a
    EXPLICIT_CONSENT = "explicit-consent"  # article 9.2.a: what people tell may be about health, faith or origin


class ConsentState(StrEnum):
    """Where an answer stands; only the first two ever change, and what expired can be replaced."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    REPLACED = "replaced"


STANDS: Final = frozenset({ConsentState.GIVEN, ConsentState.REFUSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """One answer of a family, to one question; a column of `consents` bears each field's name.

    Nothing of it ever changes but its state, and when that changed. `partner_kind`: None is every kind.
    `organisation_id`: the family stopped with this one alone. `given_by` says in which capacity; `recorded_by` who
    wrote it down, None: the family itself. No `field_sets`: the answer was no. No `language` or `how`: nobody told.
    """

    id: UUID
    case_id: UUID
    purpose: Purpose = Purpose.SHARE
    partner_kind: Code | None = None
    organisation_id: UUID | None = None
    field_sets: frozenset[FieldSet] = frozenset()
    given_by: ConsentGiver
    given_on: date
    text_version: str
    language: LanguageTag | None
    interpreter: bool
    how: How | None
    until: date | None = None
    state: ConsentState
    recorded_at: datetime
    recorded_by: UUID | None = None
    ended_at: datetime | None = None

    @property
    def legal_basis(self) -> LegalBasis:
        """On what ground these fields are shared."""
        return LegalBasis.EXPLICIT_CONSENT if FieldSet.STORY in self.field_sets else LegalBasis.CONSENT

    def is_about(self, partner_kind: Code | None) -> bool:
        """Whether this is what the family said of this kind of partner."""
        return self.purpose is Purpose.SHARE and self.organisation_id is None and self.partner_kind == partner_kind

    def stops(self, organisation_id: UUID) -> bool:
        """Whether the family stopped with this organisation."""
        return self.organisation_id == organisation_id and self.state is ConsentState.WITHDRAWN

    def has_ended_by(self, today: date, born: date | None) -> bool:
        """Whether it was given, and its day passed, or others must answer for a child of this age."""
        passed = self.until is not None and self.until < today
        return self.state is ConsentState.GIVEN and (passed or outgrown(self.given_by, born, today) is not None)

    def opens_on(self, today: date, born: date | None) -> frozenset[FieldSet]:
        """What it opens today: nothing when it is over, also before anybody looked whether it is."""
        is_given = self.state is ConsentState.GIVEN and not self.has_ended_by(today, born)
        return self.field_sets if is_given else frozenset()

    @property
    def says(self) -> tuple[object, ...]:
        """All but what it is known by, and when and by whom it was written down."""
        same = replace(self, id=self.case_id, recorded_at=datetime.min, recorded_by=None)  # noqa: DTZ901 - any moment
        return tuple(getattr(same, each.name) for each in fields(same))

    def ended(self, state: ConsentState, at: datetime) -> "Consent":
        """The same answer, which counts no more."""
        return replace(self, state=state, ended_at=at)


def newest_about(consents: Iterable[Consent], partner_kind: Code | None) -> Consent | None:
    """The last answer of a family, oldest first, about this kind of partner; it may count no more.

    None, too, when the family answered for every kind in its place.
    """
    newest = next((each for each in reversed(list(consents)) if each.is_about(partner_kind)), None)
    return None if newest and newest.state is ConsentState.REPLACED else newest


def answer_to(consents: Iterable[Consent], organisation_id: UUID, partner_kind: Code | None) -> Consent | None:
    """The answer by which this organisation reads; None: there is none, or the family stopped with it.

    What was said of its kind goes before what was said of every kind, also when that was no, or counts no more.
    """
    answers = list(consents)
    if any(each.stops(organisation_id) for each in answers):
        return None
    return newest_about(answers, partner_kind) or newest_about(answers, None)


def opened_to(
    consents: Iterable[Consent], organisation_id: UUID, partner_kind: Code | None, today: date, born: date | None
) -> frozenset[FieldSet]:
    """What this organisation may read today."""
    answer = answer_to(consents, organisation_id, partner_kind)
    return answer.opens_on(today, born) if answer else frozenset()
