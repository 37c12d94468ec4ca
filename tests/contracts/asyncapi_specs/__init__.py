"""AsyncAPI's own JSON Schema, from npm: exactly what the lock file names by hash, kept in the virtual environment."""

import json
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
LOCK = HERE / "package-lock.json"
KEPT = Path(sys.prefix) / "asyncapi-specs"


def asyncapi_schema(version: str = "3.0.0") -> dict[str, Any]:
    """The JSON Schema of an AsyncAPI document of this version. Raises FileNotFoundError that says how to get it."""
    kept = KEPT / LOCK.name
    if not kept.exists() or kept.read_bytes() != LOCK.read_bytes():
        msg = f"AsyncAPI's own schema is not in {KEPT} as the lock file names it: put it there with `make specs`"
        raise FileNotFoundError(msg)
    file = KEPT / "node_modules" / "@asyncapi" / "specs" / "schemas" / f"{version}.json"
    schema: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return schema
