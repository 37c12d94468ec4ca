"""An example with every operation of a description, made of the examples of its fields: no second place to keep."""

from collections.abc import Mapping
from typing import Any, Final

JSON: Final = "application/json"
OF_FORMAT: Final = {
    "uuid": "01890a5d-ac96-774b-bcce-b302099a8057",
    "date": "2026-02-05",
    "date-time": "2026-02-05T09:30:00Z",
}
OF_TYPE: Final = {"boolean": True, "integer": 1, "number": 1.5, "object": {}}
Schemas = Mapping[str, Mapping[str, Any]]


def with_examples(document: dict[str, Any]) -> dict[str, Any]:
    """The same description; every body, of a request and of its good reply, has its example."""
    schemas = document.get("components", {}).get("schemas", {})
    for item in document["paths"].values():
        for operation in item.values():
            good = (each for status, each in operation["responses"].items() if status < "300")
            for described in (operation.get("requestBody", {}), *good):
                body = described.get("content", {}).get(JSON, {})
                if "schema" in body:
                    body["example"] = sample(body["schema"], schemas)
    return document


def sample(schema: Mapping[str, Any], schemas: Schemas) -> Any:  # noqa: ANN401 - any JSON
    """What may stand there. Of an object: all that it must have, and what has an example of its own."""
    whole = _resolved(schema, schemas)
    said = [*whole.get("examples", ()), *whole.get("enum", ()), *([whole["const"]] if "const" in whole else ())]
    if said:
        return said[0]
    if choices := whole.get("anyOf") or whole.get("oneOf") or whole.get("allOf"):
        return sample(choices[0], schemas)
    if "properties" in whole:
        return {name: sample(inner, schemas) for name, inner in whole["properties"].items() if _shown(name, whole)}
    if whole.get("type") == "array":
        return [sample(whole["items"], schemas)]
    if whole.get("type") == "string":
        return OF_FORMAT.get(whole.get("format", ""), whole.get("title", ""))
    return OF_TYPE.get(whole.get("type", ""))


def _shown(name: str, whole: Mapping[str, Any]) -> bool:
    """Of what may be left out, no day: which one is a good one depends on today."""
    inner = whole["properties"][name]
    return name in whole.get("required", ()) or ("examples" in inner and inner.get("format") != "date")


def _resolved(schema: Mapping[str, Any], schemas: Schemas) -> Mapping[str, Any]:
    """With what stands beside a reference, which goes before what it refers to."""
    if "$ref" not in schema:
        return schema
    named = schemas[schema["$ref"].rsplit("/", 1)[-1]]
    return {**_resolved(named, schemas), **{key: value for key, value in schema.items() if key != "$ref"}}
