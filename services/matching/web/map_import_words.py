"""What a file with a map does, in the words that the desk reads."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from services.matching.domain.map_import import ImportLine, ImportState, LineKind, Outcome, Verdict
from services.matching.web.entry_words import LABELS, NOTHING, in_words
from services.matching.web.people_words import ROLES
from shared.events.directory import Membership
from shared.kernel.city import City
from shared.web.languages import listed

STATES: Final[Mapping[ImportState, str]] = {
    ImportState.SENT: "wordt gelezen",
    ImportState.COMPARING: "wordt vergeleken",
    ImportState.READY: "nog niet overgenomen",
    ImportState.TAKING: "wordt overgenomen",
    ImportState.TAKEN: "overgenomen",
    ImportState.UNDOING: "wordt teruggedraaid",
    ImportState.UNDONE: "teruggedraaid",
    ImportState.FAILED: "afgebroken",
}
KINDS: Final[Mapping[LineKind, str]] = {
    LineKind.ORGANISATION: "een organisatie",
    LineKind.SERVICE: "een aanbod",
    LineKind.PERSON: "een persoon",
    LineKind.ROW: "een regel",
}
VERDICTS: Final[Mapping[Verdict, str]] = {
    Verdict.NEW: "Nieuw",
    Verdict.CHANGED: "Veranderd",
    Verdict.MISSING: "Niet meer in het bestand",
    Verdict.BACK: "Weer in het bestand",
    Verdict.REFUSED: "Geweigerd",
    Verdict.REMARK: "Goed om te weten",
}
OUTCOMES: Final[Mapping[Outcome, str]] = {
    Outcome.SHOWN: "niet gedaan",
    Outcome.TAKEN: "overgenomen",
    Outcome.LEFT: "niet overgenomen: het veranderde na het voorbeeld",
    Outcome.UNDONE: "teruggedraaid",
    Outcome.KEPT: "niet teruggedraaid: iemand veranderde het daarna, of er hangt nog werk aan",
}
# The addresses of the tabs.
TABS: Final[Mapping[str, Verdict]] = {
    "nieuw": Verdict.NEW,
    "veranderd": Verdict.CHANGED,
    "weg": Verdict.MISSING,
    "terug": Verdict.BACK,
    "geweigerd": Verdict.REFUSED,
    "weten": Verdict.REMARK,
}
_LABELS: Final = {**LABELS, "organisation_id": "Van wie het is", "memberships": "Rollen"}


def ids_in(lines: Iterable[ImportLine]) -> set[UUID]:
    """Whom and what the changes of these name by an id."""
    values = [value for line in lines for one in line.changes for value in (one.old, one.new)]
    return {found for value in values for found in _ids(value)}


def changes(line: ImportLine, city: City, names: Mapping[UUID, str]) -> list[tuple[str, str, str]]:
    """Field by field: what it is called, what stood there, and what comes."""
    return [
        (_LABELS[one.field], _words(one.field, one.old, city, names), _words(one.field, one.new, city, names))
        for one in line.changes
    ]


def _words(field: str, value: Any, city: City, names: Mapping[UUID, str]) -> str:  # noqa: ANN401 - any field
    if field == "organisation_id":
        return names.get(value, NOTHING)
    if field == "memberships":
        return listed(_role(one, names) for one in value) or NOTHING
    return in_words(field, value, city, names)


def _role(one: Membership, names: Mapping[UUID, str]) -> str:
    at = names.get(one.organisation_id)
    return f"{ROLES[one.role].lower()} bij {at}" if at else ROLES[one.role].lower()


def _ids(value: object) -> Sequence[UUID]:
    if isinstance(value, tuple):
        return [found for each in value for found in _ids(each)]
    if isinstance(value, Membership):
        return [value.organisation_id]
    return [value] if isinstance(value, UUID) else []
