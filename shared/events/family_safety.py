"""What intake publishes of a family (a case is the subject) that must not be found, or stands still for safety."""

from uuid import UUID

from shared.events.base import (
    CaseCode,
    Code,
    Event,
)


class SafetyHoldSet(Event):
    """Somebody worries about the child's safety: from now on nothing about the case leaves, and nobody is asked.

    What the worry is about is published nowhere: it is told to nobody but a person, by telephone.
    """

    case_code: CaseCode
    ambassador_id: UUID
    set_by: UUID


class SafetyHoldLifted(Event):
    """The case goes on. Every term counts from this day, and partners that had not answered have a new one."""

    case_code: CaseCode
    lifted_by: UUID


class AddressHidden(Event):
    """The family's address is secret from now on: every service forgets in which district it lives."""


class AddressShown(Event):
    """The family's address is not secret any more: it lives in this district, unless it was hidden again since."""

    district: Code | None = None
