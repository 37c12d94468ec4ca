"""Changes of fields in a column of JSON: as their domain objects have them, and back."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final, get_type_hints

from pydantic import TypeAdapter

from services.matching.domain.entry import Changes, FieldChange
from services.matching.domain.kept import Kept
from services.matching.domain.network import Organisation, Person, Service

_KINDS: Final[dict[type, dict[str, Any]]] = {kind: get_type_hints(kind) for kind in (Organisation, Service, Person)}
# A mark that a file takes away or puts back, as if it were a field of the offer.
_KINDS[Service] |= {name: get_type_hints(Kept)[name] for name in ("missing_since", "missing_from")}


def changes_of(kind: type, rows: Iterable[Mapping[str, Any]]) -> Changes:
    """What the column says, for a thing of this kind."""
    return tuple(
        FieldChange(
            one["field"],
            _adapter(kind, one["field"]).validate_python(one["old"]),
            _adapter(kind, one["field"]).validate_python(one["new"]),
        )
        for one in rows
    )


def changes_values(kind: type, changes: Changes) -> list[dict[str, Any]]:
    """The same for the column."""
    return [
        {
            "field": one.field,
            "old": _adapter(kind, one.field).dump_python(one.old, mode="json"),
            "new": _adapter(kind, one.field).dump_python(one.new, mode="json"),
        }
        for one in changes
    ]


@cache
def _adapter(kind: type, field: str) -> TypeAdapter[Any]:
    return TypeAdapter(_KINDS[kind][field])
