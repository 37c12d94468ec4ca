"""Who looked at what of a family, as the family reads it: by day and person, not by line."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from services.intake.domain.family_access import FAMILY_ROLE
from shared.privacy.audit import Action, AuditEntry, Outcome, Via

# That a case stood still is told to nobody who may look over a shoulder.
NOT_TOLD = frozenset({"safety-hold"})


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody looked at these facts on this day; `line_ids` are the lines of the log that say so, newest first."""

    line_ids: tuple[UUID, ...]
    day: date
    person_id: UUID | None
    organisation_id: UUID | None
    role: str | None
    via: Via
    purpose: str
    reason: str | None
    fields: frozenset[str]

    @property
    def is_family(self) -> bool:
        """Whether it was the family itself."""
        return self.role == FAMILY_ROLE

    def joined_by(self, older: "Look") -> "Look":
        """The same person looked earlier that day, for the same."""
        return replace(self, line_ids=self.line_ids + older.line_ids, fields=self.fields | older.fields)


def looks_in(entries: Iterable[AuditEntry], day_of: Callable[[datetime], date]) -> list[Look]:
    """From the lines of one case, newest first: one for each day, person and purpose."""
    found: dict[tuple[object, ...], Look] = {}
    for entry in entries:
        if not _is_look(entry):
            continue
        look = _look(entry, day_of(entry.at))
        key = (look.day, look.person_id, look.role, look.purpose, look.reason)
        known = found.get(key)
        found[key] = known.joined_by(look) if known else look
    return list(found.values())


def _is_look(entry: AuditEntry) -> bool:
    """Facts were read, or somebody without a task said why they had to."""
    if entry.outcome is not Outcome.DONE or entry.purpose in NOT_TOLD:
        return False
    return entry.action is Action.BREAK_GLASS or (entry.action is Action.READ and bool(entry.fields))


def _look(entry: AuditEntry, day: date) -> Look:
    actor = entry.actor
    return Look(
        (entry.id,),
        day,
        actor.person_id,
        actor.organisation_id,
        actor.role,
        actor.via,
        entry.purpose,
        entry.reason,
        frozenset(entry.fields),
    )
