"""HSDS's own schemas, and what is wrong with an answer by them."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from jsonschema import Draft202012Validator, FormatChecker

_URI = re.compile(r"[a-z][a-z0-9+.-]*:[!#$%&'()*+,/0-9:;=?@A-Z\[\]_a-z~.-]+")
_FORMATS = FormatChecker(["date-time", "email", "date"])
Patches = Mapping[str, Mapping[str, Any]]


@_FORMATS.checks("uuid", raises=ValueError)
def _is_uuid(value: object) -> bool:
    return not isinstance(value, str) or str(UUID(value)) == value.lower()


@_FORMATS.checks("uri")
def _is_uri(value: object) -> bool:
    """As RFC 3986 writes it; jsonschema checks this only with a package that nothing else needs."""
    return not isinstance(value, str) or _URI.fullmatch(value) is not None


class Hsds:
    """One version of it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.openapi: dict[str, Any] = self._read("openapi")
        whole = self._read("service_with_definitions")
        self._definitions: dict[str, Any] = {"service": whole, **whole["definitions"]}
        self._validators: dict[str, Draft202012Validator] = {}

    def faults(self, schema: str, answer: object) -> list[str]:
        """What is wrong, by the schema of this name: `service`, `service_list`."""
        validator = self._validators.setdefault(schema, self._validator(schema))
        return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(answer)]

    def strangers(self, schema: str, answer: object, ours: Patches) -> Iterator[str]:
        """Members that neither HSDS nor our profile knows, wherever they stand."""
        yield from self._strangers(self._definitions[schema], answer, schema, ours)

    def _strangers(self, schema: Mapping[str, Any], answer: object, at: str, ours: Patches) -> Iterator[str]:
        if "$ref" in schema:
            at = schema["$ref"].rpartition("/")[2]
            schema = self._definitions[at]
        if isinstance(answer, list):
            for one in answer:
                yield from self._strangers(schema.get("items", {}), one, at, ours)
        if isinstance(answer, dict) and "properties" in schema:
            added = ours.get(at, {})
            for name, value in answer.items():
                if name in schema["properties"]:
                    yield from self._strangers(schema["properties"][name], value, name, ours)
                elif name not in added:
                    yield f"{at}.{name}"

    def _validator(self, schema: str) -> Draft202012Validator:
        if schema.endswith("_list"):
            return Draft202012Validator(self._read(schema), format_checker=_FORMATS)
        inside = {name: one for name, one in self._definitions.items() if name != "service"}
        return Draft202012Validator({**self._definitions[schema], "definitions": inside}, format_checker=_FORMATS)

    def _read(self, name: str) -> Any:  # noqa: ANN401 - any JSON
        return json.loads((self._folder / f"{name}.json").read_text(encoding="utf-8"))
