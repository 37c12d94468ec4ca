"""The line that is written when somebody reads from the vault."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol
from uuid import UUID

from services.intake.domain.dossier import Fact
from services.intake.domain.rules import Viewer
from shared.kernel.ids import Ids
from shared.privacy.audit import AuditEntry


class Moment(Protocol):
    """Now, and new identities: what every unit of work is made from."""

    @property
    def now(self) -> datetime: ...
    @property
    def ids(self) -> Ids: ...


def reading(at: Moment, case_id: UUID, facts: Collection[Fact], viewer: Viewer, why: str, *, words: bool) -> AuditEntry:
    """Who reads which fields of which case, when and why; never what stands in them."""
    fields = [fact.value for fact in facts] + (["words"] if words else [])
    return AuditEntry(
        id=at.ids.new(),
        at=at.now,
        actor_id=viewer.person_id,
        action="read",
        case_id=case_id,
        fields=tuple(sorted(fields)),
        purpose=why,
    )
