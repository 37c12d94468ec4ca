"""What a file does to entries and people, told to whoever watches an import before it is done."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from services.matching.domain.entry import Changes, FieldChange, all_fields, differences
from services.matching.domain.map_import import KIND_OF, ImportLine, Outcome, Verdict
from services.matching.domain.network import Organisation, Person, Service

OF_PERSON = ("name", "email", "phone", "memberships", "active")


@dataclass(frozen=True, slots=True)
class EntryInFile:
    """An entry as it stands and as a file has it; `before` None: it is new."""

    before: Organisation | Service | None
    after: Organisation | Service
    line: int = 0

    @property
    def changes(self) -> Changes:
        """Field by field; of what is new there are none."""
        return () if self.before is None else changes_between(self.before, self.after)


PersonInFile = tuple[Person | None, Person]


class Watch(Protocol):
    """Whoever follows an import, and may hold something back."""

    def allows(self, entry: EntryInFile) -> bool:
        """Whether this is done; what is not stays as it is."""

    def people_changed(self, people: Sequence[PersonInFile]) -> None:
        """These were added or changed by a part; before and after."""

    def missing(self, offers: Mapping[UUID, str]) -> Collection[UUID]:
        """Of these, by name, that stand in the file no more: those that are marked."""

    def back(self, offers: Sequence[Service]) -> None:
        """These were missing, and stand in the file again as they are."""


class AllIsDone:
    """Nobody watches."""

    def allows(self, entry: EntryInFile) -> bool:  # noqa: ARG002 - the port's argument
        return True

    def people_changed(self, people: Sequence[PersonInFile]) -> None:
        """As it is."""

    def missing(self, offers: Mapping[UUID, str]) -> Collection[UUID]:
        return offers

    def back(self, offers: Sequence[Service]) -> None:
        """As it is."""


def line_of_found(offer: Service, outcome: Outcome) -> ImportLine:
    """An offer that stands in its file again; what its mark said is kept for who takes that back."""
    mark = (
        FieldChange("missing_since", offer.kept.missing_since, None),
        FieldChange("missing_from", offer.kept.missing_from, ""),
    )
    return ImportLine(KIND_OF[Service], Verdict.BACK, offer.name, offer.id, changes=mark, outcome=outcome)


def changes_between(before: Organisation | Service, after: Organisation | Service) -> Changes:
    """Which fields differ."""
    names = all_fields(before)
    return differences(before, {name: getattr(after, name) for name in names}, names)


def line_of(entry: EntryInFile) -> ImportLine:
    """What a preview says of it."""
    return ImportLine(
        kind=KIND_OF[type(entry.after)],
        verdict=Verdict.NEW if entry.before is None else Verdict.CHANGED,
        name=entry.after.name,
        subject_id=entry.after.id,
        line=entry.line,
        changes=entry.changes,
    )


def line_of_person(person: PersonInFile, outcome: Outcome) -> ImportLine:
    """The same of somebody whom the file names."""
    before, after = person
    changes = tuple(
        FieldChange(name, getattr(before, name), getattr(after, name))
        for name in (OF_PERSON if before else ())
        if getattr(before, name) != getattr(after, name)
    )
    return ImportLine(
        kind=KIND_OF[Person],
        verdict=Verdict.CHANGED if before else Verdict.NEW,
        name=after.name,
        subject_id=after.id,
        changes=changes,
        outcome=outcome,
        version=after.version,
    )
