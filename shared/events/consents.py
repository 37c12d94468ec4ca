"""What intake publishes of what a family allows partners to read: that it answered, never what it allows."""

from uuid import UUID

from shared.events.base import CaseCode, Code, Event
from shared.events.base import ConsentGiver as Giver


class ConsentFact(Event):
    """The family answered, or its answer counts no more. `partner_kind` is absent when it is about every kind."""

    case_code: CaseCode
    ambassador_id: UUID
    partner_kind: Code | None = None


class ConsentGiven(ConsentFact):
    """The family allows partners of this kind to read something, once they said yes."""


class ConsentRefused(ConsentFact):
    """The family allows partners of this kind nothing: they help without knowing who it is."""


class ConsentExpired(Event):
    """The day came until which the family allowed it, or the child grew: nothing more is read until it is asked anew.

    `partner_kinds` names the kinds of which something of their own was said, and ended; `every_other`: so did what was
    said of every kind. Of a kind that is in neither, the answer stands. `asked_of`: who must answer now that the child
    grew.
    """

    case_code: CaseCode
    ambassador_id: UUID
    partner_kinds: tuple[Code, ...]
    every_other: bool
    asked_of: Giver | None = None


class PartnerConsentWithdrawn(Event):
    """The family stops with this organisation: it reads nothing more from now on, and is not asked again for it.

    What it was asked is withdrawn, and it deletes what it wrote down.
    """

    case_code: CaseCode
    ambassador_id: UUID
    organisation_id: UUID
