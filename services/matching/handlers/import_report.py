"""What became of a map that was taken over."""

from dataclasses import dataclass, field

from services.matching.commands import RefusedRow, Remark


@dataclass(slots=True)
class ImportReport:
    """What became of an import."""

    organisations: int = 0
    services: int = 0
    people: int = 0
    missing: int = 0
    """Offers that stood in their file before, and do not any more."""
    unchanged: int = 0
    refused: list[RefusedRow] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def nothing_taken_over(self) -> bool:
        """Whether the files hold nothing that is on the map now."""
        return not (self.organisations or self.services or self.people or self.unchanged)

    def add(self, other: "ImportReport") -> None:
        """This and what became of another part."""
        self.organisations += other.organisations
        self.services += other.services
        self.people += other.people
        self.missing += other.missing
        self.unchanged += other.unchanged
        self.refused = sorted([*self.refused, *other.refused], key=lambda row: (row.file, row.line))
        self.remarks += other.remarks
