"""Our profile of HSDS: which members we add to its schemas, each as the JSON Merge Patch that its rules ask for.

They are read from the shapes themselves, so that the profile says what the API gives.
"""

from typing import Any, Final

from pydantic import BaseModel

from services.matching.web.hsds import OrganizationBasic, ServiceParts
from services.matching.web.hsds_parts import OURS, ServiceArea

VERSION: Final = "1.0.0"
BASE: Final = "https://docs.openreferral.org/en/3.1/"
# By the name of the schema of HSDS that each of them changes.
_CHANGED: Final[dict[str, type[BaseModel]]] = {
    "service": ServiceParts,
    "organization": OrganizationBasic,
    "service_area": ServiceArea,
}


class Profile(BaseModel):
    """Where the profile stands, and what it is."""

    name: str = "Schakel"
    version: str = VERSION
    extends: str = BASE
    description: str = (
        "HSDS 3.1 voor de sociale kaart van een netwerk dat gezinnen doorverwijst. Niets uit HSDS is anders of weg; "
        "er staat bij wat organisaties van elkaar mogen verwachten. Contactpersonen staan er niet in."
    )
    profile: dict[str, str]


class Patch(BaseModel):
    """What is merged into one schema."""

    properties: dict[str, Any]


def patches() -> dict[str, dict[str, Any]]:
    """By the name of the schema: the members that its JSON Merge Patch (RFC 7386) adds."""
    return {name: _added(shape) for name, shape in _CHANGED.items()}


def _added(shape: type[BaseModel]) -> dict[str, Any]:
    """Their own schemas; what stands elsewhere in ours, HSDS does not have, so it is written out."""
    whole = shape.model_json_schema(mode="serialization")
    return {
        name: _plain(member, whole.get("$defs", {}))
        for name, member in whole["properties"].items()
        if shape.model_fields[name].json_schema_extra == OURS
    }


def _plain(node: Any, known: dict[str, Any]) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(node, list):
        return [_plain(one, known) for one in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return _plain(known[node["$ref"].rpartition("/")[2]], known)
    choices = [one for one in node.get("anyOf", []) if one != {"type": "null"}]
    kept = {name: one for name, one in node.items() if name not in {*OURS, "anyOf", "default", "title"}}
    return {name: _plain(one, known) for name, one in (kept | (choices[0] if choices else {})).items()}
