"""What the vault tells the audit log: who read which facts of whom, and what was done with a case."""

from collections.abc import Collection, Sequence
from typing import Final
from uuid import UUID

from services.intake.domain.audited import FIELDS, Act
from services.intake.domain.dossier import Fact
from services.intake.domain.rules import Viewer
from shared.privacy.audit import About, Action, Actor, Audit, Via

WORDS: Final = ("words", "goal", "target_on", "notes")


def record_reading(
    audit: Audit,
    case_id: UUID,
    facts: Collection[Fact],
    viewer: Viewer | None,
    why: str,
    *,
    words: bool,
    also: Sequence[str] = (),
) -> None:
    """These fields of this case, and `also` these of it, were read; never what stands in them.

    None: by the family, who came in by its link.
    """
    if viewer is not None:
        _is_by(audit, viewer.person_id, viewer)
    read = [fact.value for fact in facts] + (list(WORDS) if words else []) + list(also)
    audit.record(Action.READ, About.CASE, case_id, why, fields=read)


def record_notes(audit: Audit, case_id: UUID, viewer: Viewer, why: str) -> None:
    """Notes of this case were read, and nothing else."""
    _is_by(audit, viewer.person_id, viewer)
    audit.record(Action.READ, About.CASE, case_id, why, fields=("notes",))


def record_act(audit: Audit, case_id: UUID, act: Act, by: UUID) -> None:
    """This was done with the case."""
    _is_by(audit, by)
    audit.record(Action.WRITE, About.CASE, case_id, act.value, fields=FIELDS[act])


def _is_by(audit: Audit, person_id: UUID, viewer: Viewer | None = None) -> None:
    """Whoever came in at the door is known already, with the way they came; others are told by who asks."""
    if audit.actor.person_id == person_id:
        return
    if viewer is None:
        audit.by(Actor(person_id, audit.actor.via))
    else:
        via = Via.API if viewer.is_system else Via.PAGE
        audit.by(Actor(person_id, via, role=viewer.role.value, organisation_id=viewer.organisation_id))
