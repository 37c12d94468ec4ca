"""What intake publishes of what a family says on its own page (a case is the subject): never its words."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints

from shared.events.base import CaseCode, Event
from shared.events.case_codes import FamilyQuestion

Mark = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{43}$")]
"""An organisation, by a hash that is keyed for each case: only who holds the key can tell whether one is meant."""


class Felt(StrEnum):
    """How the help was."""

    NO = "no"
    A_LITTLE = "a-little"
    YES = "yes"


class FamilyAsked(Event):
    """The family asks its ambassador something on its page. What it asks is in the vault."""

    question_id: UUID
    case_code: CaseCode
    ambassador_id: UUID
    question: FamilyQuestion


class FamilyAnswered(Event):
    """Somebody talked with the family about what it asked."""

    question_id: UUID
    answered_by: UUID


class HelpExperienced(Event):
    """The family told how the help for one need was; told again it takes the place of what was told before."""

    need_id: UUID
    organisation_id: UUID
    welcome: Felt
    fitting: Felt
    tailored: Felt


class OrganisationsExcluded(Event):
    """Whom the family would rather not have, from now on: all of them, and by their marks."""

    left_out: tuple[Mark, ...]
