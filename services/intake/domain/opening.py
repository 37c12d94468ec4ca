"""What a case is opened with, and what its inventory found."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shared.events.base import AgeBand, Code, ConsentGiver, LanguageTag, Need


@dataclass(frozen=True, slots=True)
class Opening:
    """What a case is opened with; a column of `cases` bears each field's name.

    The age band is renewed at every inventory: children grow. The name of who consented is in the vault.
    """

    ambassador_id: UUID
    organisation_id: UUID
    district: Code
    age_band: AgeBand
    family_language: LanguageTag
    interpreter_needed: bool
    consent_given_by: ConsentGiver
    consent_given_on: date
    consent_text_version: str
    needs_asked: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """What the inventory with the family found: all needs, old and new, and whom the family does not want.

    A column of `cases` bears each field's name.
    """

    needs_found: tuple[Need, ...]
    discussed_on: date
    excluded_organisations: tuple[UUID, ...] = ()
