"""What a case is opened with, and what its inventory found."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.intake.domain.consent_given import ConsentGivenHow, How
from shared.events.base import AgeBand, Code, ConsentGiver, Event, LanguageTag, Need
from shared.events.intake import CaseFact

# What every `CaseFact` tells of the opening, under the same names.
PUBLISHED = tuple(CaseFact.model_fields.keys() - Event.model_fields.keys() - {"case_code"})


@dataclass(frozen=True, slots=True)
class Opening:
    """What a case is opened with; a column of `cases` bears each field's name.

    The age band is renewed at every inventory: children grow. The name of who consented is in the vault.
    `household_id`: the same for all children of one family (`household.py`). `filed_by`: somebody of the desk asked for
    this ambassador. `district`: None while the address is secret; then it is in the vault.
    """

    household_id: UUID
    ambassador_id: UUID
    organisation_id: UUID
    district: Code | None
    age_band: AgeBand
    family_language: LanguageTag
    interpreter_needed: bool
    consent_given_by: ConsentGiver
    consent_given_on: date
    consent_text_version: str
    needs_asked: tuple[Need, ...]
    filed_by: UUID | None = None
    consent_language: LanguageTag | None = None
    consent_how: How | None = None
    consent_interpreter: bool = False

    @property
    def consented(self) -> ConsentGivenHow:
        """How the family consented."""
        return ConsentGivenHow(self.consent_language, self.consent_how, self.consent_interpreter)

    @property
    def address_is_secret(self) -> bool:
        """Whether only the vault knows where the family lives."""
        return self.district is None

    @property
    def is_alone(self) -> bool:
        """Whether the child is old enough to consent alone."""
        return self.consent_given_by is ConsentGiver.YOUNG_PERSON

    @property
    def published(self) -> dict[str, Any]:
        """What all of a case's facts tell of it."""
        return {name: getattr(self, name) for name in PUBLISHED}

    @property
    def asked(self) -> dict[str, Any]:
        """What the first fact tells besides."""
        return {"consent_given_by": self.consent_given_by, "needs": self.needs_asked, "filed_by": self.filed_by}


@dataclass(frozen=True, slots=True)
class Findings:
    """What the inventory with the family found: all needs, old and new, and whom the family does not want.

    A column of `cases` bears each field's name.
    """

    needs_found: tuple[Need, ...]
    discussed_on: date
    excluded_organisations: tuple[UUID, ...] = ()


def sought(needs: Sequence[Need], elsewhere: Collection[UUID]) -> tuple[Need, ...]:
    """Those for which somebody is asked from this case; `elsewhere`: what another case of the same child seeks."""
    return tuple(need for need in needs if need.need_id not in elsewhere)
